"""How cash depends on what is borrowed: one loan of given terms, an amount to choose."""

from dataclasses import dataclass, replace

import numpy as np

from bpc.core.plan.arrays import Floats
from bpc.core.plan.frame import Frame, frame_of
from bpc.core.plan.loans import schedule
from bpc.core.plan.rules import Rules
from bpc.core.plan.schema import Plan
from bpc.core.plan.schema.funding import Loan, Overdraft
from bpc.core.plan.simulation import Simulation, simulate_frame
from bpc.core.plan.solvers.targets import cash_margin

#: Large enough for the rounding of instalments to vanish from the shape of a loan.
UNIT = 1e9
#: Below this, a loan changes nothing in a month.
FLAT = 1e-9


@dataclass(frozen=True, slots=True)
class Borrowing:
    """A plan, its other loans included, and the terms of the loan whose amount is sought."""

    frame: Frame
    terms: Loan

    @property
    def outlasts_plan(self) -> bool:
        """Whether the last payment falls after the plan."""
        return min(draw.month for draw in self.terms.draws) + self.terms.months >= self.frame.months

    def plan_with(self, amount: float) -> Plan:
        """The plan with that much borrowed, drawn in the proportions of the terms."""
        plan = self.frame.plan
        loans = [loan for loan in plan.loans if loan.id != self.terms.id]
        if amount > 0:
            loans.append(loan_of(self.terms, amount))
        return plan.model_copy(update={"loans": tuple(loans)})

    def run(self, amount: float, overdraft: Overdraft | None = None) -> Simulation:
        """The plan run with that much borrowed, under another overdraft if one is given."""
        plan = self.plan_with(amount)
        if overdraft is not None:
            plan = plan.model_copy(update={"overdraft": overdraft})
        return simulate_frame(replace(self.frame, plan=plan))

    def margin(self, amount: float) -> float:
        """How far the lowest month is above the floor, MAD: negative is a funding gap."""
        return float(cash_margin(self.run(amount))[0])


def borrowing_of(plan: Plan, rules: Rules, terms: Loan) -> Borrowing:
    """The question of how much to borrow; a loan of the plan with the same id is the one sought."""
    return Borrowing(frame_of(plan, rules), terms.model_copy(update={"existing": False}))


def loan_of(terms: Loan, amount: float) -> Loan:
    """The loan for an amount: its draws keep the proportions of the terms."""
    whole = sum(draw.amount for draw in terms.draws)
    shares = [draw.amount / whole if whole else 1.0 / len(terms.draws) for draw in terms.draws]
    draws = tuple(
        draw.model_copy(update={"amount": amount * share})
        for draw, share in zip(terms.draws, shares, strict=True)
    )
    return terms.model_copy(update={"draws": draws})


def cash_per_dirham(terms: Loan, months: int) -> Floats:
    """k_t = drawn so far - φ_t, φ_t the cumulative debt service, for 1 MAD borrowed: (T,).

    Without overdraft, tax or sharing, cash_t(L) = C_t + L k_t: a loan helps while k_t > 0 and hurts once it is below.

    >>> from bpc.core.plan.schema.funding import Draw
    >>> terms = Loan(id="l", draws=(Draw(month=0, amount=1.0),), annual_rate=0.0, months=4)
    >>> cash_per_dirham(terms, 6).round(6).tolist()
    [1.0, 0.75, 0.5, 0.25, 0.0, 0.0]
    """
    plan = schedule(loan_of(terms, UNIT), months)
    return np.asarray(np.cumsum(plan.drawn - plan.service) / UNIT)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What linear inequalities say: lowest ≤ L ≤ highest, and the months (from 0) that bind.

    `highest` is infinite when nothing binds. `blocked` is a month short of cash that no loan of these terms reaches.
    """

    lowest: float
    lowest_month: int | None
    highest: float
    highest_month: int | None
    blocked: int | None

    @property
    def empty(self) -> bool:
        """Whether no amount fits."""
        return self.blocked is not None or self.lowest > self.highest


def bounds(margin: Floats, per_dirham: Floats) -> Bounds:
    """The L ≥ 0 with margin_t + L k_t ≥ 0 in every month; `margin` is cash without the loan less the floor, (T,).

    L ≥ -m_t / k_t where k_t > 0, L ≤ m_t / -k_t where k_t < 0, and m_t ≥ 0 where k_t = 0.

    >>> found = bounds(np.array([-80.0, 10.0, 30.0]), np.array([1.0, 0.4, -0.2]))
    >>> found.lowest, found.lowest_month, found.highest, found.highest_month, found.empty
    (80.0, 0, 150.0, 2, False)
    >>> bounds(np.array([-80.0, 10.0, 10.0]), np.array([1.0, 0.4, -0.2])).empty
    True
    """
    helps, hurts = per_dirham > FLAT, per_dirham < -FLAT
    least = np.where(helps, -margin / np.where(helps, per_dirham, 1.0), -np.inf)
    most = np.where(hurts, -margin / np.where(hurts, per_dirham, 1.0), np.inf)
    stuck = np.flatnonzero(~helps & ~hurts & (margin < 0))
    lowest, highest = float(least.max(initial=0.0)), float(most.min())
    return Bounds(
        lowest,
        int(least.argmax()) if lowest > 0 else None,
        highest,
        int(most.argmin()) if np.isfinite(highest) else None,
        int(stuck[np.argmin(margin[stuck])]) if len(stuck) else None,
    )


def least_gap(margin: Floats, per_dirham: Floats) -> tuple[float, float, int]:
    """The least lump sum in month 0 that opens the interval, the loan to take with it, the month that binds.

    min over L ≥ 0 of max_t -(m_t + L k_t), convex and made of straight lines: followed down its slopes by bisection.

    >>> gap, loan, month = least_gap(np.array([-80.0, 10.0, 10.0]), np.array([1.0, 0.4, -0.2]))
    >>> round(gap, 6), round(loan, 6)
    (5.0, 75.0)
    """

    def worst(amount: float) -> int:
        return int(np.argmax(-(margin + amount * per_dirham)))

    low, high = 0.0, 1.0
    while per_dirham[worst(high)] > FLAT and high < 1e13:
        high *= 2.0
    for _ in range(100):
        middle = (low + high) / 2.0
        if per_dirham[worst(middle)] > FLAT:
            low = middle
        else:
            high = middle
    if per_dirham[worst(0.0)] <= FLAT:
        high = 0.0
    month = worst(high)
    return float(-(margin[month] + high * per_dirham[month])), high, month
