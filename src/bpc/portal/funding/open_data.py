"""What anyone may reuse of the directory: the sources shown, one flat row each. Nothing of who wrote or reported."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bpc.datasets.funding_sources import FundingSource as Document
from bpc.portal.funding.calendar import next_window
from bpc.portal.funding.contents import places_of
from bpc.portal.funding.queries import all_sources


@dataclass(frozen=True, slots=True)
class OpenSource:
    """One source as it may be reused. Lists are codes joined by a space, empty for all; None is not known.

    `max_mad` is for one file and only what `amount_basis` "stated" makes a ceiling. `next_closes` of kind "forecast"
    is worked out from past editions. `inferred` names the fields that are our reading, not the page's words.
    """

    id: str
    name_fr: str
    name_ar: str
    provider_fr: str
    provider_ar: str
    summary_fr: str
    summary_ar: str
    kind: str
    status: str
    payment: str
    parent: str
    territories: str
    sectors: str
    beneficiaries: str
    unconfirmed_beneficiaries: str
    stages: str
    min_mad: float | None
    max_mad: float | None
    amount_basis: str
    cost_share_max_pct: float | None
    own_contribution_min_pct: float | None
    next_kind: str
    next_opens: date | None
    next_closes: date | None
    has_counter: bool
    apply_url: str
    source_url: str
    source_date: str
    inferred: str
    confidence: str
    verified_on: date


def open_sources(today: date) -> Iterator[OpenSource]:
    """Every source shown, by its slug."""
    for source in all_sources().values():
        yield _open(source, today)


def _open(source: Document, today: date) -> OpenSource:
    window = next_window(source, today)
    page = next(iter(source.pages), None)
    return OpenSource(
        id=source.id,
        name_fr=source.name_fr,
        name_ar=source.name_ar,
        provider_fr=source.provider_fr,
        provider_ar=source.provider_ar,
        summary_fr=source.summary_fr,
        summary_ar=source.summary_ar,
        kind=source.kind,
        status=source.status,
        payment=source.payment,
        parent=source.parent or "",
        territories=" ".join(places_of(source)),
        sectors=" ".join(source.sectors),
        beneficiaries=" ".join(source.beneficiaries),
        unconfirmed_beneficiaries=" ".join(source.unconfirmed_beneficiaries),
        stages=" ".join(source.stages),
        min_mad=source.amounts.min_mad,
        max_mad=source.amounts.max_mad,
        amount_basis=source.amounts.basis or "",
        cost_share_max_pct=source.cost_share.max_pct,
        own_contribution_min_pct=source.own_contribution.min_pct,
        next_kind=window.kind,
        next_opens=window.opens,
        next_closes=window.closes,
        has_counter=source.apply.counter,
        apply_url=source.apply.url or "",
        source_url=page.url if page else "",
        source_date=(page.published or "") if page else "",
        inferred=" ".join(source.inferred),
        confidence=source.confidence,
        verified_on=source.verified,
    )
