"""Who reads which entry: the hard rules always, the loads as even as can be, then as many wishes as there can be.

Rules: no conflict, the language, exactly the readings asked (kept ones included; more only where more are kept), nobody
beyond what they can take. Loads: within one of each other when any assignment has such loads; otherwise of the least
sum of squares, and each juror apart from the others is told with the reason. Wishes, in this order: most entries with
at least one woman, then most with at least one juror of another region, then fewest standing readings changed. The
programs and their sources: `assignment_program`; for large juries, `assignment_parts`; why there may be none:
`shortages`.
"""

import numpy as np

from bpc.core.jury.assignment_parts import solve_in_parts
from bpc.core.jury.assignment_program import Bound, Program, Solution, fitting
from bpc.core.jury.instance import (
    WISHES,
    Assignment,
    Counts,
    Flags,
    Id,
    Infeasible,
    Instance,
    Reason,
    Uneven,
    Unmet,
)
from bpc.core.jury.shortages import shortages

__all__ = ["Assignment", "Infeasible", "Instance", "Reason", "Uneven", "Unmet", "assign"]

#: Pairs of entries and jurors that one program takes; beyond, the wishes are granted part by part.
WHOLE = 40_000


class OutOfTime(Exception):
    """The solver found nothing in the time it is given, although an assignment exists."""


def assign(instance: Instance) -> Assignment | Infeasible:
    """The assignment, or the reasons why there is none. Deterministic.

    Raises `OutOfTime` (never met in the benchmark).

    >>> all_may = np.zeros((2, 3), dtype=bool)
    >>> case = Instance(("a", "b"), ("x", "y", "z"), 1, all_may, ~all_may, np.array([0, 1, -1]), all_may)
    >>> found = assign(case)
    >>> sorted(found.loads.values()), found.met, [(one.entry, one.wish, one.reason) for one in found.unmet][1:]
    ([0, 1, 1], {'woman': 1, 'outside': 0}, [('a', 'outside', 'none'), ('b', 'outside', 'none')])
    """
    reasons = shortages(instance)
    if reasons:
        return Infeasible(reasons)
    if instance.forbidden.size > WHOLE:
        found, parts = solve_in_parts(instance)
        loads = (found.added | instance.stands).sum(axis=0)
        return _told(instance, found, is_even=np.ptp(loads) <= 1, parts=parts)
    program = Program(instance)
    bound = _even_loads(instance)
    if not program.even(bound):
        bound = Bound(bound.least, bound.most, program.least_squares())
    solution = program.grant(bound)
    if solution is None:
        raise OutOfTime
    return _told(instance, solution, is_even=bound.squares is None)


def _even_loads(instance: Instance) -> Bound:
    """Loads within one of each other can only be the mean of all readings, rounded down or up."""
    kept = instance.stands.sum(axis=0)
    total, m = int(kept.sum() + instance.need.sum()), max(len(instance.jurors), 1)
    return Bound(total // m - kept, np.minimum(-(-total // m) - kept, instance.room))


def _told(instance: Instance, solution: Solution, *, is_even: bool, parts: int = 1) -> Assignment:
    reads = solution.added | instance.stands
    loads = reads.sum(axis=0)
    unmet, met = [], {}
    for wish, fits in fitting(instance).items():
        gets = (reads & fits).any(axis=1)
        met[wish] = int(gets.sum())
        unmet += [_unmet(instance, wish, fits[i], int(i), loads) for i in np.flatnonzero(~gets)]
    unmet.sort(key=lambda one: WISHES.index(one.wish))
    return Assignment(
        tuple((instance.entries[i], instance.jurors[j]) for i, j in np.argwhere(reads)),
        {juror: int(load) for juror, load in zip(instance.jurors, loads, strict=True)},
        tuple(unmet),
        () if is_even else _uneven(instance, loads),
        met,
        solution.proved,
        parts,
    )


def _unmet(instance: Instance, wish: str, fits: Flags, i: int, loads: Counts) -> Unmet:
    """The first cause that leaves nobody for this wish of entry `i`; else that others share those who could."""
    unsaid = (instance.woman == -1) if wish == "woman" else np.zeros_like(fits)
    allowed = fits & ~instance.forbidden[i]
    speaking = allowed & instance.speaks[i]
    able = speaking & (instance.room > 0)

    def because(reason: str, jurors: Flags) -> Unmet:
        return Unmet(instance.entries[i], wish, reason, _named(instance, jurors))

    if not fits.any():
        return because("none", unsaid)
    if not instance.need[i]:
        return because("kept", instance.stands[i])
    if not allowed.any():
        return because("conflict", fits)
    if not speaking.any():
        return because("language", allowed)
    return because("shared", able) if able.any() else because("full", speaking)


def _uneven(instance: Instance, loads: Counts) -> tuple[Uneven, ...]:
    """The fewest jurors without whom loads are within one of each other, lightest first."""
    low = max(np.unique(loads), key=lambda value: int(((loads == value) | (loads == value + 1)).sum()))
    kept, may = instance.stands.sum(axis=0), (instance.free | instance.stands).sum(axis=0)
    told = []
    for j in np.argsort(loads, kind="stable"):
        if low <= loads[j] <= low + 1:
            continue
        if loads[j] < low:
            full = instance.capacity is not None and loads[j] >= instance.capacity[j]
            reason = "capacity" if full else "possible" if loads[j] == may[j] else "relieved"
        else:
            reason = "kept" if loads[j] == kept[j] else "only"
        told.append(Uneven(instance.jurors[j], int(loads[j]), reason))
    return tuple(told)


def _named(instance: Instance, chosen: Flags) -> tuple[Id, ...]:
    return tuple(juror for juror, is_chosen in zip(instance.jurors, chosen, strict=True) if is_chosen)
