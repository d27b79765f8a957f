"""Which sources together: up to three distinct combinations, or the smallest set of reasons why there is none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from bpc.core.financing.explanations import Forced, explain, goal_row
from bpc.core.financing.need import LENT, Cap, Floats, Goal, Infeasible, Need, Offer, Proposal
from bpc.core.financing.obstacles import find_obstacles
from bpc.core.financing.program import Program, Solution

#: Amounts are asked in hundreds; finer only where hundreds leave nothing that holds.
STEPS = (100.0, 10.0, 1.0)
#: What breaks a tie, in MAD of cost: a file to prepare (worth it from 10 000 MAD of own cash spared), a dirham of own
#: cash, a dirham raised, a later place.
FILE, OWN, RAISED, PLACE = 100.0, 1e-2, 1e-5, 1e-3
#: Own cash is clearly different beyond a tenth of the largest.
CLEARLY = 0.10
MOST = 3
#: Nobody waits for less than this: MAD of cost or of own cash, months.
BETTER: Mapping[Goal, float] = {"cost": 100.0, "own_cash": 100.0, "time": 0.5}
GOALS: tuple[Goal, ...] = ("cost", "time", "own_cash")
#: Short money and campaign credit come with the others: no source of their own.
AUXILIARY = frozenset({"bridge", "line"})
Bounds = dict[int, tuple[float, float]]
Row = tuple[Floats, float, float]


@dataclass(frozen=True, slots=True)
class Found:
    """A proposal, the program that gave it and the values it was read from."""

    proposal: Proposal
    program: Program
    solution: Solution


def propose(
    need: Need, offers: tuple[Offer, ...], caps: tuple[Cap, ...] = (), *, forced: frozenset[str] = frozenset()
) -> tuple[Proposal, ...] | Infeasible:
    """The cheapest combination, the soonest, the one with the least own cash: those that differ (one to three).

    Where goals agree on one plan, `also` says so and the cheapest that does without one of its sources is added. Ties
    are broken: fewer files, less own cash, less money raised, the order of the offers. `forced` must be used.

    A press of 300 000 MAD in the first month that earns 4 000 MAD a month, a grant of 60 % paid at once, a loan free of
    interest over sixty months, 80 000 MAD of own cash at most:

    >>> cash = -300_000.0 + 4_000.0 * np.arange(1, 61)
    >>> need = Need(cash, 0.0, np.eye(1, 60)[0] * 3e5, 300_000.0, own_cash_max=80_000.0)
    >>> grant = Offer("grant", "grant", 300_000.0, np.ones(60), share_max=0.6, own_min=0.2)
    >>> loan = Offer("loan", "loan", 200_000.0, 1.0 - np.arange(60) / 60)
    >>> found = propose(need, (grant, loan))
    >>> [(one.goal, dict(one.amounts), one.own_cash) for one in found][0]
    ('cost', {'grant': 180000.0, 'loan': 56000.0}, 60000.0)
    """
    program = Program(need, offers, caps)
    found: list[Found] = []
    for goal in GOALS:
        one = reach(program, goal, forced)
        if one is None:
            return find_obstacles(program, forced)
        _add(program, found, one)
    while len(found) < MOST:
        another = without_one(program, [one.proposal for one in found], forced)
        if another is None or not _add(program, found, another):
            break
    known = Forced(program)
    settled = [settle(program, one.proposal) or one for one in found]
    return tuple(explain(one.program, one.proposal, one.solution, known) for one in settled)


def best_of(
    program: Program, goal: Goal, forced: frozenset[str] = frozenset(), under: float | None = None
) -> Solution | None:
    """The goal at its best; None when nothing holds, or nothing clearly better than `under`."""
    row, bounds, extra = goal_row(program, goal), _must(program, forced), list[Row]()
    if under is not None:
        least, most = program.bound(row, bounds), under - BETTER[goal]
        if least is None or least > most:
            return None
        extra.append((row, -np.inf, most))
    return program.solve(_aim(program, goal), bounds, extra=extra)


def reach(
    program: Program, goal: Goal, forced: frozenset[str] = frozenset(), best: Solution | None = None
) -> Found | None:
    """The goal at its best, and there the cheapest, amounts exact: `settle` makes them whole hundreds.

    `best`: what `best_of` found, where that was asked before."""
    best = best_of(program, goal, forced) if best is None else best
    if best is None:
        return None
    if goal not in {"time", "own_cash"}:
        return Found(_proposal(program, goal, best), program, best)
    return _cheapest(program, goal, {**_must(program, forced), **_kept(program, goal, best)})


def without_one(
    program: Program, found: Iterable[Proposal], forced: frozenset[str] = frozenset()
) -> Found | None:
    """The cheapest that leaves out at least one source of each plan found; None when nothing else holds."""
    rows: list[Row] = []
    for proposal in found:
        named = sources_of(program, proposal)
        if not named:
            return None
        row = np.zeros(program.at.count)
        row[[program.at.y[name] for name in named if name in program.at.y]] = 1.0
        rows.append((row, -np.inf, len(named) - 1.0))
    return _cheapest(program, "other", _must(program, forced), rows)


def _must(program: Program, forced: frozenset[str]) -> Bounds:
    return {program.at.y[name]: (1.0, 1.0) for name in forced if name in program.at.y}


def settle(program: Program, proposal: Proposal) -> Found | None:
    """The same sources, their amounts found again: for the goal of the proposal, on another need."""
    bounds: Bounds = {
        column: (1.0, 1.0) if name in proposal.amounts else (0.0, 0.0)
        for name, column in program.at.y.items()
    }
    if proposal.goal == "own_cash":  # whole hundreds must not lose it; the months are those of the sources
        best = program.solve(program.own_cash(), bounds)
        if best is None:
            return None
        bounds |= _kept(program, "own_cash", best)
    elif program.bound(program.cost(), bounds) is None:
        return None
    objective = program.cost() + _ties(program)
    for step in (*STEPS, None):
        whole = program.solve(objective, bounds, step=step)
        if whole is not None:
            made = _proposal(program, proposal.goal, whole)
            return Found(replace(made, also=proposal.also), program, whole)
    return None


def _aim(program: Program, goal: Goal) -> Floats:
    """What a goal makes least: ties count with the cost, so that the cheapest is found in one solve."""
    return goal_row(program, goal) if goal in {"time", "own_cash"} else program.cost() + _ties(program)


def _kept(program: Program, goal: Goal, best: Solution) -> Bounds:
    """The own cash, or the months, that a goal came to and that what follows must not lose."""
    column = program.at.last if goal == "time" else program.at.steps
    return {column: (program.least[column], float(np.ceil(best.values[column] - 1e-6)))}


def sources_of(program: Program, proposal: Proposal) -> frozenset[str]:
    """The sources of a proposal, short money and campaign credit aside."""
    kinds = {offer.id: offer.kind for offer in program.offers}
    return frozenset(name for name in proposal.amounts if kinds.get(name, "") not in AUXILIARY)


def _add(program: Program, found: list[Found], new: Found) -> bool:
    """Keep what differs; a plan that is there already takes the goal too."""
    goal = new.proposal.goal
    for number, one in enumerate(found):
        if alike(program, one.proposal, new.proposal):
            if goal != "other":
                found[number] = replace(one, proposal=replace(one.proposal, also=(*one.proposal.also, goal)))
            return False
    found.append(new)
    return True


def alike(program: Program, one: Proposal, two: Proposal) -> bool:
    """Whether two plans ask the same sources and much the same own cash."""
    most = max(one.own_cash, two.own_cash)
    same = sources_of(program, one) == sources_of(program, two)
    return same and abs(one.own_cash - two.own_cash) <= CLEARLY * most


def _cheapest(program: Program, goal: Goal, bounds: Bounds, rows: Iterable[Row] = ()) -> Found | None:
    """The cheapest within bounds, ties broken."""
    found = program.solve(program.cost() + _ties(program), bounds, extra=rows)
    return None if found is None else Found(_proposal(program, goal, found), program, found)


def _ties(program: Program) -> Floats:
    row, at = np.zeros(program.at.count), program.at
    for place, offer in enumerate(program.offers):
        row[at.y[offer.id]] = FILE + PLACE * place
        row[at.x[offer.id]] = RAISED
    row[at.steps] = OWN * program.need.own_cash_step
    return row


def _proposal(program: Program, goal: Goal, solution: Solution) -> Proposal:
    need, at, values = program.need, program.at, solution.values
    amounts = {
        offer.id: round(float(values[at.x[offer.id]]), 2)
        for offer in program.offers
        if values[at.y[offer.id]] > 0.5 and values[at.x[offer.id]] > 0.005
    }
    used = [offer for offer in program.offers if offer.id in amounts]
    own = round(need.own_cash_step * round(float(values[at.steps])), 2)
    cash, line, interest = cash_of(need, used, amounts, own)
    return Proposal(
        goal=goal,
        amounts=amounts,
        own_cash=own,
        own_in_kind=_counted(program, amounts, own),
        bridge=sum(amounts[offer.id] for offer in used if offer.kind == "bridge"),
        cash=cash,
        line=line,
        cost=interest
        + sum(o.fixed_cost + o.cost_per_dirham * amounts[o.id] for o in used if o.kind != "line"),
        months_to_money=max((need.start, *(offer.wait for offer in used))),
        pays={
            offer.id: tuple(
                item.id
                for item in need.items
                if (offer.id, item.id) in at.pays and values[at.pays[offer.id, item.id]] > 0.5
            )
            for offer in used
            if offer.kind in {"grant", "in_kind"}
        },
    )


def _counted(program: Program, amounts: Mapping[str, float], own: float) -> float:
    """In kind that counts as own contribution with the least generous of the sources used."""
    need = program.need
    limits = [
        own * offer.in_kind_of_own_max / (1.0 - offer.in_kind_of_own_max)
        if offer.in_kind_of_own_max < 1.0
        else need.own_in_kind_max
        for offer in program.offers
        if offer.id in amounts and offer.own_min and offer.in_kind_of_own_max
    ]
    return round(min([need.own_in_kind_max, *limits]), 2) if limits else 0.0


def cash_of(
    need: Need, used: Iterable[Offer], amounts: Mapping[str, float], own_cash: float
) -> tuple[Floats, Floats, float]:
    """Cash, campaign credit in use and its interest in all, for given amounts: (T,), (T,), MAD.

    The line is drawn only for what lacks: o_t = min(limit, max(0, floor - c_t)), its interest counted the month after.
    """
    net = need.corrected_cash + own_cash * need.own_profile
    limit = rate = 0.0
    for offer in used:
        if offer.kind == "line":
            limit, rate = amounts[offer.id], offer.monthly_rate
        else:
            net = net + amounts[offer.id] * offer.cash_per_dirham
    line, owed = np.zeros(need.months), 0.0
    if limit:
        net = net.copy()
        for t in range(need.months):
            owed += rate * line[t - 1] if t else 0.0
            net[t] -= owed
            line[t] = min(max(need.floor - net[t], 0.0), limit)
    return net + line, line, owed


def borrowed(offers: Iterable[Offer], proposal: Proposal) -> float:
    """What is borrowed for long: loans of the cooperative and of its members, MAD."""
    return sum(proposal.amounts.get(offer.id, 0.0) for offer in offers if offer.kind in LENT)
