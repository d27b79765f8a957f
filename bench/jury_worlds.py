"""Simulated juries whose truth is known: severities, use of the scale, noises and colluders drawn at random."""

from dataclasses import dataclass, replace

import numpy as np

from bpc.core.jury.marks import Floats, Integers, Marks

WEIGHTS = np.array([3.0, 2.0, 2.0, 1.0])
CRITERIA = ("impact", "feasibility", "team", "clarity")


@dataclass(frozen=True)
class World:
    """Marks with what they came from: true merit (n), severity (m), which jurors collude and for which entries;
    `every` (n, m, k) are the marks each juror would give to each entry."""

    marks: Marks
    every: Floats
    truth: Floats
    severity: Floats
    colluders: Integers
    targets: Integers


def make_world(
    seed: int, jurors: int = 50, entries: int = 200, readings: int = 3, colluders: int = 3
) -> World:
    """A world of its own for each seed: how severe, noisy and unlike jurors are is drawn too.

    Merits are spread by 0.4 to 0.8 point, severities by 0.2 to 0.8, the use of the scale by 0 to 0.25, noises are
    0.3 to 0.7 point and differ from juror to juror; marks are rounded to whole points and cut to 1 to 5. Colluders give
    one or two entries they read 2 points too many, and every other 0.7 too few.
    """
    random = np.random.default_rng([6, seed])
    entry_of, juror_of = deal(random, jurors, entries, readings)
    merit = random.uniform(2.8, 3.4) + random.uniform(0.4, 0.8) * random.standard_normal(entries)
    by_criterion = merit[:, None] + 0.3 * random.standard_normal((entries, len(WEIGHTS)))
    truth = by_criterion @ (WEIGHTS / WEIGHTS.sum())
    severity = random.uniform(0.2, 0.8) * random.standard_normal(jurors)
    scale = np.exp(random.uniform(0, 0.25) * random.standard_normal(jurors))
    noise = random.uniform(0.3, 0.7) * np.exp(random.uniform(0, 0.5) * random.standard_normal(jurors))
    said = 3 + scale[:, None] * (by_criterion[:, None, :] - 3) - severity[:, None]
    said += noise[:, None] * random.standard_normal((entries, jurors, 1))
    said += 0.5 * random.standard_normal(said.shape)
    band = random.permutation(jurors)[:colluders]
    known = np.unique(entry_of[np.isin(juror_of, band)])
    targets = random.choice(known, size=min(len(known), int(random.integers(1, 3))), replace=False)
    said[:, band] -= 0.7
    said[np.ix_(targets, band)] += 2.7
    every = np.clip(np.round(said), 1, 5)
    names = tuple(f"E{at:04}" for at in range(entries)), tuple(f"J{at:03}" for at in range(jurors))
    marks = Marks(*names, CRITERIA, WEIGHTS, entry_of, juror_of, every[entry_of, juror_of])
    return World(marks, every, truth, severity, band, targets)


def read_more(world: World, pairs: list[tuple[int, int]]) -> Marks:
    """The marks with those of more readings: (entry, juror) by position."""
    marks, (e, j) = world.marks, np.array(pairs, dtype=np.intp).reshape(-1, 2).T
    return replace(
        marks,
        entry_of=np.append(marks.entry_of, e),
        juror_of=np.append(marks.juror_of, j),
        values=np.concatenate([marks.values, world.every[e, j]]),
    )


def deal(random: np.random.Generator, jurors: int, entries: int, readings: int) -> tuple[Integers, Integers]:
    """Readings dealt at random, loads within one of each other."""
    loads = np.zeros(jurors)
    chosen = np.empty((entries, readings), dtype=np.intp)
    for at in range(entries):
        chosen[at] = np.lexsort((random.random(jurors), loads))[:readings]
        loads[chosen[at]] += 1
    shuffled = random.permutation(entries)
    return np.repeat(shuffled, readings), chosen.reshape(-1)
