"""Round numbers for the limits of classes: as few digits as keep the classes what they are.

How and why: docs/methods/class-breaks.md.
"""

import heapq
import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

#: Rounding may move this share of a class's places to its neighbour, and one place at least.
MOVABLE = 0.2
#: Rounded classes fit the figures at least this well, as a share of the fit of the exact ones.
GOOD_FIT = 0.98
#: A limit keeps as few significant digits as it can, and never more than this.
MOST_DIGITS = 8
#: A quotient this near the next whole number is that number: 2.1 / 0.1 is 20.999… in binary.
DUST = 1e-9


class Limit(NamedTuple):
    """A number a class may begin with: what it costs, the places it moves, how far it is, and its rank.

    A digit costs 1 and so does moving as many places as a class has; of equal costs, the nearest is taken.
    """

    cost: float
    moved: int
    away: float
    value: float
    rank: int


def round_limits(known: list[float], starts: list[int], share: float) -> tuple[float, ...]:
    """The roundest limits near the ranks `starts` of sorted values, whose classes still tell the figures apart.

    `share` is the number of places of a class (0: no place may move). Every class keeps a place, and the
    variance explained by the classes stays at least `GOOD_FIT` of what exact limits explain.

    >>> round_limits([18.4, 19.6, 19.7, 20.8, 22.2, 23.3], [2, 4], 3)
    (20.0, 21.0)
    """
    values = np.asarray(known, dtype=np.float64)
    decimals = decimals_of_all(values)
    choices = [possible_limits(known, start, share, decimals) for start in starts]
    fit = Fit(values)
    least = GOOD_FIT * fit.of(starts)
    # cheapest first: the first choice that holds is the roundest; the last of each list always holds
    waiting = [(_cost(choices, first := (0,) * len(starts)), first)]
    seen = {waiting[0][1]}
    while True:
        picked = heapq.heappop(waiting)[1]
        limits = [choice[place] for choice, place in zip(choices, picked, strict=True)]
        ranks = [limit.rank for limit in limits]
        if all(low < high for low, high in pairwise(ranks)) and (ranks == starts or fit.of(ranks) >= least):
            return tuple(limit.value for limit in limits)
        for number, place in enumerate(picked):
            following = (*picked[:number], place + 1, *picked[number + 1 :])
            if place + 1 < len(choices[number]) and following not in seen:
                seen.add(following)
                heapq.heappush(waiting, (_cost(choices, following), following))


def _cost(choices: list[list[Limit]], picked: tuple[int, ...]) -> tuple[float, int, float]:
    limits = [choice[place] for choice, place in zip(choices, picked, strict=True)]
    return (
        sum(limit.cost for limit in limits),
        sum(limit.moved for limit in limits),
        sum(limit.away for limit in limits),
    )


def possible_limits(known: list[float], start: int, share: float, decimals: int) -> list[Limit]:
    """Numbers that may stand for the exact limit at rank `start`, the roundest first; one of them moves nothing.

    Limits have no more decimals than the figures (`decimals`): nothing has two souks and a half.
    """
    slack = max(1, int(MOVABLE * share)) if share else 0
    # beside a heap of equal values (often zeros) the limit stays: the heap is a class of its own
    heap = max(start - bisect_left(known, known[start - 1]), bisect_right(known, known[start]) - start)
    if heap > share:
        slack = 0
    below, above = known[max(start - 1 - slack, 0)], known[min(start + slack, len(known) - 1)]
    exact = (known[start - 1] + known[start]) / 2
    gap = known[start] - known[start - 1]
    found: dict[float, Limit] = {}
    for step, needed in _steps(max(abs(below), abs(above)), decimals):
        lower = math.floor(exact / step + DUST)
        for multiple in (lower, lower + 1):
            value = float(f"{multiple * step:.{needed}f}")
            if below < value <= above and value not in found:
                rank = bisect_left(known, value)
                moved = abs(rank - start)
                cost = digits_of(value) + (moved / share if moved else 0)
                found[value] = Limit(cost, moved, abs(value - exact) / gap, value, rank)
        if any(not limit.moved for limit in found.values()):
            return sorted(found.values())
    return sorted([*found.values(), Limit(digits_of(known[start]), 0, 0.5, known[start], start)])


def _steps(largest: float, decimals: int) -> list[tuple[float, int]]:
    """Steps of ever finer multiples, each with the decimals they need: 50, 10, 5, 1, 0.5, 0.1…"""
    top = math.floor(math.log10(largest)) + 1
    return [
        (factor * 10.0**power, max(0, -power))
        for power in range(top, max(top - MOST_DIGITS, -decimals - 1), -1)
        for factor in (5, 1)
    ]


def decimals_of_all(values: NDArray[np.float64]) -> int:
    """The decimals that write every one of these figures.

    >>> decimals_of_all(np.array([3.0, 7.5])), decimals_of_all(np.array([120.0]))
    (1, 0)
    """
    for decimals in range(MOST_DIGITS):
        units = values * 10.0**decimals
        # a figure such as 19.7 is not exact in binary: the dust of the product is not a decimal
        if (np.abs(units - np.rint(units)) <= 1e-9 * np.maximum(np.abs(units), 1)).all():
            return decimals
    return MOST_DIGITS


def digits_of(value: float) -> float:
    """Significant digits of a number; a last 5 counts half, for it is read as easily as a round number.

    >>> [digits_of(value) for value in (0, 20, 25, 23, 19.65, 0.5, 1500)]
    [0, 1, 1.5, 2, 3.5, 1, 1.5]
    """
    digits = f"{abs(value):.{MOST_DIGITS}g}"
    if "e" in digits:
        digits = digits[: digits.index("e")]
    digits = digits.replace(".", "").strip("0")
    return len(digits) - 0.5 if len(digits) > 1 and digits.endswith("5") else len(digits)


class Fit:
    """Goodness of variance fit of classes: 1 when every class holds equal values, 0 when classes tell nothing."""

    def __init__(self, values: NDArray[np.float64]) -> None:
        """Sums up sorted values once, about their mean."""
        apart = values - values.mean()
        self.sums: list[float] = [0.0, *np.cumsum(apart).tolist()]
        self.total = float(apart @ apart)

    def of(self, starts: Sequence[int]) -> float:
        """The share of the variance that lies between the classes that begin at 0 and at these ranks.

        >>> Fit(np.array([1.0, 1, 5, 5])).of([2]), Fit(np.array([1.0, 5, 1, 5])).of([2])
        (1.0, 0.0)
        """
        edges = (0, *starts, len(self.sums) - 1)
        between = sum(
            (self.sums[end] - self.sums[begin]) ** 2 / (end - begin) for begin, end in pairwise(edges)
        )
        return between / self.total if self.total else 1.0
