"""The tornado: each bar is the plan rewritten at that end of the range."""

from typing import Any

import numpy as np
import pytest

from bpc.core.plan.document import parse_plan, write_plan
from bpc.core.plan.indicators.value import npv
from bpc.core.plan.risk.tornado import one_at_a_time, tornado
from bpc.core.plan.schema import Plan
from bpc.core.plan.simulation import simulate
from bpc.core.plan.solvers.example import EXAMPLE
from bpc.core.plan.solvers.targets import cash_margin
from tests.core.plan.law import LAW
from tests.core.plan.risk.ranged_plans import ranged_plan


def _plan(**changes: Any) -> Plan:
    return parse_plan({**write_plan(EXAMPLE), **changes})


def test_each_end_is_the_plan_rewritten_there() -> None:
    bars = {bar.driver.name: bar for bar in tornado(EXAMPLE, LAW).bars}
    oil = write_plan(EXAMPLE)["products"][0]
    for field, name in (("price", "price.oil"), ("capacity", "volume.oil")):
        for end, value, cash in (
            ("low", bars[name].npv_low, bars[name].cash_low),
            ("high", bars[name].npv_high, bars[name].cash_high),
        ):
            run = simulate(_plan(products=[{**oil, field: oil[field][end]}]), LAW)
            assert value == pytest.approx(npv(run)[0], abs=1e-6)
            assert cash == pytest.approx(cash_margin(run)[0], abs=1e-6)


def test_widest_first_around_the_plan_as_written() -> None:
    found = tornado(EXAMPLE, LAW)
    swings = [bar.swing for bar in found.bars]
    assert swings == sorted(swings, reverse=True)
    assert found.npv == pytest.approx(npv(simulate(EXAMPLE, LAW))[0], abs=1e-6)


def test_elasticity_of_a_straight_line() -> None:
    """The value is a straight line in the price: SI = (NPV(x=1) - NPV(x=0)) / NPV(1)."""
    found = tornado(EXAMPLE, LAW)
    oil = write_plan(EXAMPLE)["products"][0]
    free = npv(simulate(_plan(products=[{**oil, "price": 0.0}]), LAW))[0]
    (price,) = (bar for bar in found.bars if bar.driver.name == "price.oil")
    assert price.elasticity == pytest.approx((found.npv - free) / found.npv, rel=1e-9)


def test_a_value_of_zero_has_no_elasticity() -> None:
    nothing = parse_plan(
        {
            "start": "2027-01",
            "members": {"count": 5},
            "tax": {"enabled": False},
            "products": [
                {**write_plan(EXAMPLE)["products"][0], "capacity": 0.0},
            ],
        }
    )
    (bar,) = tornado(nothing, LAW).bars
    assert (bar.elasticity, bar.reason, bar.swing) == (None, "npv_is_zero", 0.0)


def test_no_range_no_bar() -> None:
    """Invariant 17: at zero width the tornado is the base."""
    oil, olives = write_plan(EXAMPLE)["products"][0], write_plan(EXAMPLE)["inputs"][0]
    plain = _plan(
        products=[{**oil, "price": 50.0, "capacity": 12_000.0}], inputs=[{**olives, "unit_cost": 6.0}]
    )
    found = tornado(plain, LAW)
    assert found.bars == ()
    assert found.npv == npv(simulate(plain, LAW))[0]


def test_a_very_narrow_range_hardly_leaves_the_base() -> None:
    oil = write_plan(EXAMPLE)["products"][0]
    narrow = {"mode": 50.0, "low": 50.0, "high": 50.0 + 1e-9}
    found = tornado(_plan(products=[{**oil, "price": narrow}]), LAW)
    (bar,) = (bar for bar in found.bars if bar.driver.name == "price.oil")
    assert bar.npv_low == pytest.approx(found.npv, abs=1e-6)
    assert bar.npv_high == pytest.approx(found.npv, abs=1e-3)


def test_one_at_a_time_moves_one_at_a_time() -> None:
    factors = one_at_a_time(["a", "b", "c"], np.array([[2.0, 3.0], [4.0, 5.0], [6.0, 7.0]]))
    table = np.array([factors[name] for name in "abc"])
    assert (table[:, 0] == 1).all()
    assert ((table != 1).sum(axis=0) == [0, 1, 1, 1, 1, 1, 1]).all()


def test_random_plans_of_every_kind_have_a_tornado_without_nan() -> None:
    for seed in range(25):
        found = tornado(ranged_plan(seed), LAW)
        assert np.isfinite([found.npv, found.cash]).all()
        for bar in found.bars:
            assert np.isfinite([bar.npv_low, bar.npv_high, bar.cash_low, bar.cash_high]).all()
