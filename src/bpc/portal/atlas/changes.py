"""What changed from 2014 to 2024, and how much of it is the country, the make-up of the place, and the place itself."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from bpc.core.territory.shift_share import CountsTwice, Parts, sampling_error, shift_share
from bpc.core.territory.shrinkage import sampled_fraction
from bpc.datasets.census import Area, Sex
from bpc.portal.atlas.computed_layer import ComputedLayer, LayerFamily
from bpc.portal.atlas.insight_words import CHANGES, layer_label
from bpc.portal.atlas.nesting import COMMUNE, nesting, stratum_counts
from bpc.portal.reference.census import census

Floats = NDArray[np.float64]

GROUP = "change"
_PREFIX = "change."
SOURCES = ("hcp-2014-indicators-people", "hcp-2024-indicators")
PEOPLE = "population_municipal"
_SEX_AND_AREA: tuple[tuple[Area, Sex], ...] = (
    ("urban", "male"), ("urban", "female"), ("rural", "male"), ("rural", "female"),
)  # fmt: skip
_AGES = (
    ("age_0_14",),
    ("age_15_34",),
    ("age_35_39", "age_40_44", "age_45_49", "age_50_54", "age_55_59"),
    ("age_60_plus",),
)
_EDUCATION = tuple(
    (f"education_{level}",)
    for level in ("none", "preschool", "primary", "lower_secondary", "upper_secondary", "higher")
)


@dataclass(frozen=True)
class Question:
    """A count that both censuses asked alike, and the groups it is told in.

    `indicators` are those read, each of which the dictionary must call comparable; `sampled`: the count of 2024 is an
    estimate from the long questionnaire. `counts(year)` gives places by groups.
    """

    id: str
    indicators: tuple[str, ...]
    sampled: bool
    counts: Callable[[int], Floats]


def _active(year: int) -> Floats:
    return stratum_counts("labour_active", year, _SEX_AND_AREA)


def _by_age(year: int) -> Floats:
    return _shared_out(year, _AGES)


def _by_education(year: int) -> Floats:
    return _shared_out(year, _EDUCATION)


def _shared_out(year: int, groups: tuple[tuple[str, ...], ...]) -> Floats:
    """People by group, from their number and published shares; the dust of rounding is shared alike, so that the
    groups sum to the people."""
    cube = census()
    shares = np.stack([sum_of(year, terms) for terms in groups], axis=1)
    total = shares.sum(axis=1)
    people = cube.column(PEOPLE, year)
    scale: Floats = np.divide(people, total, out=np.full(len(people), np.nan), where=total > 0)
    found: Floats = shares * scale[:, None]
    return found


def sum_of(year: int, terms: tuple[str, ...]) -> Floats:
    """The sum of some published shares, NaN where one is unknown."""
    cube = census()
    found: Floats = np.stack([cube.column(term, year) for term in terms]).sum(axis=0)
    return found


QUESTIONS: dict[str, Question] = {
    question.id: question
    for question in (
        Question("active", ("labour_active",), True, _active),
        Question("ages", (PEOPLE, *(term for terms in _AGES for term in terms)), False, _by_age),
        # the levels of 2024 come from a sample, but what is the place's own hangs on its whole population only
        Question(
            "education", (PEOPLE, *(term for terms in _EDUCATION for term in terms)), False, _by_education
        ),
    )
}


@cache
def parts(question: str) -> Parts:
    """The change of every place and its parts. Raises KeyError for an unknown question."""
    return taken_apart(QUESTIONS[question])


def taken_apart(asked: Question) -> Parts:
    """The change of every place and its parts, against the country.

    Raises `NotAskedAlikeError` where the dictionary says one of its indicators was not asked alike.
    """
    indicators = census().indicators
    alike = all(indicators[name].comparable for name in asked.indicators)
    counts = CountsTwice(asked.id, alike, asked.counts(2014), asked.counts(2024))
    return shift_share(counts, counts.before[0], counts.after[0])


@cache
def errors(question: str) -> Floats:
    """The standard error of the count of 2024 everywhere, 0 where all were asked."""
    cube, nest = census(), nesting()
    people = cube.column(PEOPLE, 2024)
    if not QUESTIONS[question].sampled:
        return np.zeros(len(people))
    communes = np.flatnonzero(nest.level == COMMUNE)
    fractions = sampled_fraction(cube.column("households_count", 2024)[communes])
    held = parts(question)
    after = (held.before + held.change)[communes]
    variance = np.nan_to_num(sampling_error(after, people[communes], fractions)) ** 2
    found = np.zeros(len(people))
    owner = communes
    for _step in range(COMMUNE + 1):
        total = np.bincount(owner, weights=variance, minlength=len(people))
        found = np.where(np.isin(np.arange(len(people)), owner), np.sqrt(total), found)
        owner = nest.parent[owner]
    return found


def read(layer: str, level: str) -> Floats:
    """What is the place's own in its change, in percent of the count of 2014."""
    held = parts(layer.removeprefix(_PREFIX))
    own: Floats = np.divide(
        100.0 * held.local, held.before, out=np.full(len(held.local), np.nan), where=held.before > 0
    )
    return nesting().only(np.round(own, 1), level)


FAMILY = LayerFamily(
    tuple(
        ComputedLayer(
            id=f"{_PREFIX}{question}",
            group=GROUP,
            label=layer_label("change", CHANGES[question], 2024),
            unit="percent",
            direction="neutral",
            year=2024,
            sources=SOURCES,
            method="shift-share",
            signed=True,
        )
        for question in QUESTIONS
    ),
    read,
)
