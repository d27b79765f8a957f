"""Figures anyone can check by hand or in a textbook, and an oracle written by others (pyxirr) for rates of return."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import pyxirr

from bpc.core.kernel.rates import discount_factors
from bpc.core.plan.document import parse_plan
from bpc.core.plan.indicators.break_even import break_evens
from bpc.core.plan.indicators.debt_cover import dscr, llcr
from bpc.core.plan.indicators.returns import irr_roots, mirr, payback_months
from bpc.core.plan.indicators.value import npv, valued_flow
from bpc.core.plan.loans import amortise, effective_rate, instalment
from bpc.core.plan.schema.funding import Draw, Loan
from bpc.core.plan.simulation import Simulation, simulate
from bpc.core.plan.statements import balance_sheet, cash_flow, income_statement
from tests.core.plan.law import LAW
from tests.core.plan.random_plans import seeded_plan

EVEN = [1 / 12] * 12


def _run(**parts: Any) -> Simulation:
    document = {"start": "2027-01", "years": 3, "members": {"count": 7}, "tax": {"enabled": False}}
    return simulate(parse_plan({**document, **parts}), LAW)


def _sold(units: float, price: float, **more: Any) -> list[dict[str, Any]]:
    return [{"id": "oil", "capacity": units, "price": price, "seasonality": EVEN, **more}]


def _loan(amount: float, rate: float, months: int, **more: Any) -> Loan:
    return Loan(id="loan", draws=(Draw(month=0, amount=amount),), annual_rate=rate, months=months, **more)


def test_annuity_of_100_000_at_6_percent_over_60_months() -> None:
    """1 933.28 a month; the last one, which takes the roundings, 1 933.05 … 1 933.50."""
    rows = amortise(_loan(100_000.0, 0.06, 60))
    paid = [round(interest + principal, 2) for _, _, interest, _, principal, _ in rows[1:]]
    assert set(paid[:-1]) == {1933.28}
    assert paid[-1] == pytest.approx(1933.28, abs=0.25)
    assert rows[1][2:] == (500.0, 0.0, 1433.28, 98_566.72)
    assert sum(row[4] for row in rows) == pytest.approx(100_000.0, abs=0.005)


def test_ten_instalments_of_a_loan_of_10_000_at_8_percent() -> None:
    """PMT(8%/12, 10, 10000) = -1 037.03, the example of the spreadsheet function's own documentation."""
    assert instalment(10_000, 0.08 / 12, 10) == 1037.03


def test_constant_principal_pays_interest_that_falls_in_a_straight_line() -> None:
    """12 000 over a year at 12 %: 120, 110, … 10, in all 780."""
    rows = amortise(_loan(12_000.0, 0.12, 12, kind="constant_principal"))[1:]
    assert [row[2] for row in rows] == [120.0 - 10 * k for k in range(12)]
    assert [row[4] for row in rows] == [1000.0] * 12


def test_bullet_loan_pays_interest_then_all() -> None:
    rows = amortise(_loan(50_000.0, 0.06, 4, kind="in_fine"))[1:]
    assert [(row[2], row[4]) for row in rows] == [(250.0, 0.0)] * 3 + [(250.0, 50_000.0)]


def test_grace_waits_or_grows() -> None:
    """Interest only: 100 a month on 10 000 at 12 %, then 3 400.22. Capitalised two months: on 10 201.00."""
    waiting = amortise(_loan(10_000.0, 0.12, 5, grace_months=2))[1:]
    assert [round(row[2] + row[4], 2) for row in waiting] == [100.0, 100.0, 3400.22, 3400.22, 3400.23]
    growing = amortise(_loan(10_000.0, 0.12, 5, grace_months=2, grace="capitalised"))[1:]
    assert [row[3] for row in growing[:2]] == [100.0, 101.0]
    assert growing[1][5] == 10_201.0
    assert round(growing[2][2] + growing[2][4], 2) == 3468.57


def test_effective_rate_of_12_percent_a_month_is_12_68() -> None:
    """(1 + 1 %)^12 - 1; VAT of 10 % on interest makes it 1.1 % a month, 14.03."""
    bare = effective_rate(_loan(100_000.0, 0.12, 24, interest_vat=0.0, kind="in_fine"))
    taxed = effective_rate(_loan(100_000.0, 0.12, 24, interest_vat=0.1, kind="in_fine"))
    assert bare == pytest.approx(1.01**12 - 1, abs=1e-9)
    assert taxed == pytest.approx(1.011**12 - 1, abs=1e-9)


def test_straight_line_depreciation_and_renewal() -> None:
    """120 000, 10 % residual, 2 years: 4 500 a month; sold at 12 000 after 24 months and bought again."""
    press = {"id": "press", "amount": 120_000, "life_years": 2.0, "residual": 0.1}
    made = _run(assets=[press]).investments
    assert made.depreciation[:, 0].tolist() == pytest.approx([4500.0] * 36)
    assert made.net_book_value[11, 0] == pytest.approx(120_000 - 12 * 4500)
    assert made.net_book_value[23, 0] == pytest.approx(12_000)
    assert (made.sold[24, 0], made.bought[24, 0]) == (pytest.approx(12_000), 120_000)


def test_grant_is_income_as_the_machine_wears_out() -> None:
    """40 % of a machine that lasts 3 years, claimed in month 6: what wore out until then comes at once."""
    press = {"id": "press", "amount": 36_000, "life_years": 3.0}
    given = {"id": "indh", "amount": 14_400, "claim_month": 6, "cash_month": 12}
    grants = _run(assets=[press], grants=[given]).grants
    assert grants.released[:8, 0].tolist() == pytest.approx([0.0] * 6 + [2800.0, 400.0])
    assert grants.receivable[[5, 6, 11, 12], 0].tolist() == pytest.approx([0, 14_400, 14_400, 0])
    assert grants.deferred[-1, 0] == pytest.approx(0)


def test_customers_at_45_days() -> None:
    """100 a month: nothing, half, then all; a month and a half of sales is always owed."""
    run = _run(products=_sold(120, 10), working_capital={"receivable_days": 45.0})
    assert run.operations.receipts[:4, 0].tolist() == pytest.approx([0, 50, 100, 100])
    assert run.receivables[[0, 1, 35], 0].tolist() == pytest.approx([100, 150, 150])


def test_stock_of_45_days_and_suppliers_at_30() -> None:
    """Use of 10 a month: 25 bought at first, then 10; paid a month later."""
    jar = {
        "id": "jar",
        "unit_cost": 1,
        "qty_per_unit": {"oil": 1.0},
        "stock_days": 45.0,
        "payment_days": 30.0,
    }
    run = _run(products=_sold(120, 10), inputs=[jar])
    assert run.operations.bought_suppliers[:3, 0].tolist() == pytest.approx([25, 10, 10])
    assert run.operations.paid_suppliers[:3, 0].tolist() == pytest.approx([0, 25, 10])
    assert (run.stock[-1, 0], run.payables[-1, 0]) == (pytest.approx(15), pytest.approx(10))


def test_stock_that_was_there_is_used_before_any_is_bought() -> None:
    """30 in stock, 10 used a month, suppliers paid after a month: bought from the fourth, paid from the fifth."""
    jar = {"id": "jar", "unit_cost": 1, "qty_per_unit": {"oil": 1.0}}
    terms = {"payable_days": 30.0}
    run = _run(products=_sold(120, 10), inputs=[jar], working_capital=terms, opening={"stock": 30.0})
    assert run.stock[:5, 0].tolist() == pytest.approx([20, 10, 0, 0, 0])
    assert cash_flow(run)["paid_suppliers"][:6, 0].tolist() == pytest.approx([0, 0, 0, 0, 10, 10])
    assert run.payables[:5, 0].tolist() == pytest.approx([0, 0, 0, 10, 10])


def test_wages_and_charges() -> None:
    """SMIG 17.92 x 191 = 3 422.72; the employer adds 21.09 % below 6 000 MAD, and above: 538.80 + 12.11 %."""
    staff = [{"id": "a", "fte": 1, "minimum": "smig"}, {"id": "b", "fte": 2, "gross": 10_000}]
    wages = _run(staff=staff).operations.wages
    assert (wages.members + wages.others)[0, 0] == pytest.approx(3422.72 + 20_000)
    assert wages.charges[0, 0] == pytest.approx(0.2109 * 3422.72 + 2 * (538.80 + 1211.0))


def test_break_even_of_60_000_fixed_and_40_percent_variable_is_100_000() -> None:
    jar = {"id": "jar", "unit_cost": 4, "qty_per_unit": {"oil": 1.0}}
    rent = {"id": "rent", "annual": 60_000}
    year = break_evens(_run(products=_sold(20_000, 10), inputs=[jar], fixed_costs=[rent]))[0]
    assert (year.sales, year.cash_sales) == (pytest.approx(100_000), pytest.approx(100_000))
    assert year.safety == pytest.approx(0.5)
    cheaper = {"id": "rent", "annual": 59_990}
    assert break_evens(_run(products=_sold(20_000, 10), inputs=[jar], fixed_costs=[cheaper]))[1].month == 17


def test_vat_of_a_month_is_paid_in_the_next() -> None:
    """Sales of 10 000 and purchases of 6 000 without tax, at 20 %: 2 000 - 1 200 = 800."""
    jar = {"id": "jar", "unit_cost": 6, "qty_per_unit": {"oil": 1.0}, "vat_rate": 0.2}
    run = _run(products=_sold(12_000, 10, vat_rate=0.2), inputs=[jar], vat={"regime": "taxable"})
    assert cash_flow(run)["vat"][:3, 0].tolist() == pytest.approx([0, 800, 800])
    assert balance_sheet(run)["vat_due"][-1, 0] == pytest.approx(800)
    assert income_statement(run)["ebitda"][0, 0] == pytest.approx(4000)


def test_corporate_tax_and_its_instalments() -> None:
    """100 000 a year taxed at 20 %: first year's 20 000 in March with a quarter of 20 000, then 5 000 a quarter."""
    taxed = {"activity": "services", "services_choice": "taxable", "enabled": True}
    paid = cash_flow(_run(products=_sold(10_000, 10), tax=taxed))["tax"][:, 0]
    assert {month: float(paid[month]) for month in np.flatnonzero(paid)} == pytest.approx(
        {14: 25_000, 17: 5000, 20: 5000, 23: 5000, 26: 5000, 29: 5000, 32: 5000, 35: 5000}
    )


def test_legal_reserve_until_it_equals_the_capital() -> None:
    """Capital 8 000, result 50 000 a year: 5 000, then 3 000, then nothing (law 112-12, art. 69)."""
    joining = {"subscriptions": [{"month": 0, "members": 8, "shares_each": 10.0}]}
    run = _run(years=4, products=_sold(5000, 10), shares=joining, allocation={"patronage_share": 0.5})
    assert run.closing.legal_reserve[[11, 17, 29, 41], 0].tolist() == pytest.approx([0, 5000, 8000, 8000])
    assert run.closing.patronage[[17, 29, 41], 0].tolist() == pytest.approx([22_500, 23_500, 25_000])


def test_published_examples_of_value_and_return() -> None:
    """The examples in the documentation of the spreadsheet functions NPV, IRR and MIRR."""
    flow = np.array([-10_000.0, 3000, 4200, 6800])
    assert (1.1 ** -np.arange(1, 5)) @ flow == pytest.approx(1188.44, abs=0.005)
    flow = np.array([-70_000.0, 12_000, 15_000, 18_000, 21_000, 26_000])
    assert irr_roots(flow, per_year=1) == pytest.approx([0.0866], abs=5e-5)
    assert irr_roots(flow[:5], per_year=1) == pytest.approx([-0.0212], abs=5e-5)
    flow = np.array([-120_000.0, 39_000, 30_000, 21_000, 37_000, 46_000])
    assert mirr(flow, 0.10, 0.12, per_year=1) == pytest.approx(0.1261, abs=5e-5)
    assert payback_months(np.array([-1000.0, 400, 400, 400])) == pytest.approx(2.5)


@pytest.mark.parametrize("seed", range(60))
def test_value_and_return_are_those_of_the_oracle(seed: int) -> None:
    """pyxirr on the monthly flows of random plans, where the rate it finds is the only one."""
    run = simulate(seeded_plan(seed), LAW)
    flow = valued_flow(run)[:, 0]
    monthly = 1.08 ** (1 / 12) - 1
    assert npv(run, 0.08)[0] == pytest.approx(pyxirr.npv(monthly, flow.tolist()), rel=1e-9, abs=1e-4)
    roots = irr_roots(flow)
    theirs = pyxirr.irr(flow.tolist()) if len(roots) == 1 else None
    if theirs is not None and theirs < 11 ** (1 / 12) - 1 and abs(pyxirr.npv(theirs, flow.tolist())) < 1e-3:
        assert (1 + theirs) ** 12 - 1 == pytest.approx(roots[0], abs=1e-6)
    if (flow > 0).any() and (flow < 0).any():
        ours = mirr(flow, 0.08, 0.05)
        assert ours is not None
        oracle = pyxirr.mirr(flow.tolist(), monthly, 1.05 ** (1 / 12) - 1)
        assert (1 + oracle) ** 12 - 1 == pytest.approx(ours, rel=1e-6, abs=1e-9)


def test_dscr_is_llcr_when_cash_is_constant_and_the_loan_an_annuity() -> None:
    """22: both are CFADS / instalment."""
    loan = _loan(100_000.0, 0.06, 60, interest_vat=0.0).model_dump(mode="json")
    run = _run(years=6, products=_sold(3600, 10), loans=[loan])
    cover = llcr(run)
    assert cover is not None
    assert cover[0] == pytest.approx(3000 / 1933.28, rel=1e-5)
    assert dscr(run)[1:5, 0].tolist() == pytest.approx([float(cover[0])] * 4, rel=1e-5)


def test_flat_plan_is_worth_its_closed_form() -> None:
    """20: -I + a Σ v^t + what is left, with v = (1 + r)^(-1/12)."""
    press = {"id": "press", "amount": 120_000, "life_years": 10.0}
    rent = {"id": "rent", "annual": 12_000}
    run = _run(years=5, products=_sold(3600, 10), assets=[press], fixed_costs=[rent], discount_rate=0.08)
    v = 1.08 ** (-1 / 12)
    worth = -120_000 + 2000 * (1 - v**60) / (1 - v) + 60_000 * v**59
    assert npv(run)[0] == pytest.approx(worth, abs=1e-6)


def test_each_year_later_is_worth_a_year_less() -> None:
    factors = discount_factors(0.1, 37)
    assert [float(later / now) for now, later in pairwise(factors[::12])] == pytest.approx([1 / 1.1] * 3)
