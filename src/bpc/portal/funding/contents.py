"""What a source says: from its document to the columns that lists filter and order by, and back."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Model

from bpc.core.matching.vocabulary import Beneficiary
from bpc.core.text.folding import fold
from bpc.datasets.funding_source_parts import Test as Condition
from bpc.datasets.funding_sources import FundingSource as Document
from bpc.datasets.funding_sources import parse_funding_source
from bpc.portal.foundation.lexeme_index import entry_columns, facet
from bpc.portal.funding.calendar import NextWindow, next_window
from bpc.portal.funding.models import (
    FundingSource,
    SourceBeneficiary,
    SourceEntry,
    SourcePlace,
    SourceSector,
    SourceStage,
)

Content = dict[str, Any]
#: These change without the source saying anything else.
OWN = frozenset({"version", "updated", "verified"})
ALL = "all"  # the facet of a source that does not limit a side
_LETTERS = {"name": 200, "provider": 300, "summary": 600}  # as many as the columns of lists hold
_RANKS = {"dated": 0, "forecast": 1, "permanent": 2, "unknown": 3, "closed": 4}
_RANK = 10_000_000  # beyond any day's number
_WOMEN = frozenset({"women_share", "women_or_youth_share"})
_YOUTH = frozenset({"youth_share", "women_or_youth_share", "founder_age_years"})


def write_content(document: Document) -> Content:
    """The document as it is stored: every field, in the words of the exchange schema."""
    written: Content = document.model_dump(mode="json")
    return written


def check_content(content: Mapping[str, Any]) -> Document:
    """The source a content from outside describes. Raises InvalidSources with every problem and its path."""
    return parse_funding_source(dict(content), str(content.get("id", "source")))


def read_content(content: Mapping[str, Any]) -> Document:
    """The source of a content that was checked when it was stored."""
    return Document.model_validate(content)


def hash_content(content: Mapping[str, Any]) -> str:
    """SHA-256 of what the content says, whatever its version and dates: same hash, same source."""
    said = {name: value for name, value in content.items() if name not in OWN}
    canonical = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def put_document(row: FundingSource, document: Document, today: date) -> None:
    """Write a checked document into a row and its columns, without saving it."""
    row.content = write_content(document)
    row.content_hash = hash_content(row.content)
    row.kind, row.status, row.payment = document.kind, document.status, document.payment
    for name, longest in _LETTERS.items():
        for language in ("fr", "ar"):
            column = f"{name}_{language}"
            setattr(row, column, getattr(document, column)[:longest])
    row.sort_name = fold(document.name_fr)[:80]
    ceiling = document.ceiling_mad
    row.amount_max = round(ceiling) if ceiling else None
    row.amount_key = row.amount_max or 0
    row.has_counter = document.apply.counter
    row.is_national = not places_of(document)
    row.all_sectors = not document.sectors
    row.for_women = _is_for(document, Beneficiary.WOMEN_COOPERATIVE, _WOMEN) or any(
        test.field == "founder_gender" and test.value == "female" for test in _tests(document)
    )
    row.for_youth = _is_for(document, Beneficiary.YOUTH_COOPERATIVE, _YOUTH)
    row.confidence = document.confidence
    put_verified(row, document.verified)
    put_window(row, next_window(document, today))


def put_verified(row: FundingSource, day: date) -> None:
    """Date the last reading; an older one never replaces a later."""
    row.verified_on = max(row.verified_on, day) if row.verified_on else day
    row.verified_day = row.verified_on.toordinal()


def put_window(row: FundingSource, window: NextWindow) -> None:
    """Write when files are next taken into the columns."""
    row.opens_on, row.closes_on, row.closes_kind = window.opens, window.closes, window.kind
    day = window.closes or window.opens or date.max
    row.deadline_key = _RANKS[window.kind] * _RANK + day.toordinal()


def put_rows(row: FundingSource, document: Document) -> None:
    """Make the places, sectors, stages, beneficiaries and search entry of a saved row those of its document."""
    rows: list[tuple[type[Model], list[Any]]] = [
        (SourcePlace, [_place(row, code) for code in places_of(document)]),
        (SourceSector, [SourceSector(source=row, sector_id=code) for code in document.sectors]),
        (SourceStage, [SourceStage(source=row, stage=stage) for stage in document.stages]),
        (SourceBeneficiary, list(_beneficiaries(row, document))),
    ]
    for model, wanted in rows:
        model._default_manager.filter(source=row).delete()
        model._default_manager.bulk_create(wanted)
    SourceEntry.objects.update_or_create(source=row, defaults=search_columns(document))


def search_columns(document: Document) -> dict[str, str]:
    """What the search keeps of a source: its words in both languages, and the closed values it may be narrowed by."""
    titles = [*document.name, *document.provider]
    texts = [*document.summary, *document.description, document.apply.how.fr, document.apply.how.ar]
    texts += [text for role in document.roles for text in (role.name_fr, role.name_ar)]
    return entry_columns("\n".join(titles), "\n".join(texts), facets_of(document))


def facets_of(document: Document) -> list[str]:
    """The lexemes of the closed values of a source."""
    codes = places_of(document)
    holders = {code[:length] for code in codes for length in (2, 6, 99)}
    # where it may be asked as a whole, apart from where a part of it may
    places = [facet("at", code) for code in codes or (ALL,)] + [facet("in", code) for code in sorted(holders)]
    return [
        *places,
        *(facet("sector", code) for code in document.sectors or (ALL,)),
        *(facet("stage", stage) for stage in document.stages),
        *(facet("kind", value) for value in (document.kind,)),
        facet("status", document.status),
    ]


def places_of(document: Document) -> tuple[str, ...]:
    """The territories a source is for, each without those it holds; empty for the whole country.

    A province named beside its region narrows it, a commune its province.
    """
    named = {*document.places.regions, *document.places.provinces, *document.places.communes}
    return tuple(sorted(code for code in named if not any(other.startswith(f"{code}.") for other in named)))


def _place(row: FundingSource, code: str) -> SourcePlace:
    province = code[:6] if len(code) >= 6 else None
    return SourcePlace(source=row, territory_id=code, region_id=code[:2], province_id=province)


def _beneficiaries(row: FundingSource, document: Document) -> Iterable[SourceBeneficiary]:
    named = dict.fromkeys(document.unconfirmed_beneficiaries, False) | dict.fromkeys(
        document.beneficiaries, True
    )
    for name in document.unconfirmed_beneficiaries:
        named[name] = False
    return (SourceBeneficiary(source=row, beneficiary=name, confirmed=sure) for name, sure in named.items())


def _tests(document: Document) -> Iterable[Condition]:
    yield from document.conditions
    yield from document.preferences
    for group in document.any_of:
        yield from group


def _is_for(document: Document, label: Beneficiary, fields: frozenset[str]) -> bool:
    """Whether it is kept for them, or counts them in its conditions or preferences."""
    named = {*document.beneficiaries}
    kept = label in named and Beneficiary.EXISTING_COOPERATIVE not in named
    return kept or any(test.field in fields for test in _tests(document))
