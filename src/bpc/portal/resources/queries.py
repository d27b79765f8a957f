"""What pages and calculations read of the resources: value rows held in the process, renewed when one changes."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bpc.portal.foundation.page_cache import generations
from bpc.portal.resources.models import Resource, ResourceProduct
from bpc.portal.resources.states import ResourceState

GENERATION = "resources"


@dataclass(frozen=True, slots=True)
class ResourceFact:
    """One resource shown to everybody, without its row. `territory` is exactly what the source speaks of."""

    reference: str
    territory: str
    sector: str
    products: tuple[str, ...]
    name_fr: str
    name_ar: str
    label: str
    season_start: int | None
    season_end: int | None
    evidence_fr: str
    evidence_ar: str
    source_url: str
    source_note: str
    observed_on: date | None
    confidence: str
    origin: str


_COLUMNS = (
    "reference", "territory_id", "sector_id", "name_fr", "name_ar", "label", "season_start", "season_end",
    "evidence_fr", "evidence_ar", "source_url", "source_note", "observed_on", "confidence", "origin",
)  # fmt: skip


@lru_cache(maxsize=1)
def _active(generation: str) -> tuple[ResourceFact, ...]:
    products: dict[str, list[str]] = defaultdict(list)
    shown = ResourceProduct.objects.filter(resource__state=ResourceState.ACTIVE)
    for reference, product in shown.order_by("product").values_list("resource__reference", "product"):
        products[reference].append(product)
    rows = Resource.objects.filter(state=ResourceState.ACTIVE).order_by("territory", "reference")
    return tuple(
        ResourceFact(
            products=tuple(products[row["reference"]]),
            **{name.removesuffix("_id"): value for name, value in row.items()},
        )
        for row in rows.values(*_COLUMNS)
    )


@lru_cache(maxsize=1)
def _by_territory(generation: str) -> dict[str, tuple[ResourceFact, ...]]:
    found: dict[str, list[ResourceFact]] = defaultdict(list)
    for fact in _active(generation):
        found[fact.territory].append(fact)
    return {code: tuple(facts) for code, facts in found.items()}


def all_active() -> tuple[ResourceFact, ...]:
    """Every resource shown, by place then by reference; to be read only. One cheap query while nothing changes."""
    return _active(generations(GENERATION))


@dataclass(frozen=True)
class Around:
    """The resources told of a place itself, of the province and region that hold it, of the places it holds."""

    here: tuple[ResourceFact, ...]
    above: tuple[ResourceFact, ...]
    inside: tuple[ResourceFact, ...]


def resources_around(code: str) -> Around:
    """The three answers on a place, kept apart; one cheap query.

    `above`: the province's first, then the region's, to be shown as theirs. `inside`: by place, never a statement on
    the whole.
    """
    known = _by_territory(generations(GENERATION))
    wider = [holder for holder in (code[:6], code[:2]) if len(holder) < len(code)]
    inner = [other for other in sorted(known) if other.startswith(f"{code}.")]
    return Around(
        known.get(code, ()),
        tuple(fact for holder in wider for fact in known.get(holder, ())),
        tuple(fact for other in inner for fact in known[other]),
    )


def resources_here(code: str) -> list[ResourceFact]:
    """What is said of this territory itself: a region, a province or a commune."""
    return list(resources_around(code).here)


def resources_above(code: str) -> list[ResourceFact]:
    """What is said of the province, then of the region that hold the place: to be shown as theirs, never as its own."""
    return list(resources_around(code).above)


def resources_inside(code: str) -> list[ResourceFact]:
    """What is said of the places inside, by place: never a statement on the whole."""
    return list(resources_around(code).inside)
