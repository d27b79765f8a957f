"""Where nine chances in ten lie: intervals of beta and gamma distributions, for whole arrays at once.

numpy has neither the incomplete beta function nor its inverse; both are written here as the literature gives them.
"""

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: Share of the chances an interval holds, unless told otherwise.
MASS = 0.9
#: From here on the closed approximation is exact to five digits.
LARGE = 1000.0
#: A gamma variable is the limit of n times a beta variable: this n errs by less than one in a million.
LIMIT = 1e7
#: From this shape on, Wilson and Hilferty's cube root errs by less than one in ten thousand.
CUBE_ROOT = 50.0
#: Steps of Newton's method smaller than this (of log odds) are the last.
PRECISION = 1e-7
#: Normal deviate of the lower 5 %.
_NORMAL_05 = -1.6448536269514722
_LANCZOS = (
    0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
    -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
    1.5056327351493116e-7,
)  # fmt: skip


def log_gamma(x: Floats) -> Floats:
    """Logarithm of the gamma function of positive numbers (Lanczos, 1964: 15 digits).

    >>> bool(np.allclose(log_gamma(np.array([0.5, 5.0])), [math.lgamma(0.5), math.lgamma(5.0)]))
    True
    """
    # below one half the series loses digits: Γ(x) = Γ(x + 1) / x
    small = x < 0.5
    z = np.where(small, x, x - 1.0)
    total = np.full_like(z, _LANCZOS[0])
    for place, factor in enumerate(_LANCZOS[1:], start=1):
        total = total + factor / (z + place)
    base = z + 7.5
    found: Floats = 0.5 * math.log(2 * math.pi) + (z + 0.5) * np.log(base) - base + np.log(total)
    return np.where(small, found - np.log(x), found)


def beta_interval(a: Floats, b: Floats, mass: float = MASS) -> tuple[Floats, Floats]:
    """The bounds that leave equal chances outside on both sides, for X ~ Beta(a, b); NaN where a or b is not positive.

    The lower bound solves I_x(a, b) = (1 - mass) / 2, the upper one is the mirror image. I is the regularised
    incomplete beta function (Press et al., *Numerical Recipes*, § 6.4), solved by Newton's method on its logarithm,
    which is concave in log(x / (1 - x)). Above 1,000 on both sides: Abramowitz and Stegun, 26.5.22.

    >>> low, high = beta_interval(np.array([1.0, 3.0]), np.array([1.0, 7.0]))
    >>> low.round(4).tolist(), high.round(4).tolist()
    ([0.05, 0.0977], [0.95, 0.5496])
    """
    a, b = np.broadcast_arrays(np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64))
    tail = (1.0 - mass) / 2.0
    return beta_quantile(a, b, tail), 1.0 - beta_quantile(b, a, tail)


def beta_quantile(a: Floats, b: Floats, tail: float) -> Floats:
    """The value that X ~ Beta(a, b) stays under with the chance `tail` (at most one half).

    >>> beta_quantile(np.array([2.0]), np.array([2.0]), 0.5).round(6).tolist()
    [0.5]
    """
    found = np.full(a.shape, np.nan)
    usable = (a > 0) & (b > 0)
    large = usable & (np.minimum(a, b) >= LARGE)
    found[large] = _large_quantile(a[large], b[large], _normal_deviate(tail))
    small = usable & ~large
    found[small] = _solved_quantile(a[small], b[small], tail)
    return found


def gamma_interval(shape: Floats, rate: Floats, mass: float = MASS) -> tuple[Floats, Floats]:
    """The bounds that leave equal chances outside on both sides, for X ~ Gamma(shape, rate); NaN where not positive.

    Under a shape of 50 the gamma variable is read as the limit of n·Beta(shape, n); above, by Wilson and Hilferty
    (1931).

    >>> low, high = gamma_interval(np.array([1.0]), np.array([1.0]))
    >>> [round(float(bound[0]), 4) for bound in (low, high)], [round(-math.log(p), 4) for p in (0.95, 0.05)]
    ([0.0513, 2.9957], [0.0513, 2.9957])
    """
    shape, rate = np.broadcast_arrays(np.asarray(shape, dtype=np.float64), np.asarray(rate, dtype=np.float64))
    usable = (shape > 0) & (rate > 0)
    low, high = np.full(shape.shape, np.nan), np.full(shape.shape, np.nan)
    large = usable & (shape >= CUBE_ROOT)
    for bound, tail in ((low, (1 - mass) / 2), (high, (1 + mass) / 2)):
        k = shape[large]
        bound[large] = k * (1 - 1 / (9 * k) + _normal_deviate(tail) / (3 * np.sqrt(k))) ** 3 / rate[large]
    small = usable & ~large
    bounds = beta_interval(shape[small], np.full(int(small.sum()), LIMIT), mass)
    for bound, share in zip((low, high), bounds, strict=True):
        # odds, not the share itself: n·x/(1-x) tends to the gamma variable without the bias of n·x
        bound[small] = LIMIT * share / (1 - share) / rate[small]
    return low, high


def _normal_deviate(chance: float) -> float:
    """The normal deviate of a chance (Acklam's method is not needed: bisection of the error function)."""
    if chance == 0.05:
        return _NORMAL_05
    low, high = -40.0, 40.0
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if math.erfc(-middle / math.sqrt(2)) / 2 < chance else (low, middle)
    return low


def _large_quantile(a: Floats, b: Floats, z: float) -> Floats:
    """Abramowitz and Stegun, *Handbook of Mathematical Functions*, 26.5.22."""
    deviate = -z  # the handbook counts the chances above
    curve = (deviate**2 - 3) / 6
    mean = 2 / (1 / (2 * a - 1) + 1 / (2 * b - 1))
    skew = (1 / (2 * b - 1) - 1 / (2 * a - 1)) * (curve + 5 / 6 - 2 / (3 * mean))
    w = deviate * np.sqrt(mean + curve) / mean - skew
    found: Floats = a / (a + b * np.exp(2 * w))
    return found


def _solved_quantile(a: Floats, b: Floats, tail: float) -> Floats:
    """Newton's method on log I, in y = log(x / (1 - x)): from the left it never overshoots the root."""
    log_beta = log_gamma(a) + log_gamma(b) - log_gamma(a + b)
    y = np.log(a / b) + _normal_deviate(tail) * np.sqrt(1 / a + 1 / b)
    aim = math.log(tail)
    going = np.arange(len(y))
    for _ in range(60):
        if not len(going):
            break
        p, q, constant = a[going], b[going], log_beta[going]
        log_x, log_rest = -np.logaddexp(0.0, -y[going]), -np.logaddexp(0.0, y[going])
        log_share = _log_incomplete(p, q, log_x, log_rest, constant)
        log_density = p * log_x + q * log_rest - constant
        # far to the right of the root the curve is flat and a step would leave the world
        step = np.clip((aim - log_share) * np.exp(log_share - log_density), -50.0, 50.0)
        y[going] += step
        going = going[np.abs(step) > PRECISION]
    found: Floats = np.exp(-np.logaddexp(0.0, -y))
    return found


def _log_incomplete(a: Floats, b: Floats, log_x: Floats, log_rest: Floats, log_beta: Floats) -> Floats:
    """Logarithm of I_x(a, b), from the side on which the continued fraction converges."""
    mirrored = np.exp(log_x) > (a + 1) / (a + b + 2)
    one, other = np.where(mirrored, b, a), np.where(mirrored, a, b)
    x = np.exp(np.where(mirrored, log_rest, log_x))
    front = a * log_x + b * log_rest - log_beta - np.log(one)
    log_side = front + np.log(_continued_fraction(one, other, x))
    with np.errstate(divide="ignore"):
        whole = np.log1p(-np.minimum(np.exp(np.minimum(log_side, 0.0)), 1 - 1e-16))
    return np.where(mirrored, whole, log_side)


def _continued_fraction(a: Floats, b: Floats, x: Floats) -> Floats:
    """The continued fraction of the incomplete beta function, by Lentz's method."""
    tiny = 1e-300
    c = np.ones_like(x)
    d = 1.0 - (a + b) * x / (a + 1.0)
    d = 1.0 / np.where(np.abs(d) < tiny, tiny, d)
    fraction = d
    whole = np.empty_like(x)
    going = np.arange(len(x))
    for m in range(1, 400):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1.0 + term * d
            d = 1.0 / np.where(np.abs(d) < tiny, tiny, d)
            c = 1.0 + term / c
            c = np.where(np.abs(c) < tiny, tiny, c)
            fraction = fraction * (d * c)
        moving = np.abs(d * c - 1.0) > 1e-11
        if m % 8 == 0 and not moving.all():
            # most settle after a few terms: the others go on alone
            whole[going[~moving]] = fraction[~moving]
            going = going[moving]
            a, b, x, c, d, fraction = (part[moving] for part in (a, b, x, c, d, fraction))
            if not len(going):
                return whole
    whole[going] = fraction
    return whole
