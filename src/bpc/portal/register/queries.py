"""Reading the register: lists by key, counts from tallies. No list counts the table or reads rows it does not show."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from bpc.portal.foundation.lexeme_index import facet
from bpc.portal.reference.models import Sector
from bpc.portal.reference.places import Place, Reference, reference
from bpc.portal.register import search
from bpc.portal.register.models import Cooperative, CooperativeTally, CooperativeYearTally
from bpc.portal.register.tallies import COUNTRY, present

GENERATION = "register"
PAGE_SIZE = 24
COUNT_CAP = 1000
_COLUMNS = (
    "pk", "number", "name_fr", "name_ar", "sort_name", "sector_id", "territory_id", "activity", "year", "members",
    "is_women", "is_youth", "is_demo",
)  # fmt: skip


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; empty leaves a side open. `territory`: code of any level."""

    territory: str = ""
    sector: str = ""
    women: bool = False
    youth: bool = False
    year: int | None = None

    def lexemes(self) -> list[str]:
        """The sides that the search's index knows."""
        places = [facet("territory", self.territory)] if self.narrows_place else []
        return places + ([facet("sector", self.sector)] if self.sector else [])

    @property
    def narrows_place(self) -> bool:
        """Whether a place smaller than the country is asked."""
        return bool(self.territory) and self.territory != COUNTRY


@dataclass(frozen=True)
class Wanted:
    """What somebody asks: words of a name, filters, and the cooperative the page begins after or ends before."""

    query: str = ""
    filters: Filters = field(default_factory=Filters)
    after: str = ""
    before: str = ""


@dataclass(frozen=True)
class Card:
    """A cooperative as a list shows it."""

    pk: int
    number: str
    name_fr: str
    name_ar: str
    sort_name: str
    sector: Sector | None
    territory: Place
    activity: str
    year: int | None
    members: int | None
    is_women: bool | None
    is_youth: bool | None
    is_demo: bool


@dataclass(frozen=True)
class CooperativePage:
    """One page of cards. `capped`: there are more than `total`. `ignored_query`: only words every name bears."""

    cards: list[Card]
    total: int
    capped: bool
    has_previous: bool
    has_next: bool
    ignored_query: bool


def register_is_known() -> bool:
    """Whether a register was imported: without one, cooperatives are unknown everywhere, never zero."""
    return CooperativeTally.objects.filter(territory=COUNTRY, sector=None).exists()


def holds_invented() -> bool:
    """Whether some of the cooperatives are the demonstration's: never asked of a real site."""
    return bool(settings.DEMO) and Cooperative.objects.filter(is_demo=True).exists()


def cooperatives_per_place() -> dict[str, int]:
    """Cooperatives by code of territory, of every level; places without any are absent. One query.

    Empty too while no register was imported: ask `register_is_known` before saying "none".
    """
    return dict(
        CooperativeTally.objects.filter(sector=None, count__gt=0).values_list("territory_id", "count")
    )


def tally_of(territory: str = COUNTRY, sector: str | None = None) -> CooperativeTally | None:
    """All that is counted in a territory (and sector); None when nothing is."""
    return CooperativeTally.objects.filter(territory=territory, sector=sector).first()


def tallies_by_sector(territory: str = COUNTRY) -> list[CooperativeTally]:
    """The counts of each sector of a territory, the largest first. Those whose sector is unknown are in no row."""
    return list(
        CooperativeTally.objects.filter(territory=territory, sector__isnull=False, count__gt=0).order_by(
            "-count", "sector"
        )
    )


def tallies_by_place(level: str, *, within: str = COUNTRY) -> list[CooperativeTally]:
    """The counts of each territory of a level that has any, by code."""
    rows = CooperativeTally.objects.filter(sector=None, territory__level=level, count__gt=0)
    if within != COUNTRY:
        rows = rows.filter(territory__code__startswith=f"{within}.")
    return list(rows.order_by("territory"))


def tallies_by_year(territory: str = COUNTRY) -> list[CooperativeYearTally]:
    """The counts by year of registration of the country or a region, oldest first, unknown years left out."""
    rows = CooperativeYearTally.objects.filter(territory=territory, year__isnull=False, count__gt=0)
    return list(rows.order_by("year"))


def narrow(rows: QuerySet[Cooperative], filters: Filters) -> QuerySet[Cooperative]:
    """The rows within the filters, by columns."""
    columns: dict[str, Any] = {}
    if filters.narrows_place:
        columns[{2: "region", 6: "province"}.get(len(filters.territory), "commune")] = filters.territory
    if filters.sector:
        columns["sector"] = filters.sector
    if filters.women:
        columns["is_women"] = True
    if filters.youth:
        columns["is_youth"] = True
    if filters.year is not None:
        columns["year"] = filters.year
    return rows.filter(**columns)


def list_cooperatives(wanted: Wanted) -> CooperativePage:
    """One page, in order of names, at a cost that does not grow with the register or the page."""
    words = search.query_words(wanted.query)
    rows, capped = narrow(present(), wanted.filters), False
    if words:
        keys, capped = search.find(words, wanted.filters.lexemes())
        rows = rows.filter(pk__in=keys)
        total = rows.count()
    else:
        total, capped = _count(rows, wanted.filters)
    cards, has_previous, has_next = _slice(rows, wanted)
    return CooperativePage(
        cards, total, capped, has_previous, has_next, bool(wanted.query.strip()) and not words
    )


def _count(rows: QuerySet[Cooperative], filters: Filters) -> tuple[int, bool]:
    """From the tallies where they tell, else counted no further than `COUNT_CAP`."""
    if filters.year is None and not (filters.women and filters.youth):
        tally = tally_of(filters.territory or COUNTRY, filters.sector or None)
        if tally is None:
            return 0, False
        return (
            tally.women_count if filters.women else tally.youth_count if filters.youth else tally.count
        ), False
    number = rows.order_by()[: COUNT_CAP + 1].count()
    return min(number, COUNT_CAP), number > COUNT_CAP


def _slice(rows: QuerySet[Cooperative], wanted: Wanted) -> tuple[list[Card], bool, bool]:
    """The cards after (or before) the cooperative named, and whether there are others on each side."""
    backwards = bool(wanted.before)
    mark = _mark(wanted.before or wanted.after)
    order = ("-sort_name", "-pk") if backwards else ("sort_name", "pk")
    if mark is not None:
        rows = rows.filter(_beyond(*mark, backwards=backwards))
    known = reference()
    found = [as_card(row, known) for row in rows.order_by(*order).values_list(*_COLUMNS)[: PAGE_SIZE + 1]]
    more, cards = len(found) > PAGE_SIZE, found[:PAGE_SIZE]
    if backwards and mark is not None:
        return cards[::-1], more, True
    return cards, mark is not None, more


def _mark(number: str) -> tuple[str, int] | None:
    if not number:
        return None
    return Cooperative.objects.filter(number=number).values_list("sort_name", "pk").first()


def _beyond(name: str, key: int, *, backwards: bool) -> Q:
    # the first condition alone bounds the walk along the index; the second settles equal names
    if backwards:
        return Q(sort_name__lte=name) & (Q(sort_name__lt=name) | Q(pk__lt=key))
    return Q(sort_name__gte=name) & (Q(sort_name__gt=name) | Q(pk__gt=key))


def as_card(row: Iterable[Any], known: Reference) -> Card:
    """A row of `_COLUMNS` with its names from memory."""
    key, number, name_fr, name_ar, sorted_by, sector, territory, *rest = row
    place = known.places[territory]
    return Card(key, number, name_fr, name_ar, sorted_by, known.sectors.get(sector), place, *rest)


def whole_cooperatives() -> QuerySet[Cooperative]:
    """Cooperatives with all that their own page shows; to be given to `get_visible_or_404`."""
    return Cooperative.objects.select_related("territory", "commune", "province", "region", "sector")
