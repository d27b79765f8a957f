"""Named stresses against figures worked by hand."""

from typing import Any

import numpy as np
import pytest

from bpc.core.plan.document import parse_plan, write_plan
from bpc.core.plan.risk.stresses import Stress, client_lost, drought, outcome, run_stresses
from bpc.core.plan.schema import Plan
from bpc.core.plan.simulation import simulate
from bpc.core.plan.solvers.example import EXAMPLE
from tests.core.plan.law import LAW
from tests.core.plan.risk.ranged_plans import ranged_plan


def _plan(**changes: Any) -> Plan:
    return parse_plan({**write_plan(EXAMPLE), **changes})


def _struck(plan: Plan, code: str) -> Stress:
    (found,) = (stress for stress in run_stresses(plan, LAW) if stress.code == code)
    return found


def _lost(plan: Plan, code: str) -> float:
    stress = _struck(plan, code)
    assert stress.after is not None
    return stress.before.npv - stress.after.npv


def test_drought_strikes_the_second_year_only() -> None:
    """A month brings 50 000 - 30 000; in the dry year 0.6 × 50 000 - 0.6 × 1.3 × 30 000 = 6 600."""
    cash = _plan(working_capital={})
    expected = sum(13_400 * 1.1 ** (-t / 12) for t in range(12, 24))
    assert _lost(cash, "drought") == pytest.approx(expected, abs=1e-3)
    stress = _struck(cash, "drought")
    assert stress.figures == {"year": 2.0, "volume": pytest.approx(-0.4), "raw_price": pytest.approx(0.3)}
    assert stress.after is not None
    assert stress.before.worst_result == pytest.approx(240_000 - 150_000)
    assert stress.after.worst_result == pytest.approx(12 * 6_600 - 150_000)


def test_drought_makes_only_raw_materials_dearer() -> None:
    inputs = [
        *write_plan(EXAMPLE)["inputs"],
        {"id": "bottles", "unit_cost": 1.0, "qty_per_unit": {"oil": 1.0}},
    ]
    factors = drought(_plan(inputs=inputs)).factors.values
    assert set(factors) == {"volume", "input_price.olives"}
    assert np.asarray(factors["volume"])[[11, 12, 23, 24], 0].tolist() == [1.0, 0.6, 0.6, 1.0]


def test_a_plan_of_one_year_ends_before_the_drought() -> None:
    assert _struck(_plan(years=1), "drought").reason == "plan_too_short"
    assert _struck(_plan(years=1), "client_lost").reason == "plan_too_short"


def test_a_late_grant_opens_a_gap_that_closes_after_nine_months() -> None:
    plan = _plan(grants=[{"id": "g", "amount": 300_000, "cash_month": 0}])
    stress = _struck(plan, "late_grant")
    assert stress.after is not None
    assert stress.before.npv == stress.after.npv, "the value is before financing"
    assert stress.before.cash_margin == pytest.approx(-40_000)
    assert stress.after.cash_margin == pytest.approx(-340_000)
    assert stress.figures == {"months": 9.0, "amount": 300_000.0}


def test_no_grant_cannot_be_late() -> None:
    stress = _struck(EXAMPLE, "late_grant")
    assert (stress.after, stress.reason) == (None, "no_grant")


def test_a_public_buyer_pays_five_months_later() -> None:
    """From 30 to 180 days: 50 000 a month slides by five months; what is owed at the end is in both."""
    months = range(60)
    value = [sum(50_000 * 1.1 ** (-(t + lag) / 12) for t in months if t + lag < 60) for lag in (1, 6)]
    owed = [50_000 * lag * 1.1 ** (-59 / 12) for lag in (1, 6)]
    assert _lost(EXAMPLE, "public_buyer") == pytest.approx(value[0] + owed[0] - value[1] - owed[1], abs=1e-3)
    stress = _struck(EXAMPLE, "public_buyer")
    assert stress.figures == {"product": "oil", "days": 180.0, "before": 30.0}
    assert stress.after is not None
    assert stress.after.cash_margin == pytest.approx(-300_000 - 6 * 40_000)
    assert _struck(_plan(working_capital={"receivable_days": 200}), "public_buyer").reason == "already_slower"


def test_the_lost_client_takes_half_of_the_largest_product_from_the_second_year() -> None:
    cash = _plan(working_capital={})
    expected = sum(10_000 * 1.1 ** (-t / 12) for t in range(12, 60))
    assert _lost(cash, "client_lost") == pytest.approx(expected, abs=1e-3)
    small = {**write_plan(EXAMPLE)["products"][0], "id": "soap", "price": 10.0}
    shock = client_lost(_plan(products=[small, write_plan(EXAMPLE)["products"][0]]))
    assert list(shock.factors.values) == ["volume.oil"]


def test_what_members_buy_is_not_lost_with_the_client() -> None:
    product = {**write_plan(EXAMPLE)["products"][0], "member_share": 0.4}
    shock = client_lost(_plan(products=[product]))
    assert np.asarray(shock.factors.values["volume.oil"])[-1, 0] == pytest.approx(0.7)
    only = {**product, "member_share": 1.0}
    assert client_lost(_plan(products=[only])).reason == "all_sold_to_members"
    assert client_lost(_plan(products=[], inputs=[])).reason == "no_sales"


def test_outcome_of_the_plan_as_written() -> None:
    found = outcome(simulate(EXAMPLE, LAW))
    assert found.cash_margin == -340_000
    assert found.lowest_month == 1
    assert found.dscr is None
    assert found.income_per_member == pytest.approx(12 * 30_000 / 20)


def test_random_plans_of_every_kind_can_be_stressed() -> None:
    for seed in range(25):
        for stress in run_stresses(ranged_plan(seed), LAW):
            assert (stress.after is None) is (stress.reason is not None)
            if stress.after is not None:
                assert np.isfinite(
                    [stress.after.npv, stress.after.cash_margin, stress.after.worst_result]
                ).all()
