"""Why no combination holds: an irreducible set of limits, found by lifting one after the other; what would open it."""

import math
from dataclasses import replace

import numpy as np

from bpc.core.financing.need import Infeasible, Offer, Reason
from bpc.core.financing.program import MEANING, Program

#: Limits are tried in this order: those tried last are the ones a group can best do something about, and stay.
ORDER = (
    "minimum", "excludes", "requires", "same_item", "bridge", "cap", "share", "public_share", "own_contribution",
    "ceiling", "own_cash", "cash",
)  # fmt: skip
ROUND = 100.0
Bounds = dict[int, tuple[float, float]]


def find_obstacles(program: Program, forced: frozenset[str] = frozenset()) -> Infeasible:
    """The smallest set of reasons, and the least more own cash, or the least gift, that opens a combination.

    Deletion filter: each limit in turn is lifted for good when what is left still has no solution. What stays is
    irreducible: lifting any one of it opens a combination (another set may exist). `forced` must be used.
    """
    must = {program.at.y[name]: (1.0, 1.0) for name in forced if name in program.at.y}
    nothing = np.zeros(program.at.count)
    if program.solve(nothing, must) is not None:
        # it holds on paper only: refunds or tax, which the engine counts, take cash below the floor
        return Infeasible((Reason("cash"),), None, None)
    kept = _limits(program)
    lifted: frozenset[Reason] = frozenset()
    for reason in list(kept):
        if program.solve(nothing, must, lifted | {reason}) is None:
            lifted |= {reason}
            kept.remove(reason)
    years = [reason.year for reason in kept if reason.year is not None]
    last = None if not years else min(12 * max(years), program.need.months) - 1
    return Infeasible(tuple(kept), _own_cash(program, must), _gift(program, must), last)


def _limits(program: Program) -> list[Reason]:
    """Every limit once, the cash of later years before that of earlier ones."""
    names = dict.fromkeys(name for name in program.names if name != MEANING)
    return sorted(names, key=lambda name: (ORDER.index(name.name), -(name.year or 0)))


def _own_cash(program: Program, must: Bounds) -> float | None:
    most = program.need.own_cash_max
    if most is None:
        return None
    found = program.solve(program.own_cash(), must, frozenset({Reason("own_cash")}))
    return None if found is None else _up(max(0.0, found.objective - most))


def _gift(program: Program, must: Bounds) -> float | None:
    """As money in the first month that is neither paid back nor own: a free loan of no term, beside the others."""
    need = program.need
    gift = Offer("+", "loan", program.big, np.ones(need.months))
    wider = Program(need, (*(replace(offer) for offer in program.offers), gift), program.caps)
    row = np.zeros(wider.at.count)
    row[wider.at.x["+"]] = 1.0
    places = {column: wider.at.y[name] for name, column in program.at.y.items()}
    found = wider.solve(row, {places[column]: bound for column, bound in must.items()})
    return None if found is None else _up(found.objective)


def _up(amount: float) -> float:
    return math.ceil(amount / ROUND - 1e-6) * ROUND
