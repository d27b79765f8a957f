"""Draws of what may turn out differently: correlated triangular numbers, and shocks from year to year."""

from dataclasses import dataclass
from math import erfc, sqrt

import numpy as np

from bpc.core.plan.arrays import Coefficient, Floats
from bpc.core.plan.risk.correlation import RAIN_AND_VOLUME, Repaired, gaussian
from bpc.core.plan.risk.drivers import Driver


@dataclass(frozen=True, slots=True)
class YearlyShock:
    """A good or bad year: a factor of the engine that changes each project year, log-normal with mean 1.

    `spread`: standard deviation of its logarithm. `rain`: rank correlation with the year's rain, which all shocks share
    (negative for the price of a raw material that drought makes dear). `persistence`: correlation with the year before.
    `estimate`: nobody measured these figures, as for the defaults.
    """

    name: str
    spread: float
    rain: float = RAIN_AND_VOLUME
    persistence: float = 0.3
    estimate: bool = True


def triangular(u: Floats, low: Floats, mode: Floats, high: Floats) -> Floats:
    """Inverse of the triangular distribution: with F = (c-a)/(b-a), x = a + √(u(b-a)(c-a)) if u < F,
    else b - √((1-u)(b-a)(b-c)); a constant when a = c = b. Shapes broadcast.

    >>> triangular(np.array([0.0, 0.5, 1.0]), np.array(0.0), np.array(1.0), np.array(2.0)).tolist()
    [0.0, 1.0, 2.0]
    >>> triangular(np.array([0.3]), np.array(5.0), np.array(5.0), np.array(5.0)).tolist()
    [5.0]
    """
    width = high - low
    turn = np.divide(mode - low, width, out=np.zeros(np.broadcast(mode, width).shape), where=width > 0)
    rising = low + np.sqrt(u * width * (mode - low))
    falling = high - np.sqrt((1.0 - u) * width * (high - mode))
    return np.where(u < turn, rising, falling)


def normal_share(z: Floats) -> Floats:
    """Φ(z), the share of a standard normal below z, to the last bits of a double.

    >>> [round(float(share), 6) for share in normal_share(np.array([0.0, 1.96, -1.96]))]
    [0.5, 0.975002, 0.024998]
    """
    scaled = (z / -sqrt(2.0)).ravel().tolist()
    return 0.5 * np.fromiter(map(erfc, scaled), dtype=np.float64, count=len(scaled)).reshape(z.shape)


def draw_factors(
    drivers: tuple[Driver, ...], correlations: Repaired, draws: int, generator: np.random.Generator
) -> dict[str, Coefficient]:
    """Factors x / mode of each driver, (S,), in antithetic pairs: draws 2k and 2k+1 mirror each other (u and 1-u).

    z = Cholesky factor × independent normals, u = Φ(z), x by the inverse of the triangular.
    """
    if not drivers:
        return {}
    pairs = -(-draws // 2)
    independent = generator.standard_normal((pairs, len(drivers)))
    u = normal_share(independent @ np.linalg.cholesky(correlations.matrix).T)
    both = np.stack([u, 1.0 - u], axis=1).reshape(2 * pairs, len(drivers))[:draws]
    low, mode, high = (
        np.array([getattr(driver, end) for driver in drivers]) for end in ("low", "mode", "high")
    )
    factors = triangular(both, low, mode, high) / mode
    return {driver.name: np.ascontiguousarray(factors[:, n]) for n, driver in enumerate(drivers)}


def draw_shocks(
    shocks: tuple[YearlyShock, ...], years: int, draws: int, generator: np.random.Generator
) -> dict[str, Coefficient]:
    """Factors of each shock, (12 × years, S): exp(σ e - σ²/2) with e = ρ rain + √(1-ρ²) own.

    Rain and each shock's own part are AR(1) over the years, x_y = φ x_{y-1} + √(1-φ²) n, of variance 1 in every year;
    antithetic pairs as for the drivers.
    """
    if not shocks:
        return {}
    pairs = -(-draws // 2)
    innovations = generator.standard_normal((1 + len(shocks), years, pairs))
    factors: dict[str, Coefficient] = {}
    for number, shock in enumerate(shocks, start=1):
        share = gaussian(shock.rain)
        mixed = share * innovations[0] + sqrt(1.0 - share**2) * innovations[number]
        state = mixed.copy()
        for year in range(1, years):
            state[year] = shock.persistence * state[year - 1] + sqrt(1.0 - shock.persistence**2) * mixed[year]
        both = np.stack([state, -state], axis=2).reshape(years, 2 * pairs)[:, :draws]
        factors[shock.name] = np.repeat(np.exp(shock.spread * both - shock.spread**2 / 2.0), 12, axis=0)
    return factors
