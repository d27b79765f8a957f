"""The loan interval: the engine confirms every bound (invariant 25), and an empty one says what would open it."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpc.core.plan.document import parse_plan, write_plan
from bpc.core.plan.rules import Rules
from bpc.core.plan.schema import Plan
from bpc.core.plan.schema.funding import Draw, Loan
from bpc.core.plan.simulation import simulate
from bpc.core.plan.solvers.borrowing import borrowing_of, bounds, cash_per_dirham, least_gap, loan_of
from bpc.core.plan.solvers.example import EXAMPLE
from bpc.core.plan.solvers.loan_interval import loan_interval
from tests.core.plan.law import LAW
from tests.core.plan.random_plans import seeded_plan


def _plan(**changes: Any) -> Plan:
    return parse_plan({**write_plan(EXAMPLE), **changes})


def _terms(**changes: Any) -> Loan:
    written = {"annual_rate": 0.06, "months": 60, "grace_months": 6, **changes}
    draws = written.pop("draws", (Draw(month=0, amount=1.0),))
    return Loan(id="bank", draws=draws, **written)


def _lowest_cash(plan: Plan, terms: Loan, amount: float, rules: Rules = LAW) -> float:
    return float(simulate(borrowing_of(plan, rules, terms).plan_with(amount), rules).closing.cash.min())


def _assert_invariant_25(plan: Plan, terms: Loan, lowest: float) -> None:
    floor = plan.cash_floor
    assert floor - 1e-4 <= _lowest_cash(plan, terms, lowest) <= floor + 1.0
    assert _lowest_cash(plan, terms, lowest - 1.0) < floor - 1e-6


def test_the_first_month_binds_and_the_engine_agrees() -> None:
    found = loan_interval(EXAMPLE, LAW, _terms())
    assert (found.status, found.lowest, found.lowest_month, found.linear) == ("interval", 340_000.0, 1, True)
    _assert_invariant_25(EXAMPLE, _terms(), 340_000.0)


def test_the_upper_bound_is_where_late_months_break() -> None:
    found = loan_interval(EXAMPLE, LAW, _terms())
    assert found.highest is not None
    assert _lowest_cash(EXAMPLE, _terms(), found.highest) >= -1e-4
    assert _lowest_cash(EXAMPLE, _terms(), found.highest + 1.0) < 0
    month = simulate(
        borrowing_of(EXAMPLE, LAW, _terms()).plan_with(found.highest + 1.0), LAW
    ).closing.cash.argmin()
    assert found.highest_month == month + 1


def test_nothing_limits_a_loan_paid_back_after_the_plan() -> None:
    found = loan_interval(EXAMPLE, LAW, _terms(months=120, grace_months=0, kind="in_fine", annual_rate=0.0))
    assert (found.status, found.highest, found.highest_month) == ("interval", None, None)


def test_no_loan_is_needed_where_cash_holds() -> None:
    rich = _plan(shares={"subscriptions": [{"month": 0, "members": 20, "shares_each": 500}]})
    found = loan_interval(rich, LAW, _terms())
    assert (found.status, found.lowest, found.lowest_month) == ("not_needed", 0.0, None)
    assert found.margin == pytest.approx(1_000_000 - 340_000)


@settings(max_examples=25)
@given(
    st.sampled_from(["annuity", "constant_principal", "in_fine"]),
    st.sampled_from([0.0, 0.0175, 0.06, 0.12]),
    st.integers(12, 90),
    st.integers(0, 11),
    st.sampled_from(["interest_only", "capitalised"]),
    st.sampled_from([0.0, 30.0, 75.0, 120.0]),
    st.sampled_from([0.0, 15_000.0, -5_000.0]),
    st.sampled_from([0.0, 2_500.0]),
)
def test_every_kind_of_loan_is_confirmed_by_the_engine(
    kind: Any, rate: float, months: int, grace: int, grace_kind: Any, days: float, floor: float, fees: float
) -> None:
    plan = _plan(working_capital={"receivable_days": days}, cash_floor=floor)
    terms = _terms(
        kind=kind, annual_rate=rate, months=months, grace_months=grace, grace=grace_kind, fees=fees
    )
    found = loan_interval(plan, LAW, terms)
    assert found.linear
    if found.status == "interval":
        assert found.lowest is not None
        _assert_invariant_25(plan, terms, found.lowest)
        if found.highest is not None:
            assert _lowest_cash(plan, terms, found.highest) >= floor - 1e-4
    else:
        assert found.status == "empty"
        amounts = np.linspace(0, 3e6, 40)
        assert max(_lowest_cash(plan, terms, float(amount)) for amount in amounts) < floor


def _tight() -> Plan:
    """A campaign: olives bought in two months, oil sold all year, hardly any margin."""
    weights = [0.0] * 10 + [0.5, 0.5]
    inputs = [{**write_plan(EXAMPLE)["inputs"][0], "unit_cost": 7.0, "purchase_months": weights}]
    return _plan(inputs=inputs, start="2027-11")


def test_an_empty_interval_says_what_would_open_it() -> None:
    plan, terms = _tight(), _terms(months=24, grace_months=3)
    found = loan_interval(plan, LAW, terms)
    assert (found.status, found.lowest, found.highest) == ("empty", None, None)
    assert found.gap is not None
    assert found.gap.missing > 0
    for more, status in ((1.0, "interval"), (-1.0, "empty")):
        grant = {"id": "help", "kind": "operating", "amount": found.gap.missing + more}
        document = {**write_plan(plan), "grants": [grant]}
        assert loan_interval(parse_plan(document), LAW, terms).status == status


def test_the_grace_that_opens_it_is_the_shortest() -> None:
    plan = _plan(years=10, ramp_up=[0.4, 0.6, 1.0])
    found = loan_interval(plan, LAW, _terms(months=60, grace_months=0))
    assert found.gap is not None
    grace = found.gap.grace
    assert grace is not None
    assert loan_interval(plan, LAW, _terms(months=60 + grace, grace_months=grace)).status == "interval"
    assert loan_interval(plan, LAW, _terms(months=59 + grace, grace_months=grace - 1)).status == "empty"


def test_the_campaign_line_is_enough_and_not_too_much() -> None:
    plan, terms = _tight(), _terms(months=60, grace_months=0)
    gap = loan_interval(plan, LAW, terms).gap
    assert gap is not None
    assert gap.line.limit >= gap.missing - 0.01, "interest comes on top of what is missing"
    assert gap.line.annual_rate == 0.06
    borrowed = write_plan(borrowing_of(plan, LAW, terms).plan_with(gap.loan))
    for limit, enough in ((gap.line.limit, True), (gap.line.limit - 1.0, False)):
        overdraft = {"limit": limit, "annual_rate": 0.06}
        lowest = simulate(parse_plan({**borrowed, "overdraft": overdraft}), LAW).closing.cash.min()
        assert bool(lowest >= -1e-4) is enough


def test_a_project_that_loses_money_needs_no_campaign_line_that_never_clears() -> None:
    losing = _plan(fixed_costs=[{"id": "running", "annual": 300_000}])
    found = loan_interval(losing, LAW, _terms())
    assert found.gap is not None
    assert found.gap.grace is None, "a grace that only pushes payments beyond the plan opens nothing"
    assert found.outlasts_plan
    assert loan_interval(losing, LAW, _terms(months=54)).gap.grace is None  # type: ignore[union-attr]
    assert not found.gap.line.clears
    assert found.gap.line.longest > 12


def test_tax_and_refunds_are_searched_with_the_engine() -> None:
    plan = _plan(
        tax={"activity": "services", "services_choice": "taxable"},
        allocation={"patronage_share": 0.5},
        fixed_costs=[{"id": "running", "annual": 60_000}],
    )
    found = loan_interval(plan, LAW, _terms())
    assert not found.linear
    assert found.status == "interval"
    assert found.lowest is not None
    _assert_invariant_25(plan, _terms(), found.lowest)


def test_an_overdraft_lowers_what_must_be_borrowed() -> None:
    plan = _plan(overdraft={"limit": 100_000, "annual_rate": 0.08})
    found = loan_interval(plan, LAW, _terms())
    assert not found.linear
    assert found.lowest is not None
    assert 240_000 <= found.lowest < 340_000
    assert _lowest_cash(plan, _terms(), found.lowest) == pytest.approx(0.0, abs=0.01)
    assert _lowest_cash(plan, _terms(), found.lowest - 1.0) < -1e-6


def test_a_loan_of_the_plan_with_the_same_id_is_the_one_sought() -> None:
    written = {"id": "bank", "draws": [{"month": 0, "amount": 9e6}], "annual_rate": 0.06, "months": 60}
    other = {**written, "id": "friends", "draws": [{"month": 0, "amount": 100_000}], "months": 120}
    assert loan_interval(_plan(loans=[written]), LAW, _terms()).lowest == 340_000.0
    assert loan_interval(_plan(loans=[written, other]), LAW, _terms()).lowest == pytest.approx(240_000, abs=1)


def test_several_draws_keep_their_proportions() -> None:
    terms = _terms(draws=(Draw(month=0, amount=3.0), Draw(month=4, amount=1.0)), grace_months=6)
    assert [draw.amount for draw in loan_of(terms, 1000.0).draws] == [750.0, 250.0]
    found = loan_interval(EXAMPLE, LAW, terms)
    assert found.lowest == pytest.approx(340_000 / 0.75, abs=0.02)
    _assert_invariant_25(EXAMPLE, terms, found.lowest or 0.0)


def test_money_that_comes_too_late_is_a_gap_no_loan_fills() -> None:
    found = loan_interval(EXAMPLE, LAW, _terms(draws=(Draw(month=2, amount=1.0),)))
    assert found.status == "empty"
    assert found.gap is not None
    assert (found.gap.missing, found.gap.month) == (pytest.approx(340_000), 1)


def test_bounds_and_gap_agree_on_random_lines() -> None:
    random = np.random.default_rng(5)
    for _ in range(300):
        margin, per_dirham = random.normal(0, 100, 12), random.normal(0.2, 0.6, 12)
        found = bounds(margin, per_dirham)
        gap, loan, month = least_gap(margin, per_dirham)
        assert found.empty == (gap > 1e-9)
        opened = bounds(margin + gap + 1e-6, per_dirham)
        assert not opened.empty
        assert (margin + loan * per_dirham)[month] == pytest.approx(-gap, abs=1e-6)


def test_cash_per_dirham_is_what_the_engine_does() -> None:
    """C_t + L k_t against the engine on random plans that nothing makes bend."""
    checked = 0
    for seed in range(40):
        plan = seeded_plan(seed).model_copy(update={"overdraft": None})
        plan = plan.model_copy(
            update={
                "tax": plan.tax.model_copy(update={"enabled": False}),
                "allocation": plan.allocation.model_copy(
                    update={"patronage_share": 0.0, "share_interest_rate": 0.0}
                ),
            }
        )
        if any(item.member_price.kind == "floor_plus_bonus" for item in plan.inputs):
            continue
        question = borrowing_of(plan, LAW, _terms(months=84, interest_vat=0.1))
        without, with_loan = (question.run(amount).closing.cash[:, 0] for amount in (0.0, 100_000.0))
        expected = without + 100_000 * cash_per_dirham(question.terms, plan.months)
        assert with_loan == pytest.approx(expected, abs=1.0)
        checked += 1
    assert checked > 10


def test_random_plans_of_every_kind_are_confirmed_by_the_engine() -> None:
    """Invariant 25 where tax, refunds, overdrafts and other loans bend the answer."""
    found = {"interval": 0, "not_needed": 0, "empty": 0}
    for seed in (0, 2, 3, 4, 5, 7, 22, 32, 44):
        plan = seeded_plan(seed)
        terms = _terms(months=max(4, min(60, plan.months - 2)), grace_months=3)
        answer = loan_interval(plan, LAW, terms)
        question = borrowing_of(plan, LAW, terms)
        found[answer.status] += 1
        if answer.status == "interval":
            assert answer.lowest is not None
            assert -1e-4 <= question.margin(answer.lowest) <= 1.0
            assert question.margin(answer.lowest - 1.0) < 0
        elif answer.status == "empty":
            assert answer.gap is not None
            assert max(question.margin(float(amount)) for amount in np.linspace(0, 2e6, 20)) < 0
        else:
            assert question.margin(0.0) >= -1e-4
    assert min(found.values()) >= 2, found
