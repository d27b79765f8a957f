"""Edges at which the engine once went wrong."""

from typing import Any

import numpy as np
import pytest

from bpc.core.plan.document import parse_plan
from bpc.core.plan.loans import amortise, schedule
from bpc.core.plan.problems import InvalidPlan
from bpc.core.plan.schema.funding import Draw, Loan
from bpc.core.plan.simulation import simulate
from tests.core.plan.law import LAW

JANUARY = [1.0] + [0.0] * 11
DECEMBER = [0.0] * 11 + [1.0]
EVEN = [1 / 12] * 12


def _problems(**parts: Any) -> list[tuple[str, str, Any]]:
    with pytest.raises(InvalidPlan) as caught:
        parse_plan({"start": "2027-01", "years": 3, "members": {"count": 7}, **parts})
    return [(problem.code, problem.path, problem.params) for problem in caught.value.problems]


def _product(**more: Any) -> dict[str, Any]:
    return {"id": "oil", "capacity": 1200, "price": 50, "seasonality": EVEN, **more}


def test_a_loan_drawn_after_the_plan_costs_nothing_in_it() -> None:
    late = Loan(id="late", draws=(Draw(month=30, amount=1000.0),), annual_rate=0.06, months=12, fees=100.0)
    within = schedule(late, 24)
    assert within.fees_paid.sum() == within.fees_expensed.sum() == within.service.sum() == 0.0


def test_two_draws_of_a_month_are_both_drawn() -> None:
    draws = (Draw(month=0, amount=1000.0), Draw(month=0, amount=500.0))
    rows = amortise(Loan(id="two", draws=draws, annual_rate=0.0, months=3))
    assert [row[4] for row in rows] == [0.0, 500.0, 500.0, 500.0]
    assert rows[0][1] == 1500.0


def test_a_grant_for_land_and_a_machine_that_was_given_is_released_over_ten_years() -> None:
    """An investment of zero has no share in what a grant paid for."""
    land, machine = (
        {"id": name, "amount": cost, "life_years": life}
        for name, cost, life in (("land", 120_000, None), ("machine", 0, 5.0))
    )
    plan = parse_plan(
        {
            "start": "2027-01",
            "years": 10,
            "members": {"count": 7},
            "assets": [machine, land],
            "grants": [{"id": "indh", "amount": 60_000}],
        }
    )
    assert simulate(plan, LAW).grants.released[:, 0].tolist() == [500.0] * 120


def test_what_is_sold_before_it_is_made_is_refused_with_its_month() -> None:
    """E02 when the season of sales moves to the harvest's wrong side, even in a later year."""
    assert _problems(products=[_product(harvest=DECEMBER)]) == [("E02", "products.oil.harvest", {"month": 1})]
    late = _product(harvest=JANUARY, phase="works")
    assert _problems(phases=[{"id": "works", "months": 4}], products=[late]) == [
        ("E02", "products.oil.harvest", {"month": 5})
    ]
    feast = [0.0] * 4 + [1.0] + [0.0] * 7
    moving = _product(harvest=feast, seasonality=feast, hijri_event="eid_al_adha")
    assert _problems(products=[moving]) == [("E02", "products.oil.harvest", {"month": 16})]


def test_what_is_used_before_it_is_bought_is_refused_with_its_month() -> None:
    """E02 for a campaign of purchases that comes after the use."""
    olives = {"id": "olives", "unit_cost": 5, "qty_per_unit": {"oil": 6}, "purchase_months": DECEMBER}
    assert _problems(products=[_product()], inputs=[olives]) == [
        ("E02", "inputs.olives.purchase_months", {"month": 1})
    ]
    early = {**olives, "purchase_months": JANUARY}
    plan = parse_plan(
        {"start": "2027-01", "years": 1, "members": {"count": 7}, "products": [_product()], "inputs": [early]}
    )
    stock = simulate(plan, LAW).stock[:, 0]
    assert np.allclose(stock, 36_000 - 3000 * np.arange(1, 13))


@pytest.mark.parametrize(("price", "capacity"), [(0.1, 123), (0.3, 997), (12.34, 123), (12.34, 997)])
def test_a_refund_of_all_the_cash_there_is_is_paid(price: float, capacity: int) -> None:
    """The machine's last digit must not put it off for a year."""
    season = [0.05, 0.1, 0.08, 0.07, 0.1, 0.1, 0.1, 0.05, 0.05, 0.1, 0.1, 0.1]
    sold = _product(capacity=capacity, price=price, seasonality=season, ramp=[1, 0])
    all_shared = {"patronage_share": 1.0}
    document = {"start": "2027-01", "years": 2, "members": {"count": 7}, "allocation": all_shared}
    closing = simulate(parse_plan({**document, "products": [sold]}), LAW).closing
    assert closing.patronage_paid.sum() == pytest.approx(price * capacity)
    assert abs(closing.cash[-1, 0]) < 0.01
