"""What a place lacks by the figures: how far it is behind a reference, and where it ranks among its like.

Gaps are told so that above zero is always worse, whatever the question. Nothing here is what people said they need.
How and why: docs/methods/shortfalls.md, whose figures are tests.
"""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
#: Which way a figure is better; "neutral" ones (the share of young people) are no shortfall either way.
Direction = Literal["higher", "lower", "neutral"]


def shortfall(values: Floats, reference: Floats, direction: Direction) -> Floats:
    """How far each place is behind the reference, in the unit of the figure; below zero it is ahead.

    `reference` is one figure for all, or one for each place. NaN where either is unknown. Raises ValueError for a
    figure of which neither way is better.

    Water in 54.6 % of homes against 82.9 %; a road at 3 km against 1.5:

    >>> shortfall(np.array([54.6]), np.array(82.9), "higher").round(1).tolist()
    [28.3]
    >>> shortfall(np.array([3.0]), np.array(1.5), "lower").tolist()
    [1.5]
    """
    if direction == "neutral":
        raise ValueError("neither more nor less of it is a shortfall")
    # published with one or two decimals: rounding hides the binary dust of the subtraction
    gap = reference - values if direction == "higher" else values - reference
    return np.round(gap, 2)


def severity(values: Floats, direction: Direction) -> Floats:
    """The share (0 to 100) of the known places that do better, those that do as well counting for half.

    0 is the best off, 100 the worst; mid-ranks, so that the mean over all known places is 50 whatever the ties.
    NaN where unknown. Raises ValueError for a figure of which neither way is better.

    >>> severity(np.array([100.0, 80.0, 80.0, 20.0, np.nan]), "higher").round(1).tolist()
    [12.5, 50.0, 50.0, 87.5, nan]
    """
    if direction == "neutral":
        raise ValueError("neither more nor less of it is a shortfall")
    worse = -values if direction == "higher" else values
    known = np.sort(worse[~np.isnan(worse)])
    if not len(known):
        return np.full(values.shape, np.nan)
    better = np.searchsorted(known, worse, side="left")
    up_to = np.searchsorted(known, worse, side="right")
    found = 100.0 * (better + up_to) / 2 / len(known)
    return np.where(np.isnan(worse), np.nan, found)


def worst_ranks(values: Floats, direction: Direction) -> NDArray[np.int64]:
    """Rank of each place from the worst off (1); equal figures share the rank, unknown ones get 0.

    >>> worst_ranks(np.array([100.0, 80.0, 80.0, 20.0, np.nan]), "higher").tolist()
    [4, 2, 2, 1, 0]
    """
    if direction == "neutral":
        raise ValueError("neither more nor less of it is a shortfall")
    worse = -values if direction == "higher" else values
    known = np.sort(worse[~np.isnan(worse)])
    above = len(known) - np.searchsorted(known, worse, side="right")
    return np.where(np.isnan(worse), 0, above + 1).astype(np.int64)


def combined(severities: Floats, least_known: float = 0.5) -> tuple[Floats, Floats]:
    """One severity out of several questions (K, P), and the part of them that is known.

    The mean of those known; NaN where less than `least_known` of them is. Means of ranks, not of points: a kilometre
    of track and a point of illiteracy have no common unit.

    >>> mean, part = combined(np.array([[90.0, 40.0], [70.0, np.nan], [80.0, np.nan]]))
    >>> mean.tolist(), part.round(2).tolist()
    ([80.0, nan], [1.0, 0.33])
    """
    known = ~np.isnan(severities)
    count = known.sum(axis=0)
    part = count / severities.shape[0]
    total = np.where(known, severities, 0.0).sum(axis=0)
    mean = np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)
    return np.where(part >= least_known, mean, np.nan), part
