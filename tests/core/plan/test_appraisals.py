"""Every figure of a random plan is a number or has a reason, and goes into JSON."""

import json
from typing import Any

import pytest

from bpc.core.plan.document import parse_plan
from bpc.core.plan.indicators.appraisal import appraise
from bpc.core.plan.indicators.break_even import break_evens
from bpc.core.plan.indicators.debt_cover import llcr
from bpc.core.plan.simulation import simulate
from tests.core.plan.law import LAW
from tests.core.plan.random_plans import seeded_plan

BARE: dict[str, Any] = {"start": "2027-01", "years": 1, "members": {"count": 7}}


def test_random_plans_are_appraised_without_infinity_nor_a_silent_none() -> None:
    """Section 12 of the specification: division by zero gives nothing and its reason."""
    for seed in range(300):
        written = appraise(seeded_plan(seed), LAW).as_dict()
        assert json.loads(json.dumps(written, allow_nan=False))["currency"] == "MAD"
        for name, figure in written["figures"].items():
            assert figure["value"] is not None or figure.get("reason"), (seed, name)


def test_an_empty_plan_is_appraised() -> None:
    written = appraise(parse_plan(BARE), LAW).as_dict()
    assert written["indicators"]["npv"] == 0.0
    assert written["figures"]["irr"]["reason"] == "flow_never_changes_sign"
    assert written["figures"]["break_even_sales"]["value"] is None


def test_a_loan_drawn_after_the_plan_has_no_life_cover() -> None:
    late = {"id": "late", "draws": [{"month": 20, "amount": 1000}], "annual_rate": 0.06, "months": 12}
    assert llcr(simulate(parse_plan({**BARE, "loans": [late]}), LAW)) is None


@pytest.mark.parametrize("rent", [60_000, 30_000, 119_400])
def test_the_month_that_just_pays_the_year_is_the_break_even(rent: float) -> None:
    """A margin of 10 000 a month, reached whatever the machine's last digit."""
    oil = {"id": "oil", "capacity": 20_000, "price": 10, "seasonality": [1 / 12] * 12}
    jar = {"id": "jar", "unit_cost": 4, "qty_per_unit": {"oil": 1.0}}
    plan = parse_plan(
        {**BARE, "products": [oil], "inputs": [jar], "fixed_costs": [{"id": "rent", "annual": rent}]}
    )
    assert break_evens(simulate(plan, LAW))[0].month == -(-rent // 10_000) - 1
