"""The measures a fit is made of: what each says of a place, on a scale from 0 to 1, unknown kept apart.

A measure belongs to one part of the fit. Figures come in as published (percent, km, people); what leaves is how good
the figure is for a project that needs it. Rates that have no good or bad level in themselves are told by the share of
places they exceed; water, power and roads by what they are.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Part = Literal["resource", "labour", "access", "market", "saturation", "need"]
Scale = Literal["rank", "degree", "share", "road", "people", "souks", "unit"]

#: In the order of the last axis of a fit.
PARTS: tuple[Part, ...] = ("resource", "labour", "access", "market", "saturation", "need")
#: What the last place of the country still has of a skill or a need: the least literate commune has its readers.
LEAST = 0.25
#: Half the value of a paved road is lost when it is this far (km).
HALF_ROAD = 5.0
#: People within reach: nothing below the first number, all above the second, in between by the logarithm.
FEW_PEOPLE, MANY_PEOPLE = 5_000.0, 500_000.0
#: Weekly markets in the commune and those that touch it, from which more change nothing.
ENOUGH_SOUKS = 4.0


@dataclass(frozen=True)
class Measure:
    """One fact about places that models may need: its code, the part it counts in, how its figure is scaled."""

    code: str
    part: Part
    scale: Scale


MEASURES: tuple[Measure, ...] = (
    Measure("farming", "labour", "degree"),
    Measure("crafts", "labour", "degree"),
    Measure("trading", "labour", "degree"),
    Measure("literacy", "labour", "degree"),
    Measure("diplomas", "labour", "degree"),
    Measure("languages", "labour", "degree"),
    Measure("water", "access", "share"),
    Measure("power", "access", "share"),
    Measure("road", "access", "road"),
    Measure("internet", "access", "rank"),
    Measure("reach", "market", "people"),
    Measure("town", "market", "people"),
    Measure("souks", "market", "souks"),
    Measure("visitors", "market", "unit"),
    Measure("firms", "market", "rank"),
    Measure("women_work", "need", "degree"),
    Measure("jobs", "need", "degree"),
    Measure("unpaid_work", "need", "degree"),
    Measure("children", "need", "degree"),
    Measure("elderly", "need", "degree"),
    Measure("schooling", "need", "degree"),
    Measure("waste", "need", "degree"),
    Measure("housing", "need", "degree"),
    Measure("firewood", "need", "degree"),
)
CODES: tuple[str, ...] = tuple(measure.code for measure in MEASURES)


def columns_of(part: Part) -> slice:
    """Where the measures of a part lie; they stand side by side.

    >>> CODES[columns_of("access")]
    ('water', 'power', 'road', 'internet')
    """
    places = [at for at, measure in enumerate(MEASURES) if measure.part == part]
    return slice(places[0], places[-1] + 1) if places else slice(0, 0)


def rank_shares(figures: Floats) -> Floats:
    """The share of the other known places whose figure is lower, ties counting half; NaN stays.

    r = (lower + (equal - 1) / 2) / (known - 1), one half when only one is known.

    >>> rank_shares(np.array([3.0, np.nan, 5.0, 3.0, 9.0])).round(3).tolist()
    [0.167, nan, 0.667, 0.167, 1.0]
    """
    known = np.sort(figures[~np.isnan(figures)])
    if len(known) < 2:
        return np.where(np.isnan(figures), np.nan, 0.5)
    below = np.searchsorted(known, figures, side="left")
    upto = np.searchsorted(known, figures, side="right")
    shares = (below + (upto - below - 1) / 2) / (len(known) - 1)
    return np.where(np.isnan(figures), np.nan, shares)


def scale_people(people: Floats) -> Floats:
    """How near a number of people is to a full market, by its logarithm.

    >>> scale_people(np.array([0.0, 5000.0, 50000.0, 2e6])).tolist()
    [0.0, 0.0, 0.5, 1.0]
    """
    span = np.log(MANY_PEOPLE / FEW_PEOPLE)
    scaled: Floats = np.clip(np.log(np.maximum(people, 1.0) / FEW_PEOPLE) / span, 0.0, 1.0)
    return scaled


def scale_measure(figures: Floats, scale: Scale) -> Floats:
    """Figures of one measure on the scale from 0 to 1; NaN stays.

    `share`: percent of households, so a hundredth of it. `road`: km, 1 / (1 + d / 5). `people`: `scale_people`.
    `souks`: a number, four is enough. `unit`: already from 0 to 1. `rank`: r of `rank_shares`; `degree`: 1/4 + 3/4 r.

    >>> scale_measure(np.array([0.0, 5.0, 15.0]), "road").tolist()
    [1.0, 0.5, 0.25]
    >>> scale_measure(np.array([12.0, np.nan]), "share").tolist()
    [0.12, nan]
    """
    match scale:
        case "share":
            return np.clip(figures / 100.0, 0.0, 1.0)
        case "road":
            nearness: Floats = 1.0 / (1.0 + np.maximum(figures, 0.0) / HALF_ROAD)
            return nearness
        case "people":
            return scale_people(figures)
        case "souks":
            return np.clip(figures / ENOUGH_SOUKS, 0.0, 1.0)
        case "unit":
            return np.clip(figures, 0.0, 1.0)
        case "rank":
            return rank_shares(figures)
        case "degree":
            return LEAST + (1.0 - LEAST) * rank_shares(figures)


def scale_measures(figures: Floats) -> Floats:
    """All measures (places x measures, in the order of `MEASURES`) on the scale from 0 to 1.

    Raises ValueError when there is not one column for each measure.
    """
    if figures.ndim != 2 or figures.shape[1] != len(MEASURES):
        raise ValueError(f"{len(MEASURES)} columns are needed, not {figures.shape}")
    columns = [scale_measure(figures[:, at], measure.scale) for at, measure in enumerate(MEASURES)]
    return np.column_stack(columns)
