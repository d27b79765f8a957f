"""Where a measure crosses zero: a grid scan first, so that no assumption of monotony is needed, then every crossing
narrowed at once, all points of all brackets in one batch."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bpc.core.plan.arrays import Floats

#: values = search(x, lever): the measure at each point x for the lever of that number, shapes (S,).
Search = Callable[[Floats, NDArray[np.int64]], Floats]
#: Each pass cuts every bracket in 32; nine passes reach 2^-45 of it, the last bits of a double.
SECTIONS, PASSES = 32, 9
#: A crossing whose two sides stay further from zero than this share of the whole scan is a jump.
JUMP = 1e-7


@dataclass(frozen=True, slots=True)
class Root:
    """A crossing. `x` is on the side where the measure is ≥ 0; `rising`: it is ≥ 0 above x. `jump`: not continuous."""

    x: float
    rising: bool
    jump: bool = False


@dataclass(frozen=True, slots=True)
class Scan:
    """The crossings of one lever, ascending, and what the measure did on the grid."""

    roots: tuple[Root, ...]
    x: Floats
    values: Floats

    @property
    def reason(self) -> str | None:
        """Why there is no root; None when there is one."""
        if self.roots:
            return None
        known = self.values[~np.isnan(self.values)]
        if not len(known):
            return "undefined"
        if np.ptp(known) <= 1e-9 * max(1.0, float(np.abs(known).max())):
            return "no_effect"
        return "holds_everywhere" if (known >= 0).all() else "never_holds"


def find_roots(search: Search, grid: Floats, levers: int = 1) -> list[Scan]:
    """All crossings of each lever on a grid of points (P,), refined to about 1e-13 of a grid step.

    A crossing is where the measure goes from below zero to zero or more, or back. One that touches zero between two
    points of the grid and turns round is not seen: the grid's step is the resolution.

    >>> scan, = find_roots(lambda x, lever: (x - 1.0) * (x - 2.0), np.linspace(0.0, 3.0, 31))
    >>> [(round(root.x, 9), root.rising) for root in scan.roots]
    [(1.0, False), (2.0, True)]
    """
    points = len(grid)
    which = np.repeat(np.arange(levers), points)
    values = search(np.tile(grid, levers), which).reshape(levers, points)
    holds = values >= 0
    crossing = (holds[:, 1:] != holds[:, :-1]) & ~np.isnan(values[:, 1:]) & ~np.isnan(values[:, :-1])
    lever, place = np.nonzero(crossing)
    found = _narrow(search, lever, grid[place], grid[place + 1], holds[lever, place])
    scale = np.nanmax(np.abs(values), axis=1, initial=0.0)
    roots: list[list[Root]] = [[] for _ in range(levers)]
    for name, x, rising, left in zip(lever, *found, strict=True):
        roots[name].append(Root(float(x), bool(rising), bool(left > JUMP * scale[name])))
    return [Scan(tuple(roots[name]), grid, values[name]) for name in range(levers)]


def _narrow(
    search: Search, lever: NDArray[np.int64], low: Floats, high: Floats, low_holds: NDArray[np.bool_]
) -> tuple[Floats, NDArray[np.bool_], Floats]:
    """The side of each bracket that holds, whether the measure rises there, and how far from zero both sides stay."""
    if not len(lever):
        return low, ~low_holds, low
    fractions = np.linspace(0.0, 1.0, SECTIONS + 1)
    rows = np.arange(len(lever))
    ends = np.zeros((len(lever), 2))
    for _ in range(PASSES):
        x = low[:, None] + (high - low)[:, None] * fractions
        x[:, -1] = high
        values = search(x.ravel(), np.repeat(lever, SECTIONS + 1)).reshape(x.shape)
        changed = (values[:, 1:] >= 0) != low_holds[:, None]
        first = np.argmax(changed, axis=1)
        low, high = x[rows, first], x[rows, first + 1]
        ends = np.stack([values[rows, first], values[rows, first + 1]], axis=1)
    x = np.where(low_holds, low, high)
    return x, ~low_holds, np.abs(ends).min(axis=1)
