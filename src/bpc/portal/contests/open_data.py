"""Ideathons as open data: announced editions, laureates once the results are out. No person is in any of it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from bpc.portal.contests.models import Decision, Edition, Publication
from bpc.portal.contests.phases import phase_of
from bpc.portal.contests.states import EditionState, Outcome

Mark = tuple[datetime, int]
_LINE = (
    "slug", "state", "name_fr", "name_ar", "theme_fr", "theme_ar", "region_id", "entries_from", "entries_until",
    "marking_from", "marking_until", "discussion_until", "results_on", "published_at", "entry_count", "is_demo",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OpenEdition:
    """One announced ideathon. `region` null: national. `phase`: what runs now. `entries`: how many were handed in."""

    slug: str
    name_fr: str
    name_ar: str
    theme_fr: str
    theme_ar: str
    region: str | None
    phase: str
    entries_from: datetime
    entries_until: datetime
    results_on: date
    entries: int
    is_demo: bool


@dataclass(frozen=True, slots=True)
class OpenCriterion:
    """What entries are judged by. Its share is `weight` over the sum of weights."""

    code: str
    name_fr: str
    name_ar: str
    weight: int


@dataclass(frozen=True, slots=True)
class OpenLaureate:
    """A laureate or a mention (then without a place), in the words of its team."""

    reference: str
    title: str
    summary: str
    language: str
    sector: str
    commune: str
    outcome: str
    place: int | None


@dataclass(frozen=True, slots=True)
class OpenVerdict:
    """Which file was published: the last digest of its chain, the method and software that ranked."""

    head: str
    published_at: datetime
    software: str


def list_open_editions(
    *, region: str, limit: int, after: Mark | None, now: datetime
) -> tuple[list[OpenEdition], Mark | None]:
    """A slice of the announced editions, last announced first, and where the next one begins."""
    rows = Edition.objects.exclude(state=EditionState.DRAFT).exclude(published_at=None)
    if region:
        rows = rows.filter(region=region)
    if after is not None:
        rows = rows.filter(Q(published_at__lt=after[0]) | Q(published_at=after[0], pk__lt=after[1]))
    found = list(rows.only(*_LINE).order_by("-published_at", "-pk")[: limit + 1])
    shown = found[:limit]
    last = shown[-1] if len(found) > limit else None
    mark = (last.published_at, last.pk) if last is not None and last.published_at is not None else None
    return [opened(row, now) for row in shown], mark


def open_edition(slug: str) -> Edition | None:
    """The announced edition of this name."""
    return Edition.objects.exclude(state=EditionState.DRAFT).filter(slug=slug).first()


def opened(edition: Edition, now: datetime) -> OpenEdition:
    """The edition as open data, with the phase that runs at `now`."""
    return OpenEdition(
        edition.slug, edition.name_fr, edition.name_ar, edition.theme_fr, edition.theme_ar, edition.region_id,
        phase_of(edition, now), edition.entries_from, edition.entries_until, edition.results_on,
        edition.entry_count, edition.is_demo,
    )  # fmt: skip


def criteria_of(edition: Edition) -> list[OpenCriterion]:
    """What its entries are judged by, in the order of the rules."""
    rows = edition.criteria.values_list("code", "name_fr", "name_ar", "weight")
    return [OpenCriterion(*row) for row in rows]


def laureates_of(edition: Edition) -> list[OpenLaureate]:
    """Laureates by place, then mentions; none before publication."""
    if edition.state != EditionState.CLOSED:
        return []
    shown = Decision.objects.filter(entry__edition=edition).exclude(outcome=Outcome.NOT_CHOSEN)
    rows = shown.select_related("entry").order_by("outcome", "place", "entry__pk")
    return [
        OpenLaureate(
            one.entry.reference, one.entry.title, one.entry.summary, one.entry.language, one.entry.sector_id,
            one.entry.commune_id, one.outcome, one.place,
        )
        for one in rows
    ]  # fmt: skip


def verdict_of(edition: Edition) -> OpenVerdict | None:
    """Which file was published, once it is."""
    row = Publication.objects.filter(edition=edition).defer("text", "numbers").first()
    return None if row is None else OpenVerdict(row.head, row.published_at, row.software)
