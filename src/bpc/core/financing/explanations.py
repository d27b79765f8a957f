"""Why a source is in or out, what holds a proposal back, what one more dirham of own cash would save."""

from dataclasses import replace

import numpy as np

from bpc.core.financing.need import (
    GIVEN,
    Binding,
    Floats,
    Goal,
    LeftOut,
    Offer,
    OwnCashValue,
    Proposal,
    Reason,
    Use,
)
from bpc.core.financing.program import LOOSE, MEANING, Program, Solution

#: A gain or a loss of less than this is none, MAD or months.
NOTHING = 0.5
#: How much more own cash is tried.
MORE = 1000.0
#: A dual value of less than this is noise.
FAINT = 1e-6
#: What may bar a source, asked in this order, and the name it is told by.
BARS = (
    "ceiling",
    "minimum",
    "own_contribution",
    "requires",
    "bridge",
    "own_cash",
    "public_share",
    "same_item",
    "cap",
)


class Forced:
    """What each goal comes to when a source must be used or must not, and what bars it: worked out once for several
    proposals."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._best: dict[tuple[str, str, bool], float | None] = {}
        self._bars: dict[str, LeftOut] = {}

    def best(self, offer: Offer, goal: Goal, *, used: bool) -> float | None:
        """The goal at its best with that source, or without; None when nothing holds so."""
        key = offer.id, goal, used
        if key not in self._best:
            whether = {self.program.at.y[offer.id]: (float(used), float(used))}
            row = goal_row(self.program, goal)
            holds = self.program.bound(row, whether) is not None
            found = self.program.solve(row, whether, gap=LOOSE) if holds else None
            self._best[key] = None if found is None else found.objective
        return self._best[key]

    def barred(self, offer: Offer) -> LeftOut:
        """What bars a source with which nothing holds."""
        if offer.id not in self._bars:
            self._bars[offer.id] = _barred(self.program, offer)
        return self._bars[offer.id]


def explain(program: Program, proposal: Proposal, solution: Solution, known: Forced) -> Proposal:
    """The proposal with its reasons. `known` may be of the same need before its last correction."""
    goal: Goal = proposal.goal if proposal.goal in {"time", "own_cash"} else "cost"
    measure = goal_row(program, goal)
    best = float(measure @ solution.values)
    named = proposal.amounts
    uses = (_use(known, offer, proposal, goal, best) for offer in program.offers if offer.id in named)
    left = (
        _left_out(program, proposal, known, offer, goal, best)
        for offer in program.offers
        if offer.id not in named and offer.kind not in {"bridge", "line"}
    )
    binding, value = _duals(program, solution)
    return replace(proposal, uses=tuple(uses), left_out=tuple(left), binding=binding, value_of_own_cash=value)


def goal_row(program: Program, goal: Goal) -> Floats:
    """What a goal makes as small as it can be."""
    return {"time": program.time, "own_cash": program.own_cash}.get(goal, program.cost)()


def _use(known: Forced, offer: Offer, proposal: Proposal, goal: Goal, best: float) -> Use:
    amount = proposal.amounts[offer.id]
    without = known.best(offer, goal, used=False)
    cost = float(proposal.line.sum()) * offer.monthly_rate + offer.fixed_cost + offer.cost_per_dirham * amount
    worse = None if without is None else max(0.0, without - best)
    return Use(offer.id, amount, offer.month, cost, worse)


def _left_out(
    program: Program, proposal: Proposal, known: Forced, offer: Offer, goal: Goal, best: float
) -> LeftOut:
    """First beside the sources of the plan, which is quickly seen; where it does not go with them, among all."""
    forced = _beside(program, proposal, offer, goal_row(program, goal))
    forced = known.best(offer, goal, used=True) if forced is None else forced
    return known.barred(offer) if forced is None else LeftOut(offer.id, "no_gain", max(0.0, forced - best))


def _beside(program: Program, proposal: Proposal, offer: Offer, row: Floats) -> float | None:
    """The goal with the sources of the plan and one more: a loan beside what the grants already pay, a grant with
    the lines shared out again."""
    at = program.at
    fixed = {column: (0.0, 0.0) for name, column in at.y.items() if name not in proposal.amounts}
    fixed[at.y[offer.id]] = (1.0, 1.0)
    if offer.kind in GIVEN:
        found = program.solve(row, fixed, gap=LOOSE)
        return None if found is None else found.objective
    for (name, item), column in at.pays.items():
        paid = float(item in proposal.pays.get(name, ()))
        fixed[column] = (paid, paid)
    return program.bound(row, fixed | {at.y[name]: (1.0, 1.0) for name in proposal.amounts})


def _barred(program: Program, offer: Offer) -> LeftOut:
    used = {program.at.y[offer.id]: (1.0, 1.0)}
    if offer.max_mad <= 0.0:
        return LeftOut(offer.id, "too_late" if offer.kind in GIVEN else "ceiling")
    nothing = np.zeros(program.at.count)
    for name in BARS:
        lifted = frozenset({Reason(name), Reason(name, offer.id), *_caps_of(program, name)})
        if lifted & set(program.names) and program.solve(nothing, used, lifted) is not None:
            return LeftOut(offer.id, name)
    clashes = frozenset(name for name in program.names if name.name == "excludes")
    if clashes and program.solve(nothing, used, clashes) is not None:
        return LeftOut(offer.id, "excludes", other=_clashing(program, offer))
    cash = frozenset(name for name in program.names if name.name == "cash")
    barred = program.solve(nothing, used, cash) is not None
    return LeftOut(offer.id, "cash" if barred else "together")


def _caps_of(program: Program, name: str) -> list[Reason]:
    return [reason for reason in program.names if reason.name == name == "cap"]


def _clashing(program: Program, offer: Offer) -> str | None:
    others = [o.id for o in program.offers if o.id in offer.excludes or offer.id in o.excludes]
    return others[0] if others else None


def _duals(program: Program, solution: Solution) -> tuple[tuple[Binding, ...], OwnCashValue]:
    """Limits that hold the cost back, the strongest first, and the worth of own cash: sources and their items fixed."""
    cost = program.cost()
    found = program.duals(cost, solution)
    if found is None:
        return (), OwnCashValue(None, None)
    more = program.duals(cost, solution, MORE)
    marginal = -float(found.columns[program.at.steps]) / program.need.own_cash_step
    checked = None if more is None else (found.objective - more.objective) / MORE
    held: dict[tuple[str, str | None, int | None], float] = {}
    for number, (name, value) in enumerate(zip(program.names, found.rows, strict=True)):
        if name != MEANING and abs(value) > FAINT:
            month = program.short[number] if name.name == "cash" else None
            held[name.name, name.offer, month] = held.get((name.name, name.offer, month), 0.0) + abs(
                float(value)
            )
    binding = [Binding(*key, value) for key, value in held.items()]
    return tuple(sorted(binding, key=lambda one: -one.value)), OwnCashValue(marginal, checked)
