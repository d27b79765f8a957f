"""The most money a project needs before any financing, and when."""

from dataclasses import dataclass

import numpy as np

from bpc.core.plan.arrays import Floats
from bpc.core.plan.simulation import Simulation


@dataclass(frozen=True, slots=True)
class PeakNeed:
    """`amount` in MAD; `month` counts from 1, the month in which cumulative cash is lowest."""

    amount: float
    month: int


def unfunded_cash(run: Simulation) -> Floats:
    """C_t, cumulative cash before any financing, (T, S), MAD: opening cash + Σ project flow.

    Investments, losses and working capital are in it; what members bring in kind costs no cash. A grant that runs the
    project (operating) belongs to operations and stays in; grants for investments are financing.
    """
    opening = run.plan.opening.cash if run.plan.opening else 0.0
    return opening + np.cumsum(run.project_flow + run.investments.in_kind, axis=0)


def peak_need(run: Simulation) -> PeakNeed:
    """X0 = max(0, floor - min_t C_t) of a single plan (its first scenario).

    >>> from bpc.core.plan.solvers.example import EXAMPLE, EXAMPLE_RULES
    >>> from bpc.core.plan.simulation import simulate
    >>> peak_need(simulate(EXAMPLE, EXAMPLE_RULES))
    PeakNeed(amount=340000.0, month=1)
    """
    cash = unfunded_cash(run)[:, 0]
    return PeakNeed(max(0.0, run.plan.cash_floor - float(cash.min())), int(cash.argmin()) + 1)
