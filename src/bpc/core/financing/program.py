"""The mixed-integer program of a financing plan: variables, rows that carry the name of their limit, HiGHS.

Variables: x_i MAD of each offer, y_i whether it is used, n steps of own cash (c = step·n), κ_i in kind counted for an
offer, w_ij whether grant i pays item j, o_t and q_t the campaign line in use and its interest so far, M the last money.
Months that cannot lack cash whatever is borrowed have no row.

    cash        b_t + Σ_i k_it x_i + c + o_t - q_t ≥ floor          q_t = q_{t-1} + ρ o_{t-1},  o_t ≤ x_line
    ceiling     min_i y_i ≤ x_i ≤ max_i y_i
    share       x_i ≤ share_i Σ_j cost_j w_ij,   Σ_i w_ij ≤ 1,   w_ij ≤ y_i
    own         c + κ_i (+ Σ loans) ≥ own_i E y_i,   κ_i ≤ p_i/(1-p_i) c,   κ_i ≤ in-kind;   c ≤ own cash
    together    Σ given ≤ public share · E;   y_i + y_j ≤ 1;   y_i ≤ Σ_r y_r;   x_bridge ≤ Σ x_bridged
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_matrix

from bpc.core.financing.need import GIVEN, LENT, Cap, Floats, Need, Offer, Reason

#: A source is not asked for less: MAD.
LEAST = 1000.0
#: A row that is no limit of anybody's: it says what a variable is.
MEANING = Reason("meaning")
#: Solving stops there; nothing met so far comes near: seconds.
PATIENCE = 20.0
#: How far from the best, as a share of it, a solution shown may be; one that only explains may be further.
CLOSE, LOOSE = 1e-4, 1e-3
Coefficients = Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Solution:
    """Values of all variables."""

    values: Floats
    objective: float


@dataclass(frozen=True, slots=True)
class Duals:
    """Of the linear program left once whole numbers are fixed: the objective's change for 1 more of a row's limit, or
    of the bound of a column."""

    objective: float
    rows: Floats
    columns: Floats


class Columns:
    """Where each variable stands."""

    def __init__(self, need: Need, offers: tuple[Offer, ...], short: list[int]) -> None:
        self.count = 0
        self.x = {offer.id: self._take() for offer in offers}
        self.y = {offer.id: self._take() for offer in offers}
        self.steps = self._take()
        self.last = self._take()
        self.in_kind = {o.id: self._take() for o in offers if o.own_min and o.in_kind_of_own_max}
        self.pays = {
            (offer.id, item.id): self._take()
            for offer in offers
            if offer.kind in GIVEN
            for item in need.items
            if not offer.items or item.id in offer.items
        }
        self.line = next((offer for offer in offers if offer.kind == "line"), None)
        #: The campaign credit in use at the end of each month that may lack cash.
        self.drawn = {t: self._take() for t in short} if self.line else {}
        self.interest = {t: self._take() for t in self.drawn}

    def _take(self) -> int:
        self.count += 1
        return self.count - 1


class Program:
    """A need and its offers as rows and columns; solved many times with other objectives, bounds or limits lifted."""

    def __init__(self, need: Need, offers: tuple[Offer, ...], caps: tuple[Cap, ...] = ()) -> None:
        self.need, self.offers, self.caps = need, offers, caps
        self.big = 10.0 * (need.peak + need.eligible_cost + 1e5)
        #: Nobody borrows more for long than the project lacks and the interest of that.
        self.most_lent = 1.5 * need.peak + LEAST
        self.lacking = need.floor - need.corrected_cash
        self.short: list[int] = np.flatnonzero(self.lacking > self._least_added()).tolist()
        self.at = Columns(need, offers, self.short)
        self.names: list[Reason] = []
        self._data: list[tuple[list[int], list[float]]] = []
        self._low: list[float] = []
        self._high: list[float] = []
        self._write()
        self.matrix = self._matrix()
        self.low, self.high = np.array(self._low), np.array(self._high)
        self.least, self.most, self.whole = self._bounds()

    # rows

    def _row(
        self, name: Reason, coefficients: Coefficients, low: float = -np.inf, high: float = np.inf
    ) -> None:
        self.names.append(name)
        self._data.append((list(coefficients), list(coefficients.values())))
        self._low.append(low)
        self._high.append(high)

    def _write(self) -> None:
        self._cash()
        for offer in self.offers:
            self._amount(offer)
            self._own(offer)
            self._sequence(offer)
            if offer.kind in GIVEN:
                self._share(offer)
        self._together()

    def _cash(self) -> None:
        need, at, own = self.need, self.at, self.need.own_profile
        for t in self.short:
            row = {at.x[o.id]: float(o.cash_per_dirham[t]) for o in self.offers if o.kind != "line"}
            row = {column: value for column, value in row.items() if value}
            row[at.steps] = need.own_cash_step * float(own[t])
            if at.line:
                row |= {at.drawn[t]: 1.0, at.interest[t]: -1.0}
            self._row(Reason("cash", None, t // 12 + 1), row, low=float(self.lacking[t]))
        if at.line:
            self._line(at.line)

    def _line(self, line: Offer) -> None:
        at, before = self.at, None
        for t, column in at.drawn.items():
            self._row(MEANING, {column: 1.0, at.x[line.id]: -1.0}, high=0.0)
            owed = {at.interest[t]: 1.0}
            if before is not None:
                owed |= {at.interest[before]: -1.0, at.drawn[before]: -line.monthly_rate}
            self._row(MEANING, owed, low=0.0, high=0.0)
            before = t

    def _least_added(self) -> Floats:
        """What the sources take from cash at worst by each month's end, (T,): a month that bears it needs no row.

        Long loans together come to no more than the need (`_together`), short ones to their ceilings.
        """
        worst = np.zeros(self.need.months)
        long = [np.minimum(o.cash_per_dirham, 0.0) for o in self.offers if o.kind in LENT]
        if long:
            worst += self.most_lent * np.min(long, axis=0)
        for offer in self.offers:
            if offer.kind == "bridge":
                worst += offer.max_mad * np.minimum(offer.cash_per_dirham, 0.0)
            if offer.kind == "line":
                worst -= offer.max_mad * offer.monthly_rate * np.arange(self.need.months)
        return worst

    def _amount(self, offer: Offer) -> None:
        x, y = self.at.x[offer.id], self.at.y[offer.id]
        least = min(max(offer.min_mad, LEAST), max(offer.max_mad, 1.0))
        self._row(MEANING, {x: 1.0, y: -self.big}, high=0.0)
        self._row(Reason("ceiling", offer.id), {x: 1.0, y: -offer.max_mad}, high=0.0)
        small = MEANING if offer.min_mad <= LEAST else Reason("minimum", offer.id)
        self._row(small, {x: 1.0, y: -least}, low=0.0)
        self._row(MEANING, {self.at.last: 1.0, y: -float(offer.wait)}, low=0.0)
        if offer.share_max is not None and (offer.kind not in GIVEN or not self.need.items):
            self._row(Reason("share", offer.id), {x: 1.0, y: -offer.share_max * self._cost(offer)}, high=0.0)

    def _cost(self, offer: Offer) -> float:
        return self.need.eligible_cost if offer.eligible_cost is None else offer.eligible_cost

    def _share(self, offer: Offer) -> None:
        """x_i ≤ share_i of the items it pays, owned ones included, and never more than what those cost in cash."""
        items = [item for item in self.need.items if (offer.id, item.id) in self.at.pays]
        if not items:
            return
        x, share = self.at.x[offer.id], 1.0 if offer.share_max is None else offer.share_max
        pays = {item.id: self.at.pays[offer.id, item.id] for item in items}
        counted = {pays[item.id]: -share * item.cost for item in items}
        bought = {pays[item.id]: -item.cost for item in items if not item.owned}
        self._row(Reason("share", offer.id), {x: 1.0, **counted}, high=0.0)
        self._row(Reason("share", offer.id), {x: 1.0, **bought}, high=0.0)
        if offer.share_max is not None and offer.eligible_cost is not None:
            y = self.at.y[offer.id]
            self._row(Reason("share", offer.id), {x: 1.0, y: -share * offer.eligible_cost}, high=0.0)
        for column in pays.values():
            self._row(MEANING, {column: 1.0, self.at.y[offer.id]: -1.0}, high=0.0)

    def _own(self, offer: Offer) -> None:
        if not offer.own_min:
            return
        at, name = self.at, Reason("own_contribution", offer.id)
        row = {at.steps: self.need.own_cash_step, at.y[offer.id]: -offer.own_min * self._cost(offer)}
        if offer.loans_count:
            row |= {at.x[other.id]: 1.0 for other in self.offers if other.kind in LENT}
        if (counted := at.in_kind.get(offer.id)) is not None:
            row[counted] = 1.0
            if offer.in_kind_of_own_max < 1.0:
                ratio = offer.in_kind_of_own_max / (1.0 - offer.in_kind_of_own_max)
                self._row(name, {counted: 1.0, at.steps: -ratio * self.need.own_cash_step}, high=0.0)
        self._row(name, row, low=0.0)

    def _sequence(self, offer: Offer) -> None:
        x, y = self.at.x, self.at.y[offer.id]
        for other in offer.excludes:
            if other in x:
                self._row(Reason("excludes", offer.id), {y: 1.0, self.at.y[other]: 1.0}, high=1.0)
        if offer.requires_any:
            held = [o for o in self.offers if o.id in offer.requires_any]
            before = {self.at.y[o.id]: -1.0 for o in held if o.month <= offer.month}
            self._row(Reason("requires", offer.id), {y: 1.0, **before}, high=0.0)
            if offer.requires_max_mad is not None:
                row = {**{x[o.id]: 1.0 for o in held}, y: self.big}
                self._row(Reason("requires", offer.id), row, high=offer.requires_max_mad + self.big)
        if offer.kind == "bridge":
            waited = {x[other]: -1.0 for other in offer.bridges if other in x}
            self._row(Reason("bridge", offer.id), {x[offer.id]: 1.0, **waited}, high=0.0)

    def _together(self) -> None:
        need, x = self.need, self.at.x
        if need.own_cash_max is not None:
            self._row(Reason("own_cash"), {self.at.steps: need.own_cash_step}, high=need.own_cash_max)
        given = {x[o.id]: 1.0 for o in self.offers if o.kind in GIVEN}
        if lent := {x[o.id]: 1.0 for o in self.offers if o.kind in LENT}:
            self._row(MEANING, lent, high=self.most_lent)
        public = {x[o.id]: 1.0 for o in self.offers if o.kind in GIVEN and o.public}
        if given:
            bought = sum(i.cost for i in need.items if not i.owned) if need.items else need.eligible_cost
            self._row(Reason("public_share"), public, high=need.public_share_max * need.eligible_cost)
            self._row(Reason("public_share"), given, high=bought)
        for offer in self.offers:
            if offer.public_share_max is not None and given:
                row = {**public, self.at.y[offer.id]: self.big}
                limit = offer.public_share_max * need.eligible_cost + self.big
                self._row(Reason("public_share", offer.id), row, high=limit)
        for item in need.items:
            row = {
                self.at.pays[o.id, item.id]: 1.0
                for o in self.offers
                if o.exclusive and (o.id, item.id) in self.at.pays
            }
            if len(row) > 1:
                self._row(Reason("same_item"), row, high=1.0)
        for cap in self.caps:
            row = {x[name]: 1.0 for name in cap.offers if name in x}
            limits = [cap.max_mad, None if cap.share_max is None else cap.share_max * need.eligible_cost]
            for most in limits:
                if most is not None and row:
                    self._row(Reason("cap", cap.id), row, high=most)

    def _matrix(self) -> csr_matrix:
        lengths = [len(columns) for columns, _ in self._data]
        ends = np.concatenate(([0], np.cumsum(lengths)))
        columns = np.fromiter((c for cs, _ in self._data for c in cs), np.int32, ends[-1])
        values = np.fromiter((v for _, vs in self._data for v in vs), np.float64, ends[-1])
        return csr_matrix((values, columns, ends), shape=(len(lengths), self.at.count))

    def _bounds(self) -> tuple[Floats, Floats, Floats]:
        least, most = np.zeros(self.at.count), np.full(self.at.count, np.inf)
        whole = np.zeros(self.at.count)
        for column in [*self.at.y.values(), *self.at.pays.values()]:
            most[column], whole[column] = 1.0, 1.0
        for column in self.at.in_kind.values():
            most[column] = self.need.own_in_kind_max
        whole[self.at.steps] = 1.0
        least[self.at.last] = self.need.start
        return least, most, whole

    # objectives

    def cost(self) -> Floats:
        """Interest, VAT on it, fees: what the money costs the members."""
        row = np.zeros(self.at.count)
        for offer in self.offers:
            row[self.at.x[offer.id]] = offer.cost_per_dirham
            row[self.at.y[offer.id]] = offer.fixed_cost
        if self.at.line:
            row[list(self.at.drawn.values())] = self.at.line.monthly_rate
        return row

    def time(self) -> Floats:
        """M, months from today to the last money."""
        return self._unit(self.at.last, 1.0)

    def own_cash(self) -> Floats:
        """c."""
        return self._unit(self.at.steps, self.need.own_cash_step)

    def _unit(self, column: int, value: float) -> Floats:
        row = np.zeros(self.at.count)
        row[column] = value
        return row

    # solving

    def solve(
        self,
        objective: Floats,
        fixed: Mapping[int, tuple[float, float]] | None = None,
        lifted: frozenset[Reason] = frozenset(),
        extra: Iterable[tuple[Floats, float, float]] = (),
        step: float | None = None,
        gap: float = CLOSE,
    ) -> Solution | None:
        """The least objective, or None when nothing holds. `fixed`: bounds of some columns; `lifted`: limits waived;
        `extra`: more rows (coefficients, low, high); `step`: amounts are whole multiples of it; `gap`: how near."""
        scale, whole = np.ones(self.at.count), self.whole
        if step is not None:
            whole, amounts = self.whole.copy(), list(self.at.x.values())
            scale[amounts], whole[amounts] = step, 1.0
        least, most = self.least.copy(), self.most.copy()
        for column, (low, high) in (fixed or {}).items():
            least[column], most[column] = low, high
        limits = self._limits(lifted)
        constraints = [LinearConstraint(self.matrix.multiply(scale).tocsr(), *limits)]
        if rows := list(extra):
            coefficients, lows, highs = zip(*rows, strict=True)
            constraints.append(
                LinearConstraint(np.array(coefficients) * scale, np.array(lows), np.array(highs))
            )
        found = milp(
            objective * scale,
            constraints=constraints,
            integrality=whole,
            bounds=Bounds(least / scale, most / scale),
            options={"mip_rel_gap": gap, "time_limit": PATIENCE},
        )
        return None if found.x is None else Solution(found.x * scale, float(found.fun))

    def bound(self, objective: Floats, fixed: Mapping[int, tuple[float, float]]) -> float | None:
        """What the objective is never under: its least with parts of sources allowed; None when nothing holds."""
        least, most = self.least.copy(), self.most.copy()
        for column, (low, high) in fixed.items():
            least[column], most[column] = low, high
        limits = LinearConstraint(self.matrix, self.low, self.high)
        found = milp(objective, constraints=[limits], bounds=Bounds(least, most))
        return None if found.x is None else float(found.fun)

    def duals(self, objective: Floats, solution: Solution, more_own_cash: float = 0.0) -> Duals | None:
        """The linear program with the whole numbers of a solution fixed, and so much more own cash."""
        fixed = self.whole > 0
        least = np.where(fixed, np.round(solution.values), self.least)
        most = np.where(fixed, np.round(solution.values), self.most)
        least[self.at.steps] = most[self.at.steps] = (
            solution.values[self.at.steps] + more_own_cash / self.need.own_cash_step
        )
        # more than the group has: what it would be worth
        low, high = self._limits(frozenset({Reason("own_cash")}) if more_own_cash else frozenset())
        equal = low == high
        above, below = np.isfinite(high) & ~equal, np.isfinite(low) & ~equal
        found = linprog(
            objective,
            A_ub=_stack(self.matrix[above], -self.matrix[below]),
            b_ub=np.concatenate((high[above], -low[below])) + 1e-6,
            A_eq=self.matrix[equal] if equal.any() else None,
            b_eq=high[equal] if equal.any() else None,
            bounds=np.column_stack((least, most)),
            method="highs",
        )
        if found.x is None:
            return None
        rows = np.zeros(len(self.low))
        rows[above] += found.ineqlin.marginals[: above.sum()]
        rows[below] -= found.ineqlin.marginals[above.sum() :]
        return Duals(float(found.fun), rows, found.lower.marginals + found.upper.marginals)

    def _limits(self, lifted: frozenset[Reason]) -> tuple[Floats, Floats]:
        if not lifted:
            return self.low, self.high
        waived = np.array([name in lifted for name in self.names])
        return np.where(waived, -np.inf, self.low), np.where(waived, np.inf, self.high)


def _stack(upper: csr_matrix, lower: csr_matrix) -> csr_matrix:
    ends = np.concatenate((upper.indptr, upper.indptr[-1] + lower.indptr[1:]))
    data = np.concatenate((upper.data, lower.data))
    columns = np.concatenate((upper.indices, lower.indices))
    return csr_matrix((data, columns, ends), shape=(upper.shape[0] + lower.shape[0], upper.shape[1]))
