"""What each entry is worth once each juror's severity, spread and noise are told apart from it.

    y = m + a_j u_e - s_j + ε        u_e ~ N(0, τ²)   s_j ~ N(0, ω²)   ε ~ N(0, σ_j² / q)

y is a weighted mark (`marks.weighted`), m the mean of all, m + u_e the merit of the entry, s_j the severity of the
juror in points (positive: severe), a_j how much of the scale the juror uses (1: as the others do), σ_j how far the
juror's marks lie from what the others make of the same entries, and q the trust left to one mark: a little over 1, and
the less, the farther it lies from everything else. Variances, spreads and trusts are found by expectation and
maximisation (Dempster, Laird and Rubin, 1977; for q, Lange, Little and Taylor, 1989), merits and severities are then
the best linear predictions (Henderson, 1975). How and why: docs/methods/jury-score.md, whose figures are tests.
"""

from dataclasses import dataclass
from typing import cast

import numpy as np
from scipy.linalg.lapack import dpotrf, dpotri
from scipy.sparse import csr_array

from bpc.core.jury.marks import Floats, Integers, Marks, weighted

#: Turns of expectation and maximisation: always so many, for a result to be the same everywhere.
TURNS = 25
#: What is believed before the first mark, worth so many observations: variances of merits, severities and noises.
PRIOR_WORTH, MERIT_VARIANCE, SEVERITY_VARIANCE, NOISE_VARIANCE = 2.0, 0.25, 0.16, 0.25
#: A juror's noise is pulled toward that of all as by so many marks; spreads vary by so much around 1.
NOISE_WORTH, SPREAD_VARIANCE = 10.0, 0.03
#: Degrees of freedom of the errors: the fewer, the less a mark far away counts.
TAILS = 8.0


@dataclass(frozen=True)
class Fit:
    """Merits and jurors, for n entries, m jurors and r readings.

    `merit` (n) in points of the scale of 1 to 5, `variance` (n) the square of its uncertainty, of which `own` (n) would
    remain if all severities were known; `hold` (n, m) says how much a merit moves when a juror's severity does, `cross`
    (m, m) is the covariance of severities, and `both` (r) that of the merit and the severity each reading joins.
    `severity`, `severity_sd`, `spread` and `noise` (m); `weight` (r) is what a reading counts; `merit_variance` is τ²,
    `center` m.
    """

    merit: Floats
    variance: Floats
    own: Floats
    hold: csr_array
    cross: Floats
    both: Floats
    severity: Floats
    severity_sd: Floats
    spread: Floats
    noise: Floats
    weight: Floats
    center: float
    merit_variance: float

    def difference_variance(self, some: Integers, others: Integers) -> Floats:
        """The variance of the difference of merits between `some` entries and `others`, (len(some), len(others))."""
        held = self.hold[some] @ self.cross
        found = self.hold[others] @ held.T
        found *= -2
        found += self.variance[some]
        found += self.variance[others, None]
        return cast(Floats, np.maximum(found, 0.0, out=found).T)


@dataclass(frozen=True)
class _Guess:
    """Variances of merits and severities; noise variances and spreads of jurors (m), trusts in readings (r)."""

    tau: float
    omega: float
    noise: Floats
    spread: Floats
    trust: Floats


@dataclass(frozen=True)
class _Prediction:
    """Merits less the center, severities with the sign changed, and their uncertainty, given a guess."""

    merit: Floats
    variance: Floats
    own: Floats
    hold: csr_array
    cross: Floats
    lean: Floats
    both: Floats


def fit(marks: Marks) -> Fit:
    """Fits the model. Each turn inverts a matrix of m by m, whatever the number of entries.

    >>> marks = Marks(("a", "b", "c"), ("x", "y"), ("impact",), [1], [0, 1, 1, 2], [0, 0, 1, 1], [[5], [4], [2], [2]])
    >>> found = fit(marks)
    >>> bool(found.severity[0] < found.severity[1]), bool(found.merit[0] > found.merit[2])
    (True, True)
    """
    y, m = weighted(marks), len(marks.jurors)
    center = float(y.mean()) if len(y) else 3.0
    gap = y - center
    guess = _Guess(MERIT_VARIANCE, SEVERITY_VARIANCE, np.full(m, NOISE_VARIANCE), np.ones(m), np.ones(len(y)))
    pairs = _pairs(marks)
    for _ in range(TURNS):
        guess = _learn(marks, gap, guess, _predict(marks, pairs, gap, guess))
    last = _predict(marks, pairs, gap, guess)
    return Fit(
        merit=center + last.merit,
        variance=last.variance,
        own=last.own,
        hold=last.hold,
        cross=last.cross,
        both=last.both,
        severity=-last.lean,
        severity_sd=np.sqrt(np.diag(last.cross)),
        spread=guess.spread,
        noise=np.sqrt(guess.noise),
        weight=guess.trust / guess.noise[marks.juror_of],
        center=center,
        merit_variance=guess.tau,
    )


@dataclass(frozen=True)
class _Pairs:
    """The pairs of readings of a same entry, each reading with itself too; `cell` is where the two jurors meet in a
    matrix of m by m, row after row."""

    first: Integers
    second: Integers
    cell: Integers


def _pairs(marks: Marks) -> _Pairs:
    r = len(marks.entry_of)
    of = csr_array((np.ones(r), (marks.entry_of, np.arange(r))), shape=(len(marks.entries), r))
    first, second = (of.T @ of).nonzero()
    return _Pairs(first, second, marks.juror_of[first] * len(marks.jurors) + marks.juror_of[second])


def _predict(marks: Marks, pairs: _Pairs, gap: Floats, guess: _Guess) -> _Prediction:
    """Merits and severities given variances: entries are eliminated, which leaves a system between jurors."""
    n, m, e, j = len(marks.entries), len(marks.jurors), marks.entry_of, marks.juror_of
    w, a = guess.trust / guess.noise[j], guess.spread[j]
    aw = a * w
    precision = 1 / guess.tau + np.bincount(e, a * aw, n)
    pull, share = np.bincount(e, aw * gap, n), aw / precision[e]
    system = np.bincount(pairs.cell, -share[pairs.first] * aw[pairs.second], m * m).astype(float, copy=False)
    system[:: m + 1] += 1 / guess.omega + np.bincount(j, w, m)
    cross = _invert(system.reshape(m, m))
    hold = csr_array((share, (e, j)), shape=(n, m))
    lean = cross @ (np.bincount(j, w * gap, m) - hold.T @ pull)
    # the covariance of jurors is the same both ways, so one cell serves for first and second
    both = np.bincount(pairs.first, -share[pairs.second] * cross.ravel().take(pairs.cell), len(gap)).astype(
        float
    )
    return _Prediction(
        merit=pull / precision - hold @ lean,
        variance=1 / precision + np.bincount(e, -share * both, n),
        own=1 / precision,
        hold=hold,
        cross=cross,
        lean=lean,
        both=both,
    )


def _invert(system: Floats) -> Floats:
    """The inverse of a symmetric positive definite matrix, by Cholesky: a third of the work of a general inverse.

    >>> _invert(np.array([[2.0, 1.0], [1.0, 2.0]])).round(6).tolist()
    [[0.666667, -0.333333], [-0.333333, 0.666667]]
    """
    factor, fault = dpotrf(system, clean=0)
    if fault:
        raise np.linalg.LinAlgError("the system between jurors is not positive definite")
    upper = np.triu(dpotri(factor)[0])
    inverse: Floats = upper + np.triu(upper, 1).T
    return inverse


def _learn(marks: Marks, gap: Floats, guess: _Guess, found: _Prediction) -> _Guess:
    """Variances, noises, trusts and spreads given merits and severities with their uncertainty."""
    m, e, j = len(marks.jurors), marks.entry_of, marks.juror_of
    a, alone, merit, variance = guess.spread[j], gap - found.lean[j], found.merit[e], found.variance[e]
    square = (alone - a * merit) ** 2 + a * a * variance + found.cross[j, j] + 2 * a * found.both
    pooled = _pool(guess.trust * square, NOISE_VARIANCE)
    noise = (NOISE_WORTH * pooled + np.bincount(j, guess.trust * square, m)) / (NOISE_WORTH + marks.loads)
    trust = (TAILS + 1) / (TAILS + square / noise[j])
    w = trust / noise[j]
    along = np.bincount(j, w * (alone * merit - found.both), m)
    spread = (1 / SPREAD_VARIANCE + along) / (
        1 / SPREAD_VARIANCE + np.bincount(j, w * (merit**2 + variance), m)
    )
    return _Guess(
        _pool((found.merit**2 + found.variance)[marks.readings > 0], MERIT_VARIANCE),
        _pool((found.lean**2 + np.diag(found.cross))[marks.loads > 0], SEVERITY_VARIANCE),
        noise,
        spread,
        trust,
    )


def _pool(squares: Floats, prior: float) -> float:
    return float((PRIOR_WORTH * prior + squares.sum()) / (PRIOR_WORTH + len(squares)))
