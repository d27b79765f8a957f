"""Why there is no assignment: entries too few may read, then sets of entries whose readers are too few together.

An assignment is a flow: source → entry (the readings it needs) → juror (one) → sink (what the juror can take). It
exists when the largest flow fills every entry. Otherwise the smallest cut next to the source gives, by the theorem of
Ford and Fulkerson, entries S with

    Σ_{i∈S} need_i > Σ_j min(room_j, how many of S juror j may read)

which anybody can check by adding up (for single entries this is Hall's condition). L. R. Ford, D. R. Fulkerson,
« Maximal flow through a network », Canadian Journal of Mathematics 8 (1956), 399-404.
"""

from collections import defaultdict

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import breadth_first_order, connected_components, maximum_flow

from bpc.core.jury.instance import Counts, Flags, Id, Instance, Reason


def shortages(instance: Instance) -> tuple[Reason, ...]:
    """The reasons why `instance` has no assignment, fewest entries first; none when it has one.

    >>> both = np.ones((2, 2), dtype=bool)
    >>> shortages(Instance(("a", "b"), ("x", "y"), 1, ~both, both, np.array([-1, -1]), both, np.array([1, 0])))
    (Reason(code='jury_too_small', entries=('a', 'b'), jurors=('x', 'y'), short_by=1),)
    """
    need, free = instance.need, instance.free
    possible = free.sum(axis=1)
    alone = np.flatnonzero(possible < need)
    found = _of_single_entries(instance, alone)
    lowered = np.minimum(need, possible)
    entries, jurors = _cut(lowered, free, instance.room)
    found += [_of_a_set(instance, lowered, part) for part in _parts(free, entries, jurors)]
    return tuple(sorted(found, key=lambda reason: (len(reason.entries), -reason.short_by)))


def _of_single_entries(instance: Instance, alone: Counts) -> list[Reason]:
    """Entries that fewer jurors than needed may read; those with the same cause and jurors are told together."""
    groups: dict[tuple[str, tuple[Id, ...]], list[int]] = defaultdict(list)
    short = instance.need - instance.free.sum(axis=1)
    for i in alone:
        readers = tuple(_named(instance.jurors, instance.free[i] | instance.stands[i]))
        groups[_cause(instance, int(i)), readers].append(int(i))
    return [
        Reason(code, tuple(instance.entries[i] for i in rows), readers, int(short[rows].sum()))
        for (code, readers), rows in groups.items()
    ]


def _cause(instance: Instance, i: int) -> str:
    if len(instance.jurors) < instance.readings:
        return "few_jurors"
    counted, allowed, speaks = instance.stands[i], ~instance.forbidden[i], instance.speaks[i]
    if (allowed | counted).sum() >= instance.readings:
        return "language"
    return "conflicts" if (speaks | counted).sum() >= instance.readings else "conflicts_language"


def _cut(need: Counts, free: Flags, room: Counts) -> tuple[Flags, Flags]:
    """The entries and jurors on the source's side of the smallest cut; no entry when the flow fills them all."""
    n, m = free.shape
    rows, columns = np.nonzero(free)
    source, sink = n + m, n + m + 1
    tails = np.concatenate([np.full(n, source), rows, n + np.arange(m)])
    heads = np.concatenate([np.arange(n), n + columns, np.full(m, sink)])
    limits = np.concatenate([need, np.ones(len(rows)), room]).astype(np.int32)
    graph = csr_matrix((limits, (tails, heads)), shape=(n + m + 2, n + m + 2))
    flow = maximum_flow(graph, source, sink)
    reached = np.zeros(n + m + 2, dtype=bool)
    if flow.flow_value < need.sum():
        left = graph - flow.flow
        left.eliminate_zeros()
        reached[breadth_first_order(left, source, return_predecessors=False)] = True
    return reached[:n], reached[n : n + m]


def _parts(free: Flags, entries: Flags, jurors: Flags) -> list[Counts]:
    """The cut's entries, split where they share no juror of the cut: each part is short by itself or dropped."""
    rows = np.flatnonzero(entries)
    if not len(rows):
        return []
    touching = csr_matrix(free[np.ix_(rows, np.flatnonzero(jurors))].astype(np.int32))
    count, labels = connected_components(touching @ touching.T, directed=False)
    return [rows[labels == label] for label in range(count)]


def _of_a_set(instance: Instance, need: Counts, rows: Counts) -> Reason:
    free = instance.free
    able: Flags = np.any(free[rows], axis=0)
    short = int(need[rows].sum() - np.minimum(instance.room, free[rows].sum(axis=0)).sum())
    code = "capacity"
    if able.all():
        code = "jury_too_small"
    elif int(need[rows].sum()) <= _room_in_any_language(instance, rows):
        code = "capacity_language"
    names = tuple(instance.entries[i] for i in rows)
    return Reason(code, names, tuple(_named(instance.jurors, able)), short)


def _room_in_any_language(instance: Instance, rows: Counts) -> int:
    """How many readings of these entries the jury could take if everybody read every language."""
    possible = (~instance.forbidden & ~instance.stands)[rows].sum(axis=0)
    if instance.capacity is None:
        return int(possible.sum())
    return int(np.minimum(np.maximum(instance.capacity - instance.stands.sum(axis=0), 0), possible).sum())


def _named(jurors: tuple[Id, ...], chosen: Flags) -> list[Id]:
    return [juror for juror, is_chosen in zip(jurors, chosen, strict=True) if is_chosen]
