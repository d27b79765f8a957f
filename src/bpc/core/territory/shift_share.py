"""Why a count changed: what the whole country did, what the make-up of the place did, and what is its own.

Only for questions two censuses asked alike. How and why: docs/methods/shift-share.md, whose figures are tests.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class NotAskedAlikeError(ValueError):
    """The two years asked different questions: their answers cannot be subtracted."""


@dataclass(frozen=True)
class CountsTwice:
    """Counts of P places (rows) in K groups (columns) at two dates, NaN where unknown.

    `question` names it in errors; `asked_alike` is what the dictionary of the census says. Raises
    `NotAskedAlikeError` where it says no, ValueError where the shapes differ or a count is negative.
    """

    question: str
    asked_alike: bool
    before: Floats
    after: Floats

    def __post_init__(self) -> None:
        if not self.asked_alike:
            raise NotAskedAlikeError(self.question)
        if self.before.shape != self.after.shape:
            raise ValueError(f"{self.question}: {self.before.shape} against {self.after.shape}")
        if (self.before < 0).any() or (self.after < 0).any():
            raise ValueError(f"{self.question}: a count is negative")


@dataclass(frozen=True)
class Parts:
    """The change of each place (P,) and its three parts, which sum to it; NaN where a count is unknown.

    `national`: had every group grown as the whole reference did; `mix`: because its groups are those that grew more,
    or less, than the whole; `local`: because each group did better, or worse, here than in the reference.
    """

    change: Floats
    national: Floats
    mix: Floats
    local: Floats
    before: Floats


def shift_share(counts: CountsTwice, reference_before: Floats, reference_after: Floats) -> Parts:
    """The parts of the change of each place against a reference (K,), which must hold people in every group.

    With E and E' the counts of group i here, G the growth of the reference and G_i that of the group in it:
    national = Σ E_i·G, mix = Σ E_i·(G_i - G), local = Σ (E'_i - E_i·(1 + G_i)). No growth of the place is divided
    out, so that a group nobody was in before is no trouble. Source: E. S. Dunn, "A statistical and analytical
    technique for regional analysis", 1960. Errors: ValueError for a reference with an empty group.

    Ten people of the first group became 15, twenty of the second 21; in the reference the groups went from 100 to 120
    and from 100 to 100:

    >>> counts = CountsTwice("x", True, np.array([[10.0, 20.0]]), np.array([[15.0, 21.0]]))
    >>> parts = shift_share(counts, np.array([100.0, 100.0]), np.array([120.0, 100.0]))
    >>> [part.round(6).tolist() for part in (parts.change, parts.national, parts.mix, parts.local)]
    [[6.0], [3.0], [-1.0], [4.0]]
    """
    if not (reference_before > 0).all():
        raise ValueError(f"{counts.question}: a group of the reference is empty or unknown")
    growth = float(reference_after.sum() / reference_before.sum()) - 1.0
    by_group = reference_after / reference_before - 1.0
    before, after = counts.before, counts.after
    total = before.sum(axis=1)
    return Parts(
        change=after.sum(axis=1) - total,
        national=total * growth,
        mix=(before * (by_group - growth)).sum(axis=1),
        local=(after - before * (1.0 + by_group)).sum(axis=1),
        before=total,
    )


def sampling_error(counts: Floats, people: Floats, fractions: Floats) -> Floats:
    """Standard error of counts estimated on a part of the people, 0 where all were asked; NaN where unknown.

    With p = count / N and n = f·N people asked, the error of N·p is √(N²·p·(1 - p)/n·(1 - f)), f being the fraction
    asked (Cochran, *Sampling Techniques*, 1977, § 3.2).

    >>> sampling_error(np.array([500.0, 500.0]), np.array([1000.0, 1000.0]), np.array([0.2, 1.0])).round(1).tolist()
    [31.6, 0.0]
    """
    share = np.divide(counts, people, out=np.full(counts.shape, np.nan), where=people > 0)
    share = np.clip(share, 0.0, 1.0)
    error: Floats = np.sqrt(people * share * (1 - share) * (1 - fractions) / fractions)
    return error
