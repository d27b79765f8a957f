"""The integer program behind an assignment: one variable per pair that may be added, rows with a name, HiGHS.

Variables: x_ij juror j reads entry i (pairs of `Instance.free` only); for each wish, g_i entry i gets it.

    readings    Σ_j x_ij = need_i
    load        least_j ≤ Σ_i x_ij ≤ most_j                 (even loads)
    balance     Σ_i x_ij = Σ_k y_jk,  Σ_jk (2 (kept_j + k) - 1) y_jk ≤ squares       (loads as even as can be)
    wish        g_i ≤ Σ_{j fits} x_ij

Without wishes the rows are those of a flow: the linear program has whole solutions and is enough. The sum of squares
of the loads is convex, and its unit costs rise with k, so that y fills from below. `squares` is the least sum there is:
loads of the least sum of squares are also the least uneven in any other sense (A. Frank, K. Murota, « Decreasing
minimization on M-convex sets », Mathematical Programming 195 (2022), 1027-1068).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

from bpc.core.jury.instance import OUTSIDE, WOMAN, Counts, Flags, Instance

Floats = npt.NDArray[np.float64]
#: Solving stops there; nothing met so far comes near: seconds.
PATIENCE = 20.0


@dataclass(frozen=True)
class Bound:
    """What the loads may be: between `least` and `most` readings to add (m,), or as even as `squares` says."""

    least: Counts
    most: Counts
    squares: float | None = None


@dataclass(frozen=True)
class Solution:
    """The pairs to add (n, m), and whether the optimum is proved."""

    added: Flags
    proved: bool


def fitting(instance: Instance) -> dict[str, Flags]:
    """For each wish, the pairs that would grant it (n, m)."""
    women = np.broadcast_to(instance.woman == 1, instance.forbidden.shape)
    return {WOMAN: women, OUTSIDE: instance.outside}


class Program:
    """The rows of one instance; solved with even loads, for the least sum of squares, then for the wishes."""

    def __init__(self, instance: Instance, *, patience: float | None = None) -> None:
        self.instance, self.patience = instance, patience
        self.rows, self.columns = np.nonzero(instance.free)
        self.count = len(self.rows)
        self.kept = instance.stands.sum(axis=0)

    def even(self, bound: Bound) -> bool:
        """Whether some assignment has loads within `bound`."""
        rows = [*self._readings(0), *self._loads(bound, 0)]
        return self._solve(np.zeros(self.count), rows, whole=False) is not None

    def least_squares(self) -> float | None:
        """The least sum of squares of loads, kept readings included; None when there is no assignment."""
        units = self._units()
        cost = np.concatenate([np.zeros(self.count), units[1]])
        rows = [*self._readings(len(units[0])), self._filled(units[0], 0)]
        found = self._solve(cost, rows, whole=False)
        return None if found is None else float(np.round(found[0] @ cost))

    def grant(self, bound: Bound) -> Solution | None:
        """The assignment within `bound` that grants the first wish to most entries, then the second, then changes
        fewest standing readings; None when there is none.

        A solver out of time that met nothing leaves the second wish: for the first alone a linear program is enough.
        """
        found = self._granted(bound, list(fitting(self.instance).values()), whole=True)
        if found is None:
            found = self._granted(bound, list(fitting(self.instance).values())[:1], whole=False)
        return found

    def _granted(self, bound: Bound, wishes: list[Flags], *, whole: bool) -> Solution | None:
        wanted = [(fits, self._open_to(fits)) for fits in wishes]
        standing = self._standing() if whole else np.zeros(self.count)
        weights, weight = [], 1.0 + standing.sum()
        for _fits, wanting in reversed(wanted):
            weights.append(np.full(len(wanting), weight))
            weight *= 1.0 + len(wanting)
        units = self._units() if bound.squares is not None else (np.zeros(0, dtype=int), np.zeros(0))
        cost = -np.concatenate([standing, *reversed(weights), np.zeros(len(units[0]))])
        others = len(cost) - self.count
        constraints = self._readings(others) + self._wishes(wanted, others)
        if bound.squares is None:
            constraints += self._loads(bound, others)
        else:
            constraints += [self._filled(units[0], others - len(units[0]))]
            total = csr_matrix(np.concatenate([np.zeros(len(cost) - len(units[0])), units[1]]))
            slack = 0.5 if whole else 1e-6
            constraints.append(LinearConstraint(total, -np.inf, bound.squares + slack))
        found = self._solve(cost, constraints, whole=whole)
        if (
            found is None
            or np.abs(found[0][: self.count] - np.round(found[0][: self.count])).max(initial=0) > 1e-4
        ):
            return None
        added = np.zeros_like(self.instance.free)
        added[self.rows, self.columns] = found[0][: self.count] > 0.5
        return Solution(added, found[1] and whole)

    def _open_to(self, fits: Flags) -> Counts:
        """The entries that may get this wish and do not have it by what is kept."""
        instance = self.instance
        can_get = np.any(fits & instance.free, axis=1) & ~np.any(fits & instance.stands, axis=1)
        return np.flatnonzero(can_get)

    def _standing(self) -> Floats:
        standing = self.instance.standing
        if standing is None:
            return np.zeros(self.count)
        return standing[self.rows, self.columns].astype(float)

    def _readings(self, others: int) -> list[Any]:
        n = len(self.instance.entries)
        matrix = self._sum(self.rows, n, others)
        return [LinearConstraint(matrix, self.instance.need, self.instance.need)]

    def _loads(self, bound: Bound, others: int) -> list[Any]:
        matrix = self._sum(self.columns, len(self.instance.jurors), others)
        return [LinearConstraint(matrix, bound.least, bound.most)]

    def _sum(self, groups: Counts, count: int, others: int) -> Any:
        """One row per group: the pairs of the group added up."""
        ones = np.ones(self.count)
        return csr_matrix((ones, (groups, np.arange(self.count))), shape=(count, self.count + others))

    def _units(self) -> tuple[Counts, Floats]:
        """For each further reading each juror can take: the juror, and what it adds to the sum of squares."""
        room = self.instance.room
        jurors = np.repeat(np.arange(len(room)), room)
        rank = np.arange(len(jurors)) - np.repeat(np.cumsum(room) - room, room)
        return jurors, 2.0 * (self.kept[jurors] + rank) + 1.0

    def _filled(self, jurors: Counts, before: int) -> Any:
        """A juror's pairs and units come to the same; units stand last, `before` other variables between."""
        m, start = len(self.instance.jurors), self.count + before
        rows = np.concatenate([self.columns, jurors])
        columns = np.concatenate([np.arange(self.count), start + np.arange(len(jurors))])
        signs = np.concatenate([np.ones(self.count), -np.ones(len(jurors))])
        matrix = csr_matrix((signs, (rows, columns)), shape=(m, start + len(jurors)))
        return LinearConstraint(matrix, 0, 0)

    def _wishes(self, wishes: list[tuple[Flags, Counts]], others: int) -> list[Any]:
        """g_i - Σ_{j fits} x_ij ≤ 0 for each entry that may get the wish."""
        constraints, before = [], 0
        for fits, wanting in wishes:
            place = np.full(len(self.instance.entries), -1)
            place[wanting] = np.arange(len(wanting))
            serving = fits[self.rows, self.columns] & (place[self.rows] >= 0)
            pairs = np.flatnonzero(serving)
            rows = np.concatenate([place[self.rows[pairs]], np.arange(len(wanting))])
            columns = np.concatenate([pairs, self.count + before + np.arange(len(wanting))])
            signs = np.concatenate([-np.ones(len(pairs)), np.ones(len(wanting))])
            shape = (len(wanting), self.count + others)
            if len(wanting):
                constraints.append(
                    LinearConstraint(csr_matrix((signs, (rows, columns)), shape=shape), -np.inf, 0)
                )
            before += len(wanting)
        return constraints

    def _solve(self, cost: Floats, constraints: list[Any], *, whole: bool) -> tuple[Floats, bool] | None:
        """The values and whether they are the best; None when nothing satisfies the rows.

        Everything is declared whole, wishes and units too: the solver then rounds its bound to a whole number, and
        proves in a second what it could not in twenty.
        """
        if not len(cost):
            return None if self.instance.need.any() else (np.zeros(0), True)
        patience = PATIENCE if self.patience is None else self.patience
        options = {"time_limit": patience, "mip_rel_gap": 0.0} if whole else {}
        kinds = np.full(len(cost), int(whole))
        found = milp(cost, constraints=constraints, bounds=Bounds(0, 1), integrality=kinds, options=options)
        return None if found.x is None else (found.x, found.status == 0)
