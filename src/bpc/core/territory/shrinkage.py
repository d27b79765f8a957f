"""Small numbers told as such: what a tiny place's figure is worth, and what it becomes beside its parent's.

Empirical Bayes: the places of one parent are taken for draws from one distribution, whose spread is estimated from all
of them; a place's figure is then pulled toward its parent's the more, the fewer people stand behind it.
How and why: docs/methods/small-numbers.md, whose figures are tests.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, gammaincinv

Floats = NDArray[np.float64]
Positions = NDArray[np.intp]

#: The chances an interval holds, unless told otherwise: nine in ten.
MASS = 0.9
#: Communes with fewer households answered the long questionnaire in full in 2024; the others by a sample.
LONG_FORM_LIMIT = 2000
SAMPLED = 0.2
#: Shares are published to a tenth of a point: a "0.0 %" may be up to half of that.
HALF_UNIT = 0.0005
#: Bounds of the strength of a prior, in people: two are next to nothing, ten thousand are a common rate.
WEAKEST, STRONGEST = 2.0, 10_000.0
#: Weights and spread are found from each other in turn; ten turns settle four digits.
REPETITIONS = 10
#: With fewer people behind it, a figure tells nothing by itself.
FEW = 30.0


@dataclass(frozen=True)
class Shrunk:
    """Estimates of places in the order given, NaN where nothing is known.

    `raw` is the figure as published, `size` the people (or the expected count) behind it, `strength` those the parent's
    figure stands for. `first` and `second` are the parameters of the distribution of each place's true figure; its mean
    is the estimate, and `low` and `high`, worked out when first asked for, hold nine chances in ten.
    """

    raw: Floats
    size: Floats
    strength: Floats
    first: Floats
    second: Floats
    slack: Floats

    def at(self, places: Positions) -> Self:
        """The estimates of some places only: bounds take long, and a page needs those of a few."""
        parts = (self.raw, self.size, self.strength, self.first, self.second, self.slack)
        return type(self)(*(part[places] for part in parts))

    @property
    def mean(self) -> Floats:
        """The estimates."""
        raise NotImplementedError

    def interval(self, mass: float) -> tuple[Floats, Floats]:
        """The bounds that hold `mass` of the chances."""
        raise NotImplementedError

    @cached_property
    def bounds(self) -> tuple[Floats, Floats]:
        """The bounds that hold nine chances in ten."""
        return self.interval(MASS)

    @property
    def low(self) -> Floats:
        """The lower bounds."""
        return self.bounds[0]

    @property
    def high(self) -> Floats:
        """The upper bounds."""
        return self.bounds[1]

    @property
    def own_weight(self) -> Floats:
        """The part of the estimate that comes from the place's own figure, from 0 to 1."""
        return self.size / (self.size + self.strength)


class ShrunkShares(Shrunk):
    """Shares from 0 to 1: the true one of a place is Beta(first, second)."""

    @property
    def mean(self) -> Floats:
        """The estimates."""
        return self.first / (self.first + self.second)

    def interval(self, mass: float) -> tuple[Floats, Floats]:
        """The bounds that hold `mass` of the chances, widened by half a unit of publication."""
        low, high = (betaincinv(self.first, self.second, tail) for tail in _tails(mass))
        return np.clip(low - self.slack, 0.0, None), np.clip(high + self.slack, None, 1.0)


class ShrunkRatios(Shrunk):
    """Ratios of observed to expected counts: the true one of a place is Gamma(first, second)."""

    @property
    def mean(self) -> Floats:
        """The estimates."""
        return self.first / self.second

    def interval(self, mass: float) -> tuple[Floats, Floats]:
        """The bounds that hold `mass` of the chances, widened by what rounding may hide."""
        low, high = (gammaincinv(self.first, tail) / self.second for tail in _tails(mass))
        return np.clip(low - self.slack, 0.0, None), high + self.slack


def _tails(mass: float) -> tuple[float, float]:
    """The chances below the two bounds of an interval that leaves as much outside on either side."""
    return (1 - mass) / 2, (1 + mass) / 2


def sampled_fraction(households: Floats) -> Floats:
    """The part of a commune's households that answered the long questionnaire of 2024; NaN where unknown.

    >>> sampled_fraction(np.array([1999.0, 2000.0, np.nan])).tolist()
    [1.0, 0.2, nan]
    """
    fraction = np.where(households < LONG_FORM_LIMIT, 1.0, SAMPLED)
    return np.where(np.isnan(households), np.nan, fraction)


def effective_sizes(units: Floats, fractions: Floats, owner: Positions, count: int) -> Floats:
    """How many people drawn evenly would tell as much about each of `count` places as its strata did.

    `units` and `fractions` are those of the strata (communes); `owner[i]` is the place stratum i lies in. With N_h
    units of which the fraction f_h was asked, the variance of the place's share is that of N² / Σ (N_h / f_h) people
    drawn evenly (Kish, *Survey Sampling*, 1965, § 3.4). Strata without units, or unknown, count for nothing.

    One commune asked in full and one by a fifth, of 1,000 people each:

    >>> effective_sizes(np.array([1000.0, 1000.0]), np.array([1.0, 0.2]), np.array([0, 0]), 1).round(1).tolist()
    [666.7]
    """
    known = (units > 0) & (fractions > 0)
    total = np.bincount(owner[known], weights=units[known], minlength=count)
    costs = np.bincount(owner[known], weights=units[known] / fractions[known], minlength=count)
    sizes: Floats = np.divide(total**2, costs, out=np.full(count, np.nan), where=costs > 0)
    return sizes


def prior_strength(shares: Floats, sizes: Floats, priors: Floats) -> float:
    """How many people the parent's share is worth when a place's own is estimated, from all places together.

    With p the share of a place, n its size and m its parent's share, the excess of (p - m)² / (m·(1 - m)) over 1 / n
    is the correlation ρ of two people of a place; its mean over places gives the strength 1 / ρ - 1 of the beta
    distribution. Places weigh n / (1 + ρ·(n - 1)), found by repetition (method of moments with empirical weights:
    Kleinman, *JASA* 68, 1973). Held between 2 and 10,000 people.

    Places that differ by no more than chance does say that the parent's share holds for all:

    >>> sizes = np.array([100.0, 100.0, 100.0])
    >>> prior_strength(np.array([0.5, 0.55, 0.45]), sizes, np.full(3, 0.5))
    10000.0
    >>> prior_strength(np.array([0.5, 0.9, 0.1]), sizes, np.full(3, 0.5)).__round__(2)
    2.0
    """
    known = ~np.isnan(shares) & ~np.isnan(priors) & (sizes > 1)
    middle = np.clip(priors[known], HALF_UNIT, 1 - HALF_UNIT)
    n = sizes[known]
    if not len(n):
        return STRONGEST
    excess = (shares[known] - middle) ** 2 / (middle * (1 - middle)) - 1 / n
    correlation = 0.0
    for _ in range(REPETITIONS):
        weights = n / (1 + max(correlation, 0.0) * (n - 1))
        correlation = float(np.sum(weights * excess) / np.sum(weights * (1 - 1 / n)))
    if correlation <= 0:
        return STRONGEST
    return float(np.clip(1 / correlation - 1, WEAKEST, STRONGEST))


def shrink_shares(
    shares: Floats,
    sizes: Floats,
    priors: Floats,
    strength: float | Floats,
    *,
    rounding: float = HALF_UNIT,
) -> ShrunkShares:
    """Beta-binomial estimates of shares (0 to 1), pulled toward `priors` as `strength` people would.

    mean = (n·p + s·m) / (n + s), and the bounds are those of Beta(n·p + s·m, n·(1 - p) + s·(1 - m)), widened by
    `rounding`, half a unit of publication unless told (0 for shares made of exact counts). A place whose share, size or
    prior is unknown stays unknown.

    Ten people, all of them members, in a province where one in ten is:

    >>> found = shrink_shares(np.array([1.0]), np.array([10.0]), np.array([0.1]), 30.0)
    >>> found.mean.round(3).tolist(), found.low.round(2).tolist(), found.high.round(2).tolist()
    ([0.325], [0.21], [0.45])
    """
    middle = np.clip(priors, HALF_UNIT, 1 - HALF_UNIT)
    weight = np.broadcast_to(np.asarray(strength, dtype=np.float64), shares.shape)
    known = ~np.isnan(shares) & ~np.isnan(priors) & (sizes > 0)
    return ShrunkShares(
        raw=shares,
        size=sizes,
        strength=np.where(known, weight, np.nan),
        first=np.where(known, sizes * shares + weight * middle, np.nan),
        second=np.where(known, sizes * (1 - shares) + weight * (1 - middle), np.nan),
        slack=np.where(known, rounding, np.nan),
    )


def ratio_strength(observed: Floats, expected: Floats, priors: Floats) -> float:
    """The strength, as an expected count, of the gamma distribution of the ratios of places around their parent's.

    The variance of O / E around m is m / E + m² / s: the excess over m / E gives s (Clayton and Kaldor, *Biometrics*
    43, 1987, by moments). Held between 0.5 and 10,000.

    >>> ratio_strength(np.array([10.0, 30.0]), np.array([20.0, 20.0]), np.ones(2)).__round__(2)
    5.0
    """
    known = ~np.isnan(observed) & ~np.isnan(priors) & (expected > 0) & (priors > 0)
    if not known.any():
        return STRONGEST
    o, e, m = observed[known], expected[known], priors[known]
    terms = ((o / e - m) ** 2 - m / e) / m**2
    excess = 0.0
    for _ in range(REPETITIONS):
        # a place where one case is expected says next to nothing of the spread
        weights = e / (1 + max(excess, 0.0) * e)
        excess = float(np.sum(weights * terms) / np.sum(weights))
    return STRONGEST if excess <= 0 else float(np.clip(1 / excess, 0.5, STRONGEST))


def shrink_ratios(
    observed: Floats,
    expected: Floats,
    priors: Floats,
    strength: float | Floats,
    *,
    rounding: Floats | float = 0.0,
) -> ShrunkRatios:
    """Poisson-gamma estimates of O / E, pulled toward `priors` as `strength` expected cases would.

    mean = (O + s·m) / (E + s), the bounds those of Gamma(O + s·m, E + s). `rounding` is how far the observed count may
    be off because its share was published rounded; the bounds are widened by it. Unknown stays unknown.

    >>> found = shrink_ratios(np.array([6.0]), np.array([2.0]), np.array([1.0]), 4.0)
    >>> found.mean.round(3).tolist(), found.low.round(2).tolist(), found.high.round(2).tolist()
    ([1.667], [0.9], [2.62])
    """
    weight = np.broadcast_to(np.asarray(strength, dtype=np.float64), observed.shape)
    known = ~np.isnan(observed) & ~np.isnan(priors) & (expected > 0)
    rate = np.where(known, expected + weight, np.nan)
    return ShrunkRatios(
        raw=np.divide(observed, expected, out=np.full(observed.shape, np.nan), where=known),
        size=np.where(known, expected, np.nan),
        strength=np.where(known, weight, np.nan),
        first=np.where(known, observed + weight * np.maximum(priors, HALF_UNIT), np.nan),
        second=rate,
        slack=np.where(known, rounding / rate, np.nan),
    )
