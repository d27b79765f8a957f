"""What deserves a warning in a calculated plan; each code is put into words where it is shown."""

import itertools
from collections.abc import Iterator

import numpy as np

from bpc.core.plan.indicators.returns import irr_roots
from bpc.core.plan.indicators.third_parties import third_party_tests
from bpc.core.plan.indicators.value import npv, terminal_share, valued_flow
from bpc.core.plan.problems import Problem
from bpc.core.plan.simulation import Simulation
from bpc.core.plan.statements import balance_sheet
from bpc.core.plan.wages import gross_wage, legal_minimum

#: Above this share of turnover resting on estimates, a plan says "to be validated locally".
MOST_ESTIMATED = 0.30


def alerts(run: Simulation) -> list[Problem]:
    """Every warning and every error that only the calculation shows, in the order a reader should see them."""
    return [
        *_funding_gap(run),
        *_stock(run),
        *_rates(run),
        *_wages(run),
        *_law(run),
        *_tax(run),
        *_third_parties(run),
        *_worth(run),
        *_value(run),
        *_evidence(run),
    ]


def _funding_gap(run: Simulation) -> Iterator[Problem]:
    """E05: cash falls below its floor."""
    cash, floor = run.closing.cash[:, 0], run.plan.cash_floor
    below = np.flatnonzero(cash < floor - 0.005)
    if len(below):
        worst = int(cash.argmin())
        params = {"first_month": int(below[0]), "worst_month": worst, "missing": float(floor - cash[worst])}
        yield Problem("E05", "", params)
    if (
        run.closing.years
        and (put_off := float((run.closing.patronage - run.closing.patronage_paid)[:, 0].sum())) > 0.005
    ):
        yield Problem("W16", "allocation.patronage_share", {"amount": put_off})


def _stock(run: Simulation) -> Iterator[Problem]:
    """E02: more is used than was bought."""
    short = np.flatnonzero(run.stock[:, 0] < -0.005)
    if len(short):
        yield Problem("E02", "inputs", {"month": int(short[0]) + 1})


def _rates(run: Simulation) -> Iterator[Problem]:
    plan = run.plan
    inflated = plan.prices == "nominal" and any(value for _, value in plan.inflation)
    if plan.rate_is_nominal != inflated:
        yield Problem("W01", "discount_rate")


def _wages(run: Simulation) -> Iterator[Problem]:
    """W02: a post is paid less than the legal minimum of some month."""
    for post in run.plan.staff:
        least = legal_minimum(run.frame, post.minimum or ("smag" if post.farm_work else "smig"))
        under = np.flatnonzero(gross_wage(run.frame, post) < least - 0.5)
        if len(under):
            first = int(under[0])
            params = {
                "month": first + 1,
                "minimum": float(least[first]),
                "gross": float(gross_wage(run.frame, post)[first]),
            }
            yield Problem("W02", f"staff.{post.id}.gross", params)


def _law(run: Simulation) -> Iterator[Problem]:
    """Members, capital and shares against law 112-12."""
    plan, rules, start = run.plan, run.frame.rules, run.frame.timeline.start
    if plan.members.count < rules.members_least.on(start):
        yield Problem("W13", "members.count", {"least": rules.members_least.on(start)})
    capital = run.capital.paid_up[:, 0] + np.cumsum(run.investments.in_kind[:, 0])
    if plan.shares.subscriptions:
        yield from _capital(run, float(run.capital.subscribed.sum()))
    peak = np.maximum.accumulate(capital)
    below = np.flatnonzero(capital < rules.capital_floor_share.on(start) * peak - 0.005)
    if len(below):
        yield Problem("W03", "shares.exits", {"month": int(below[0]) + 1})
    if plan.allocation.education_rate:
        yield Problem("W18", "allocation.education_rate")


def _capital(run: Simulation, subscribed: float) -> Iterator[Problem]:
    shares, rules, start = run.plan.shares, run.frame.rules, run.frame.timeline.start
    if subscribed < rules.capital_least.on(start):
        yield Problem("W14", "shares.subscriptions", {"least": rules.capital_least.on(start)})
    if shares.nominal < rules.share_least.on(start):
        yield Problem("W14", "shares.nominal", {"least": rules.share_least.on(start)})
    at_once = sum(call.fraction for call in shares.calls if call.after_months == 0)
    latest = max(call.after_months for call in shares.calls)
    if at_once < rules.paid_at_subscription.on(start) - 1e-9 or latest > rules.balance_within_months.on(
        start
    ):
        yield Problem("W15", "shares.calls", {"share": at_once, "months": latest})


def _tax(run: Simulation) -> Iterator[Problem]:
    plan, rules, timeline = run.plan, run.frame.rules, run.frame.timeline
    if plan.tax.enabled and plan.tax.activity == "services" and plan.tax.services_choice is None:
        yield Problem("W04", "tax.services_choice")
    turnover = timeline.by_year(run.operations.sales)[:, 0]
    over = [
        year.label
        for year, sales in zip(timeline.fiscal_years, turnover, strict=True)
        if sales >= rules.exemption_turnover.on(timeline.start.plus(year.end - 1))
    ]
    if over and plan.tax.enabled and plan.tax.activity == "processing":
        tax = float(run.closing.tax[:, 0].sum())
        yield Problem("W09", "tax.activity", {"year": over[0], "tax": tax})
    limit = rules.auditor_turnover.on(timeline.start)
    if any(first > limit and second > limit for first, second in itertools.pairwise(turnover)):
        yield Problem("W12", "products", {"limit": limit})


def _third_parties(run: Simulation) -> Iterator[Problem]:
    for test in third_party_tests(run):
        if test.needs_authorisation and test.ratio is None:
            yield Problem("W19", "law_class", {"year": test.year, "cap": test.cap})
            return
        if test.needs_authorisation:
            params = {"year": test.year, "ratio": test.ratio, "cap": test.cap, "excess": -test.headroom}
            yield Problem("W10", "law_class", params)
            return


def _worth(run: Simulation) -> Iterator[Problem]:
    """W11: net worth below a quarter of the capital at a year's end: members must meet in three months (art. 82)."""
    sheet = balance_sheet(run)
    ratio = run.frame.rules.net_worth_alert.on(run.frame.timeline.start)
    for year in run.frame.timeline.fiscal_years:
        last = year.end - 1
        own = float(sheet["equity"][last, 0] + sheet["deferred_grants"][last, 0])
        capital = float(sheet["capital"][last, 0])
        if year.closes and capital and own < ratio * capital:
            yield Problem("W11", "", {"year": year.label, "equity": own, "capital": capital})
            return


def _value(run: Simulation) -> Iterator[Problem]:
    roots = irr_roots(valued_flow(run)[:, 0])
    if len(roots) > 1:
        yield Problem("W07", "", {"rates": ", ".join(f"{root:.4f}" for root in roots)})
    share = float(terminal_share(run)[0])
    if npv(run)[0] > 0 and share >= 0.5:
        yield Problem("W06", "", {"share": share})


def estimated_share(run: Simulation) -> float | None:
    """The part of the turnover whose price is an estimate (confidence E) or unsourced; None without sales."""
    turnover = {
        product.id: float(run.frame.sold[product.id].sum()) * product.price.mode
        for product in run.plan.products
    }
    whole = sum(turnover.values())
    estimated = sum(turnover[product.id] for product in run.plan.products if product.price.conf == "E")
    return estimated / whole if whole else None


def _evidence(run: Simulation) -> Iterator[Problem]:
    share = estimated_share(run)
    if share is not None and share > MOST_ESTIMATED:
        yield Problem("W17", "products", {"share": share})
