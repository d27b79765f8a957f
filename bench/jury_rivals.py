"""The rivals of the jury's ranking: Bradley and Terry on the pairs each juror read; the others are in `bpc.core`."""

import numpy as np

from bpc.core.jury.marks import Floats, Marks, weighted

_ROUNDS = 50


def bradley_terry(marks: Marks, prior: float = 0.2) -> Floats:
    """Strengths (n, logarithms) by Hunter's iteration: an entry beats another when one juror, having read both, marks
    it higher; equal marks are half a win each. `prior` games, half won, against an entry of mean strength."""
    y, n = weighted(marks), len(marks.entries)
    wins, games = np.zeros((n, n)), np.zeros((n, n))
    for juror in range(len(marks.jurors)):
        own = np.flatnonzero(marks.juror_of == juror)
        entries = marks.entry_of[own]
        gap = y[own][:, None] - y[own][None, :]
        grid = np.ix_(entries, entries)
        wins[grid] += np.where(np.abs(gap) < 1e-9, 0.5, gap > 0)
        games[grid] += 1
    np.fill_diagonal(wins, 0)
    np.fill_diagonal(games, 0)
    won = wins.sum(axis=1) + prior / 2
    strength = np.ones(n)
    for _ in range(_ROUNDS):
        strength = won / (
            (games / (strength[:, None] + strength[None, :])).sum(axis=1) + prior / (strength + 1)
        )
        strength /= np.exp(np.log(strength).mean())
    return np.log(strength)
