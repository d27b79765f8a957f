"""Invariants of the engine's accounts on random plans; numbers: the list of invariants in its specification."""

import numpy as np
from hypothesis import given

from bpc.core.plan.arrays import Floats
from bpc.core.plan.loans import amortise, schedule
from bpc.core.plan.schema import Plan
from bpc.core.plan.schema.operations import Product
from bpc.core.plan.seasons import season_profile
from bpc.core.plan.simulation import Simulation, simulate
from bpc.core.plan.statements import (
    balance_sheet,
    cash_flow,
    income_statement,
    indirect_cash_flow,
    net_result,
)
from bpc.core.plan.tax import is_exempt
from tests.core.plan.law import LAW
from tests.core.plan.random_plans import often, plans, seeded_plan

CENTIME = 0.01


def _gap(one: Floats, other: Floats | float) -> float:
    return float(np.abs(one - other).max())


def _tie_out(run: Simulation) -> dict[str, float]:
    """How far the books are from closing, MAD."""
    sheet, direct, indirect = balance_sheet(run), cash_flow(run), indirect_cash_flow(run)
    gaps = {
        "assets = liabilities": _gap(sheet["assets"], sheet["liabilities"]),
        "cash moves by the direct flow": _gap(
            direct["closing_cash"] - direct["opening_cash"], direct["change"]
        ),
        "direct = indirect": _gap(direct["change"], indirect["change"]),
        "result = sum of its lines": _gap(income_statement(run)["net_result"], net_result(run)),
    }
    return {name: gap for name, gap in gaps.items() if not gap <= CENTIME}


def test_1000_random_plans_balance_to_a_centime_and_tie_out() -> None:
    """1, 2: the same thousand plans each time, all of them."""
    faulty = {seed: gaps for seed in range(1000) if (gaps := _tie_out(simulate(seeded_plan(seed), LAW)))}
    assert faulty == {}


@often
@given(plans())
def test_assets_equal_liabilities_every_month(plan: Plan) -> None:
    """1, with every line finite."""
    sheet = balance_sheet(simulate(plan, LAW))
    assert _gap(sheet["assets"], sheet["liabilities"]) <= CENTIME
    assert all(np.isfinite(line).all() for line in sheet.values())


@often
@given(plans())
def test_cash_moves_by_the_direct_flow_and_by_the_indirect_one(plan: Plan) -> None:
    """2. The opening cash is the plan's, and each month begins where the last one ended."""
    run = simulate(plan, LAW)
    direct, indirect = cash_flow(run), indirect_cash_flow(run)
    assert _gap(direct["closing_cash"] - direct["opening_cash"], direct["change"]) <= CENTIME
    assert _gap(direct["change"], indirect["change"]) <= CENTIME
    assert direct["opening_cash"][0, 0] == (plan.opening.cash if plan.opening else 0.0)
    assert np.array_equal(direct["opening_cash"][1:], direct["closing_cash"][:-1])


@often
@given(plans())
def test_principal_repaid_is_what_was_drawn_and_capitalised(plan: Plan) -> None:
    """3, over the whole life of each loan, and within the plan for what is still owed at its end."""
    for loan in plan.loans:
        rows = amortise(loan)
        drawn, _, capitalised, principal = (sum(row[k] for row in rows) for k in (1, 2, 3, 4))
        assert abs(drawn - sum(draw.amount for draw in loan.draws)) <= CENTIME
        assert abs(principal - drawn - capitalised) <= CENTIME
        assert rows[-1][5] == 0.0
        assert all(balance >= 0 for *_, balance in rows)
        within = schedule(loan, plan.months)
        owed = np.cumsum(within.drawn + within.capitalised - within.principal)
        owed += loan.draws[0].amount if loan.existing else 0.0
        assert _gap(owed, within.remaining) <= CENTIME


@often
@given(plans())
def test_depreciation_book_value_and_disposals_are_what_was_invested(plan: Plan) -> None:
    """4, at each month's end; nothing is worth less than zero."""
    made = simulate(plan, LAW).investments
    old = sum(asset.book_value for asset in plan.opening.assets) if plan.opening else 0.0
    worn = np.cumsum(made.depreciation + made.sold, axis=0)
    assert _gap(worn + made.net_book_value, np.cumsum(made.bought, axis=0) + old) <= CENTIME
    assert made.net_book_value.min() >= -CENTIME
    assert min(made.depreciation.min(), made.sold.min(), made.bought.min()) >= 0


@often
@given(plans())
def test_grants_released_and_deferred_are_those_claimed(plan: Plan) -> None:
    """5. Cash and receivable too; nothing is released twice or before the claim."""
    grants = simulate(plan, LAW).grants
    claimed = np.cumsum(grants.claimed, axis=0)
    assert _gap(np.cumsum(grants.released, axis=0) + grants.deferred, claimed) <= CENTIME
    earned = claimed + np.cumsum(grants.operating, axis=0)
    assert _gap(np.cumsum(grants.cash, axis=0) + grants.receivable, earned) <= CENTIME
    assert grants.deferred.min() >= -CENTIME
    assert grants.released.min() >= 0
    written = [(grant.claim_month, grant.amount) for grant in plan.grants if grant.claim_month < plan.months]
    assert abs(float(earned[-1, 0]) - sum(amount for _, amount in written)) <= CENTIME


def _outstanding(flow: Floats, days: float) -> Floats:
    """What of a flow is not settled yet at each month's end, by adding up the last months; prepaid when days < 0."""
    whole, part = int(abs(days) // 30), abs(days) / 30 - int(abs(days) // 30)
    months = len(flow)
    if days >= 0:
        past = np.concatenate([np.zeros(whole + 1), flow])
        last = [past[whole + 1 + t - k] for t in range(months) for k in range(whole)]
        full = np.reshape(last, (months, whole)).sum(axis=1)
        return np.asarray(full + part * past[1 : 1 + months])
    ahead = np.concatenate([flow, *[flow[-12:]] * (whole // 12 + 2)])
    full = np.array([ahead[t + 1 : t + 1 + whole].sum() for t in range(months)])
    return np.asarray(-(full + part * ahead[whole + 1 : whole + 1 + months]))


def _turnover(run: Simulation, product: Product) -> Floats:
    """A product's monthly sales, VAT included."""
    to_members = product.member_share * (product.member_price or product.price).mode
    price = to_members + (1 - product.member_share) * product.price.mode
    taxed = run.plan.vat.regime == "taxable" and product.vat_class == "taxable"
    units = run.frame.sold[product.id] * run.frame.index["sales"]
    return np.asarray(units * price * (1 + (product.vat_rate if taxed else 0.0)))


@often
@given(plans())
def test_receivables_are_the_sales_not_yet_paid(plan: Plan) -> None:
    """6: what customers owe is what was invoiced in their last days, product by product, VAT included."""
    run = simulate(plan, LAW)
    owed = np.zeros(plan.months)
    for product in plan.products:
        days = product.receivable_days
        days = plan.working_capital.receivable_days if days is None else days
        owed += _outstanding(_turnover(run, product), days)
    if plan.opening and (old := plan.opening.receivables):
        owed += old.amount * np.maximum(1 - np.arange(1, plan.months + 1) / old.months, 0)
    assert _gap(run.receivables[:, 0], owed) <= CENTIME


@often
@given(plans())
def test_every_debt_ends_as_what_was_incurred_less_what_was_paid(plan: Plan) -> None:
    """6 for VAT, tax, price complements and patronage; what is paid is never more than what is due."""
    run = simulate(plan, LAW)
    closing, direct, sheet = run.closing, cash_flow(run), balance_sheet(run)
    patronage = np.cumsum(closing.patronage - closing.patronage_paid, axis=0)
    assert patronage.min() >= -CENTIME
    assert _gap(sheet["patronage_payable"], patronage) <= CENTIME
    operations = run.operations
    invoiced = operations.vat_on_sales - operations.vat_on_members - operations.vat_on_suppliers
    if plan.vat.regime != "exempt_no_deduction":
        owed = np.cumsum(invoiced - run.vat.on_investments - direct["vat"], axis=0)
        assert _gap(sheet["vat_due"] - sheet["vat_credit"], owed) <= CENTIME
    assert run.vat.paid.min() >= 0
    owed = np.cumsum(closing.tax - direct["tax"], axis=0)
    assert _gap(sheet["tax_due"] - sheet["tax_credit"], owed) <= CENTIME
    assert (np.cumsum(closing.bonus - closing.bonus_paid, axis=0) >= -CENTIME).all()


@often
@given(plans())
def test_stocks_are_never_short_and_close(plan: Plan) -> None:
    """7: products in units (opening + made - lost - sold = closing), inputs at cost."""
    run = simulate(plan, LAW)
    for product in plan.products:
        kept = np.cumsum(run.frame.made[product.id] * (1 - product.loss_rate))
        stock = kept - np.cumsum(run.frame.sold[product.id])
        assert stock.min() >= -1e-6 * max(1.0, kept[-1])
        if product.harvest is None:
            assert _gap(stock, 0.0) <= 1e-6 * max(1.0, kept[-1])
    assert run.stock.min() >= -CENTIME
    operations = run.operations
    used = operations.use_members + operations.use_suppliers
    entered = operations.bought_members + operations.bought_suppliers - run.opening.stock_used
    closing = run.opening.stock + np.cumsum(entered - used, axis=0)
    assert _gap(run.stock, closing) <= CENTIME
    assert operations.bought_suppliers.min() >= -CENTIME
    assert operations.bought_members.min() >= -CENTIME


@often
@given(plans())
def test_seasons_sum_to_one_and_sales_of_a_year_are_capacity_ramp_and_loss(plan: Plan) -> None:
    """8, for each project year (hijri seasons: for each calendar year, as they move from one to the next)."""
    run = simulate(plan, LAW)
    line = run.frame.timeline
    for product in plan.products:
        moved = product.hijri_event is not None and plan.dated
        weights = season_profile(product.seasonality, product.hijri_event if plan.dated else None, line)
        first = (-int(line.calendar_month[0])) % 12 if moved else 0
        for start in range(first, plan.months - 11, 12):
            assert abs(weights[start : start + 12].sum() - 1) <= 1e-9
        if moved or product.phase:
            continue
        ramp = product.ramp or plan.ramp_up
        for year in range(plan.years):
            sold = run.frame.sold[product.id][12 * year : 12 * year + 12].sum()
            full = product.capacity.mode * ramp[min(year, len(ramp) - 1)] * (1 - product.loss_rate)
            assert abs(sold - full) <= 1e-9 * max(1.0, full)


@often
@given(plans())
def test_the_result_is_shared_out_whole_and_the_legal_reserve_stays_within_capital(plan: Plan) -> None:
    """9: parts sum to the result; the reserve grows only up to the capital and never falls in a good year."""
    run = simulate(plan, LAW)
    results = run.frame.timeline.by_year(net_result(run))
    capital = run.capital.paid_up + np.cumsum(run.investments.in_kind, axis=0)
    for number, closed in enumerate(run.closing.years):
        assert _gap(closed.result, results[number]) <= CENTIME
        if closed.shared is None:
            continue
        assert _gap(closed.shared.parts, closed.result) <= CENTIME
        meeting = closed.year.end - 1 + plan.allocation.agm_month
        before, after = run.closing.legal_reserve[meeting - 1, 0], run.closing.legal_reserve[meeting, 0]
        assert after <= max(before, capital[closed.year.end - 1, 0]) + CENTIME
        if closed.result[0] > 0:
            assert after >= before
        assert min(before, after) >= 0


@often
@given(plans())
def test_no_vat_is_paid_in_the_exempt_regime(plan: Plan) -> None:
    """18."""
    vat = plan.vat.model_copy(update={"regime": "exempt_no_deduction"})
    run = simulate(plan.model_copy(update={"vat": vat}), LAW)
    assert cash_flow(run)["vat"].sum() == 0.0
    assert balance_sheet(run)["vat_credit"].sum() + balance_sheet(run)["vat_due"].sum() == 0.0


@often
@given(plans())
def test_months_sum_to_years_and_years_to_the_total(plan: Plan) -> None:
    """19, on every line of the flows; the fiscal years cover each month once."""
    run = simulate(plan, LAW)
    line = run.frame.timeline
    spans = [month for year in line.fiscal_years for month in range(year.first, year.end)]
    assert spans == list(range(plan.months))
    for amounts in (*income_statement(run).values(), *indirect_cash_flow(run).values()):
        assert _gap(line.by_year(amounts).sum(axis=0), amounts.sum(axis=0)) <= CENTIME


@often
@given(plans())
def test_no_tax_in_an_exempt_year(plan: Plan) -> None:
    """21: year by year, by the turnover of its own months; and a taxed year bears at least the minimum."""
    run = simulate(plan, LAW)
    turnover = run.frame.timeline.by_year(run.operations.sales)
    for number, closed in enumerate(run.closing.years):
        if is_exempt(plan.tax, turnover[number], 1e7).all():
            assert closed.tax.max() == 0.0
        elif plan.tax.months_since_registration + closed.year.end > 36:
            assert closed.tax.min() >= max(3000.0, 0.0025 * turnover[number, 0]) - CENTIME
    if plan.tax.activity == "collection" or not plan.tax.enabled:
        assert run.closing.tax_paid.max() == 0.0
