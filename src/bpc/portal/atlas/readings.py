"""What a map shows: one figure per territory, or the gap between two, read from the census."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from bpc.datasets.census import Area, Census, Indicator, Sex

Floats = NDArray[np.float64]

#: Units that count things: their gap is told in percent of the first figure, or it would only tell size.
COUNTED = frozenset({"people", "households", "establishments", "souks", "jobs"})
PERCENT = "percent"
POINTS = "points"


class Comparison(StrEnum):
    """Two figures of one indicator set side by side."""

    NONE = ""
    YEARS = "years"
    SEXES = "sexes"
    AREAS = "areas"


@dataclass(frozen=True)
class Reading:
    """The figures asked for: an indicator, and its year, area and sex or the comparison made."""

    indicator: str
    year: int
    area: Area = "total"
    sex: Sex = "all"
    comparison: Comparison = Comparison.NONE

    def sides(self) -> tuple["Reading", ...]:
        """The plain readings that are shown: one, or the two of a comparison, the reference first.

        >>> [side.sex for side in Reading("age_0_14", 2024, comparison=Comparison.SEXES).sides()]
        ['male', 'female']
        """
        plain = {"indicator": self.indicator, "year": self.year, "area": self.area, "sex": self.sex}
        varied: dict[Comparison, tuple[dict[str, object], ...]] = {
            Comparison.NONE: ({},),
            Comparison.YEARS: ({"year": 2014}, {"year": 2024}),
            Comparison.SEXES: ({"sex": "male"}, {"sex": "female"}),
            Comparison.AREAS: ({"area": "urban"}, {"area": "rural"}),
        }
        return tuple(Reading(**{**plain, **change}) for change in varied[self.comparison])  # type: ignore[arg-type]


@dataclass(frozen=True)
class Figures:
    """What was read, in the order of the codes: the mapped values and, in a comparison, both sides.

    `unit` is that of `values`: "points" for the difference of two percentages, "percent" for the relative
    change of a count, else the unit of the indicator.
    """

    values: Floats
    sides: tuple[Floats, ...]
    unit: str


def is_published(indicator: Indicator, reading: Reading) -> bool:
    """Whether the census published each side of the reading somewhere."""
    held = set(indicator.breakdowns)
    return all((side.year, side.area, side.sex) in held for side in reading.sides())


def possible_comparisons(indicator: Indicator, year: int) -> tuple[Comparison, ...]:
    """Comparisons that can be drawn for the indicator in `year`; years only where both asked alike."""
    return tuple(
        choice
        for choice in (Comparison.YEARS, Comparison.SEXES, Comparison.AREAS)
        if (choice is not Comparison.YEARS or indicator.comparable)
        and is_published(indicator, Reading(indicator.id, year, comparison=choice))
    )


def positions(census: Census, codes: tuple[str, ...]) -> NDArray[np.intp]:
    """Where the territories lie in the census, for `read`."""
    return np.fromiter((census.position[code] for code in codes), dtype=np.intp, count=len(codes))


def read(census: Census, reading: Reading, places: NDArray[np.intp]) -> Figures:
    """The figures of the territories at `places`; NaN where the census published nothing.

    Raises KeyError for an indicator that is not in the dictionary.
    """
    unit = census.indicators[reading.indicator].unit
    sides = tuple(
        census.column(side.indicator, side.year, side.area, side.sex)[places] for side in reading.sides()
    )
    if len(sides) == 1:
        return Figures(sides[0], sides, unit)
    first, second = sides
    return Figures(gap(first, second, unit), sides, gap_unit(unit))


def gap(first: Floats, second: Floats, unit: str) -> Floats:
    """Second minus first; for counts in percent of the first (unknown where it is zero).

    >>> gap(np.array([10.0, 0.0]), np.array([12.0, 3.0]), "people").tolist()
    [20.0, nan]
    >>> gap(np.array([10.5]), np.array([8.2]), "percent").tolist()
    [-2.3]
    """
    if unit not in COUNTED:
        # published with one or two decimals: rounding hides the binary dust of the subtraction
        return np.round(second - first, 2)
    relative = np.full(len(first), np.nan)
    np.divide(100.0 * (second - first), first, out=relative, where=first > 0)
    return np.round(relative, 1)


def gap_unit(unit: str) -> str:
    """Unit of a gap between two figures of `unit`."""
    if unit == PERCENT:
        return POINTS
    return PERCENT if unit in COUNTED else unit


def ranks(values: Floats) -> NDArray[np.int64]:
    """Rank of each value, the highest first; equal values share the better rank, unknown ones get 0.

    >>> ranks(np.array([3.0, np.nan, 5.0, 3.0])).tolist()
    [2, 0, 1, 2]
    """
    known = np.sort(values[~np.isnan(values)])
    above = len(known) - np.searchsorted(known, values, side="right")
    return np.where(np.isnan(values), 0, above + 1)
