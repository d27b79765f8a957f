"""Are there more, or fewer, members of cooperatives here than who works here would lead to expect?

Indirect standardisation: each group of workers (men and women, in town and in the country) is given the rate it has in
the whole country; the sum is what is expected. How and why: docs/methods/cooperative-membership.md.
"""

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from bpc.core.territory.shrinkage import HALF_UNIT, ShrunkRatios, ratio_strength, shrink_ratios

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Membership2024:
    """Shares (0 to 1) of members of cooperatives and partners among people who work: census of 2024."""

    shares: Floats
    year: ClassVar[Literal[2024]] = 2024


@dataclass(frozen=True)
class Membership2014:
    """Shares of partners among people who work *or worked before*: census of 2014.

    Another question than that of 2024. It may be shown beside it; nothing takes one from the other.
    """

    shares: Floats
    year: ClassVar[Literal[2014]] = 2014


def expected_shares(workers: Floats, rates: Floats) -> Floats:
    """The share of members each place (P, S workers by group) would have with the rates (S,) of the reference.

    e = Σ w_s·r_s / Σ w_s. Groups without workers count for nothing; NaN where a group is unknown or nobody works.
    Source: indirect standardisation, after W. Farr; see Breslow and Day, *Statistical Methods in Cancer Research* II,
    1987, ch. 2.

    >>> expected_shares(np.array([[600.0, 400.0], [0.0, 0.0]]), np.array([0.03, 0.01])).tolist()
    [0.022, nan]
    """
    total = workers.sum(axis=1)
    counted = (workers * rates).sum(axis=1)
    shares: Floats = np.divide(counted, total, out=np.full(total.shape, np.nan), where=total > 0)
    return shares


def group_rates(members: Floats, workers: Floats) -> Floats:
    """The rate of each group from counts of all the strata of the reference (P, S): Σ members / Σ workers, over known.

    With these, observed and expected sum to the same number over the strata they were made of.

    >>> group_rates(np.array([[3.0, 1.0], [1.0, np.nan]]), np.array([[50.0, 40.0], [50.0, 10.0]])).tolist()
    [0.04, 0.025]
    """
    known = ~np.isnan(members) & (workers > 0)
    over = np.where(known, members, 0.0).sum(axis=0)
    under = np.where(known, workers, 0.0).sum(axis=0)
    rates: Floats = np.divide(over, under, out=np.full(over.shape, np.nan), where=under > 0)
    return rates


def membership_ratios(
    membership: Membership2024,
    expected: Floats,
    sizes: Floats,
    above: NDArray[np.intp],
    level: NDArray[np.intp],
) -> ShrunkRatios:
    """Observed over expected members of each place, pulled toward the ratio of the place above it.

    `expected` are shares, `sizes` the people drawn evenly who stand behind the observed share, `above` the position of
    the parent (its own for the country). The strength of the parent is estimated level by level. Shares are published
    to a tenth of a point: the bounds allow for half of that.
    """
    observed_count = membership.shares * sizes
    expected_count = expected * sizes
    raw = np.divide(membership.shares, expected, out=np.full(expected.shape, np.nan), where=expected > 0)
    priors = raw[above]
    strengths = np.full(raw.shape, np.nan)
    for depth in np.unique(level):
        there = level == depth
        strengths[there] = ratio_strength(observed_count[there], expected_count[there], priors[there])
    return shrink_ratios(
        observed_count, expected_count, priors, strengths, rounding=np.nan_to_num(sizes) * HALF_UNIT
    )
