"""Residual member prices: found, fixed, or refused with the reason."""

from typing import Any

import pytest

from bpc.core.plan.document import parse_plan, write_plan
from bpc.core.plan.indicators.value import npv
from bpc.core.plan.problems import InvalidPlan
from bpc.core.plan.schema import Plan
from bpc.core.plan.simulation import simulate
from bpc.core.plan.solvers.example import EXAMPLE
from bpc.core.plan.solvers.residual import residual_price, resolve_residual
from bpc.core.plan.solvers.targets import cash_margin
from tests.core.plan.law import LAW

LOAN = {"id": "bank", "draws": [{"month": 0, "amount": 360_000}], "annual_rate": 0.06, "months": 60}


def _residual(*targets: str, **changes: Any) -> Plan:
    document = {**write_plan(EXAMPLE), **changes}
    document["inputs"] = [
        {
            **document["inputs"][0],
            "id": f"olives{number}",
            "unit_cost": 6.0 / len(targets),
            "member_price": {"kind": "residual", "target": target},
        }
        for number, target in enumerate(targets)
    ]
    return parse_plan(document)


def test_the_highest_price_that_leaves_a_value_of_zero() -> None:
    found = resolve_residual(_residual("npv"), LAW)
    assert npv(simulate(found, LAW))[0] == pytest.approx(0.0, abs=1e-3)
    assert found.inputs[0].member_price.kind == "fixed"
    assert resolve_residual(found, LAW) is found


def test_a_target_of_cash_with_a_loan() -> None:
    found = resolve_residual(_residual("cash", loans=[LOAN]), LAW)
    assert cash_margin(simulate(found, LAW))[0] == pytest.approx(0.0, abs=1e-3)


def test_two_inputs_keep_their_proportion_and_both_targets_hold() -> None:
    plan = _residual("npv", "cash", loans=[LOAN])
    found = resolve_residual(plan, LAW)
    first, second = (item.unit_cost.mode for item in found.inputs)
    assert first == pytest.approx(second)
    margins = npv(simulate(found, LAW))[0], cash_margin(simulate(found, LAW))[0]
    assert min(margins) == pytest.approx(0.0, abs=1e-3)
    assert residual_price(plan, LAW).target == "cash+npv"


def test_no_price_fits_a_plan_that_loses_with_free_olives() -> None:
    plan = _residual("npv", products=[{**write_plan(EXAMPLE)["products"][0], "price": 5}])
    with pytest.raises(InvalidPlan) as refused:
        resolve_residual(plan, LAW)
    (problem,) = refused.value.problems
    assert (problem.code, problem.path, problem.params) == (
        "E_residual_price",
        "inputs.olives0.member_price",
        {"reason": "never_holds"},
    )


def test_a_plan_without_residual_price_is_left_as_it_is() -> None:
    assert resolve_residual(EXAMPLE, LAW) is EXAMPLE
