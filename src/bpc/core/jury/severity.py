"""What each entry is worth once each juror's severity, spread and noise are told apart from it.

    y = m + a_j u_e - s_j + ε        u_e ~ N(0, τ²)   s_j ~ N(0, ω²)   ε ~ N(0, σ_j² / q)

y is a weighted mark (`marks.weighted`), m the mean of all, m + u_e the merit of the entry, s_j the severity of the juror
in points (positive: severe), a_j how much of the scale the juror uses (1: as the others do), σ_j how far the juror's
marks lie from what the others make of the same entries, and q ≤ about 1 the trust left to a mark far away from
everything else. How and why: docs/methods/jury-score.md, whose figures are tests.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from bpc.core.jury.marks import Floats, Marks, weighted

#: Turns of expectation and maximisation: always so many, for a result to be the same everywhere.
TURNS = 40
#: What is believed before the first mark, worth so many observations: a variance of merits, severities and noises.
PRIOR_WORTH, MERIT_VARIANCE, SEVERITY_VARIANCE, NOISE_VARIANCE = 2.0, 0.25, 0.16, 0.25
#: A juror's own noise is pulled toward that of all, and the use of the scale toward 1, by these.
NOISE_WORTH, SPREAD_VARIANCE = 6.0, 0.03
#: Degrees of freedom of the marks' errors: the fewer, the less a mark far away counts.
TAILS = 6.0


@dataclass(frozen=True)
class Fit:
    """Merits and jurors. `merit` (n) in points of the scale of 1 to 5, `variance` (n) its uncertainty squared;
    `severity`, `severity_sd`, `spread` and `noise` (m); `center` is m; `merit_variance` and `severity_variance` are τ²
    and ω². `hold` (n, m) says how much a merit moves when a juror's severity does; `cross` (m, m) is the covariance of
    severities; `own` (n) is the part of `variance` that is left if all severities were known.
    `weight` (r) is what each reading counts.
    """

    merit: Floats
    variance: Floats
    own: Floats
    hold: csr_array
    cross: Floats
    severity: Floats
    severity_sd: Floats
    spread: Floats
    noise: Floats
    weight: Floats
    center: float
    merit_variance: float
    severity_variance: float

    def difference_variance(self, some: slice) -> Floats:
        """The variance of the difference of merits between `some` entries and all, (len(some), n)."""
        held = self.hold[some] @ self.cross
        covariance = (self.hold @ held.T).T
        found = self.variance[some, None] + self.variance[None, :] - 2 * covariance
        return np.maximum(found, 0.0)


def fit(marks: Marks) -> Fit:
    """Fits the model by expectation and maximisation, `TURNS` times; jurors eliminate entries, so the cost is that of
    a system of m equations, whatever the number of entries.

    >>> marks = Marks(("a", "b", "c"), ("x", "y"), ("impact",), [1], [0, 1, 1, 2], [0, 0, 1, 1], [[5], [4], [2], [2]])
    >>> found = fit(marks)
    >>> bool(found.severity[0] < found.severity[1]), bool(found.merit[0] > found.merit[2])
    (True, True)
    """
    y = weighted(marks)
    n, m, r = len(marks.entries), len(marks.jurors), len(y)
    e, j = marks.entry_of, marks.juror_of
    center = float(y.mean()) if r else 3.0
    gap = y - center
    tau, omega, pooled = MERIT_VARIANCE, SEVERITY_VARIANCE, NOISE_VARIANCE
    noise, spread, trust = np.full(m, pooled), np.ones(m), np.ones(r)
    for turn in range(TURNS + 1):
        w, a = trust / noise[j], spread[j]
        precision = 1 / tau + np.bincount(e, a * a * w, n)
        hold = csr_array((a * w / precision[e], (e, j)), shape=(n, m))
        pull = np.bincount(e, a * w * gap, n)
        system = np.diag(1 / omega + np.bincount(j, w, m)) - (hold.T @ (hold * precision[:, None])).toarray()
        cross = np.linalg.inv(system)
        lean = cross @ (np.bincount(j, w * gap, m) - hold.T @ pull)  # minus the severity
        held = hold @ cross
        merit = pull / precision - hold @ lean
        variance = 1 / precision + np.asarray((hold * held).sum(axis=1))
        if turn == TURNS:
            break
        both = held[e, j]  # minus the covariance of the merit and the leaning of a reading
        alone = gap - lean[j]
        square = (alone - a * merit[e]) ** 2 + a * a * variance[e] + cross[j, j] - 2 * a * both
        tau = _pooled(merit**2 + variance, MERIT_VARIANCE)
        omega = _pooled(lean**2 + np.diag(cross), SEVERITY_VARIANCE)
        pooled = _pooled(trust * square, NOISE_VARIANCE)
        noise = (NOISE_WORTH * pooled + np.bincount(j, trust * square, m)) / (NOISE_WORTH + marks.loads)
        trust = (TAILS + 1) / (TAILS + square / noise[j])
        w = trust / noise[j]
        spread = (1 / SPREAD_VARIANCE + np.bincount(j, w * (alone * merit[e] + both), m)) / (
            1 / SPREAD_VARIANCE + np.bincount(j, w * (merit[e] ** 2 + variance[e]), m)
        )
    return Fit(
        merit=center + merit,
        variance=variance,
        own=1 / precision,
        hold=hold,
        cross=cross,
        severity=-lean,
        severity_sd=np.sqrt(np.diag(cross)),
        spread=spread,
        noise=np.sqrt(noise),
        weight=w,
        center=center,
        merit_variance=tau,
        severity_variance=omega,
    )


def _pooled(squares: Floats, prior: float) -> float:
    return float((PRIOR_WORTH * prior + squares.sum()) / (PRIOR_WORTH + len(squares)))
