"""Invariants of the solvers and of risk; numbers: the list of invariants in the specification."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given

from bpc.core.plan.arrays import Factors
from bpc.core.plan.document import parse_plan
from bpc.core.plan.indicators.value import npv
from bpc.core.plan.risk.monte_carlo import draw, run_monte_carlo
from bpc.core.plan.risk.switching import switching_values
from bpc.core.plan.risk.tornado import tornado
from bpc.core.plan.schema import Plan
from bpc.core.plan.schema.framework import Allocation
from bpc.core.plan.schema.funding import Draw, Loan, Shares, Subscription
from bpc.core.plan.simulation import simulate
from bpc.core.plan.solvers.borrowing import borrowing_of
from bpc.core.plan.solvers.loan_interval import loan_interval
from tests.core.plan.choosers import Seeded
from tests.core.plan.law import LAW
from tests.core.plan.model_plans import FILES, model_plan
from tests.core.plan.random_plans import document, often, plans, seeded_plan

#: What a bank offers: only the amount is sought.
TERMS = Loan(id="sought", draws=(Draw(month=0, amount=1.0),), annual_rate=0.05, months=84, grace_months=12)


def _ranged(seed: int, low: float, high: float) -> Plan:
    """The plan of a seed, its prices and capacities between two multiples."""
    written: dict[str, Any] = document(Seeded(seed))
    for product in written["products"]:
        for name in ("price", "capacity"):
            mode = product[name]
            product[name] = {"mode": mode, "low": mode * low, "high": mode * high}
    return parse_plan(written)


@often
@given(plans())
def test_without_ranges_risk_is_the_plan_itself(plan: Plan) -> None:
    """17: no bar, and every draw exactly the base."""
    base = float(npv(simulate(plan, LAW))[0])
    found = tornado(plan, LAW)
    assert (found.npv, found.bars) == (base, ())
    drawn = run_monte_carlo(plan, LAW, draws=50, seed=3)
    assert (drawn.npv.mean, drawn.npv.p5, drawn.npv.p95, drawn.npv.deviation) == (base, base, base, 0.0)


@pytest.mark.parametrize("seed", range(20))
def test_a_range_that_ends_at_the_mode_leaves_that_end_at_the_base(seed: int) -> None:
    """17: the side of a bar that has no width is the base."""
    found = tornado(_ranged(seed, 1.0, 1.3), LAW)
    for bar in found.bars:
        assert bar.npv_low == pytest.approx(found.npv, rel=1e-12, abs=1e-6)


def test_the_same_seed_draws_the_same_bytes_however_work_is_shared() -> None:
    """17."""
    plan = model_plan("huile-argan", funded=True)
    one = run_monte_carlo(plan, LAW, draws=1500, seed=11)
    for threads, chunk in ((1, 1024), (2, 512), (2, 2048)):
        assert run_monte_carlo(plan, LAW, draws=1500, seed=11, threads=threads, chunk=chunk) == one
    assert run_monte_carlo(plan, LAW, draws=1500, seed=12) != one


def test_a_draw_of_the_batch_is_that_plan_alone() -> None:
    """Monte Carlo's own scenarios, a few of them run one by one."""
    plan = model_plan("fromage-chevre", funded=True)
    factors = draw(plan, 600, 5).factors
    together = npv(simulate(plan, LAW, Factors(factors)))
    for scenario in (0, 1, 299, 599):
        alone = {name: float(np.asarray(value)[scenario]) for name, value in factors.items()}
        assert npv(simulate(plan, LAW, Factors(alone)))[0] == pytest.approx(together[scenario], abs=0.01)


@pytest.mark.parametrize("slug", ["huile-argan", "safran", "couscous-cereales", "gite-rural"])
def test_at_its_switching_value_a_plan_is_worth_nothing(slug: str) -> None:
    """11 for other levers than the rate; without tax the linear formula says the same."""
    plan = model_plan(slug)
    plan = plan.model_copy(update={"tax": plan.tax.model_copy(update={"enabled": False})})
    found = [each for each in switching_values(plan, LAW) if each.value is not None]
    assert found
    for each in found:
        assert each.value is not None
        moved = npv(simulate(plan, LAW, Factors({each.name: 1.0 + each.value})))[0]
        assert abs(moved) <= 0.5
        assert each.linear == pytest.approx(each.value, abs=1e-6)


def _with_equity(plan: Plan, amount: float) -> Plan:
    """Shares paid in the first month, so many dirhams more."""
    joining = Subscription(month=0, members=1, shares_each=1.0)
    paid = Shares(nominal=amount, subscriptions=(joining,))
    return plan.model_copy(update={"shares": paid})


@pytest.mark.parametrize("slug", FILES)
def test_the_least_loan_of_a_model_keeps_cash_at_the_floor_and_one_dirham_less_does_not(slug: str) -> None:
    """25; where no loan fits, the equity said to be missing is what opens it."""
    plan = model_plan(slug).model_copy(update={"allocation": Allocation()})
    found = loan_interval(plan, LAW, TERMS)
    question = borrowing_of(plan, LAW, TERMS)
    if found.status == "empty":
        assert found.gap is not None
        opened = borrowing_of(_with_equity(plan, found.gap.missing), LAW, TERMS)
        assert opened.margin(found.gap.loan) >= -0.02 * TERMS.months
        assert opened.margin(found.gap.loan) <= 0.02 * TERMS.months
        return
    assert found.lowest is not None
    assert question.margin(found.lowest) >= -0.005
    if found.status == "interval":
        assert question.margin(found.lowest) <= 1.0
        assert question.margin(found.lowest - 1.0) < 0
    if found.highest is not None:
        assert question.margin(found.highest) >= -0.005
        assert question.margin(found.highest + 5.0) < 0, (
            "instalments rounded to the centime make the edge jagged"
        )


def test_random_plans_get_the_least_loan_that_holds() -> None:
    """25 on what is linear or not, with tax, VAT and refunds: it holds, and 1 MAD less does not."""
    found = {"interval": 0, "empty": 0, "not_needed": 0}
    for seed in range(40):
        years = max(seeded_plan(seed).years, 8)
        plan = seeded_plan(seed).model_copy(update={"overdraft": None, "loans": (), "years": years})
        answer = loan_interval(plan, LAW, TERMS)
        found[answer.status] += 1
        if answer.status == "interval" and answer.lowest is not None:
            question = borrowing_of(plan, LAW, TERMS)
            assert question.margin(answer.lowest) >= -0.005, seed
            assert question.margin(answer.lowest - 1.0) < 0, seed
    assert found["interval"] >= 5
