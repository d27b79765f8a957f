"""A statement of the Experience API (1.0.3), as it leaves: who, did what, to what, with what result, when."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

_NAMESPACE = uuid.UUID("6a1f4b60-5e1c-5d0f-9d0a-2b7f3f1c8e11")
COURSE = "http://adlnet.gov/expapi/activities/course"


class Verb(StrEnum):
    """What a learner did: verbs of the Advanced Distributed Learning vocabulary."""

    LAUNCHED = "http://adlnet.gov/expapi/verbs/launched"
    PROGRESSED = "http://adlnet.gov/expapi/verbs/progressed"
    COMPLETED = "http://adlnet.gov/expapi/verbs/completed"
    PASSED = "http://adlnet.gov/expapi/verbs/passed"
    FAILED = "http://adlnet.gov/expapi/verbs/failed"


@dataclass(frozen=True)
class Activity:
    """What it was done to: an address that names it for ever, its titles by language, its kind."""

    iri: str
    titles: Mapping[str, str]
    kind: str = COURSE


@dataclass(frozen=True)
class Outcome:
    """How it went; what is None is not said. `scaled` is from 0 to 1."""

    scaled: Decimal | None = None
    completion: bool | None = None
    success: bool | None = None


def statement(
    *, site: str, account: str, verb: Verb, activity: Activity, outcome: Outcome | None, at: datetime
) -> dict[str, Any]:
    """The statement, with an identifier drawn from what it says: told twice, it is the same one.

    >>> told = statement(site="https://a.example", account="7", verb=Verb.LAUNCHED,
    ...                  activity=Activity("https://a.example/c", {"fr": "Le prix"}), outcome=None,
    ...                  at=datetime(2026, 1, 2, tzinfo=UTC))
    >>> told["verb"], told["timestamp"]
    ({'id': 'http://adlnet.gov/expapi/verbs/launched', 'display': {'en': 'launched'}}, '2026-01-02T00:00:00Z')
    """
    moment = at.astimezone(UTC).isoformat(timespec="auto").replace("+00:00", "Z")
    said: dict[str, Any] = {
        "actor": {"objectType": "Agent", "account": {"homePage": site, "name": account}},
        "verb": {"id": verb.value, "display": {"en": verb.name.lower()}},
        "object": {
            "objectType": "Activity",
            "id": activity.iri,
            "definition": {"type": activity.kind, "name": dict(activity.titles)},
        },
        "timestamp": moment,
        "context": {"platform": site},
    }
    if outcome is not None and (result := _result(outcome)):
        said["result"] = result
    named = "|".join([account, verb.value, activity.iri, moment])
    return {"id": str(uuid.uuid5(_NAMESPACE, named)), **said}


def _result(outcome: Outcome) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if outcome.scaled is not None:
        told["score"] = {"scaled": float(round(outcome.scaled, 4))}
    for name in ("completion", "success"):
        if (value := getattr(outcome, name)) is not None:
            told[name] = value
    return told
