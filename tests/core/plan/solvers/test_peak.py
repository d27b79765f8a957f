"""The peak need, against figures worked by hand."""

import numpy as np

from bpc.core.plan.document import parse_plan, write_plan
from bpc.core.plan.simulation import simulate
from bpc.core.plan.solvers.example import EXAMPLE
from bpc.core.plan.solvers.peak import PeakNeed, peak_need, unfunded_cash
from tests.core.plan.law import LAW
from tests.core.plan.random_plans import seeded_plan


def _need(**changes: object) -> PeakNeed:
    return peak_need(simulate(parse_plan({**write_plan(EXAMPLE), **changes}), LAW))


def test_press_olives_and_running_costs_of_the_first_month_before_any_sale_is_paid() -> None:
    assert _need() == PeakNeed(300_000 + 30_000 + 10_000, 1)


def test_customers_who_pay_after_three_months_move_the_trough_to_the_third() -> None:
    assert _need(working_capital={"receivable_days": 90}) == PeakNeed(300_000 + 3 * 40_000, 3)


def test_the_floor_and_the_cash_at_hand_count() -> None:
    opening = {"cash": 50_000, "capital": 50_000}
    assert _need(cash_floor=20_000, opening=opening) == PeakNeed(310_000, 1)


def test_what_members_bring_in_kind_costs_no_cash() -> None:
    assets = [{"id": "press", "amount": 300_000, "life_years": 10, "in_kind": True}]
    assert _need(assets=assets) == PeakNeed(40_000, 1)


def test_no_need_is_zero() -> None:
    assert _need(assets=[], working_capital={}) == PeakNeed(0.0, 1)


def test_financing_does_not_change_it() -> None:
    loans = [{"id": "bank", "draws": [{"month": 0, "amount": 340_000}], "annual_rate": 0.06, "months": 60}]
    grants = [{"id": "g", "amount": 100_000}]
    subscriptions = {"subscriptions": [{"month": 0, "members": 20, "shares_each": 5}]}
    assert _need(loans=loans, grants=grants, shares=subscriptions) == _need()


def test_cumulative_cash_ends_on_the_sum_of_the_project_flow() -> None:
    for seed in range(10):
        run = simulate(seeded_plan(seed), LAW)
        opening = run.plan.opening.cash if run.plan.opening else 0.0
        whole = run.project_flow.sum() + run.investments.in_kind.sum() + opening
        assert abs(unfunded_cash(run)[-1, 0] - whole) < 1e-6
        assert np.all(unfunded_cash(run)[:, 0] >= run.plan.cash_floor - peak_need(run).amount - 1e-6)
