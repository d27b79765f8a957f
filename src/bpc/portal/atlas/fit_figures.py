"""The figures a fit reads of every commune: which question of the census each measure is, and its values.

Shares of small communes are pulled toward their province's before they are compared, as everywhere in the atlas; what
is shown is the figure as published.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from bpc.core.territory.fit_measures import CODES, MEASURES
from bpc.core.territory.shrinkage import prior_strength, shrink_shares
from bpc.datasets.census import Sex
from bpc.datasets.coasts import read_coasts
from bpc.datasets.territories import read_neighbours
from bpc.portal.atlas.nesting import COMMUNE, nesting, people_behind
from bpc.portal.reference.census import census

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


@dataclass(frozen=True)
class Question:
    """The question of the census behind a measure.

    `better`: which way the figure serves a project. `around`: with the communes that touch, summed, or averaged by
    the count a share applies to. `urban`: of the people who live in town only.
    """

    indicator: str
    year: int
    better: Literal["higher", "lower"] = "higher"
    sex: Sex = "all"
    around: bool = False
    urban: bool = False


QUESTIONS: dict[str, Question] = {
    "farming": Question("work_sector_agriculture", 2014, around=True),
    "crafts": Question("profession_artisans", 2014, around=True),
    "trading": Question("work_sector_commerce", 2014),
    "literacy": Question("illiteracy_rate_10_plus", 2024, "lower"),
    "diplomas": Question("education_higher", 2024),
    "languages": Question("languages_read_and_written_french", 2024),
    "water": Question("amenities_running_water", 2024),
    "power": Question("amenities_electricity", 2024),
    "road": Question("households_distance_to_paved_road_km", 2024, "lower"),
    "internet": Question("equipment_internet", 2014),
    "reach": Question("population_municipal", 2024, around=True),
    "town": Question("population_municipal", 2024, urban=True),
    "souks": Question("establishments_weekly_souks", 2024, around=True),
    "firms": Question("jobs_per_1000", 2024),
    "women_work": Question("employment_rate", 2024, "lower", "female"),
    "jobs": Question("labour_unemployment_rate", 2024),
    "unpaid_work": Question("employment_status_family_worker", 2024),
    "children": Question("age_0_4", 2024),
    "elderly": Question("age_60_plus", 2024),
    "schooling": Question("schooling_rate_6_to_11", 2024, "lower"),
    "waste": Question("household_waste_in_the_open", 2024),
    "housing": Question("households_people_per_room", 2024),
    "firewood": Question("cooking_fuel_firewood", 2024),
}
MEMBERS = Question("employment_status_cooperative_member", 2024)
#: A wholly urban commune where fewer work the land than this (percent of those who work, 2014) has no countryside.
FIELDLESS = 5.0


@dataclass(frozen=True)
class CommuneFigures:
    """What the census says of every commune, in code order. The measure `visitors` is unknown here: resources tell it.

    `shown` (P, measures) as published; `compared` the same, small shares pulled to their province's and figures that
    serve when low turned round; `nation` (measures,) the country's, unknown for sums around. `touching` are pairs of
    numbers, each both ways; `farmers` the percent who work the land in the commune itself. `members` is the estimated
    share of cooperative members among those who work, and `members_around` the province's, both in percent.
    """

    codes: tuple[str, ...]
    number: dict[str, int]
    touching: Ints
    shown: Floats
    compared: Floats
    nation: Floats
    people: Floats
    adults: Floats
    urban_share: Floats
    farmers: Floats
    coast_km: Floats
    members: Floats
    members_around: Floats

    @property
    def provinces(self) -> tuple[str, ...]:
        """The code of the province of each."""
        return tuple(code[:6] for code in self.codes)

    @property
    def regions(self) -> tuple[str, ...]:
        """The code of the region of each."""
        return tuple(code[:2] for code in self.codes)


@cache
def commune_figures() -> CommuneFigures:
    """The figures of the 1,503 communes; the census does not change while the process runs."""
    cube, nest = census(), nesting()
    rows = np.flatnonzero(nest.level == COMMUNE)
    codes = tuple(cube.territories[row] for row in rows)
    number = {code: at for at, code in enumerate(codes)}
    touching = _touching(number)
    people = cube.column("population_municipal", 2024)[rows]
    coasts = read_coasts(settings.DATA)
    columns = [_measure(code, rows, touching) for code in CODES]
    return CommuneFigures(
        codes=codes,
        number=number,
        touching=touching,
        shown=np.column_stack([shown for shown, _, _ in columns]),
        compared=np.column_stack([compared for _, compared, _ in columns]),
        nation=np.array([nation for _, _, nation in columns]),
        people=people,
        adults=people * cube.column("age_15_59", 2024)[rows] / 100.0,
        urban_share=cube.column("urban_share", 2024)[rows],
        farmers=cube.column("work_sector_agriculture", 2014)[rows],
        coast_km=np.array([coasts.get(code, 0.0) for code in codes]),
        members=_estimate(MEMBERS)[rows],
        members_around=nest.above(cube.column(MEMBERS.indicator, MEMBERS.year))[rows],
    )


def _measure(code: str, rows: Ints, touching: Ints) -> tuple[Floats, Floats, float]:
    """One measure of the communes at `rows` as shown and as compared, and the country's figure."""
    question = QUESTIONS.get(code)
    if question is None:
        unknown = np.full(len(rows), np.nan)
        return unknown, unknown, np.nan
    cube = census()
    published = cube.column(question.indicator, question.year, "total", question.sex)
    values, nation = published[rows], float(published[0])
    if question.urban:
        townspeople = values * cube.column("urban_share", question.year)[rows] / 100.0
        return townspeople, townspeople, np.nan
    entry = cube.indicators[question.indicator]
    if question.around and entry.denominator:
        behind = cube.column(entry.denominator, question.year, "total", question.sex)[rows]
        mean = mean_with_touching(values, behind, touching)
        return mean, mean, nation
    if question.around:
        summed = with_touching(np.nan_to_num(values), touching)
        return summed, summed, np.nan
    estimate = _estimate(question)[rows]
    turned = question.better == "lower" and MEASURES[CODES.index(code)].scale in ("rank", "degree")
    return values, -estimate if turned else estimate, nation


def _estimate(question: Question) -> Floats:
    """The figure everywhere, shares pulled toward the province's where few people stand behind them."""
    cube, nest = census(), nesting()
    entry = cube.indicators[question.indicator]
    published = cube.column(question.indicator, question.year, "total", question.sex)
    if entry.unit != "percent" or not entry.denominator:
        return published
    shares = published / 100.0
    sizes = people_behind(entry.denominator, question.year, "total", question.sex)
    priors = nest.above(shares)
    there = nest.level == COMMUNE
    strength = prior_strength(shares[there], sizes[there], priors[there])
    return shrink_shares(shares, sizes, priors, strength).mean * 100.0


def with_touching(values: Floats, touching: Ints) -> Floats:
    """Each place's value with those of the places that touch it.

    >>> with_touching(np.array([1.0, 10.0, 100.0]), np.array([[0, 1], [1, 0]])).tolist()
    [11.0, 11.0, 100.0]
    """
    beside = np.bincount(touching[:, 0], weights=values[touching[:, 1]], minlength=len(values))
    total: Floats = values + beside
    return total


def mean_with_touching(shares: Floats, sizes: Floats, touching: Ints) -> Floats:
    """The share over each place and those that touch it; unknown ones left out, NaN where all are.

    >>> mean_with_touching(
    ...     np.array([10.0, 40.0, np.nan]), np.array([100.0, 200.0, 50.0]), np.array([[0, 1], [1, 0], [0, 2], [2, 0]])
    ... ).tolist()
    [30.0, 30.0, 10.0]
    """
    known = ~np.isnan(shares) & ~np.isnan(sizes)
    whole = with_touching(np.where(known, sizes, 0.0), touching)
    part = with_touching(np.where(known, np.nan_to_num(shares * sizes), 0.0), touching)
    mean: Floats = np.divide(part, whole, out=np.full(len(shares), np.nan), where=whole > 0)
    return mean


def _touching(number: dict[str, int]) -> Ints:
    pairs = [
        (number[pair.code], number[pair.neighbour])
        for pair in read_neighbours(settings.DATA)
        if pair.level == "commune"
    ]
    return np.array(pairs, dtype=np.intp).reshape(-1, 2)
