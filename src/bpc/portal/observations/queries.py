"""Reading public observations: lists and cards. No list reads the texts or counts the table."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from bpc.portal.foundation.lexeme_index import query_stems
from bpc.portal.foundation.page_cache import generations
from bpc.portal.observations import search
from bpc.portal.observations.models import Category, Observation
from bpc.portal.observations.search import CLOSED, OPEN, Facets
from bpc.portal.observations.states import PUBLIC_STATES, ObservationState
from bpc.portal.observations.tallies import heard_count
from bpc.portal.reference.models import Sector
from bpc.portal.reference.places import Place, Reference, reference

PAGE_SIZE = 12
LAST_PAGE = 50  # beyond, narrowing serves better than turning pages
COUNT_CAP = 1_000
_COLUMNS = (
    "pk", "reference", "kind", "state", "title", "language", "confirmation_count", "published_at", "is_demo",
    "category_id", "sector_id", "audience", "territory_id", "province_id",
)  # fmt: skip


@dataclass(frozen=True)
class Card:
    """A public observation, as a list shows it. `territory` is its commune, or the whole province."""

    pk: int
    reference: str
    kind: str
    state: str
    title: str
    language: str
    confirmation_count: int
    published_at: datetime | None
    is_demo: bool
    category: Category
    sector: Sector | None
    audience: str
    territory: Place
    province: Place

    @property
    def is_of_whole_province(self) -> bool:
        """Said of the province, not of one of its communes."""
        return self.territory.code == self.province.code

    @property
    def stage(self) -> str:
        """Where it stands, in words."""
        return str(ObservationState(self.state).label)


@dataclass(frozen=True)
class Wanted:
    """What somebody asks of a list; by relevance for words, else the newest first."""

    facets: Facets
    query: str = ""
    page: int = 1


@dataclass(frozen=True)
class ObservationPage:
    """One page of cards. `capped`: there are more than `total`. `ignored_query`: only common words."""

    cards: list[Card] = field(default_factory=list)
    total: int = 0
    capped: bool = False
    number: int = 1
    last: int = 1
    ignored_query: bool = False


@lru_cache(maxsize=1)
def _categories(generation: str) -> dict[str, Category]:
    return {category.code: category for category in Category.objects.all()}


def categories(kind: str = "") -> dict[str, Category]:
    """Categories by code in the order they are offered (of one kind, if given), held by the process."""
    known = _categories(generations("reference"))
    return {code: one for code, one in known.items() if one.kind == kind} if kind else known


def whole_observations() -> QuerySet[Observation]:
    """Observations with all that their own page shows; to be given to `get_visible_or_404`."""
    return Observation.objects.select_related(
        "category",
        "territory",
        "commune",
        "province",
        "region",
        "sector",
        "resource",
        "author",
        "organisation",
    )


def public_cards(wanted: Wanted) -> ObservationPage:
    """One page of public observations, at a cost that does not grow with their number."""
    stems = query_stems(wanted.query)
    if stems:
        found = search.find(stems, wanted.facets)
        number, last = _place_of(wanted.page, len(found.owners))
        keys = found.owners[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
        return ObservationPage(cards_in_order(keys), len(found.owners), found.capped, number, last)
    total, capped = _count(wanted.facets)
    number, last = _place_of(wanted.page, total)
    keys = search.newest(wanted.facets, start=(number - 1) * PAGE_SIZE, number=PAGE_SIZE)
    ignored = bool(wanted.query.strip())
    return ObservationPage(cards_in_order(keys), total, capped, number, last, ignored)


def recent_in(kind: str, territory: str = "", *, number: int = 3) -> list[Card]:
    """The last ones published in a territory and still open."""
    return cards_in_order(recent_keys(kind, territory, number=number))


def recent_keys(kind: str, territory: str, *, number: int) -> list[int]:
    """Their keys, for who draws several kinds at once."""
    return search.newest(Facets(kind, territory), start=0, number=number)


def cards_in_order(keys: Iterable[int]) -> list[Card]:
    """The cards of these keys, in the order given; what is no longer public is left out."""
    ordered = list(keys)
    known, subjects = reference(), categories()
    rows = Observation.objects.filter(pk__in=ordered).values_list(*_COLUMNS).order_by()
    found = {row[0]: _card(row, known, subjects) for row in rows}
    return [found[key] for key in ordered if key in found and found[key].state in PUBLIC_STATES]


def observations_written_by(person: Any) -> QuerySet[Observation]:
    """A person's own, in every state, the newest first; without their long texts."""
    rows = Observation.objects.filter(author=person).select_related("category", "territory", "organisation")
    return rows.defer("text").order_by("-created_at", "-pk")


def kind_of(category: str) -> str:
    """The kind of a category; empty for one nobody knows."""
    known = categories().get(category)
    return known.kind if known is not None else ""


def _count(facets: Facets) -> tuple[int, bool]:
    """From the tallies where they tell, else counted up to the cap; and whether there are more."""
    if not (facets.sector or facets.audience) and facets.stage in {OPEN, CLOSED}:
        closed = facets.stage == CLOSED
        return heard_count(facets.kind, facets.territory, facets.category, closed=closed), False
    total = search.count_up_to(facets, COUNT_CAP + 1)
    return min(total, COUNT_CAP), total > COUNT_CAP


def _card(row: tuple[Any, ...], known: Reference, subjects: dict[str, Category]) -> Card:
    key, reference, kind, state, title, language, confirmed, at, is_demo = row[:9]
    category, sector, audience, territory, province = row[9:]
    return Card(
        key, reference, kind, state, title, language, confirmed, at, is_demo,
        subjects[category], known.sectors.get(sector), audience,
        known.places[territory], known.places[province],
    )  # fmt: skip


def _place_of(page: int, total: int) -> tuple[int, int]:
    """The page to show and the last one there is, both from 1."""
    last = min(max(1, -(-total // PAGE_SIZE)), LAST_PAGE)
    return min(max(1, page), last), last
