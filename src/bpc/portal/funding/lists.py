"""The public list of sources: searched, filtered, ordered, counted, at a cost that does not grow with their number.

A national frame and a local call under it never stand side by side for the same place: where the place asked lies
within the call, the call stands for the frame; elsewhere the frame stands for its calls and says how many there are.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language

from bpc.core.matching.vocabulary import Beneficiary
from bpc.portal.foundation.lexeme_index import facet, query_stems
from bpc.portal.funding import search
from bpc.portal.funding.contents import ALL
from bpc.portal.funding.models import (
    FundingSource,
    SourceBeneficiary,
    SourcePlace,
    SourceSector,
    SourceStage,
)
from bpc.portal.funding.states import SourceState

PAGE_SIZE = 24
COUNT_CAP = 1_000  # beyond, narrowing serves better than turning pages
CLOSED = "closed"
_COLUMNS = (
    "pk", "slug", "name_fr", "name_ar", "provider_fr", "provider_ar", "summary_fr", "summary_ar", "kind", "status",
    "payment", "amount_max", "opens_on", "closes_on", "closes_kind", "has_counter", "confidence", "verified_on",
    "is_national", "for_women", "for_youth", "frame__slug", "is_demo",
)  # fmt: skip
#: Any registered cooperative is one of these too.
_REGISTERED = frozenset(
    {
        Beneficiary.EXISTING_COOPERATIVE,
        Beneficiary.NEW_COOPERATIVE,
        Beneficiary.WOMEN_COOPERATIVE,
        Beneficiary.YOUTH_COOPERATIVE,
    }
)


class Sort(StrEnum):
    """The order of a list; relevance only means something for words."""

    DEADLINE = "echeance"
    AMOUNT = "montant"
    NAME = "nom"
    RELEVANCE = "pertinence"


@dataclass(frozen=True)
class SourceFilters:
    """What a list is narrowed to; empty leaves a side open. Places are codes of `data/territories`.

    `amount_min`: the source itself states that one file may get as much. `closes_before`: a last day, announced or
    forecast, up to this one. `women`, `youth`: meant for them or counting them. `province` may be a commune's code.
    """

    text: str = ""
    region: str = ""
    province: str = ""
    sector: str = ""
    stage: str = ""
    kind: str = ""
    amount_min: int | None = None
    closes_before: date | None = None
    women: bool = False
    youth: bool = False
    beneficiary: str = ""
    status: str = ""

    @property
    def place(self) -> str:
        """The narrowest place asked; empty for the whole country."""
        return self.province or self.region


@dataclass(frozen=True)
class SourceCard:
    """A source as a list shows it. `amount_max` is what the source states for one file; None is not known.

    `regions`, `sectors` are codes, empty for all. `local_calls`: live calls under this frame, in the place asked.
    """

    pk: int
    slug: str
    name_fr: str
    name_ar: str
    provider_fr: str
    provider_ar: str
    summary_fr: str
    summary_ar: str
    kind: str
    status: str
    payment: str
    amount_max: int | None
    opens_on: date | None
    closes_on: date | None
    closes_kind: str
    has_counter: bool
    confidence: str
    verified_on: date
    is_national: bool
    for_women: bool
    for_youth: bool
    frame: str | None
    is_demo: bool
    regions: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    local_calls: int = 0

    @property
    def name(self) -> str:
        """Its title in the language of the page."""
        return self.name_ar if get_language() == "ar" else self.name_fr

    @property
    def provider(self) -> str:
        """Who gives, lends or helps, in the language of the page."""
        return self.provider_ar if get_language() == "ar" else self.provider_fr

    @property
    def summary(self) -> str:
        """One sentence in the language of the page."""
        return self.summary_ar if get_language() == "ar" else self.summary_fr


@dataclass(frozen=True)
class SourcePage:
    """One page of cards. `capped`: there are more than `total`. `ignored_query`: only words that mean nothing alone."""

    cards: list[SourceCard]
    total: int
    capped: bool
    number: int
    last: int
    sort: Sort
    ignored_query: bool


@dataclass(frozen=True)
class _Found:
    rows: QuerySet[FundingSource]
    ranked: list[int] = field(default_factory=list)  # keys, best first; only for words
    capped: bool = False
    ignored_query: bool = False


def cards(
    filters: SourceFilters, sort: Sort | None = None, *, page: int = 1, size: int = PAGE_SIZE
) -> SourcePage:
    """One page of the sources shown. Without `sort`: by relevance for words, else by deadline."""
    found = _find(filters)
    chosen = sort or (Sort.RELEVANCE if found.ranked else Sort.DEADLINE)
    if chosen is Sort.RELEVANCE and not filters.text.strip():
        chosen = Sort.DEADLINE
    counted = found.rows.order_by()[: COUNT_CAP + 1].count()
    total = min(counted, COUNT_CAP)
    last = max(1, -(-total // size))
    number = min(max(1, page), last)
    keys = _page_keys(found, chosen, (number - 1) * size, size)
    return SourcePage(
        cards_of(keys, filters.place),
        total,
        counted > COUNT_CAP or found.capped,
        number,
        last,
        chosen,
        found.ignored_query,
    )


def cards_of(keys: list[int], place: str = "") -> list[SourceCard]:
    """The cards of these sources, in this order: four queries."""
    rows = {row["pk"]: row for row in FundingSource.objects.filter(pk__in=keys).values(*_COLUMNS)}
    regions: dict[int, dict[str, None]] = defaultdict(dict)
    provinces: dict[int, dict[str, None]] = defaultdict(dict)
    for owner, region, province in (
        SourcePlace.objects.filter(source__in=keys)
        .order_by("territory")
        .values_list("source_id", "region_id", "province_id")
    ):
        regions[owner][region] = None
        if province:
            provinces[owner][province] = None
    sectors: dict[int, list[str]] = defaultdict(list)
    kept = SourceSector.objects.filter(source__in=keys).order_by("sector__position")
    for owner, sector in kept.values_list("source_id", "sector_id"):
        sectors[owner].append(sector)
    calls = _live_calls(keys, place)
    return [
        SourceCard(
            frame=rows[key].pop("frame__slug"),
            regions=tuple(regions[key]),
            provinces=tuple(provinces[key]),
            sectors=tuple(sectors[key]),
            local_calls=calls.get(key, 0),
            **rows[key],
        )
        for key in keys
        if key in rows
    ]


def facets(filters: SourceFilters) -> dict[str, dict[str, int]]:
    """How many sources each value of a side would leave, the other sides as asked: one query a side.

    A source for the whole country (or every sector) counts under each of its values.
    """
    counted = {
        "kind": _counts(_find(replace(filters, kind="")).rows, "kind"),
        "status": _counts(_find(replace(filters, status="")).rows, "status"),
    }
    by_stage = _find(replace(filters, stage="")).rows
    counted["stage"] = dict(
        SourceStage.objects.filter(source__in=by_stage.values("pk"))
        .order_by()
        .values_list("stage")
        .annotate(number=Count("pk"))
    )
    by_sector = _find(replace(filters, sector="")).rows
    counted["sector"] = _with_all(
        by_sector.filter(all_sectors=True).count(),
        SourceSector.objects.filter(source__in=by_sector.values("pk"))
        .order_by()
        .values_list("sector_id")
        .annotate(number=Count("pk")),
    )
    by_region = _find(replace(filters, region="", province="")).rows
    counted["region"] = _with_all(
        by_region.filter(is_national=True).count(),
        SourcePlace.objects.filter(source__in=by_region.values("pk"))
        .order_by()
        .values_list("region_id")
        .annotate(number=Count("source", distinct=True)),
    )
    return counted


def shown() -> QuerySet[FundingSource]:
    """The sources everybody sees."""
    return FundingSource.objects.filter(state=SourceState.ACTIVE)


def covering(place: str) -> Q:
    """The rows of `SourcePlace` of territories that hold the whole of a place."""
    return Q(territory__in={place[:2], place[:6], place})


def touching(place: str) -> Q:
    """The rows of `SourcePlace` of territories that hold a place or lie in it."""
    inside = {2: Q(region=place), 6: Q(province=place)}.get(len(place), Q(territory=place))
    return covering(place) | inside


def _find(filters: SourceFilters) -> _Found:
    stems = query_stems(filters.text)
    rows = _narrowed(filters)
    if not stems:
        return _Found(_without_doubles(rows, filters), ignored_query=bool(filters.text.strip()))
    keys, capped = search.find(stems, _lexemes(filters))
    rows = _without_doubles(rows.filter(pk__in=keys), filters)
    return _Found(rows, keys, capped)


def _lexemes(filters: SourceFilters) -> list[list[str]]:
    """The sides that the search's index knows, each as the lexemes of which one must be held."""
    groups = []
    if place := filters.place:
        wider = [facet("at", code) for code in dict.fromkeys((ALL, place[:2], place[:6], place))]
        groups.append([*wider, facet("in", place)])
    if filters.sector:
        groups.append([facet("sector", ALL), facet("sector", filters.sector)])
    for name in ("stage", "kind", "status"):
        if value := getattr(filters, name):
            groups.append([facet(name, value)])
    return groups


def _narrowed(filters: SourceFilters) -> QuerySet[FundingSource]:
    rows = shown()
    plain = {"kind": filters.kind, "status": filters.status}
    rows = rows.filter(**{name: value for name, value in plain.items() if value})
    if filters.place:
        here = SourcePlace.objects.filter(touching(filters.place))
        rows = rows.filter(Q(is_national=True) | Q(pk__in=here.values("source")))
    if filters.sector:
        theirs = SourceSector.objects.filter(sector=filters.sector)
        rows = rows.filter(Q(all_sectors=True) | Q(pk__in=theirs.values("source")))
    if filters.stage:
        rows = rows.filter(Exists(SourceStage.objects.filter(stage=filters.stage, source=OuterRef("pk"))))
    if filters.beneficiary:
        named = {filters.beneficiary}
        if filters.beneficiary in _REGISTERED:
            named.add(Beneficiary.EXISTING_COOPERATIVE)
        rows = rows.filter(
            Exists(SourceBeneficiary.objects.filter(beneficiary__in=named, source=OuterRef("pk")))
        )
    if filters.amount_min is not None:
        rows = rows.filter(amount_max__gte=filters.amount_min)
    if filters.closes_before is not None:
        rows = rows.filter(closes_on__lte=filters.closes_before, closes_kind__in=("dated", "forecast"))
    if filters.women:
        rows = rows.filter(for_women=True)
    if filters.youth:
        rows = rows.filter(for_youth=True)
    return rows


def _without_doubles(rows: QuerySet[FundingSource], filters: SourceFilters) -> QuerySet[FundingSource]:
    """Leave out the frames whose live call covers the place, and the live calls whose frame stands for them."""
    live = shown().exclude(status=CLOSED).filter(frame__isnull=False)
    if place := filters.place:
        here = SourcePlace.objects.filter(covering(place))
        whole = live.filter(Q(is_national=True) | Q(pk__in=here.values("source")))
        rows = rows.exclude(pk__in=whole.values("frame"))
    if filters.text.strip():
        return rows  # who searches words wants the call that bears them
    # a call whose frame is not in the list stands for itself
    return rows.exclude(pk__in=live.filter(Exists(rows.filter(pk=OuterRef("frame")))).values("pk"))


def _page_keys(found: _Found, sort: Sort, start: int, size: int) -> list[int]:
    if sort is Sort.RELEVANCE:
        left = set(found.rows.values_list("pk", flat=True))
        return [key for key in found.ranked if key in left][start : start + size]
    order = {
        Sort.AMOUNT: ("-amount_key", "sort_name", "pk"),
        Sort.NAME: (("name_ar",) if get_language() == "ar" else ("sort_name",)) + ("pk",),
    }.get(sort, ("deadline_key", "sort_name", "pk"))
    return list(found.rows.order_by(*order).values_list("pk", flat=True)[start : start + size])


def _live_calls(keys: list[int], place: str) -> dict[int, int]:
    calls = shown().exclude(status=CLOSED).filter(frame__in=keys)
    if place:
        here = SourcePlace.objects.filter(touching(place))
        calls = calls.filter(Q(is_national=True) | Q(pk__in=here.values("source")))
    return dict(calls.order_by().values_list("frame").annotate(number=Count("pk")))


def _counts(rows: QuerySet[FundingSource], column: str) -> dict[str, int]:
    return dict(rows.order_by().values_list(column).annotate(number=Count("pk")))


def _with_all(everywhere: int, counted: Iterable[Any]) -> dict[str, int]:
    """Counts by value, with those that do not limit the side in each; under "all" those alone."""
    return {ALL: everywhere, **{value: number + everywhere for value, number in counted}}
