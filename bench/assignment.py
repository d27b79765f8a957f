"""Assignments of readings: 1,000 random instances kept to every rule or proved to have none, then the time a large jury
takes, beside a greedy choice of the same: `python -m bench.assignment`.

Refusals are proved again by another flow, and each of their reasons by adding up. 1 when a rule breaks, a proof fails,
an optimum is not proved, or the limit of time is passed.
"""

import statistics
import sys
import time
from dataclasses import dataclass

import numpy as np

from bpc.core.jury.assignment import Assignment, Infeasible, Instance, assign
from bpc.core.jury.instance import Flags
from tests.core.jury.assignment_cases import (
    broken_rules,
    draw_instance,
    is_proof,
    largest_flow,
    needed,
    reads_of,
    worth,
)

INSTANCES = 1_000
LIMIT_S = 2.0
ENTRIES, JURORS, READINGS, JURIES = 200, 50, 3, 10
FAULTY = 1


def greedy(instance: Instance) -> Flags | None:
    """The rival: entry after entry, the least loaded who may read it, a woman and somebody from elsewhere first where
    they lack; None as soon as an entry finds nobody."""
    reads, free = instance.stands.copy(), instance.free
    for i in np.argsort(free.sum(axis=1), kind="stable"):
        for _reading in range(instance.need[i]):
            loads = reads.sum(axis=0)
            able = free[i] & ~reads[i]
            if instance.capacity is not None:
                able &= loads < instance.capacity
            if not able.any():
                return None
            rank = loads.astype(float)
            if not (reads[i] & (instance.woman == 1)).any():
                rank -= 1.5 * (instance.woman == 1)
            if not (reads[i] & instance.outside[i]).any():
                rank -= 1.0 * instance.outside[i]
            reads[i, np.flatnonzero(able)[np.argmin(rank[able])]] = True
    return reads


@dataclass
class Tally:
    """What came of the random instances."""

    solved: int = 0
    refused: int = 0
    greedy_lost: int = 0  # an assignment exists, and the rival found none
    greedy_worse: int = 0
    reasons: int = 0


def check(number: int, tally: Tally) -> list[str]:
    """One random instance; its faults."""
    draw = np.random.default_rng([2026, number])
    instance = draw_instance(
        draw, int(draw.integers(1, 60)), int(draw.integers(1, 20)), int(draw.integers(1, 5))
    )
    found, lacking = assign(instance), needed(instance) - largest_flow(instance)
    if isinstance(found, Infeasible):
        tally.refused += 1
        tally.reasons += len(found.reasons)
        wrong = [reason.code for reason in found.reasons if not is_proof(instance, reason)]
        if lacking <= 0 or wrong or sum(reason.short_by for reason in found.reasons) != lacking:
            return [f"instance {number}: refusal not proved ({lacking} lacking, {wrong})"]
        return []
    tally.solved += 1
    rival = greedy(instance)
    tally.greedy_lost += rival is None
    tally.greedy_worse += rival is not None and worth(instance, rival) < worth(
        instance, reads_of(instance, found)
    )
    faults = [f"instance {number}: {rule}" for rule in broken_rules(instance, found)]
    if rival is not None and worth(instance, rival) > worth(instance, reads_of(instance, found)):
        faults.append(f"instance {number}: the greedy choice is better")
    return faults + ([] if found.proved else [f"instance {number}: optimum not proved"])


def large_jury(seed: int) -> Instance:
    """A national jury: 8 % of conflicts, a third of entries in Arabic, few women, one juror of five from elsewhere;
    some can take only a few readings."""
    draw = np.random.default_rng([50, seed])
    regions = np.where(draw.random(JURORS) < 0.8, 0, draw.integers(1, 12, JURORS))
    arabic = draw.random(ENTRIES) < 0.35
    capacity = np.full(JURORS, 15)
    if seed % 2:
        capacity[: JURORS // 8] = draw.integers(2, 8, JURORS // 8)
    return Instance(
        tuple(range(ENTRIES)), tuple(range(JURORS)), READINGS,
        draw.random((ENTRIES, JURORS)) < 0.08,
        np.where(arabic[:, None], draw.random(JURORS) < 0.8, True),
        draw.choice([1, 0, -1], JURORS, p=[0.25, 0.65, 0.1]),
        np.broadcast_to(regions != 0, (ENTRIES, JURORS)),
        capacity,
    )  # fmt: skip


def race(seed: int) -> tuple[float, list[str]]:
    """Seconds of one core that one large jury takes, its line printed, its faults."""
    instance = large_jury(seed)
    started = time.process_time()
    found = assign(instance)
    seconds = time.process_time() - started
    if not isinstance(found, Assignment):
        return seconds, [f"large jury {seed}: refused"]
    started = time.process_time()
    rival = greedy(instance)
    greedy_ms = 1000 * (time.process_time() - started)
    ours = worth(instance, reads_of(instance, found))
    loads = sorted(found.loads.values())
    beside = "finds none"
    if rival is not None:
        theirs, spread = worth(instance, rival), rival.sum(axis=0)
        beside = f"woman {theirs[1]}, elsewhere {theirs[2]}, loads {spread.min()}-{spread.max()}, {greedy_ms:.0f} ms"
    print(
        f"jury {seed}: {seconds:5.2f} s = {seconds / LIMIT_S:4.0%} of the limit | woman {ours[1]}, "
        f"elsewhere {ours[2]}, loads {loads[0]}-{loads[-1]} ({len(found.uneven)} apart, told) | greedy: {beside}",
        flush=True,
    )
    return seconds, [f"large jury {seed}: {rule}" for rule in broken_rules(instance, found)]


def main() -> int:
    """Rules and proofs, then time."""
    tally, faults = Tally(), []
    for number in range(INSTANCES):
        faults += check(number, tally)
    print(
        f"{INSTANCES:,} random instances: {tally.solved} assigned with every hard rule kept, {tally.refused} refused "
        f"with {tally.reasons} reasons, all proved again\n"
        f"greedy on the {tally.solved}: finds none in {tally.greedy_lost}, a worse one in {tally.greedy_worse}"
    )
    raced = [race(seed) for seed in range(JURIES)]
    seconds = [spent for spent, _faults in raced]
    faults += [fault for _spent, wrong in raced for fault in wrong]
    worst = max(seconds)
    if worst > LIMIT_S:
        faults.append(f"{worst:.2f} s > {LIMIT_S:g} s")
    print(
        f"{ENTRIES} entries × {JURORS} jurors × {READINGS} readings, one core: "
        f"median {statistics.median(seconds):.2f} s, worst of {JURIES} {worst:.2f} s (limit {LIMIT_S:g} s)"
    )
    print("(greedy grants more where it leaves loads further than one apart, which the rules forbid)")
    print("\n".join(f"FAULT: {fault}" for fault in faults), end="\n" if faults else "")
    return FAULTY if faults else 0


if __name__ == "__main__":
    sys.exit(main())
