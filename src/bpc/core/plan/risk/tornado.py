"""What moves the result most: each driver at both ends of its range, the others as written, all in one batch."""

from dataclasses import dataclass

import numpy as np

from bpc.core.plan.arrays import Coefficient, Floats
from bpc.core.plan.frame import frame_of
from bpc.core.plan.indicators.value import npv
from bpc.core.plan.risk.drivers import Driver, drivers_of
from bpc.core.plan.rules import Rules
from bpc.core.plan.schema import Plan
from bpc.core.plan.solvers.batches import evaluate
from bpc.core.plan.solvers.targets import cash_margin

#: An elasticity is measured between 1 % less and 1 % more.
STEP = 0.01


@dataclass(frozen=True, slots=True)
class Bar:
    """One driver. Net present values and cash margins (lowest month above the floor) in MAD, at its low and high ends.

    `elasticity`: SI = (ΔNPV / NPV) / (Δx / x), None when the net present value is zero (`reason` "npv_is_zero").
    """

    driver: Driver
    npv_low: float
    npv_high: float
    cash_low: float
    cash_high: float
    elasticity: float | None
    reason: str | None = None

    @property
    def swing(self) -> float:
        """|NPV at high - NPV at low|, MAD."""
        return abs(self.npv_high - self.npv_low)


@dataclass(frozen=True, slots=True)
class Tornado:
    """The bars, widest first, around the plan as written."""

    npv: float
    cash: float
    bars: tuple[Bar, ...]


def tornado(plan: Plan, rules: Rules) -> Tornado:
    """The tornado of a plan over all its drivers (a plan without ranges has no bars).

    Source of the elasticity: sensitivity indicator of the Asian Development Bank's guidelines (1997), appendix 21.

    >>> from bpc.core.plan.solvers.example import EXAMPLE, EXAMPLE_RULES
    >>> found = tornado(EXAMPLE, EXAMPLE_RULES)
    >>> [(bar.driver.name, round(bar.npv_low), round(bar.npv_high)) for bar in found.bars]
    [('input_price.olives', 493938, -224825), ('price.oil', -125997, 492068), ('volume.oil', 19439, 332654)]
    """
    drivers = drivers_of(plan)
    ends = np.array([(d.low_factor, d.high_factor, 1.0 - STEP, 1.0 + STEP) for d in drivers])
    factors = one_at_a_time([driver.name for driver in drivers], ends.reshape(-1, 4))
    results = evaluate(frame_of(plan, rules), factors, [npv, cash_margin])
    base_npv, base_cash = float(results[0, 0]), float(results[1, 0])
    bars = []
    for number, driver in enumerate(drivers):
        low, high, less, more = range(4 * number + 1, 4 * number + 5)
        change = float(results[0, more] - results[0, less]) / (2.0 * STEP)
        bars.append(
            Bar(
                driver,
                npv_low=float(results[0, low]),
                npv_high=float(results[0, high]),
                cash_low=float(results[1, low]),
                cash_high=float(results[1, high]),
                elasticity=change / base_npv if base_npv else None,
                reason=None if base_npv else "npv_is_zero",
            )
        )
    return Tornado(base_npv, base_cash, tuple(sorted(bars, key=lambda bar: (-bar.swing, bar.driver.name))))


def one_at_a_time(names: list[str], values: Floats) -> dict[str, Coefficient]:
    """Factors of a batch: scenario 0 as written, then for each name (D,) each of its values (D, K), the others at 1.

    >>> one_at_a_time(["price", "volume"], np.array([[0.9, 1.1], [0.5, 2.0]]))["volume"].tolist()
    [1.0, 1.0, 1.0, 0.5, 2.0]
    """
    each = values.shape[1]
    factors: dict[str, Coefficient] = {}
    for number, name in enumerate(names):
        column = np.ones(1 + values.size)
        column[1 + number * each : 1 + (number + 1) * each] = values[number]
        factors[name] = column
    return factors
