"""Class limits of a choropleth: few classes, readable limits, unknown apart.

How and why: docs/methods/class-breaks.md, whose figures are tests.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

#: Class number of a place whose figure is unknown.
UNKNOWN = -1
#: Rounding may move this share of a class's places to its neighbour.
MOVABLE = 0.1
#: A limit keeps as few significant digits as it can, and never more than this.
MOST_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Classes:
    """Classes of a map, from low to high.

    `limits` are the inner limits, one fewer than the classes: class 0 is below the first limit, class i holds
    limits[i-1] <= value < limits[i], the last one everything from the last limit up. `low` and `high` are the
    extremes of the known values. `centre` is the value a diverging scale turns around, else None.
    """

    kind: Literal["sequential", "diverging"]
    limits: tuple[float, ...]
    low: float
    high: float
    centre: float | None = None

    def __len__(self) -> int:
        """Number of classes."""
        return len(self.limits) + 1

    def bounds(self) -> tuple[tuple[float, float], ...]:
        """Lower and upper bound of each class, the extremes of the values at both ends.

        >>> Classes("sequential", (10.0, 20.0), 3.0, 48.0).bounds()
        ((3.0, 10.0), (10.0, 20.0), (20.0, 48.0))
        """
        edges = (self.low, *self.limits, self.high)
        return tuple(pairwise(edges))

    def class_of(self, value: float | None) -> int:
        """Class number of a value, `UNKNOWN` for None or NaN.

        >>> [Classes("sequential", (10.0, 20.0), 3.0, 48.0).class_of(v) for v in (3, 10, 19.9, 20, None)]
        [0, 1, 1, 2, -1]
        """
        if value is None or math.isnan(value):
            return UNKNOWN
        return int(np.searchsorted(self.limits, value, side="right"))

    def classify(self, values: NDArray[np.float64]) -> NDArray[np.int64]:
        """Class number of each value, `UNKNOWN` for NaN."""
        numbers = np.searchsorted(self.limits, values, side="right")
        return np.where(np.isnan(values), UNKNOWN, numbers).astype(np.int64)


def sequential_classes(values: Iterable[float | None], count: int = 5) -> Classes | None:
    """Classes of about equal numbers of places with rounded limits; None when no value is known.

    Values that are equal always share a class, so there are fewer classes when there are few distinct values.
    Raises ValueError when `count` is below 1.

    >>> sequential_classes([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    Classes(kind='sequential', limits=(3.0, 5.0, 7.0, 9.0), low=1.0, high=10.0, centre=None)
    >>> sequential_classes([0, 0, 0, 0, 0, 0, 7, 9]).limits
    (7.0, 9.0)
    """
    if count < 1:
        raise ValueError("at least one class")
    known = _known(values)
    if not len(known):
        return None
    limits = _quantile_limits(known, count)
    return Classes("sequential", limits, float(known[0]), float(known[-1]))


def diverging_classes(values: Iterable[float | None], centre: float = 0.0, side: int = 3) -> Classes | None:
    """Classes on both sides of `centre` (zero, or the nation's figure); None when no value is known.

    The limits mirror each other around the centre, at rounded distances, so that equal gaps look equal: at
    most `side` classes below and as many above. The centre itself is a limit.
    Raises ValueError when `side` is below 1 or the centre is not finite.

    >>> diverging_classes([-8, -5, -1, 2, 3, 12], side=2)
    Classes(kind='diverging', limits=(-5.0, 0.0, 5.0), low=-8.0, high=12.0, centre=0.0)
    """
    if side < 1 or not math.isfinite(centre):
        raise ValueError("at least one class on each side of a finite centre")
    known = _known(values)
    if not len(known):
        return None
    gaps = np.sort(np.abs(known - centre))
    gaps = gaps[gaps > 0]
    steps = _quantile_limits(gaps, side) if len(gaps) else ()
    limits = (*(centre - step for step in reversed(steps)), centre, *(centre + step for step in steps))
    exact = tuple(float(f"{limit:.12g}") for limit in limits)
    return Classes("diverging", exact, float(known[0]), float(known[-1]), centre)


def _known(values: Iterable[float | None]) -> NDArray[np.float64]:
    """Known values, sorted."""
    numbers = np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    return np.sort(numbers[np.isfinite(numbers)])


def _quantile_limits(known: NDArray[np.float64], count: int) -> tuple[float, ...]:
    """At most `count` - 1 rounded limits between sorted values, each leaving values on both sides.

    Where a heap of equal values swallows limits, the values above the last limit share the classes left over.
    """
    distinct = np.unique(known)
    if count == 1:
        return ()
    if len(distinct) <= count:
        return tuple(float(value) for value in distinct[1:])
    limits: list[float] = []
    for rank in range(1, count):
        limit = _rounded(known, float(np.quantile(known, rank / count)), count)
        if limit is not None and (not limits or limit > limits[-1]):
            limits.append(limit)
    if not limits:
        limits = [float(distinct[1])]
    rest = known[known >= limits[-1]]
    if len(limits) < count - 1 and len(rest) < len(known):
        return (*limits, *_quantile_limits(rest, count - len(limits)))
    return tuple(limits)


def _rounded(known: NDArray[np.float64], limit: float, count: int) -> float | None:
    """Roundest number near a limit, moving at most a tenth of a class; None at the lowest value."""
    rank = int(np.searchsorted(known, limit))
    if known[rank] == known[0]:
        return None
    share = len(known) / count
    # beside a heap of equal values (often zeros) the limit stays: the heap is a class of its own
    heap = rank - int(np.searchsorted(known, known[rank - 1]))
    slack = 0 if heap > share else int(MOVABLE * share)
    above = float(known[min(rank + slack, len(known) - 1)])
    below = float(known[max(rank - 1 - slack, 0)])
    return _roundest(below, above, limit)


def _roundest(below: float, above: float, target: float) -> float:
    """Multiple of the largest step (1, 2 or 5 times a power of ten) in ]below, above], nearest to the target.

    >>> _roundest(6.0, 7.0, 6.4), _roundest(18.41, 21.7, 19.3), _roundest(0.11, 0.13, 0.12)
    (7.0, 20.0, 0.12)
    """
    top = math.floor(math.log10(max(abs(below), abs(above)))) + 1
    for power in range(top, top - MOST_DIGITS, -1):
        for factor in (5, 2, 1):
            step = factor * 10.0**power
            first, last = math.floor(below / step) + 1, math.floor(above / step)
            if first <= last:
                multiple = min(max(round(target / step), first), last)
                exact = float(f"{multiple * step:.{max(0, -power)}f}")
                if below < exact <= above:
                    return exact
    return above
