"""What each place does more than the country: location quotients and diversity, read from the census."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from bpc.core.territory.diversity import effective_number, evenness
from bpc.core.territory.shrinkage import HALF_UNIT, Shrunk, prior_strength, shrink_shares
from bpc.core.territory.specialisation import (
    EmploymentQuotients,
    EstablishmentQuotients,
    location_quotients,
    quotient_bounds,
)
from bpc.portal.atlas.computed_layer import ComputedLayer, LayerFamily
from bpc.portal.atlas.insight_words import ACTIVITIES, DIVERSITY_LABEL, layer_label
from bpc.portal.atlas.nesting import nesting, people_behind
from bpc.portal.reference.census import census

Floats = NDArray[np.float64]

GROUP = "specialisation"
#: Sectors one can choose to work in; « other or not declared » is no speciality.
SECTORS = (
    "work_sector_agriculture", "work_sector_industry", "work_sector_utilities", "work_sector_construction",
    "work_sector_commerce", "work_sector_transport", "work_sector_market_services",
    "work_sector_public_services",
)  # fmt: skip
PROFESSIONS = (
    "profession_managers_and_professionals", "profession_technicians", "profession_clerks",
    "profession_traders", "profession_farmers", "profession_artisans", "profession_farm_labourers",
    "profession_machine_operators", "profession_labourers",
)  # fmt: skip
ESTABLISHMENTS = ("sector_industry", "sector_construction", "sector_commerce", "sector_services")
_PREFIX = "lq."
DIVERSITY = "diversity.work_sectors"
#: People who work under whom eight sectors cannot be told from chance.
ENOUGH = 100.0


@dataclass(frozen=True)
class Kind:
    """What a share is of: the count behind it and the year of the question."""

    behind: str
    year: int
    sources: tuple[str, ...]


EMPLOYED = Kind("profession_employed", 2014, ("hcp-2014-professions",))
BUSINESSES = Kind("establishments_business", 2024, ("hcp-2024-establishments",))


def kind_of(activity: str) -> Kind:
    """The question an activity was counted by. Raises KeyError for one that is none."""
    if activity in ESTABLISHMENTS:
        return BUSINESSES
    if activity in SECTORS or activity in PROFESSIONS:
        return EMPLOYED
    raise KeyError(activity)


def shares_of(activity: str) -> Floats:
    """The share (0 to 1) of the activity everywhere; NaN where unknown."""
    cube, kind = census(), kind_of(activity)
    column = cube.column(activity, kind.year)
    if kind is EMPLOYED:
        return column / 100.0
    under = cube.column(kind.behind, kind.year)
    shares: Floats = np.divide(column, under, out=np.full(len(column), np.nan), where=under > 0)
    return shares


@cache
def shrunk_shares(activity: str) -> Shrunk:
    """The share of the activity everywhere, small places pulled toward their parent's."""
    nest, kind, shares = nesting(), kind_of(activity), shares_of(activity)
    sizes = people_behind(kind.behind, kind.year)
    priors = nest.above(shares)
    strengths = np.full(len(shares), np.nan)
    for level in range(int(nest.level.max()) + 1):
        there = nest.level == level
        strengths[there] = prior_strength(shares[there], sizes[there], priors[there])
    rounding = 0.0 if kind is BUSINESSES else HALF_UNIT
    return shrink_shares(shares, sizes, priors, strengths, rounding=rounding)


def quotients(
    activities: tuple[str, ...], places: NDArray[np.intp]
) -> EmploymentQuotients | EstablishmentQuotients:
    """The quotients of these activities, all of one kind, against the country, at some positions of the census.

    Raises KeyError for what is no activity, ValueError for activities of two kinds.
    """
    kind = kind_of(activities[0])
    if any(kind_of(activity) is not kind for activity in activities):
        raise ValueError("one measure at a time")
    columns = []
    for activity in activities:
        whole = shrunk_shares(activity)
        shrunk, reference = whole.at(places), whole.raw[0:1]
        raw = location_quotients(shrunk.raw[:, None], reference)[:, 0]
        columns.append((raw, *quotient_bounds(shrunk, reference)))
    raw, estimate, low, high = (np.stack(parts, axis=1) for parts in zip(*columns, strict=True))
    measure = EstablishmentQuotients if kind is BUSINESSES else EmploymentQuotients
    return measure(activities, raw, estimate, low, high, people_behind(kind.behind, kind.year)[places])


def _layer(activity: str) -> ComputedLayer:
    kind = kind_of(activity)
    return ComputedLayer(
        id=f"{_PREFIX}{activity}",
        group=GROUP,
        label=layer_label("quotient", ACTIVITIES[activity], kind.year),
        unit="times the country",
        direction="neutral",
        year=kind.year,
        sources=kind.sources,
        method="specialisation",
    )


@cache
def diversity() -> tuple[Floats, Floats]:
    """How many sectors of equal weight people work in, from 1 to 8, and the evenness from 0 to 1; not of small places.

    Sectors that were not told are left out. Chance alone makes few people look less diverse than they are: under
    `ENOUGH` people who work, unknown.
    """
    shares = np.stack([shares_of(sector) for sector in SECTORS], axis=1)
    enough = people_behind(EMPLOYED.behind, EMPLOYED.year) >= ENOUGH
    shares = np.where(enough[:, None], shares, np.nan)
    return effective_number(shares), evenness(shares)


def read(layer: str, level: str) -> Floats:
    """The estimated quotients of a layer at a level, or the number of sectors."""
    found = diversity()[0] if layer == DIVERSITY else shrunk_means(layer.removeprefix(_PREFIX))
    return nesting().only(found, level)


@cache
def shrunk_means(activity: str) -> Floats:
    """The estimated quotient of one activity everywhere."""
    shrunk = shrunk_shares(activity)
    return location_quotients(shrunk.mean[:, None], shrunk.raw[0:1])[:, 0]


_DIVERSITY_LAYER = ComputedLayer(
    id=DIVERSITY,
    group=GROUP,
    label=DIVERSITY_LABEL,
    unit="sectors",
    direction="higher",
    year=2014,
    sources=("hcp-2014-professions",),
    method="specialisation",
)
FAMILY = LayerFamily(
    (*(_layer(activity) for activity in (*SECTORS, *PROFESSIONS, *ESTABLISHMENTS)), _DIVERSITY_LAYER), read
)
