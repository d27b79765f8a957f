"""Goals: the price, volume or grant with which a plan just reaches a target.

Each is a scan of a multiplier over a grid in one batch, then all crossings narrowed at once (roots.py): nothing is
assumed to be monotone, and every root is told.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bpc.core.plan.arrays import Coefficient, Floats
from bpc.core.plan.consistency import eligible_cost
from bpc.core.plan.frame import Frame, frame_of
from bpc.core.plan.rules import Rules
from bpc.core.plan.schema import Plan
from bpc.core.plan.schema.base import Estimate
from bpc.core.plan.schema.funding import Grant
from bpc.core.plan.schema.operations import Input
from bpc.core.plan.simulation import simulate
from bpc.core.plan.solvers.batches import Measure, evaluate
from bpc.core.plan.solvers.roots import Root, Scan, find_roots
from bpc.core.plan.solvers.targets import COVER_ASKED, cash_margin, measure_of

#: Multiples of what is written that are searched: from nothing to five times, one step in 16; 1 is on the grid.
MULTIPLES = np.linspace(0.0, 5.0, 81)
#: The id of the grant a goal adds; no plan can use it, as ids are lower case.
EXTRA_GRANT = "EXTRA"


@dataclass(frozen=True, slots=True)
class Answer:
    """The multiplier of a lever that just reaches `target` (≥ `level`), and what it makes of each item.

    `factor` is None when there is none, with a `reason`: "holds_everywhere" (reached in the whole range searched),
    "never_holds", "no_effect" (the lever does not move the target), "undefined" (no debt to cover, for instance),
    "nothing_to_move", "holds_only_on_the_other_side". `roots` are all multipliers at which the target is just reached.
    `values`: MAD, or units a year, of each item at the answer. `cautions`: "several_roots" (the answer is the last one
    on the good side), "jump" (the measure leaps there, at a tax threshold for instance, so the target is exceeded),
    "above_cost" (a grant larger than what it pays for). `holds_as_written`: whether the target is reached already; None
    when it is undefined. Range searched: `low` … `high`.
    """

    lever: str
    target: str
    level: float
    factor: float | None
    reason: str | None
    values: dict[str, float]
    roots: tuple[float, ...]
    cautions: tuple[str, ...]
    holds_as_written: bool | None = None
    low: float = float(MULTIPLES[0])
    high: float = float(MULTIPLES[-1])


@dataclass(frozen=True, slots=True)
class Lever:
    """What is moved: factors of the engine that move together, and what each item is at a multiple of 1.

    `scale` is the factor of the engine at a multiple of 1, and `now` the multiple of the plan as written.
    """

    name: str
    factors: tuple[str, ...]
    written: dict[str, float]
    more_is_better: bool
    scale: float = 1.0
    now: float = 1.0


def solve(frame: Frame, lever: Lever, measure: Measure, grid: Floats = MULTIPLES) -> Scan:
    """The crossings of a measure as a lever goes over the grid of multiples."""

    def search(x: Floats, number: NDArray[np.int64]) -> Floats:
        factors: dict[str, Coefficient] = dict.fromkeys(lever.factors, x * lever.scale)
        return np.asarray(evaluate(frame, factors, [measure])[0])

    return find_roots(search, grid)[0]


def choose(roots: tuple[Root, ...], *, more_is_better: bool) -> Root | None:
    """The last crossing on the good side: beyond it the target holds (more is better), or holds no longer."""
    fitting = [root for root in roots if root.rising is more_is_better]
    return fitting[-1] if fitting else None


def member_price(plan: Plan, rules: Rules, target: str = "npv", item: str | None = None) -> Answer:
    """The highest price paid to members for which the target holds: of one input, or of all they bring, together.

    >>> from bpc.core.plan.solvers.example import EXAMPLE, EXAMPLE_RULES
    >>> answer = member_price(EXAMPLE, EXAMPLE_RULES)
    >>> round(answer.values["olives"], 4)
    7.0616
    """
    items = [
        entry
        for entry in plan.inputs
        if entry.from_members and entry.member_price.kind != "share" and item in (None, entry.id)
    ]
    priced, lever = member_price_lever(plan, items)
    return reach(priced, rules, lever, target)


def member_price_lever(plan: Plan, items: list[Input]) -> tuple[Plan, Lever]:
    """The prices of some inputs as a lever. One written as zero has no multiple: it is searched in MAD, from 1."""
    written = {entry.id: entry.unit_cost.mode or 1.0 for entry in items}
    names = tuple(f"input_price.{name}" for name in written)
    return with_unit_costs(plan, written), Lever("member_price", names, written, more_is_better=False)


def break_even_volume(plan: Plan, rules: Rules, target: str = "npv", product: str | None = None) -> Answer:
    """The lowest volume, of one product or of all in proportion, above which the target holds; values: units a year.

    >>> from bpc.core.plan.solvers.example import EXAMPLE, EXAMPLE_RULES
    >>> round(break_even_volume(EXAMPLE, EXAMPLE_RULES).values["oil"])
    8752
    """
    written = {entry.id: entry.capacity.mode for entry in plan.products if product in (None, entry.id)}
    names = tuple(f"volume.{name}" for name in written)
    return reach(plan, rules, Lever("volume", names, written, more_is_better=True), target)


def sale_price(
    plan: Plan,
    rules: Rules,
    target: str = "dscr",
    level: float | None = None,
    product: str | None = None,
) -> Answer:
    """The lowest sale price, of one product or of all in proportion, above which the target holds.

    By default the target is that each year's debt cover is at least 1.2. Prices to members move with it.

    >>> from bpc.core.plan.solvers.example import EXAMPLE, EXAMPLE_RULES
    >>> round(sale_price(EXAMPLE, EXAMPLE_RULES, "npv").values["oil"], 4), sale_price(EXAMPLE, EXAMPLE_RULES).reason
    (44.6502, 'undefined')
    """
    written = {entry.id: entry.price.mode for entry in plan.products if product in (None, entry.id)}
    names = tuple(f"price.{name}" for name in written)
    asked = (COVER_ASKED if target == "dscr" else 0.0) if level is None else level
    return reach(plan, rules, Lever("price", names, written, more_is_better=True), target, asked)


def grant_needed(plan: Plan, rules: Rules, target: str = "cash", month: int = 0) -> Answer:
    """The investment grant, on top of those in the plan, with which the target holds; values: {"grant": MAD}.

    Received in the month it is claimed. The net present value is before financing, and only the tax on what is released
    to income moves it: ask "cash" (the lowest month above the floor) or "members" (the members' present value). Zero
    when the target holds without.

    >>> from bpc.core.plan.solvers.example import EXAMPLE, EXAMPLE_RULES
    >>> answer = grant_needed(EXAMPLE, EXAMPLE_RULES)
    >>> round(answer.values["grant"], 2), answer.cautions
    (340000.0, ('above_cost',))
    """
    cost = eligible_cost(plan, Grant(id="all", amount=0.0))
    room = cost - sum(grant.amount for grant in plan.grants if grant.kind == "investment")
    extra = Grant(id="extra", amount=1.0, claim_month=month, cash_month=month)
    helped = plan.model_copy(update={"grants": (*plan.grants, extra.model_copy(update={"id": EXTRA_GRANT}))})
    missing = -float(cash_margin(simulate(plan, rules))[0])
    scale = max(cost, missing, 1.0)
    lever = Lever(
        "grant", (f"grants.{EXTRA_GRANT}",), {"grant": scale}, more_is_better=True, scale=scale, now=0.0
    )
    answer = reach(helped, rules, lever, target)
    if answer.holds_as_written:
        return replace(answer, factor=0.0, reason=None, values={"grant": 0.0})
    if answer.factor is not None and answer.values["grant"] > room + 0.005:
        return replace(answer, cautions=(*answer.cautions, "above_cost"))
    return answer


def reach(plan: Plan, rules: Rules, lever: Lever, target: str, level: float = 0.0) -> Answer:
    """The multiple of a lever that just reaches a target."""
    return reach_measure(plan, rules, lever, target, measure_of(target, level), level)


def reach_measure(
    plan: Plan, rules: Rules, lever: Lever, target: str, measure: Measure, level: float = 0.0
) -> Answer:
    """The same for any measure that is zero or more when the target is reached."""
    if not any(lever.written.values()):
        return Answer(lever.name, target, level, None, "nothing_to_move", {}, (), ())
    scan = solve(frame_of(plan, rules), lever, measure)
    written = float(np.interp(lever.now, scan.x, scan.values))
    holds = None if np.isnan(written) else written >= 0
    roots = tuple(root.x for root in scan.roots)
    root = choose(scan.roots, more_is_better=lever.more_is_better)
    if root is None:
        reason = scan.reason or "holds_only_on_the_other_side"
        return Answer(lever.name, target, level, None, reason, {}, roots, (), holds)
    cautions = (*(("several_roots",) if len(roots) > 1 else ()), *(("jump",) if root.jump else ()))
    values = {name: root.x * amount for name, amount in lever.written.items()}
    return Answer(lever.name, target, level, root.x, None, values, roots, cautions, holds)


def with_unit_costs(plan: Plan, prices: dict[str, float]) -> Plan:
    """The plan with the unit cost of some inputs replaced by a plain number; their confidence stays."""
    inputs = tuple(
        entry.model_copy(update={"unit_cost": _plain(prices[entry.id], entry.unit_cost)})
        if entry.id in prices and prices[entry.id] != entry.unit_cost.mode
        else entry
        for entry in plan.inputs
    )
    return plan.model_copy(update={"inputs": inputs})


def _plain(value: float, written: Estimate) -> Estimate:
    return Estimate(mode=value, low=value, high=value, conf=written.conf, src=written.src)
