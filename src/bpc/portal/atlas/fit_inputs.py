"""From rows to the arrays of a fit: resources, published models, the register and the census, held by generation."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from bpc.core.territory.fit import CONDITIONS, TRAITS, ModelNeeds, PlaceFacts
from bpc.core.territory.fit_grounds import RANKS, Grounds, Map, Source, ground
from bpc.core.territory.fit_measures import CODES, scale_measures
from bpc.core.territory.shrinkage import ratio_strength, shrink_ratios
from bpc.datasets.products import read_products
from bpc.datasets.project_model_parts import Siting
from bpc.datasets.project_models import ProjectModel
from bpc.datasets.resource_places import ResourcePlace, read_resource_places
from bpc.portal.atlas.fit_figures import FIELDLESS, CommuneFigures, commune_figures, with_touching
from bpc.portal.blueprints.catalogue import catalogue
from bpc.portal.foundation.page_cache import generations
from bpc.portal.reference.places import reference
from bpc.portal.register.models import CooperativeTally
from bpc.portal.register.queries import register_is_known
from bpc.portal.resources.queries import ResourceFact, all_active

Floats = NDArray[np.float64]
#: Whatever a fit is made of, by the generation that says it changed.
GENERATIONS = ("reference", "resources", "blueprints", "register")

#: What a source is worth: with a quality sign, said by a source, told by a delegation, still to be verified.
LABELLED, SOURCED, REPORTED, TO_VERIFY = 1.0, 0.9, 0.85, 0.7
#: What the authors of a model are worth when they advise a region, beside a source on the region itself.
ADVISED = 0.15
#: How much the census's cooperative members tell of the room left, beside a register.
WEAK_SIGNAL = 0.5
#: Tourism resources are what visitors come for.
VISITED = ("rural_tourism", "trekking", "desert_tourism", "seaside_tourism", "heritage", "spa")
IMPORTANCE = {"useful": 1.0, "essential": 2.0}
_LEVELLED = ("water", "power", "road", "internet", "reach", "town", "souks", "visitors", "firms")


@dataclass(frozen=True)
class FitInputs:
    """Everything a fit is computed and explained from. `sources` are those of `grounds`; `facts` by reference."""

    slugs: tuple[str, ...]
    column: dict[str, int]
    sitings: tuple[Siting, ...]
    sectors: tuple[str, ...]
    members: tuple[int, ...]
    products: tuple[str, ...]
    figures: CommuneFigures
    sources: tuple[Source, ...]
    facts: dict[str, ResourceFact]
    places_of: dict[str, tuple[ResourcePlace, ...]]
    grounds: Grounds
    visits: Floats
    places: PlaceFacts
    needs: ModelNeeds
    counts: dict[tuple[str, str], int]
    register_known: bool


def fit_inputs() -> FitInputs:
    """The inputs as they are now; one cheap query asks whether they changed."""
    return _fit_inputs(generations(*GENERATIONS))


@lru_cache(maxsize=1)
def _fit_inputs(generation: str) -> FitInputs:
    figures = commune_figures()
    sited = [(slug, one.model) for slug, one in catalogue().items() if one.model.siting is not None]
    sitings = tuple(model.siting for _, model in sited if model.siting is not None)
    products = tuple(product.code for product in read_products(settings.DATA))
    sectors = tuple(reference().sectors)
    facts = {fact.reference: fact for fact in all_active()}
    places_of = _places_of(facts)
    sources = _resource_sources(facts, places_of)
    country = Map(figures.codes, figures.provinces, figures.regions, figures.touching)
    grounds = ground(country, sources, products)
    visits = _visits(grounds, [products.index(code) for code in VISITED])
    register_known = register_is_known()
    counts = _counts() if register_known else {}
    return FitInputs(
        slugs=tuple(slug for slug, _ in sited),
        column={slug: at for at, (slug, _) in enumerate(sited)},
        sitings=sitings,
        sectors=tuple(model.sector for _, model in sited),
        members=tuple(model.members_typical for _, model in sited),
        products=products,
        figures=figures,
        sources=sources,
        facts=facts,
        places_of=places_of,
        grounds=grounds,
        visits=visits,
        places=_place_facts(figures, grounds, visits, sectors, counts, register_known),
        needs=_model_needs([model for _, model in sited], sitings, products, sectors),
        counts=counts,
        register_known=register_known,
    )  # fmt: skip


def _visits(grounds: Grounds, columns: list[int]) -> Floats:
    """How much visitors come, from 0 to 1: the root of the best ground of tourism.

    Unknown where no source speaks of the province at least: many come to places that nobody has described yet.
    """
    known = grounds.level[:, columns] >= RANKS["rest"]
    best = np.where(known, grounds.strength[:, columns], np.nan)
    visits: Floats = np.sqrt(np.nanmax(best, axis=1, initial=-1.0, where=known).clip(0.0))
    return np.where(known.any(axis=1), visits, np.nan)


def quality_of(fact: ResourceFact) -> float:
    """What a resource's source is worth."""
    if fact.confidence == "sourced":
        return LABELLED if fact.label else SOURCED
    return REPORTED if fact.confidence == "reported" else TO_VERIFY


def _places_of(facts: dict[str, ResourceFact]) -> dict[str, tuple[ResourcePlace, ...]]:
    found: dict[str, list[ResourcePlace]] = {}
    for place in read_resource_places(settings.DATA):
        if place.resource in facts:
            found.setdefault(place.resource, []).append(place)
    return {resource: tuple(places) for resource, places in found.items()}


def _resource_sources(
    facts: dict[str, ResourceFact], places_of: dict[str, tuple[ResourcePlace, ...]]
) -> tuple[Source, ...]:
    """A source for each resource; its own name may name communes."""
    return tuple(
        Source(
            reference=fact.reference,
            products=fact.products,
            territory=fact.territory,
            quality=quality_of(fact),
            named=tuple(one.commune for one in places_of.get(fact.reference, ()) if one.why != "cited"),
            cited=tuple(one.commune for one in places_of.get(fact.reference, ()) if one.why == "cited"),
        )
        for fact in facts.values()
    )


def _advised(model: ProjectModel, regions: tuple[str, ...]) -> list[float]:
    """What the authors' advice is worth in each region."""
    said = {place.territory: SOURCED if place.conf == "S" else TO_VERIFY for place in model.regions}
    return [ADVISED * said.get(region, 0.0) for region in regions]


def _place_facts(
    figures: CommuneFigures,
    grounds: Grounds,
    visits: Floats,
    sectors: tuple[str, ...],
    counts: dict[tuple[str, str], int],
    register_known: bool,
) -> PlaceFacts:
    compared = figures.compared.copy()
    compared[:, CODES.index("visitors")] = visits
    room = _room(figures, sectors, counts) if register_known else _weak_room(figures, len(sectors))
    return PlaceFacts(
        measures=scale_measures(compared),
        adults=figures.adults,
        grounds=grounds.strength,
        traits=_traits(figures),
        room=room,
        region=np.searchsorted(np.array(_regions()), np.array(figures.regions)),
        room_known=1.0 if register_known else WEAK_SIGNAL,
    )


def _traits(figures: CommuneFigures) -> Floats:
    """What each commune is, in the order of `TRAITS`; nobody has told us altitudes."""
    sea = figures.coast_km > 0
    beside = with_touching(sea.astype(float), figures.touching) > 0
    farmers = figures.farmers
    wholly_urban = figures.urban_share >= 99.95
    fieldless = wholly_urban & (farmers < FIELDLESS)
    townspeople = np.nan_to_num(figures.shown[:, CODES.index("town")])
    town = with_touching(townspeople, figures.touching) > 0
    known = {
        "sea": sea.astype(float),
        "near_sea": beside.astype(float),
        "inland": (~sea).astype(float),
        "altitude": np.full(len(sea), np.nan),
        "town": town.astype(float),
        "countryside": np.where(wholly_urban & np.isnan(farmers), np.nan, (~fieldless).astype(float)),
    }
    return np.column_stack([known[trait] for trait in TRAITS])


def _model_needs(
    models: Sequence[ProjectModel],
    sitings: tuple[Siting, ...],
    products: tuple[str, ...],
    sectors: tuple[str, ...],
) -> ModelNeeds:
    weights = np.zeros((len(sitings), len(CODES)))
    for row, siting in enumerate(sitings):
        for name in _LEVELLED:
            importance = getattr(siting, name)
            weights[row, CODES.index(name)] = IMPORTANCE[importance] if importance else 0.0
        for name in (*siting.skills, *siting.needs):
            weights[row, CODES.index(name)] = 1.0
    return ModelNeeds(
        products=np.array(
            [[code in siting.products for code in products] for siting in sitings], dtype=bool
        ).reshape(-1, len(products)),
        weights=weights,
        members=np.array([model.members_typical for model in models], dtype=float),
        sector=np.array([sectors.index(model.sector) for model in models], dtype=np.intp),
        conditions=np.array(
            [[code in siting.requires for code, _ in CONDITIONS] for siting in sitings], dtype=bool
        ).reshape(-1, len(CONDITIONS)),
        advised=np.array([_advised(model, _regions()) for model in models]).reshape(-1, len(_regions())),
    )


def _regions() -> tuple[str, ...]:
    """The codes of the regions, in order."""
    return tuple(sorted(place.code for place in reference().at("region")))


def _counts() -> dict[tuple[str, str], int]:
    """Cooperatives of the register by place and sector, where there is any."""
    rows = CooperativeTally.objects.filter(sector__isnull=False, count__gt=0)
    return {
        (place, sector): count for place, sector, count in rows.values_list("territory", "sector", "count")
    }


def unplaced(
    counts: Mapping[tuple[str, str], int], province: str, sector: str, communes: Sequence[str]
) -> int:
    """Cooperatives of a sector that the register places in a province, but in none of its communes."""
    first = bisect_left(communes, f"{province}.")
    last = bisect_left(communes, f"{province}/")
    placed = sum(counts.get((code, sector), 0) for code in communes[first:last])
    return counts.get((province, sector), 0) - placed


def _room(figures: CommuneFigures, sectors: tuple[str, ...], counts: dict[tuple[str, str], int]) -> Floats:
    """The room left in each sector: 2 to the power of minus the times more cooperatives than people call for.

    Cooperatives known in the province only are shared among its communes as its people are.
    """
    columns = []
    people = np.nan_to_num(figures.people)
    order, inverse = np.unique(figures.provinces, return_inverse=True)
    around = np.bincount(inverse, weights=people)[inverse]
    for sector in sectors:
        placed = np.array([counts.get((code, sector), 0) for code in figures.codes], dtype=float)
        loose = np.array([unplaced(counts, code, sector, figures.codes) for code in order], dtype=float)
        observed = (
            placed + np.divide(people, around, out=np.zeros_like(people), where=around > 0) * loose[inverse]
        )
        expected = people * observed.sum() / people.sum()
        sums = np.bincount(inverse, weights=observed), np.bincount(inverse, weights=expected)
        priors = np.divide(*sums, out=np.full(len(order), np.nan), where=sums[1] > 0)[inverse]
        strength = ratio_strength(observed, expected, priors)
        columns.append(np.exp2(-shrink_ratios(observed, expected, priors, strength).mean))
    return np.column_stack(columns)


def _weak_room(figures: CommuneFigures, sectors: int) -> Floats:
    """Without a register: more cooperative members than in the province leave a little less room, in any sector."""
    ratio = np.divide(
        figures.members, figures.members_around,
        out=np.full(len(figures.codes), np.nan), where=figures.members_around > 0,
    )  # fmt: skip
    return np.repeat((0.35 + 0.3 * np.exp2(-ratio))[:, None], sectors, axis=1)
