"""How what may turn out differently goes together: rank correlations, made into a matrix that can exist."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from bpc.core.plan.arrays import Floats
from bpc.core.plan.risk.drivers import Driver, raw_material
from bpc.core.plan.schema import Plan

#: Default rank correlations. All are estimates: no series of a cooperative's prices and volumes is published.
PRICE_AND_RAW_MATERIAL = 0.8
RAIN_AND_VOLUME = 0.6
VOLUME_AND_PRICE = -0.4
#: Eigenvalues below this are raised to it, so that the matrix has a Cholesky factor.
LEAST_EIGENVALUE = 1e-8


@dataclass(frozen=True, slots=True)
class Correlation:
    """The rank correlation (Spearman) of two drivers, by name; `estimate`: nobody measured it."""

    first: str
    second: str
    spearman: float
    estimate: bool = True


@dataclass(frozen=True, slots=True)
class Repaired:
    """A correlation matrix (D, D). `moved`: the largest change of an entry to make it possible, 0 when none (W08)."""

    matrix: Floats
    moved: float


def default_correlations(plan: Plan, drivers: Iterable[Driver]) -> tuple[Correlation, ...]:
    """A product's price follows that of its raw material (0.8) and falls when more is made (-0.4).

    The raw material is the input that costs most for a unit of the product. Only pairs of drivers that both move.

    >>> from bpc.core.plan.risk.drivers import drivers_of
    >>> from bpc.core.plan.solvers.example import EXAMPLE
    >>> for pair in default_correlations(EXAMPLE, drivers_of(EXAMPLE)):
    ...     print(pair.first, pair.second, pair.spearman)
    price.oil input_price.olives 0.8
    price.oil volume.oil -0.4
    """
    moving = {driver.name for driver in drivers}
    found: list[Correlation] = []
    for product in plan.products:
        price, material = f"price.{product.id}", raw_material(plan, product)
        pairs = [(f"volume.{product.id}", VOLUME_AND_PRICE)]
        if material is not None:
            pairs.insert(0, (f"input_price.{material.id}", PRICE_AND_RAW_MATERIAL))
        found += [
            Correlation(price, other, spearman) for other, spearman in pairs if {price, other} <= moving
        ]
    return tuple(found)


def gaussian(spearman: float) -> float:
    """The correlation of normals whose ranks correlate so: ρ = 2 sin(π ρ_s / 6) (Pearson 1907).

    >>> round(gaussian(0.8), 6)
    0.813473
    """
    return float(2.0 * np.sin(np.pi * spearman / 6.0))


def correlation_matrix(names: list[str], pairs: Iterable[Correlation]) -> Repaired:
    """The matrix of the normals (D, D) for drivers in that order; pairs that name others are left out.

    Two drivers without a pair of their own, but joined by a chain of pairs, get the product of the correlations along
    the shortest one: they go together through what they share and no more. Chains that form no circle always give a
    matrix that can exist; otherwise the nearest one is taken. Raises ValueError for a correlation beyond ±1.

    >>> pairs = [Correlation("a", "b", 0.8), Correlation("b", "c", 0.8)]
    >>> correlation_matrix(["a", "b", "c"], pairs).matrix.round(3)[0].tolist()
    [1.0, 0.813, 0.662]
    """
    place = {name: number for number, name in enumerate(names)}
    near: dict[int, dict[int, float]] = {number: {} for number in place.values()}
    for pair in pairs:
        if not -1.0 <= pair.spearman <= 1.0:
            raise ValueError(f"not a correlation: {pair.spearman}")
        if pair.first in place and pair.second in place and pair.first != pair.second:
            first, second = place[pair.first], place[pair.second]
            near[first][second] = near[second][first] = gaussian(pair.spearman)
    matrix = np.eye(len(names))
    for start in near:
        reached = {start: 1.0}
        waiting = deque([start])
        while waiting:
            here = waiting.popleft()
            for there, correlation in near[here].items():
                if there not in reached:
                    reached[there] = reached[here] * correlation
                    waiting.append(there)
        for there, correlation in reached.items():
            matrix[start, there] = matrix[there, start] = correlation
    return nearest_possible(matrix)


def nearest_possible(matrix: Floats) -> Repaired:
    """The matrix itself when it has no negative eigenvalue, else those are raised to zero and the diagonal scaled to 1.

    Source: spectral method of Rebonato and Jäckel (1999).

    >>> impossible = np.array([[1.0, 0.9, -0.9], [0.9, 1.0, 0.9], [-0.9, 0.9, 1.0]])
    >>> repaired = nearest_possible(impossible)
    >>> repaired.matrix.round(3)[0].tolist(), round(repaired.moved, 3)
    ([1.0, 0.5, -0.5], 0.4)
    """
    values, vectors = np.linalg.eigh(matrix)
    if values.min(initial=1.0) >= LEAST_EIGENVALUE:
        return Repaired(matrix, 0.0)
    clipped = (vectors * np.maximum(values, LEAST_EIGENVALUE)) @ vectors.T
    spread = np.sqrt(np.diag(clipped))
    repaired = clipped / np.outer(spread, spread)
    return Repaired(repaired, float(np.abs(repaired - matrix).max()))
