"""What a plan may be asked to reach, as measures that are zero or more when it is reached."""

from collections.abc import Callable

import numpy as np

from bpc.core.kernel.rates import discount_factors
from bpc.core.plan.arrays import Floats
from bpc.core.plan.indicators.debt_cover import min_dscr
from bpc.core.plan.indicators.value import npv
from bpc.core.plan.simulation import Simulation

#: What banks usually ask of the yearly debt cover.
COVER_ASKED = 1.2


def cash_margin(run: Simulation) -> Floats:
    """How far the lowest month is above what must be kept, per scenario (S,), MAD: negative is a funding gap.

    min_t (cash_t - overdraft_t) + overdraft limit - floor: unlike cash alone, it also moves while the overdraft is in
    use, so a solver sees on which side it is.
    """
    overdraft = run.plan.overdraft
    limit = overdraft.limit if overdraft else 0.0
    own = run.closing.cash - run.closing.overdraft if limit else run.closing.cash
    return np.asarray(own.min(axis=0) + (limit - run.plan.cash_floor))


def members_flow(run: Simulation) -> Floats:
    """What members put in and get out as owners, (T, S), MAD.

    - shares (in kind too) + shares refunded + patronage + interest on shares + price complements + what they save on
    prices. What they are paid for their products and work is not in it, nor the shares they still hold at the end.
    """
    capital, closing = run.capital, run.closing
    put_in = capital.paid_in - capital.refunded + run.investments.in_kind
    shared = closing.patronage_paid + closing.share_interest + closing.bonus_paid
    return shared + run.operations.price_advantage - put_in


def members_npv(run: Simulation) -> Floats:
    """Present value of the members' flow, per scenario (S,), MAD."""
    return discount_factors(run.plan.discount_rate, run.frame.months) @ members_flow(run)


def measure_of(target: str, level: float = 0.0) -> Callable[[Simulation], Floats]:
    """The measure of a target, less the level asked: "npv", "cash", "members" in MAD, "dscr" a ratio.

    Raises KeyError for another word.
    """
    measure = {"npv": npv, "cash": cash_margin, "members": members_npv, "dscr": min_dscr}[target]
    return lambda run: measure(run) - level
