"""Random instances of assignments, the hard rules checked one by one, and proofs redone by other means."""

import itertools
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import maximum_flow

from bpc.core.jury.instance import Assignment, Flags, Instance, Reason

Draw = np.random.Generator


def draw_instance(draw: Draw, entries: int, jurors: int, readings: int, *, tight: float = 0.5) -> Instance:
    """Some instance: conflicts, two languages, regions; in a share `tight` of them, capacities near what is needed."""
    n, m = entries, jurors
    forbidden = draw.random((n, m)) < draw.choice([0.0, 0.1, 0.3, 0.5])
    speaks = np.where((draw.random(n) < 0.4)[:, None], draw.random(m) < draw.choice([0.3, 0.7, 1.0]), True)
    regions = min(12, m)
    outside = draw.integers(0, regions, n)[:, None] != draw.integers(0, regions, m)[None, :]
    capacity = None
    if draw.random() < tight:
        share = -(-n * readings // m)
        capacity = draw.integers(max(0, share - 1), share + 3, m)
    kept = (draw.random((n, m)) < draw.choice([0.0, 0.0, 0.15])) & ~forbidden
    standing = (draw.random((n, m)) < draw.choice([0.0, 0.2])) & ~kept & ~forbidden
    woman = draw.integers(-1, 2, m)
    return Instance(
        tuple(f"E{i}" for i in range(n)), tuple(f"J{j}" for j in range(m)), readings,
        forbidden, speaks, woman, outside, capacity, kept, standing,
    )  # fmt: skip


def reads_of(instance: Instance, found: Assignment) -> Flags:
    """The pairs as a matrix."""
    reads = np.zeros_like(instance.forbidden)
    for entry, juror in found.pairs:
        reads[instance.entries.index(entry), instance.jurors.index(juror)] = True
    return reads


def broken_rules(instance: Instance, found: Assignment) -> list[str]:
    """The hard rules that `found` breaks: none."""
    reads, broken = reads_of(instance, found), []
    added = reads & ~instance.stands
    kept = instance.stands.sum(axis=1)
    if len(set(found.pairs)) != len(found.pairs):
        broken.append("a pair twice")
    if (added & instance.forbidden).any():
        broken.append("a conflict")
    if (added & ~instance.speaks).any():
        broken.append("a language")
    if (instance.stands & ~reads).any():
        broken.append("a kept reading lost")
    if (reads.sum(axis=1) != np.maximum(kept, instance.readings)).any():
        broken.append("readings per entry")
    loads = reads.sum(axis=0)
    if instance.capacity is not None:
        most = np.maximum(instance.capacity, instance.stands.sum(axis=0))
        broken += ["a capacity"] * bool((loads > most).any())
    if [found.loads[juror] for juror in instance.jurors] != list(loads):
        broken.append("loads told wrong")
    apart = {one.juror for one in found.uneven}
    others = [load for juror, load in found.loads.items() if juror not in apart]
    if others and max(others) - min(others) > 1:
        broken.append("uneven loads not told")
    return broken


def largest_flow(instance: Instance) -> int:
    """Readings that can be added at most, by another construction of the flow."""
    n, m = instance.forbidden.shape
    may = ~instance.forbidden & instance.speaks & ~instance.stands
    kept = instance.stands.sum(axis=0)
    room = np.full(m, n) if instance.capacity is None else np.maximum(instance.capacity - kept, 0)
    need = np.maximum(instance.readings - instance.stands.sum(axis=1), 0)
    size = n + m + 2
    matrix = np.zeros((size, size), dtype=np.int32)
    matrix[0, 1 : n + 1], matrix[1 : n + 1, n + 1 : n + m + 1], matrix[n + 1 : n + m + 1, -1] = (
        need,
        may,
        room,
    )
    return int(maximum_flow(csr_matrix(matrix), 0, size - 1).flow_value)


def needed(instance: Instance) -> int:
    """Readings still to be given."""
    return int(np.maximum(instance.readings - instance.stands.sum(axis=1), 0).sum())


def is_proof(instance: Instance, reason: Reason) -> bool:
    """Whether the reason proves by adding up that its entries lack exactly `short_by` readings."""
    rows = [instance.entries.index(entry) for entry in reason.entries]
    may = (~instance.forbidden & instance.speaks & ~instance.stands)[rows]
    kept = instance.stands.sum(axis=0)
    room = (
        np.full(len(kept), len(may)) if instance.capacity is None else np.maximum(instance.capacity - kept, 0)
    )
    need = np.maximum(instance.readings - instance.stands[rows].sum(axis=1), 0)
    if reason.code in _OF_SETS:  # what single entries lack is told apart
        need = np.minimum(need, may.sum(axis=1))
        return bool(need.sum() - np.minimum(room, may.sum(axis=0)).sum() == reason.short_by > 0)
    return bool((need - may.sum(axis=1)).sum() == reason.short_by > 0)


_OF_SETS = {"capacity", "capacity_language", "jury_too_small"}


def every_assignment(instance: Instance) -> list[Flags]:
    """All assignments that keep the hard rules but for the evenness of loads: tiny instances only."""
    may = ~instance.forbidden & instance.speaks & ~instance.stands
    need = np.maximum(instance.readings - instance.stands.sum(axis=1), 0)
    rows = [
        [list(chosen) for chosen in itertools.combinations(np.flatnonzero(may[i]), need[i])]
        for i in range(len(instance.entries))
    ]
    found = []
    for choice in itertools.product(*rows):
        reads = instance.stands.copy()
        for i, chosen in enumerate(choice):
            reads[i, chosen] = True
        kept = instance.stands.sum(axis=0)
        if instance.capacity is None or (reads.sum(axis=0) <= np.maximum(instance.capacity, kept)).all():
            found.append(reads)
    return found


def worth(instance: Instance, reads: Flags) -> tuple[int, ...]:
    """What an assignment is worth, compared in this order: even loads, women, other regions, unchanged readings."""
    loads: Any = reads.sum(axis=0)
    woman = (reads & (instance.woman == 1)).any(axis=1).sum()
    outside = (reads & instance.outside).any(axis=1).sum()
    standing = 0 if instance.standing is None else (reads & instance.standing).sum()
    return int(-(loads**2).sum()), int(woman), int(outside), int(standing)
