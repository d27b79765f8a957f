"""Net present value before financing, on months (the official one) and on years, and what it rests on."""

import numpy as np

from bpc.core.kernel.rates import discount_factors
from bpc.core.plan.arrays import Floats
from bpc.core.plan.simulation import Simulation


def terminal_value(run: Simulation) -> Floats:
    """What is left at the end, per scenario (S,), MAD: net book value + stock + receivables - operating payables."""
    owed = run.payables[-1] + run.member_payables[-1]
    return np.asarray(run.investments.net_book_value[-1] + run.stock[-1] + run.receivables[-1] - owed)


def valued_flow(run: Simulation) -> Floats:
    """The project flow before financing with the terminal value in the last month: (T, S), MAD."""
    before, left = run.project_flow, terminal_value(run)
    flow = np.array(np.broadcast_to(before, np.broadcast_shapes(before.shape, left.shape)))
    flow[-1] += left
    return flow


def npv(run: Simulation, rate: float | None = None) -> Floats:
    """Net present value on months, per scenario (S,), MAD: Σ f_t (1+r)^(-t/12), terminal value included.

    `rate` is the yearly discount rate, the plan's own by default. Source: COMFAR and RuralInvest practice, on months.
    """
    yearly = run.plan.discount_rate if rate is None else rate
    return discount_factors(yearly, run.frame.months) @ valued_flow(run)


def yearly_flow(run: Simulation) -> Floats:
    """The flow as banks lay it out: (N+1, S). Year 0 is what is invested in the first year, then N years' ends."""
    flow = valued_flow(run)
    years = flow.reshape(-1, 12, flow.shape[1]).sum(axis=1)
    invested = run.investments.bought + run.vat.on_investments
    first = np.broadcast_to(invested[:12].sum(axis=0), years[:1].shape)
    years[0] += first[0]
    return np.concatenate([-first, years])


def npv_annual(run: Simulation, rate: float | None = None) -> Floats:
    """Net present value on years, per scenario (S,), MAD: Σ F_k (1+r)^(-k) over `yearly_flow`."""
    yearly = run.plan.discount_rate if rate is None else rate
    flow = yearly_flow(run)
    return np.asarray((1.0 + yearly) ** -np.arange(len(flow)) @ flow)


def invested_value(run: Simulation) -> Floats:
    """Present value of all investments, renewals included, per scenario (S,), MAD."""
    invested = run.investments.bought + run.vat.on_investments
    return discount_factors(run.plan.discount_rate, run.frame.months) @ invested


def terminal_share(run: Simulation) -> Floats:
    """The present value of the terminal value over the net present value, per scenario (S,); NaN when that is zero."""
    value = npv(run)
    present = terminal_value(run) * discount_factors(run.plan.discount_rate, run.frame.months)[-1]
    return np.asarray(np.divide(present, value, out=np.full(value.shape, np.nan), where=value != 0))
