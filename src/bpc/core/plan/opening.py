"""What a cooperative that already works brings into its plan: debts settled, stock used before any is bought."""

from dataclasses import dataclass

import numpy as np

from bpc.core.plan.arrays import Floats
from bpc.core.plan.frame import Frame
from bpc.core.plan.lags import settle
from bpc.core.plan.operations import Operations
from bpc.core.plan.schema.funding import OpeningDebt


@dataclass(frozen=True, slots=True)
class OpeningFlows:
    """Balances on the day before (MAD) and how they unwind, monthly amounts (T, S).

    `stock_used` is what need not be bought thanks to the opening stock, `stock_saved` the payments it spares.
    """

    stock: float
    receivables: float
    payables: float
    member_payables: float
    received: Floats
    paid: Floats
    paid_members: Floats
    stock_used: Floats
    stock_saved: Floats


def opening_flows(frame: Frame, operations: Operations) -> OpeningFlows:
    """The unwinding of the opening balances; all zero for a new cooperative."""
    opening, months = frame.plan.opening, frame.months
    nothing = np.zeros((months, 1))
    if opening is None:
        return OpeningFlows(0.0, 0.0, 0.0, 0.0, nothing, nothing, nothing, nothing, nothing)
    used = _stock_used(operations.bought_suppliers, opening.stock)
    return OpeningFlows(
        stock=opening.stock,
        receivables=_amount(opening.receivables),
        payables=_amount(opening.payables),
        member_payables=_amount(opening.member_payables),
        received=_even(opening.receivables, months),
        paid=_even(opening.payables, months),
        paid_members=_even(opening.member_payables, months),
        stock_used=used,
        stock_saved=settle(used, frame.plan.working_capital.payable_days),
    )


def _amount(debt: OpeningDebt | None) -> float:
    return debt.amount if debt else 0.0


def _even(debt: OpeningDebt | None, months: int) -> Floats:
    flow = np.zeros((months, 1))
    if debt:
        flow[: debt.months] = debt.amount / debt.months
    return flow


def _stock_used(bought: Floats, stock: float) -> Floats:
    """Purchases spared: the first ones, until the opening stock is used up. Their sum never exceeds it."""
    return np.diff(np.minimum(np.cumsum(bought, axis=0), stock), axis=0, prepend=0.0)
