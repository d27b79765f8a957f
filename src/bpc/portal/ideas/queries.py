"""Reading published ideas: lists, counts, points for a map. No list reads the texts or counts the table."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet

from bpc.portal.ideas import search
from bpc.portal.ideas.cards import Card, as_cards, cards_in_order, published
from bpc.portal.ideas.models import Idea, IdeaTally
from bpc.portal.ideas.search import Facets
from bpc.portal.ideas.tallies import COUNTRY, published_count

PAGE_SIZE = 12  # full rows of two, three and four cards; light on a slow line
LAST_PAGE = 50  # beyond, narrowing serves better than turning pages
COUNT_CAP = 1_000
_TALLIED = {"territory", "sector"}  # what `IdeaTally` counts


class Sort(StrEnum):
    """The order of a list; relevance only means something for words."""

    RELEVANCE = "pertinence"
    RECENT = "recentes"
    SUPPORTED = "soutenues"


@dataclass(frozen=True)
class Wanted:
    """What somebody asks of the list. `sort` None: by relevance for words, else the newest first."""

    query: str = ""
    facets: Facets = field(default_factory=Facets)
    sort: Sort | None = None
    page: int = 1


@dataclass(frozen=True)
class IdeaPage:
    """One page of cards. `capped`: there are more than `total`. `ignored_query`: only common words."""

    ideas: list[Card]
    total: int
    capped: bool
    number: int
    last: int
    sort: Sort
    ignored_query: bool


@dataclass(frozen=True)
class IdeaPoint:
    """An idea on a map; `exact` False: the point is the one that stands for the whole commune."""

    reference: str
    title: str
    language: str
    sector: str
    commune: str
    lon: float
    lat: float
    exact: bool
    supports: int


def whole_ideas() -> QuerySet[Idea]:
    """Ideas with all that their own page shows; to be given to `get_visible_or_404`."""
    return Idea.objects.select_related(
        "commune", "province", "region", "sector", "author", "organisation", "merged_into"
    )


def list_ideas(wanted: Wanted) -> IdeaPage:
    """One page of published ideas, at a cost that does not grow with their number."""
    stems = search.query_stems(wanted.query)
    ignored = bool(wanted.query.strip()) and not stems
    if stems:
        return _search_page(stems, wanted)
    sort = Sort.SUPPORTED if wanted.sort is Sort.SUPPORTED else Sort.RECENT
    narrowed = {name for name, value in vars(wanted.facets).items() if value}
    if narrowed <= _TALLIED:
        total = published_count(wanted.facets.territory or None, wanted.facets.sector or None)
    else:
        total = search.count_up_to(wanted.facets, COUNT_CAP + 1)
    number, last = _place_of(wanted.page, total)
    start = (number - 1) * PAGE_SIZE
    if narrowed <= _TALLIED or sort is Sort.SUPPORTED:
        ideas = as_cards(_ordered(_narrow(published(), wanted.facets), sort)[start : start + PAGE_SIZE])
    else:
        ideas = cards_in_order(search.newest(wanted.facets, start=start, number=PAGE_SIZE))
    capped = not narrowed <= _TALLIED and total > COUNT_CAP
    return IdeaPage(ideas, min(total, COUNT_CAP) if capped else total, capped, number, last, sort, ignored)


def recent_in(territory: str = COUNTRY, *, number: int = 3) -> list[Card]:
    """The last ideas published in the territory of this code, as cards."""
    facets = Facets() if territory == COUNTRY else Facets(territory=territory)
    return as_cards(_ordered(_narrow(published(), facets), Sort.RECENT)[:number])


def counts_by_territory(
    level: str, *, sector: str | None = None, within: str | None = None
) -> dict[str, int]:
    """Published ideas of each territory of a level that has any, `within` a region or province if given."""
    rows = IdeaTally.objects.filter(territory__level=level, sector=sector, published__gt=0)
    if within and within != COUNTRY:
        rows = rows.filter(territory__code__startswith=within)
    return dict(rows.values_list("territory_id", "published"))


def idea_points(facets: Facets | None = None, *, number: int = COUNT_CAP) -> list[IdeaPoint]:
    """The last published ideas as points: the author's, else the one that stands for the commune."""
    asked = facets or Facets()
    rows = _ordered(_narrow(published(), asked), Sort.RECENT).values_list(
        "reference", "title", "language", "sector_id", "commune_id", "lon", "lat",
        "commune__lon", "commune__lat", "support_count",
    )[:number]  # fmt: skip
    return [_point(row) for row in rows]


def _point(row: tuple[Any, ...]) -> IdeaPoint:
    reference, title, language, sector, commune, lon, lat, commune_lon, commune_lat, supports = row
    exact = lon is not None and lat is not None
    return IdeaPoint(
        reference, title, language, sector, commune,
        lon if exact else commune_lon, lat if exact else commune_lat, exact, supports,
    )  # fmt: skip


def _search_page(stems: list[str], wanted: Wanted) -> IdeaPage:
    found = search.find(stems, wanted.facets)
    sort = wanted.sort or Sort.RELEVANCE
    keys = found.owners if sort is Sort.RELEVANCE else _sorted_keys(found.owners, sort)
    number, last = _place_of(wanted.page, len(keys))
    start = (number - 1) * PAGE_SIZE
    ideas = cards_in_order(keys[start : start + PAGE_SIZE])
    return IdeaPage(ideas, len(keys), found.capped, number, last, sort, ignored_query=False)


def _sorted_keys(keys: list[int], sort: Sort) -> list[int]:
    return list(_ordered(Idea.objects.filter(pk__in=keys), sort).values_list("pk", flat=True))


def _narrow(ideas: QuerySet[Idea], facets: Facets) -> QuerySet[Idea]:
    """The same ideas as the search's facets choose, by columns."""
    asked = ((name, getattr(facets, name)) for name in ("sector", "audience", "speaker", "language"))
    columns: dict[str, str] = {name: value for name, value in asked if value}
    if facets.territory and facets.territory != COUNTRY:
        columns[level_column(facets.territory)] = facets.territory
    return ideas.filter(**columns)


def level_column(code: str) -> str:
    """The column of `Idea` that holds codes of this length: 2 signs for a region, 6 for a province."""
    return {2: "region", 6: "province"}.get(len(code), "commune")


def _ordered(ideas: QuerySet[Idea], sort: Sort) -> QuerySet[Idea]:
    return ideas.order_by("-support_count" if sort is Sort.SUPPORTED else "-published_at", "-pk")


def _place_of(page: int, total: int) -> tuple[int, int]:
    """The page to show and the last one there is, both from 1."""
    last = min(max(1, -(-total // PAGE_SIZE)), LAST_PAGE)
    return min(max(1, page), last), last
