"""What pages and calculations read of the resources: value rows held in the process, renewed when one changes."""

from collections import defaultdict
from collections.abc import Iterable
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


def _at(codes: Iterable[str]) -> list[ResourceFact]:
    known = _by_territory(generations(GENERATION))
    return [fact for code in codes for fact in known.get(code, ())]


def resources_here(code: str) -> list[ResourceFact]:
    """What is said of this territory itself: a region, a province or a commune."""
    return _at([code])


def resources_above(code: str) -> list[ResourceFact]:
    """What is said of the province, then of the region that hold the place: to be shown as theirs, never as its own."""
    return _at(wider for wider in (code[:6], code[:2]) if len(wider) < len(code))


def resources_inside(code: str) -> list[ResourceFact]:
    """What is said of the places inside, by place: never a statement on the whole."""
    known = _by_territory(generations(GENERATION))
    return [fact for inner in sorted(known) if inner.startswith(f"{code}.") for fact in known[inner]]
