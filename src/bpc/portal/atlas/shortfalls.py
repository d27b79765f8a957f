"""What each place lacks by the figures of the census, against the country and against the place above it."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from bpc.core.territory.shortfalls import Direction, combined, severity, shortfall, worst_ranks
from bpc.core.territory.shrinkage import Shrunk, prior_strength, shrink_shares
from bpc.datasets.census import Sex
from bpc.portal.atlas.computed_layer import ComputedLayer, LayerFamily
from bpc.portal.atlas.insight_words import LACKS, NEEDS_FROM_DATA, layer_label
from bpc.portal.atlas.nesting import nesting, people_behind
from bpc.portal.reference.census import census

Floats = NDArray[np.float64]

GROUP = "shortfall"
_LACK, _NEED = "lack.", "need."
#: Sources of the questions asked, by year.
SOURCES = {2014: ("hcp-2014-indicators-households",), 2024: ("hcp-2024-indicators",)}


@dataclass(frozen=True)
class Lack:
    """A question of the census that tells of something missing.

    `need` is the code of the need (taxonomy of what people report) it speaks of, empty where none does: the list of
    needs is about running a project together, and says nothing of jobs, sewers or waste.
    """

    id: str
    indicator: str
    year: int
    sex: Sex = "all"
    need: str = ""
    unit: str = "percent"

    @property
    def direction(self) -> Direction:
        """Which way the figure is better."""
        return census().indicators[self.indicator].direction


LACKS_ASKED: tuple[Lack, ...] = (
    Lack("women_activity", "labour_activity_rate", 2024, "female"),
    Lack("women_unemployment", "labour_unemployment_rate", 2024, "female"),
    Lack("unemployment", "labour_unemployment_rate", 2024),
    Lack("illiteracy", "illiteracy_rate_10_plus", 2024, need="N04"),
    Lack("women_illiteracy", "illiteracy_rate_10_plus", 2024, "female", need="N04"),
    Lack("running_water", "amenities_running_water", 2024, need="N08"),
    Lack("sewer", "wastewater_public_sewer", 2024),
    Lack("wastewater", "wastewater_other", 2024),
    Lack("waste", "household_waste_in_the_open", 2024),
    Lack("electricity", "amenities_electricity", 2024),
    Lack("road", "households_distance_to_paved_road_km", 2024, need="N10", unit="km"),
    Lack("internet", "equipment_internet", 2014, need="N11"),
    Lack("computer", "equipment_computer", 2014, need="N11"),
)
BY_ID = {lack.id: lack for lack in LACKS_ASKED}
NEEDS: tuple[str, ...] = tuple(sorted({lack.need for lack in LACKS_ASKED if lack.need}))


def published(lack: Lack) -> Floats:
    """The figure everywhere, as published."""
    return census().column(lack.indicator, lack.year, "total", lack.sex)


@cache
def estimated(lack: Lack) -> Floats:
    """The figure everywhere, shares of tiny places pulled toward their parent's; distances are taken as they are."""
    found = shrunk(lack)
    return published(lack) if found is None else found.mean * 100.0


@cache
def shrunk(lack: Lack) -> Shrunk | None:
    """The share with its interval; None for a figure that is no share."""
    if lack.unit != "percent":
        return None
    entry = census().indicators[lack.indicator]
    nest, shares = nesting(), published(lack) / 100.0
    # the count a share applies to is published for 2024; in 2014, households are
    sizes = people_behind(entry.denominator, lack.year, "total", lack.sex)
    priors = nest.above(shares)
    strengths = np.full(len(shares), np.nan)
    for level in range(int(nest.level.max()) + 1):
        there = nest.level == level
        strengths[there] = prior_strength(shares[there], sizes[there], priors[there])
    return shrink_shares(shares, sizes, priors, strengths)


@cache
def behind_country(lack: Lack) -> Floats:
    """How far each place is behind the country; above zero is worse."""
    values = published(lack)
    return shortfall(values, values[0:1], lack.direction)


@cache
def behind_parent(lack: Lack) -> Floats:
    """How far each place is behind the one above it."""
    values = published(lack)
    return shortfall(values, nesting().above(values), lack.direction)


@cache
def severities(lack: Lack, level: str) -> Floats:
    """The percent of places of the level that do better; NaN at the other levels and where unknown."""
    return severity(nesting().only(estimated(lack), level), lack.direction)


@cache
def ranks(lack: Lack, level: str) -> NDArray[np.int64]:
    """The rank of each place of the level from the worst off, 0 at the other levels and where unknown."""
    return worst_ranks(nesting().only(estimated(lack), level), lack.direction)


@cache
def need_scores(need: str, level: str) -> Floats:
    """One severity for a need, the mean of those of its questions; NaN where under half of them are known."""
    questions = [severities(lack, level) for lack in LACKS_ASKED if lack.need == need]
    return np.round(combined(np.stack(questions))[0], 1)


def read(layer: str, level: str) -> Floats:
    """The values of a layer at a level: gaps for a question, severities for a need."""
    if layer.startswith(_NEED):
        return need_scores(layer.removeprefix(_NEED), level)
    return nesting().only(behind_country(BY_ID[layer.removeprefix(_LACK)]), level)


def _layer(lack: Lack) -> ComputedLayer:
    return ComputedLayer(
        id=f"{_LACK}{lack.id}",
        group=GROUP,
        label=layer_label("shortfall", LACKS[lack.id], lack.year),
        unit="points" if lack.unit == "percent" else lack.unit,
        direction="lower",
        year=lack.year,
        sources=SOURCES[lack.year],
        method="shortfalls",
        signed=True,
    )


def _need_layer(need: str) -> ComputedLayer:
    years = {lack.year for lack in LACKS_ASKED if lack.need == need}
    return ComputedLayer(
        id=f"{_NEED}{need}",
        group=GROUP,
        label=layer_label("need", NEEDS_FROM_DATA[need], max(years)),
        unit="of 100 places",
        direction="lower",
        year=max(years),
        sources=tuple(source for year in sorted(years) for source in SOURCES[year]),
        method="shortfalls",
    )


FAMILY = LayerFamily((*map(_layer, LACKS_ASKED), *map(_need_layer, NEEDS)), read)
