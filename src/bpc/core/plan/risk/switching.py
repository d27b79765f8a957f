"""Switching values: how far an assumption may move before the project is worth nothing."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bpc.core.plan.arrays import Coefficient, Floats
from bpc.core.plan.frame import Frame, frame_of
from bpc.core.plan.indicators.value import npv
from bpc.core.plan.risk.tornado import STEP, one_at_a_time
from bpc.core.plan.rules import Rules
from bpc.core.plan.schema import Plan
from bpc.core.plan.solvers.batches import Measure, evaluate
from bpc.core.plan.solvers.roots import Scan, Search, find_roots

#: Searched from -100 % to +200 %, one step in 16; 1 (as written) is on the grid.
MULTIPLES = np.linspace(0.0, 3.0, 49)


@dataclass(frozen=True, slots=True)
class SwitchingValue:
    """`value` = x*/x - 1, the root nearest to what is written; None outside [-100 %, +200 %] with a `reason`:
    "holds_everywhere", "never_holds" (worth nothing whatever it is), "no_effect", "undefined".

    `linear` = -NPV / PV of the stream it moves: the same number as long as nothing bends (tax, thresholds); None when
    it moves nothing. `roots`: all of them, as x*/x - 1. `jump`: the net present value leaps over zero there.
    """

    name: str
    value: float | None
    reason: str | None
    linear: float | None
    roots: tuple[float, ...]
    jump: bool


def switching_values(plan: Plan, rules: Rules, names: tuple[str, ...] | None = None) -> list[SwitchingValue]:
    """The switching value of each factor, the most fragile first; by default of each family and of each item in it.

    All grids are one batch, and so is each step that narrows the roots.

    >>> from bpc.core.plan.solvers.example import EXAMPLE, EXAMPLE_RULES
    >>> price = switching_values(EXAMPLE, EXAMPLE_RULES, ("price",))[0]
    >>> round(price.value, 6), round(price.linear, 6)
    (-0.106997, -0.106997)
    """
    moved = factor_names(plan) if names is None else names
    frame = frame_of(plan, rules)
    if not moved:
        return []
    scans = find_roots(_search(frame, moved, npv), MULTIPLES, len(moved))
    slopes = _present_values(frame, moved)
    found = [
        _switching_value(name, scan, *slope) for name, scan, slope in zip(moved, scans, slopes, strict=True)
    ]
    return sorted(found, key=lambda each: (each.value is None, abs(each.value or 0.0), each.name))


def factor_names(plan: Plan) -> tuple[str, ...]:
    """What can be moved in a plan: each family that has items, and each item where there are several."""
    families = {
        "price": [product.id for product in plan.products],
        "volume": [product.id for product in plan.products],
        "input_price": [
            item.id for item in plan.inputs if not (item.from_members and item.member_price.kind == "share")
        ],
        "fixed_costs": [cost.id for cost in plan.fixed_costs],
        "wages": [post.id for post in plan.staff],
        "piece_work": [work.id for work in plan.piece_work],
        "assets": [asset.id for asset in plan.assets],
    }
    names: list[str] = []
    for family, items in families.items():
        names += [family] * bool(items)
        names += [f"{family}.{item}" for item in items] if len(items) > 1 else []
    return tuple(names)


def _search(frame: Frame, names: tuple[str, ...], measure: Measure) -> Search:
    def search(x: Floats, lever: NDArray[np.int64]) -> Floats:
        factors: dict[str, Coefficient] = {
            name: np.where(lever == number, x, 1.0) for number, name in enumerate(names)
        }
        return np.asarray(evaluate(frame, factors, [measure])[0])

    return search


def _present_values(frame: Frame, names: tuple[str, ...]) -> list[tuple[float, float]]:
    """(NPV, dNPV/dx at x = 1) of each: the slope is the present value of the stream that the factor multiplies."""
    ends = np.tile([1.0 - STEP, 1.0 + STEP], (len(names), 1))
    values = evaluate(frame, one_at_a_time(list(names), ends), [npv])[0]
    slopes = (values[2::2] - values[1::2]) / (2.0 * STEP)
    return [(float(values[0]), float(slope)) for slope in slopes]


def _switching_value(name: str, scan: Scan, base: float, slope: float) -> SwitchingValue:
    roots = sorted(scan.roots, key=lambda root: abs(root.x - 1.0))
    moves = abs(slope) > 1e-9 * max(1.0, abs(base))
    return SwitchingValue(
        name,
        roots[0].x - 1.0 if roots else None,
        scan.reason,
        -base / slope if moves else None,
        tuple(root.x - 1.0 for root in scan.roots),
        bool(roots and roots[0].jump),
    )
