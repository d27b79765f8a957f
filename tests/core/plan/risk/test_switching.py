"""Switching values: the plan moved by that much is worth nothing."""

from typing import Any

import pytest

from bpc.core.plan.arrays import Factors
from bpc.core.plan.document import parse_plan, write_plan
from bpc.core.plan.indicators.value import npv
from bpc.core.plan.risk.switching import factor_names, switching_values
from bpc.core.plan.schema import Plan
from bpc.core.plan.simulation import simulate
from bpc.core.plan.solvers.example import EXAMPLE
from tests.core.plan.law import LAW


def _plan(**changes: Any) -> Plan:
    return parse_plan({**write_plan(EXAMPLE), **changes})


def test_at_the_switching_value_the_project_is_worth_nothing() -> None:
    found = switching_values(EXAMPLE, LAW)
    assert [each.name for each in found if each.value is not None] == [
        "price",
        "input_price",
        "volume",
        "fixed_costs",
        "assets",
    ]
    for each in found:
        assert each.value is not None
        moved = npv(simulate(EXAMPLE, LAW, Factors({each.name: 1.0 + each.value})))[0]
        assert moved == pytest.approx(0.0, abs=1e-3)
        assert each.linear == pytest.approx(each.value, rel=1e-7), "nothing bends in this plan"


def test_the_linear_check_parts_from_the_root_where_tax_bends() -> None:
    """10.5 million of turnover is taxed; where the project is worth nothing it is below 10 million and exempt."""
    written = write_plan(EXAMPLE)
    plan = _plan(
        tax={"activity": "processing"},
        products=[{**written["products"][0], "capacity": 210_000, "price": 50.0}],
        fixed_costs=[{"id": "running", "annual": 2_100_000}],
        assets=[{"id": "press", "amount": 5_250_000, "life_years": 10}],
    )
    (price,) = switching_values(plan, LAW, ("price",))
    assert price.value is not None
    assert price.linear is not None
    assert abs(price.value - price.linear) > 1e-3
    assert npv(simulate(plan, LAW, Factors({"price": 1.0 + price.value})))[0] == pytest.approx(0, abs=1e-3)


def test_scaling_all_money_leaves_them_unchanged() -> None:
    """Invariant 12."""
    written = write_plan(EXAMPLE)
    richer = _plan(
        products=[{**written["products"][0], "price": 500.0}],
        inputs=[{**written["inputs"][0], "unit_cost": 60.0}],
        fixed_costs=[{"id": "running", "annual": 1_200_000}],
        assets=[{"id": "press", "amount": 3_000_000, "life_years": 10}],
    )
    for one, other in zip(switching_values(EXAMPLE, LAW), switching_values(richer, LAW), strict=True):
        assert one.name == other.name
        assert one.value == pytest.approx(other.value, rel=1e-8)


def test_beyond_two_hundred_percent_there_is_none_and_a_reason() -> None:
    cheap = _plan(fixed_costs=[{"id": "running", "annual": 1_000}])
    costs = next(each for each in switching_values(cheap, LAW) if each.name == "fixed_costs")
    assert (costs.value, costs.reason) == (None, "holds_everywhere")
    assert costs.linear is not None
    assert costs.linear > 2.0
    hopeless = _plan(products=[{**write_plan(EXAMPLE)["products"][0], "price": 5.0}])
    costs = next(each for each in switching_values(hopeless, LAW) if each.name == "fixed_costs")
    assert (costs.value, costs.reason) == (None, "never_holds")


def test_what_moves_nothing_says_so() -> None:
    (found,) = switching_values(EXAMPLE, LAW, ("wages",))
    assert (found.value, found.reason, found.linear) == (None, "no_effect", None)


def test_items_are_told_apart_only_where_there_are_several() -> None:
    assert factor_names(EXAMPLE) == ("price", "volume", "input_price", "fixed_costs", "assets")
    costs = [{"id": "rent", "annual": 60_000}, {"id": "power", "annual": 60_000}]
    plan = _plan(fixed_costs=costs)
    assert factor_names(plan)[3:6] == ("fixed_costs", "fixed_costs.rent", "fixed_costs.power")
    values = {each.name: each.value for each in switching_values(plan, LAW)}
    assert values["fixed_costs.rent"] == pytest.approx(2 * (values["fixed_costs"] or 0.0), rel=1e-9)


def test_the_most_fragile_comes_first() -> None:
    values = [abs(each.value) for each in switching_values(EXAMPLE, LAW) if each.value is not None]
    assert values == sorted(values)


def test_an_empty_plan_has_none() -> None:
    assert switching_values(parse_plan({"start": "2027-01", "members": {"count": 5}}), LAW) == []
