"""Class limits of a choropleth: few classes, round limits, equal figures together, unknown apart.

How and why: docs/methods/class-breaks.md, whose figures are tests.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from bpc.core.territory.round_limits import round_limits

#: Class number of a place whose figure is unknown.
UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Classes:
    """Classes of plain figures, from low to high.

    `limits` are the inner limits, one fewer than the classes: class 0 is below the first limit, class i holds
    limits[i-1] <= value < limits[i], the last one everything from the last limit up. `low` and `high` are the
    extremes of the known values.
    """

    limits: tuple[float, ...]
    low: float
    high: float

    def __len__(self) -> int:
        """Number of classes."""
        return len(self.limits) + 1

    def class_of(self, value: float | None) -> int:
        """Class number of a value, `UNKNOWN` for None or NaN.

        >>> [Classes((10.0, 20.0), 3.0, 48.0).class_of(value) for value in (3, 10, 19.9, 20, None)]
        [0, 1, 1, 2, -1]
        """
        if value is None or math.isnan(value):
            return UNKNOWN
        return bisect_right(self.limits, value)


@dataclass(frozen=True, slots=True)
class MirroredClasses:
    """Classes of gaps, at the same distances below and above zero; no gap at all is a class between them.

    `steps` are the distances between the classes of one side: with two steps there are three classes below
    zero (numbers 0 to 2, the widest gap first), the class of zero (3) and three above (4 to 6). A gap that
    falls on a step belongs to the wider class, on both sides.
    """

    steps: tuple[float, ...]

    @property
    def side(self) -> int:
        """Number of classes on one side, which is also the number of the class of zero."""
        return len(self.steps) + 1

    def __len__(self) -> int:
        """Number of classes."""
        return 2 * self.side + 1

    def class_of(self, value: float | None) -> int:
        """Class number of a gap, `UNKNOWN` for None or NaN.

        >>> [MirroredClasses((5.0,)).class_of(gap) for gap in (-8, -5, -4.9, 0, 4.9, 5, None)]
        [0, 0, 1, 2, 3, 4, -1]
        """
        if value is None or math.isnan(value):
            return UNKNOWN
        if not value:
            return self.side
        distance = 1 + bisect_right(self.steps, abs(value))
        return self.side + (distance if value > 0 else -distance)


def value_classes(values: Iterable[float | None], count: int = 5) -> Classes | None:
    """Classes of about equal numbers of places with round limits; None when no value is known.

    Values that are equal always share a class, so there are fewer classes when there are few distinct values.
    Raises ValueError when `count` is below 1.

    >>> value_classes([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    Classes(limits=(3.0, 5.0, 7.0, 9.0), low=1.0, high=10.0)
    >>> value_classes([0, 0, 0, 0, 0, 0, 7, 9]).limits
    (5.0, 8.0)
    """
    if count < 1:
        raise ValueError("at least one class")
    known = _known(values)
    if not known:
        return None
    return Classes(limits_between(known, count), known[0], known[-1])


def gap_classes(gaps: Iterable[float | None], side: int = 3) -> MirroredClasses | None:
    """Classes on both sides of zero, at most `side` below and as many above; None when no gap is known.

    The steps are taken from the distances to zero, so that equal gaps look equal on both sides.
    Raises ValueError when `side` is below 1.

    >>> gap_classes([-8, -5, -1, 2, 3, 12], side=2)
    MirroredClasses(steps=(5.0,))
    """
    if side < 1:
        raise ValueError("at least one class on each side of zero")
    known = _known(gaps)
    if not known:
        return None
    distances = sorted(abs(gap) for gap in known if gap)
    return MirroredClasses(limits_between(distances, side) if distances else ())


def limits_between(known: list[float], count: int) -> tuple[float, ...]:
    """At most `count` - 1 round limits between sorted values, each leaving values on both sides."""
    distinct = sorted(set(known))
    if len(distinct) <= count:
        # every figure is a class of its own: a limit moves freely between two of them, and no further
        return round_limits(known, [bisect_left(known, value) for value in distinct[1:]], 0)
    return round_limits(known, class_starts(known, count), len(known) / count)


def class_starts(known: list[float], count: int) -> list[int]:
    """Ranks at which classes of about equal numbers begin, the first class left out; never amid equal values.

    Each class takes its share of what is left, so that after a heap of equal values the others share alike.

    >>> class_starts([1, 2, 3, 4, 5, 6], 3), class_starts([0, 0, 0, 0, 7, 8], 3)
    ([2, 4], [4, 5])
    """
    starts: list[int] = []
    begun = 0
    for left in range(count, 1, -1):
        aim = begun + (len(known) - begun) / left
        value = known[min(round(aim), len(known) - 1)]
        ends = [bisect_left(known, value), bisect_right(known, value)]
        possible = [end for end in ends if begun < end < len(known)]
        if not possible:
            break
        begun = min(possible, key=lambda end: abs(end - aim))
        starts.append(begun)
    return starts


def _known(values: Iterable[float | None]) -> list[float]:
    """Known values, sorted."""
    numbers = np.array(list(values), dtype=np.float64)
    known: list[float] = np.sort(numbers[np.isfinite(numbers)]).tolist()
    return known
