"""With and without the project: what it adds, for the cooperative and for its members' households."""

from dataclasses import dataclass

import numpy as np

from bpc.core.kernel.rates import discount_factors
from bpc.core.plan.arrays import Floats
from bpc.core.plan.indicators.people import member_income
from bpc.core.plan.indicators.returns import changes_sign, irr_roots
from bpc.core.plan.indicators.value import valued_flow
from bpc.core.plan.simulation import Simulation


@dataclass(frozen=True, slots=True)
class Increment:
    """What the project adds: Δf = with - without. Present values in MAD; one rate of return or None."""

    cooperative_npv: float
    cooperative_irr: float | None
    members_npv: float
    income_per_member: float


def compare(run: Simulation) -> Increment | None:
    """The increment over what the plan says would happen anyway; None when it says nothing.

    The members' side discounts what they receive each fiscal year at its end, less what their households would earn.
    """
    without = run.plan.without_project
    if without is None:
        return None
    cooperative = valued_flow(run)[:, 0] - yearly_stream(without.cooperative_net, run.frame.months)
    members = (
        _members_flow(run) - yearly_stream(without.household_net, run.frame.months) * run.plan.members.count
    )
    factors = discount_factors(run.plan.discount_rate, run.frame.months)
    roots = irr_roots(cooperative) if changes_sign(cooperative) else []
    last_year = members[-12:].sum() / run.plan.members.count
    return Increment(
        float(factors @ cooperative),
        roots[0] if len(roots) == 1 else None,
        float(factors @ members),
        float(last_year),
    )


def compare_runs(with_project: Simulation, without_project: Simulation) -> Floats:
    """Δf month by month between two plans of the same length, (T,): zero when they are the same plan."""
    return valued_flow(with_project)[:, 0] - valued_flow(without_project)[:, 0]


def yearly_stream(amounts: tuple[float, ...], months: int) -> Floats:
    """Yearly amounts spread evenly over their months; the last repeats. Shape (T,).

    >>> yearly_stream((12.0, 24.0), 36)[[0, 12, 35]].tolist()
    [1.0, 2.0, 2.0]
    """
    values = np.asarray(amounts or (0.0,), dtype=np.float64)
    return np.asarray(values[np.minimum(np.arange(months) // 12, len(values) - 1)] / 12.0)


def _members_flow(run: Simulation) -> Floats:
    flow = np.zeros(run.frame.months)
    received = member_income(run)[:, 0]
    for number, year in enumerate(run.frame.timeline.fiscal_years):
        flow[year.end - 1] = received[number]
    return flow
