"""Reads of editions: the public list by what runs now, those one organises, the sheet."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Case, DateTimeField, F, IntegerField, Q, QuerySet, Value, When

from bpc.portal.contests.models import Edition
from bpc.portal.contests.states import EditionState, Phase
from bpc.portal.contests.visibility.editions import editions_organised_by
from bpc.portal.foundation.permissions import visible

PAGE_SIZE = 12
COUNT_CAP = 1_000  # beyond, narrowing serves better than turning pages
NATION = "MA"
MOST_IN_A_SITEMAP = 5_000
_CARD = (
    "pk", "slug", "state", "name_fr", "name_ar", "theme_fr", "theme_ar", "entries_from", "entries_until",
    "marking_from", "marking_until", "discussion_until", "results_on", "vote_from", "vote_until", "entry_count",
    "is_demo", "region__code", "region__name_fr", "region__name_ar",
)  # fmt: skip


class Moment(StrEnum):
    """What a list is narrowed to in time."""

    OPEN = "ouvertes"
    RUNNING = "en-cours"
    TO_COME = "a-venir"
    PAST = "passees"


@dataclass(frozen=True)
class EditionFilters:
    """What a list is narrowed to; empty leaves a side open. `region`: a code, or `NATION` for the national ones."""

    region: str = ""
    when: str = ""


@dataclass(frozen=True)
class EditionPage:
    """One page of editions; `total` stops at the cap."""

    rows: tuple[Edition, ...]
    number: int
    last: int
    total: int
    capped: bool


def editions(person: Any, filters: EditionFilters, now: datetime) -> QuerySet[Edition]:
    """Announced editions: entries open now (those that close first), then what runs, what comes, what is past."""
    rows = visible(person, Edition).exclude(state=EditionState.DRAFT)
    return _ordered(_narrowed(rows, filters, now), now)


def organised_editions(person: Any, now: datetime) -> QuerySet[Edition]:
    """The editions the person organises, drafts among them."""
    return _ordered(editions_organised_by(person), now)


def edition_cards(rows: QuerySet[Edition], page: int) -> EditionPage:
    """One page of an ordered list, at a cost that does not grow with it: keys up to the cap, then a page of rows."""
    keys = list(rows.values_list("pk", flat=True)[: COUNT_CAP + 1])
    total = min(len(keys), COUNT_CAP)
    last = max(1, -(-total // PAGE_SIZE))
    number = min(max(1, page), last)
    wanted = keys[:total][(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    shown = Edition.objects.filter(pk__in=wanted).only(*_CARD, "revision").select_related("region").in_bulk()
    return EditionPage(tuple(shown[key] for key in wanted), number, last, total, len(keys) > COUNT_CAP)


def open_editions(now: datetime, number: int) -> list[Edition]:
    """The editions one may enter now, those that close first: for the first page."""
    rows = Edition.objects.filter(in_phases((Phase.ENTRIES, Phase.ANNOUNCED), now))
    return list(_ordered(rows, now).only(*_CARD).select_related("region")[:number])


def cards_of(keys: list[int], now: datetime) -> list[Edition]:
    """These editions as lists show them, in the order of lists."""
    rows = Edition.objects.filter(pk__in=keys)
    return list(_ordered(rows, now).only(*_CARD).select_related("region")) if keys else []


def announced_slugs() -> list[tuple[str, datetime | None]]:
    """The address of each edition everybody sees, the latest first, and when it was announced: for crawlers."""
    rows = Edition.objects.exclude(state=EditionState.DRAFT).order_by("-published_at", "-pk")
    return list(rows.values_list("slug", "published_at")[:MOST_IN_A_SITEMAP])


def in_phases(phases: tuple[Phase, ...], now: datetime) -> Q:
    """The same rule as `phases.phase_of`, as a condition."""
    condition = Q(pk__in=())
    for phase in phases:
        condition |= _IN[phase](now)
    return condition


def _published(**dates: Any) -> Q:
    return Q(state=EditionState.PUBLISHED, **dates)


_IN: dict[Phase, Any] = {
    Phase.DRAFT: lambda now: Q(state=EditionState.DRAFT),
    Phase.CANCELLED: lambda now: Q(state=EditionState.CANCELLED),
    Phase.RESULTS: lambda now: Q(state=EditionState.CLOSED),
    Phase.ANNOUNCED: lambda now: _published(entries_from__gt=now),
    Phase.ENTRIES: lambda now: _published(entries_from__lte=now, entries_until__gt=now),
    Phase.CHECKING: lambda now: _published(entries_until__lte=now, marking_from__gt=now),
    Phase.MARKING: lambda now: _published(marking_from__lte=now, marking_until__gt=now),
    Phase.DISCUSSION: lambda now: _published(marking_until__lte=now, discussion_until__gt=now),
    Phase.DECIDING: lambda now: _published(discussion_until__lte=now),
}
_RUNNING = (Phase.ENTRIES, Phase.CHECKING, Phase.MARKING, Phase.DISCUSSION, Phase.DECIDING)
_MOMENTS: dict[str, tuple[Phase, ...]] = {
    Moment.OPEN: (Phase.ENTRIES,),
    Moment.RUNNING: _RUNNING,
    Moment.TO_COME: (Phase.ANNOUNCED,),
    Moment.PAST: (Phase.RESULTS, Phase.CANCELLED),
}


def _narrowed(rows: QuerySet[Edition], filters: EditionFilters, now: datetime) -> QuerySet[Edition]:
    if filters.region:
        rows = rows.filter(region=None if filters.region == NATION else filters.region)
    if phases := _MOMENTS.get(filters.when):
        rows = rows.filter(in_phases(phases, now))
    return rows


def _ordered(rows: QuerySet[Edition], now: datetime) -> QuerySet[Edition]:
    rank = Case(
        When(state=EditionState.DRAFT, then=Value(-1)),
        When(_IN[Phase.ENTRIES](now), then=Value(0)),
        When(_IN[Phase.ANNOUNCED](now), then=Value(2)),
        When(state=EditionState.PUBLISHED, then=Value(1)),
        default=Value(3),
        output_field=IntegerField(),
    )
    # the nearest day first, but among what is past the latest first
    ahead = Case(
        When(_IN[Phase.ENTRIES](now), then=F("entries_until")),
        When(_IN[Phase.ANNOUNCED](now), then=F("entries_from")),
        default=None,
        output_field=DateTimeField(),
    )
    return rows.annotate(rank=rank, ahead=ahead).order_by("rank", "ahead", "-entries_from", "-pk")
