"""Loan schedules: instalments to the centime, grace, kinds of repayment, effective rate."""

from dataclasses import dataclass

import numpy as np

from bpc.core.kernel.money import round_half_up
from bpc.core.kernel.rates import monthly_equivalent, monthly_proportional, yearly_equivalent
from bpc.core.plan.arrays import Floats
from bpc.core.plan.schema.funding import Loan


@dataclass(frozen=True, slots=True)
class Schedule:
    """One loan over the plan, shape (T,), MAD. `interest` excludes VAT. Month 0 is index 0.

    `remaining` is what is owed at each month's end; the loan may end after the plan.
    """

    drawn: Floats
    interest: Floats
    interest_vat: Floats
    capitalised: Floats
    principal: Floats
    remaining: Floats
    fees_paid: Floats
    fees_expensed: Floats

    @property
    def service(self) -> Floats:
        """What is paid to the lender each month: interest, its VAT and principal."""
        return self.interest + self.interest_vat + self.principal


def monthly_rate(loan: Loan) -> float:
    """The rate of a month: a twelfth (proportional) or the compounding one (actuarial)."""
    rule = monthly_proportional if loan.rate_basis == "proportional" else monthly_equivalent
    return float(rule(loan.annual_rate))


def instalment(balance: float, rate: float, count: int) -> float:
    """Annuity A = B r / (1 - (1+r)^-k), rounded to 0.01 MAD; B / k when the rate is zero.

    >>> instalment(100_000, 0.06 / 12, 60)
    1933.28
    """
    exact = balance / count if rate == 0 else balance * rate / (1.0 - (1.0 + rate) ** -count)
    return round_half_up(exact, 2)


def amortise(loan: Loan) -> list[tuple[int, float, float, float, float, float]]:
    """Every month of a loan: (month, drawn, interest paid, interest added to the balance, principal, remaining).

    Interest is counted on the balance of the month before and, like principal, rounded to the centime; the last
    principal is the whole balance. First payment in the month after the first draw (in month 0 for an existing loan).
    """
    rate = monthly_rate(loan)
    draws: dict[int, float] = {}
    for draw in loan.draws:
        draws[draw.month] = draws.get(draw.month, 0.0) + draw.amount
    first = min(draws) - (1 if loan.existing else 0)
    balance = draws.pop(min(draws))
    rows = [(first, balance, 0.0, 0.0, 0.0, balance)]
    count, paid_each = loan.months - loan.grace_months, 0.0
    for step in range(1, loan.months + 1):
        drawn = draws.get(first + step, 0.0)
        interest = round_half_up(balance * rate, 2)
        capitalised = interest if step <= loan.grace_months and loan.grace == "capitalised" else 0.0
        principal = 0.0
        if step == loan.months:
            principal = balance
        elif loan.kind != "in_fine" and step > loan.grace_months:
            if step == loan.grace_months + 1:
                paid_each = (
                    instalment(balance, rate, count)
                    if loan.kind == "annuity"
                    else round_half_up(balance / count, 2)
                )
            principal = paid_each - interest if loan.kind == "annuity" else paid_each
            principal = min(max(principal, 0.0), balance)
        balance = round(balance + drawn + capitalised - principal, 2)
        rows.append((first + step, drawn, interest - capitalised, capitalised, principal, balance))
    return rows


def schedule(loan: Loan, months: int) -> Schedule:
    """A loan laid on the months of a plan."""
    table = np.zeros((5, months))
    remaining = np.zeros(months)
    for month, *flows, balance in amortise(loan):
        if 0 <= month < months:
            table[:, month] = *flows, 0.0
            remaining[month] = balance
    drawn, interest, capitalised, principal, fees = table
    start = 0 if loan.existing else min(draw.month for draw in loan.draws)
    fees[start : start + 1] = loan.fees
    spread = fees.copy()
    if loan.spread_fees:
        spread[start : start + loan.months] = loan.fees / loan.months
    return Schedule(
        drawn, interest, interest * loan.interest_vat, capitalised, principal, remaining, fees, spread
    )


def effective_rate(loan: Loan) -> float | None:
    """The yearly effective rate (TEG) the borrower bears, fees and VAT on interest included, None when there is none.

    The monthly rate i with net draw = Σ payments (1+i)^-t, compounded to a year.
    """
    rows = amortise(loan)
    first = rows[0][0]
    flows = np.zeros(loan.months + 1)
    for month, drawn, interest, _, principal, _ in rows:
        flows[month - first] += drawn - interest * (1.0 + loan.interest_vat) - principal
    flows[0] -= loan.fees
    if flows[0] <= 0:
        return None
    low, high = -0.05, 1.0
    steps = np.arange(len(flows))
    for _ in range(200):
        middle = (low + high) / 2
        value = float((flows * (1.0 + middle) ** -steps).sum())
        low, high = (middle, high) if value < 0 else (low, middle)
    return yearly_equivalent((low + high) / 2)


@dataclass(frozen=True, slots=True)
class Debt:
    """All loans together, (T, 1), MAD; `bank` and `members` are what each kind of lender is still owed."""

    drawn: Floats
    interest: Floats
    principal: Floats
    capitalised: Floats
    fees_paid: Floats
    fees_expensed: Floats
    bank: Floats
    members: Floats

    @property
    def remaining(self) -> Floats:
        """What is owed at each month's end."""
        return self.bank + self.members


def borrow(loans: tuple[Loan, ...], months: int) -> Debt:
    """The loans of a plan; interest with its VAT, which a cooperative that is exempt cannot recover."""
    rows = {name: np.zeros((months, 1)) for name in Debt.__dataclass_fields__}
    for loan in loans:
        plan = schedule(loan, months)
        rows["drawn"][:, 0] += 0.0 if loan.existing else plan.drawn
        rows["interest"][:, 0] += plan.interest + plan.interest_vat
        rows["principal"][:, 0] += plan.principal
        rows["capitalised"][:, 0] += plan.capitalised
        rows["fees_paid"][:, 0] += plan.fees_paid
        rows["fees_expensed"][:, 0] += plan.fees_expensed
        rows["bank" if loan.lender == "bank" else "members"][:, 0] += plan.remaining
    return Debt(**rows)
