"""What would have moved an entry most: each criterion marked one point higher by all its readers, the others alike.

A reading already at 5 stays there. Variances, spreads and trusts are those of the fit, the merit follows the marks, and
the other entries keep theirs: for a raise of d_r in each reading, and with w_r, a_j, p_e as in `severity`,

    Δu_e = Σ a_j w_r d_r / p_e - Σ_j hold_ej Δlean_j        Δlean = cross · (w_r d_r - hold_ej Σ a_j w_r d_r)
"""

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np

from bpc.core.jury.marks import HIGHEST, Floats, Integers, Marks
from bpc.core.jury.severity import Fit, fit

#: So many are told.
TOLD = 2


@dataclass(frozen=True)
class Improvement:
    """A criterion of an entry: its mean mark and what it would be; the places before and after, by merit."""

    criterion: str
    from_mean: float
    to: float
    rank_before: int
    rank_after: int


def improvements(marks: Marks, entry: Hashable, found: Fit | None = None) -> tuple[Improvement, ...]:
    """The two criteria that would have moved the entry most, the best first; none without a reading, and none at 5.

    `found` spares a fit for each entry. Places are `Ranked.place`, those of the order of merit, not of ties.

    >>> marks = Marks(("a", "b"), ("x",), ("impact", "team"), [3, 1], [0, 1], [0, 0], [[4, 2], [2, 3]])
    >>> [(one.criterion, one.rank_before, one.rank_after) for one in improvements(marks, "b")]
    [('impact', 2, 2), ('team', 2, 2)]
    """
    at = marks.entries.index(entry)
    own = np.flatnonzero(marks.entry_of == at)
    if not len(own):
        return ()
    found = found or fit(marks)
    raised = np.minimum(marks.values[own] + 1, HIGHEST)
    lifts = (raised - marks.values[own]) * (marks.weights / marks.weights.sum())
    moves = np.array([_move(marks, found, at, own, lift) for lift in lifts.T])
    others = found.merit.round(4)[(marks.readings > 0) & (np.arange(len(marks.entries)) != at)]

    def place(move: float) -> int:
        return 1 + int((others > round(float(found.merit[at] + move), 4)).sum())

    best = [int(c) for c in np.argsort(-moves, kind="stable")[:TOLD] if moves[c] > 0]
    return tuple(
        Improvement(
            marks.criteria[c],
            round(float(marks.values[own, c].mean()), 4),
            round(float(raised[:, c].mean()), 4),
            place(0.0),
            place(moves[c]),
        )
        for c in best
    )


def _move(marks: Marks, found: Fit, at: int, own: Integers, lift: Floats) -> float:
    """By how much the merit moves when the weighted marks of its readings are raised."""
    jurors = marks.juror_of[own]
    w = found.weight[own]
    pull = float((found.spread[jurors] * w * lift).sum())
    hold = found.spread[jurors] * w * found.own[at]
    lean = found.cross[:, jurors] @ (w * lift - hold * pull)
    return pull * float(found.own[at]) - float(hold @ lean[jurors])
