"""Where one more reading is worth most: the fall it promises in the uncertainty of who is among the laureates.

With t half-way between the last laureate and the next, h = (merit - t) / sd and p = Φ(h) the chance to pass it, an
entry is p(1 - p) uncertain. A reading by juror j would explain a part ρ of the variance of its merit,

    ρ = Cov(u_e, y)² / (Var(u_e) Var(y))        y = a_j u_e - s_j + ε

and would leave, on average over what it may say (Owen, 1956, for T),

    E[p'(1 - p')] = 2 T(h, √((1 - ρ) / (1 + ρ)))        2 T(h, 1) = p(1 - p)

An entry far from the bar gains nothing by being read again, nor does one read by a juror as noisy as a coin.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray
from scipy.special import owens_t

from bpc.core.jury.marks import Floats, Integers, Marks
from bpc.core.jury.severity import Fit, fit

#: Entries looked at together: enough for the machine, few enough to stop early.
BLOCK = 1024


@dataclass(frozen=True)
class NextReading:
    """A reading to ask for: `gain` is the expected fall in p(1 - p), from 0 to 1/4."""

    entry: Hashable
    juror: Hashable
    gain: float


def most_useful(
    marks: Marks, possible: NDArray[np.bool_], limit: int, *, laureates: int, found: Fit | None = None
) -> tuple[NextReading, ...]:
    """At most `limit` readings among the `possible` (n, m), the most useful first, each counted after those before it.

    Readings already made are left out, and nothing is proposed without gain: no laureate, or all of them.

    >>> marks = Marks(("a", "b", "c"), ("x", "y"), ("impact",), [1], [0, 1, 2], [0, 0, 0], [[5], [3], [2]])
    >>> [(one.entry, one.juror) for one in most_useful(marks, np.ones((3, 2), bool), 2, laureates=1)]
    [('a', 'y'), ('b', 'y')]
    """
    n, m = len(marks.entries), len(marks.jurors)
    if possible.shape != (n, m):
        raise ValueError("possible says yes or no for each entry and juror")
    if not 0 < laureates < n:
        return ()
    found = found or fit(marks)
    open_ = possible.astype(bool)
    open_[marks.entry_of, marks.juror_of] = False
    falling = np.sort(found.merit)[::-1]
    far = found.merit - (falling[laureates - 1] + falling[laureates]) / 2
    rows = _candidates(found, far, open_, min(limit, n))
    (towards, total), far, variance, open_ = (
        _reading(found, rows),
        far[rows],
        found.variance[rows],
        open_[rows],
    )
    gain = np.where(open_, _gain(far[:, None], variance[:, None], towards**2 / total), -1.0)
    chosen = []
    for _ in range(min(limit, int(open_.sum()))):
        e, j = divmod(int(gain.argmax()), m)
        if gain[e, j] <= 0:
            break
        chosen.append(NextReading(marks.entries[rows[e]], marks.jurors[j], round(float(gain[e, j]), 6)))
        open_[e, j] = False
        _read(e, j, found, towards, total, variance)
        gain[e] = np.where(open_[e], _gain(far[e], variance[e], towards[e] ** 2 / total[e]), -1.0)
    return tuple(chosen)


def _candidates(found: Fit, far: Floats, open_: NDArray[np.bool_], limit: int) -> Integers:
    """The `limit` entries whose best reading gains most, in their order: no other can be among `limit` readings.

    The gain grows with what the reading explains, so an entry's best juror is the one who explains most; and no gain
    exceeds p(1 - p), so the most uncertain entries are looked at first, and the rest left when they cannot gain more.
    """
    doubt = 2 * owens_t(far / np.sqrt(found.variance), 1.0)
    order, best = np.argsort(-doubt, kind="stable"), np.full(len(far), -1.0)
    for start in range(0, len(order), BLOCK):
        rows = order[start : start + BLOCK]
        if start and np.partition(best, -limit)[-limit] >= doubt[rows[0]]:
            break
        towards, total = _reading(found, rows)
        most = np.where(open_[rows], towards**2 / total, 0.0).max(axis=1)
        best[rows] = _gain(far[rows], found.variance[rows], most)
    return cast(Integers, np.sort(np.argsort(-best, kind="stable")[:limit]))


def _reading(found: Fit, rows: Integers) -> tuple[Floats, Floats]:
    """The covariance of the merits of `rows` with a reading of each juror, and its variance, (len(rows), m)."""
    joint = found.hold[rows] @ found.cross  # minus the covariance of a merit and of what a juror adds
    towards = found.spread * found.variance[rows, None] - joint
    total = found.spread * (towards - joint) + np.diag(found.cross) + found.noise**2
    return towards, total


def _read(e: int, j: int, found: Fit, towards: Floats, total: Floats, variance: Floats) -> None:
    """Takes the reading of entry e by juror j as made: what another of the same entry would still add.

    What it would teach of the juror, hence of other entries, is left out: little beside the rest.
    """
    fall = towards[e, j] ** 2 / total[e, j]
    joint = found.spread * variance[e] - towards[e]
    share = 1 - fall / variance[e]
    variance[e] -= fall
    own = total[e] - found.spread**2 * (variance[e] + fall) + 2 * found.spread * joint
    towards[e] = found.spread * variance[e] - joint * share
    total[e] = found.spread**2 * variance[e] - 2 * found.spread * joint * share + own


def _gain(far: Floats, variance: Floats, fall: Floats) -> Floats:
    h = far / np.sqrt(variance)
    part = np.clip(fall / variance, 0.0, 1.0)
    gain: Floats = 2 * (owens_t(h, 1.0) - owens_t(h, np.sqrt((1 - part) / (1 + part))))
    return gain
