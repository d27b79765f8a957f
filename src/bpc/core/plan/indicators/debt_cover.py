"""Can it pay its debts: cover of each year's debt service, and of the whole loan."""

import numpy as np

from bpc.core.plan.arrays import Floats
from bpc.core.plan.loans import monthly_rate
from bpc.core.plan.simulation import Simulation


def debt_service(run: Simulation) -> Floats:
    """Interest (with its VAT) and principal of all loans by fiscal year: (Y, 1), MAD."""
    return run.frame.timeline.by_year(run.debt.interest + run.debt.principal)


def dscr(run: Simulation, *, without_working_capital: bool = False) -> Floats:
    """CFADS / debt service by fiscal year: (Y, S), NaN in years without debt service.

    `without_working_capital` adds back what stocks and receivables tied up in the year.
    """
    available = run.cash_from_operations
    if without_working_capital:
        tied = run.stock + run.receivables - run.payables - run.member_payables
        opening = run.opening
        before = opening.stock + opening.receivables - opening.payables - opening.member_payables
        available = available + np.diff(tied, axis=0, prepend=before)
    cash = run.frame.timeline.by_year(available)
    service = np.broadcast_to(debt_service(run), cash.shape)
    return np.asarray(np.divide(cash, service, out=np.full(cash.shape, np.nan), where=service > 0))


def min_dscr(run: Simulation) -> Floats:
    """The lowest yearly cover, per scenario (S,); NaN without debt service."""
    covers = dscr(run)
    has_debt = ~np.isnan(covers[:, 0])
    return covers[has_debt].min(axis=0) if has_debt.any() else np.full(covers.shape[1], np.nan)


def llcr(run: Simulation) -> Floats | None:
    """Loan life cover when the first loan is drawn, per scenario (S,); None without a loan in the plan.

    [Σ_{s=t+1..maturity} CFADS_s (1+i)^-(s-t)] / debt_t, i the loans' average monthly rate weighted by what is drawn.
    """
    loans = run.plan.loans
    if not loans:
        return None
    drawn = np.array([sum(draw.amount for draw in loan.draws) for loan in loans])
    if not drawn.sum():
        return None
    rate = float(drawn @ np.array([monthly_rate(loan) for loan in loans]) / drawn.sum())
    starts = [-1 if loan.existing else min(draw.month for draw in loan.draws) for loan in loans]
    first = min(starts)
    if first >= run.frame.months:
        return None
    maturity = max(start + loan.months for start, loan in zip(starts, loans, strict=True))
    cash = run.cash_from_operations[first + 1 : maturity + 1]
    present = (1.0 + rate) ** -(np.arange(len(cash)) + 1.0) @ cash
    owed = drawn[np.array(starts) == first].sum() if first == -1 else run.debt.remaining[first, 0]
    return np.asarray(present / owed) if owed else None
