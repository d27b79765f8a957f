"""Where a measure crosses zero: a grid scan first, so that no assumption of monotony is needed, then every crossing
narrowed at once, all points of all brackets in one batch."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bpc.core.plan.arrays import Floats

#: values = search(x, lever): the measure at each point x for the lever of that number, shapes (S,).
Search = Callable[[Floats, NDArray[np.int64]], Floats]
#: Where a bracket is looked at in each pass: an even cut, and closely around where a straight line would cross zero, so
#: that what is linear is found in one pass and the rest in a few; brackets end at 1e-12 of the grid's span.
SECTIONS = np.linspace(0.0, 1.0, 9)
AROUND = np.array([-1e-3, -1e-6, -1e-9, -1e-12, 1e-12, 1e-9, 1e-6, 1e-3])
PASSES, NARROW = 16, 1e-12
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
    """All crossings of each lever on a grid of points (P,), refined to 1e-12 of the grid's span.

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
    brackets = _Brackets(lever, *(part[lever, place] for part in _pairs(grid, values)))
    found = _narrow(search, brackets, float(np.ptp(grid)) * NARROW)
    scale = np.nanmax(np.abs(values), axis=1, initial=0.0)
    roots: list[list[Root]] = [[] for _ in range(levers)]
    low_holds = found.at_low >= 0
    for number, name in enumerate(lever):
        x = found.low[number] if low_holds[number] else found.high[number]
        left = min(abs(found.at_low[number]), abs(found.at_high[number]))
        roots[name].append(Root(float(x), not low_holds[number], bool(left > JUMP * scale[name])))
    return [Scan(tuple(roots[name]), grid, values[name]) for name in range(levers)]


@dataclass(slots=True)
class _Brackets:
    """Intervals in which a measure crosses zero, (B,), and its values at both ends."""

    lever: NDArray[np.int64]
    low: Floats
    high: Floats
    at_low: Floats
    at_high: Floats


def _pairs(grid: Floats, values: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Both ends of every step of the grid, and the values there: (L, P-1) each."""
    shape = values[:, 1:].shape
    low, high = np.broadcast_to(grid[:-1], shape), np.broadcast_to(grid[1:], shape)
    return low, high, values[:, :-1], values[:, 1:]


def _narrow(search: Search, brackets: _Brackets, width: float) -> _Brackets:
    """The brackets narrowed to a width, all in one batch per pass."""
    rows = np.arange(len(brackets.lever))
    for _ in range(PASSES):
        length = brackets.high - brackets.low
        if not len(rows) or length.max() <= width:
            break
        straight = brackets.at_low / (brackets.at_low - brackets.at_high)
        cuts = np.concatenate([np.tile(SECTIONS, (len(rows), 1)), straight[:, None] + AROUND], axis=1)
        x = brackets.low[:, None] + length[:, None] * np.sort(np.clip(cuts, 0.0, 1.0), axis=1)
        x[:, -1] = brackets.high
        values = search(x.ravel(), np.repeat(brackets.lever, x.shape[1])).reshape(x.shape)
        values[:, 0], values[:, -1] = brackets.at_low, brackets.at_high
        changed = (values[:, 1:] >= 0) != (brackets.at_low >= 0)[:, None]
        first = np.argmax(changed, axis=1)
        brackets = _Brackets(
            brackets.lever, x[rows, first], x[rows, first + 1], values[rows, first], values[rows, first + 1]
        )
    return brackets
