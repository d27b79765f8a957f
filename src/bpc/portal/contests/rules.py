"""The rules of an edition: everything that binds its organisers, frozen at each publication with a digest."""

import hashlib
import json
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Max

from bpc.portal.contests.calendar import COLUMNS
from bpc.portal.contests.models import Criterion, Edition, EditionRules
from bpc.portal.foundation.differences import Difference, differences

FORMAT = "edition-rules/1"


def rules_content(edition: Edition) -> dict[str, Any]:
    """What the rules say now, as plain values: names, days, who may enter, criteria with every sentence, prizes, text.

    Moments are written in UTC; nothing in it depends on the language of the page or on the machine.
    """
    return {
        "format": FORMAT,
        "edition": edition.slug,
        "name": {"fr": edition.name_fr, "ar": edition.name_ar},
        "theme": {"fr": edition.theme_fr, "ar": edition.theme_ar},
        "about": {"fr": edition.about_fr, "ar": edition.about_ar},
        "region": edition.region_id,
        "dates": {column: _written(getattr(edition, column)) for column in COLUMNS},
        "who_may_enter": edition.who_may_enter,
        "form": edition.form,
        "criteria": [_criterion(one) for one in edition.criteria.all()],
        "jury": {
            "is_blind": edition.is_blind,
            "readings_per_entry": edition.readings_per_entry,
            "laureates": edition.laureates,
        },
        "prizes": edition.prizes,
        "text": {"fr": edition.rules_fr, "ar": edition.rules_ar},
    }


def canonical(content: dict[str, Any]) -> str:
    """The one way to write it: keys sorted, no spaces, accents as they are.

    >>> canonical({"b": 1, "a": "é"})
    '{"a":"é","b":1}'
    """
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(content: dict[str, Any]) -> str:
    """SHA-256 of the canonical writing, in hexadecimal.

    >>> digest({})[:12]
    '44136fa355b3'
    """
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def current_rules(edition: Edition) -> EditionRules | None:
    """The version in force; None before the announcement."""
    return EditionRules.objects.filter(edition=edition).order_by("-version").first()


def freeze_rules(edition: Edition, *, actor: Any, at: Any) -> EditionRules:
    """Keep the rules as they stand now as the next version. The caller holds the lock on the edition."""
    content = rules_content(edition)
    last = EditionRules.objects.filter(edition=edition).aggregate(last=Max("version"))["last"] or 0
    return EditionRules.objects.create(
        edition=edition, version=last + 1, content=content, sha256=digest(content), published_at=at,
        published_by=actor if actor is not None and actor.is_authenticated else None,
    )  # fmt: skip


def rules_differences(before: EditionRules, after: EditionRules) -> list[Difference]:
    """What changed from one version to another, leaf by leaf."""
    return differences(before.content, after.content)


def _criterion(row: Criterion) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": {"fr": row.name_fr, "ar": row.name_ar},
        "question": {"fr": row.question_fr, "ar": row.question_ar},
        "weight": row.weight,
        "descriptors": row.descriptors,
    }


def _written(value: date | datetime | None) -> str | None:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat() if value is not None else None
