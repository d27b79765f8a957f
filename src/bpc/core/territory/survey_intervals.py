"""How sure a share or a middle amount is when only so many answered: intervals that assume no shape of the amounts."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10, sqrt
from statistics import median

#: Nine chances in ten.
Z_90 = 1.6448536269514722
#: From so many answers an interval is told; below, its ends would be the smallest and the largest answer themselves.
ENOUGH = 20


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with the ends of its interval; None where too few answered for one."""

    value: float
    low: float | None = None
    high: float | None = None


def share_interval(part: int, whole: int, *, z: float = Z_90) -> Estimate:
    """The share of `part` in `whole`, both counts, with the interval of Wilson (1927).

        centre = (p + z²/2n) / (1 + z²/n)      half = z / (1 + z²/n) · sqrt(p(1-p)/n + z²/4n²)

    `whole` must be positive and hold `part`, else ValueError. Unlike p ± z·sqrt(p(1-p)/n) it stays between 0 and 1, and
    a share of all says that others may be missing.

    >>> found = share_interval(34, 40)
    >>> found.value, round(found.low, 3), round(found.high, 3)
    (0.85, 0.735, 0.92)
    >>> round(share_interval(20, 20).low, 3)
    0.881
    """
    if whole <= 0 or not 0 <= part <= whole:
        raise ValueError(f"{part} of {whole} is no share")
    share = part / whole
    if whole < ENOUGH:
        return Estimate(share)
    shrink = 1 + z * z / whole
    centre = (share + z * z / (2 * whole)) / shrink
    half = z / shrink * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    return Estimate(share, max(0.0, centre - half), min(1.0, centre + half))


def median_interval(values: Sequence[float], *, miss: float = 0.1) -> Estimate:
    """The median of `values` (any unit) with an interval from their order alone (Thompson, 1936).

        P(x₍ₖ₎ ≤ median ≤ x₍ₙ₊₁₋ₖ₎) = 1 - 2·P(B < k),  B ~ Binomial(n, 1/2)

    for the largest k at which that is no less than 1 - `miss`. Empty `values` raise ValueError.

    >>> median_interval([1, 2, 30]).value
    2.0
    >>> median_interval([1, 2, 30]).low is None
    True
    >>> median_interval(range(1, 41))
    Estimate(value=20.5, low=15.0, high=26.0)
    """
    if not values:
        raise ValueError("the median of nothing")
    ordered = sorted(float(value) for value in values)
    number = len(ordered)
    if number < ENOUGH:
        return Estimate(float(median(ordered)))
    below, ways, rank = 0, 1, 0  # of the 2^n ways: those with fewer than rank heads, those with just so many
    while 2 * (below + ways) / 2**number <= miss:
        below += ways
        ways = ways * (number - rank) // (rank + 1)
        rank += 1
    return Estimate(float(median(ordered)), ordered[rank - 1], ordered[number - rank])


def two_figures(value: float) -> float:
    """`value` to two significant figures: a middle amount is an estimate, and no project's own.

    >>> two_figures(185_432), two_figures(0), two_figures(7)
    (190000.0, 0.0, 7.0)
    """
    if value == 0:
        return 0.0
    unit = 10.0 ** (floor(log10(abs(value))) - 1)
    return float(round(value / unit) * unit) if unit >= 1 else float(round(value))
