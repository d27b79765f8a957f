"""A plan appraised: every indicator with its unit and basis, or the reason it has no value; and every warning."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from bpc.core.kernel.figures import Figure
from bpc.core.plan.arrays import Floats
from bpc.core.plan.document import ENGINE_VERSION, input_hash
from bpc.core.plan.indicators.alerts import alerts, estimated_share
from bpc.core.plan.indicators.break_even import break_evens
from bpc.core.plan.indicators.debt_cover import dscr, llcr
from bpc.core.plan.indicators.increment import compare
from bpc.core.plan.indicators.people import gini, jobs, member_income
from bpc.core.plan.indicators.refunds import member_refunds
from bpc.core.plan.indicators.returns import changes_sign, irr_roots, mirr, payback_months
from bpc.core.plan.indicators.third_parties import third_party_tests
from bpc.core.plan.indicators.upkeep import upkeep
from bpc.core.plan.indicators.value import (
    invested_value,
    npv,
    npv_annual,
    terminal_share,
    terminal_value,
    valued_flow,
    yearly_flow,
)
from bpc.core.plan.problems import Problem
from bpc.core.plan.rules import Rules
from bpc.core.plan.schema import Plan
from bpc.core.plan.simulation import Simulation, simulate
from bpc.core.plan.solvers.peak import peak_need
from bpc.core.plan.solvers.residual import resolve_residual

MONTHLY = "monthly, before financing, with terminal value"
ANNUAL = "yearly, before financing, with terminal value"


@dataclass(frozen=True, slots=True)
class Appraisal:
    """A run with what it means. `figures` go by name, in reading order."""

    run: Simulation
    figures: Mapping[str, Figure]
    problems: tuple[Problem, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON: `indicators` the bare values, `figures` with unit, basis and reason."""
        return {
            "engine_version": ENGINE_VERSION,
            "input_hash": input_hash(self.run.plan),
            "currency": "MAD",
            "indicators": {name: figure.value for name, figure in self.figures.items()},
            "figures": {name: figure.as_dict() for name, figure in self.figures.items()},
            "member_refunds": {
                str(year): [float(part) for part in parts] for year, parts in member_refunds(self.run).items()
            },
            "problems": [problem.as_dict() for problem in self.problems],
        }


def appraise(plan: Plan, rules: Rules) -> Appraisal:
    """Run a plan and read all its indicators. Prices left to the project (residual) are found first.

    Raises InvalidPlan when no price reaches the target of a residual one.
    """
    return appraise_run(simulate(resolve_residual(plan, rules), rules))


def appraise_run(run: Simulation) -> Appraisal:
    """The indicators of a run already made (of its first scenario)."""
    figures = {
        **_value(run),
        **_returns(run),
        **_cash(run),
        **_debt(run),
        **_break_even(run),
        **_people(run),
        **_others(run),
    }
    return Appraisal(run, figures, tuple(alerts(run)))


def _number(values: Floats) -> float:
    return float(values[0])


def _value(run: Simulation) -> dict[str, Figure]:
    invested = _number(invested_value(run))
    value = _number(npv(run))
    share = _number(terminal_share(run))
    return {
        "npv": Figure(value, "MAD", MONTHLY),
        "npv_annual": Figure(_number(npv_annual(run)), "MAD", ANNUAL),
        "discount_rate": Figure(
            run.plan.discount_rate, "rate", "nominal" if run.plan.rate_is_nominal else "real"
        ),
        "terminal_value": Figure(
            _number(terminal_value(run)), "MAD", "net book value + stock + receivables - payables"
        ),
        "terminal_share_of_npv": Figure(share, "ratio", MONTHLY)
        if np.isfinite(share)
        else _none("ratio", MONTHLY, "npv_is_zero"),
        "profitability_index": Figure(1 + value / invested, "ratio", MONTHLY)
        if invested > 0
        else _none("ratio", MONTHLY, "no_investment"),
        "investment": Figure(float(run.investments.bought[:12, 0].sum()), "MAD", "first year"),
    }


def _none(unit: str, basis: str, reason: str) -> Figure:
    return Figure(None, unit, basis, reason)


def _irr(flow: Floats, per_year: int, basis: str) -> Figure:
    if not changes_sign(flow):
        return _none("rate", basis, "flow_never_changes_sign")
    roots = irr_roots(flow, per_year)
    if len(roots) > 1:
        return Figure(None, "rate", basis, "several_rates", {"roots": roots})
    return Figure(roots[0], "rate", basis) if roots else _none("rate", basis, "no_rate_in_range")


def _returns(run: Simulation) -> dict[str, Figure]:
    flow, rate = valued_flow(run)[:, 0], run.plan.discount_rate
    modified = mirr(flow, rate, rate)
    return {
        "irr": _irr(flow, 12, MONTHLY),
        "irr_annual": _irr(yearly_flow(run)[:, 0], 1, ANNUAL),
        "mirr": Figure(modified, "rate", MONTHLY)
        if modified is not None
        else _none("rate", MONTHLY, "flow_never_changes_sign"),
        "payback_years": _payback(run.project_flow[:, 0], "before financing, without terminal value"),
        "discounted_payback_years": _payback(
            run.project_flow[:, 0] * (1 + rate) ** (-np.arange(run.frame.months) / 12),
            "discounted, before financing, without terminal value",
        ),
    }


def _payback(flow: Floats, basis: str) -> Figure:
    months = payback_months(flow)
    return _none("years", basis, "not_within_plan") if months is None else Figure(months / 12, "years", basis)


def _cash(run: Simulation) -> dict[str, Figure]:
    cash, overdraft = run.closing.cash[:, 0], run.closing.overdraft[:, 0]
    need = peak_need(run)
    lowest, most = int(cash.argmin()), int(overdraft.argmax())
    unfunded = "cumulative cash before any financing"
    return {
        "peak_need": Figure(need.amount, "MAD", unfunded, detail={"month": need.month}),
        "min_cash": Figure(float(cash[lowest]), "MAD", "end of month", detail={"month": lowest + 1}),
        "max_overdraft": Figure(float(overdraft[most]), "MAD", "end of month", detail={"month": most + 1}),
    }


def _debt(run: Simulation) -> dict[str, Figure]:
    covers, bare = dscr(run)[:, 0], dscr(run, without_working_capital=True)[:, 0]
    years = [year.label for year in run.frame.timeline.fiscal_years]
    known = ~np.isnan(covers)
    by_year = {
        str(year): (float(cover) if not np.isnan(cover) else None)
        for year, cover in zip(years, covers, strict=True)
    }
    life = llcr(run)
    if not known.any():
        names = ("dscr_min", "dscr_min_repaying", "dscr_average", "dscr_min_without_working_capital", "llcr")
        return {name: _none("ratio", "fiscal years", "no_debt_service") for name in names}
    return {
        "dscr_min": Figure(float(covers[known].min()), "ratio", "fiscal years", detail={"by_year": by_year}),
        "dscr_min_repaying": _optional(
            _min_repaying(run), "ratio", "fiscal years that repay principal", "no_repayment"
        ),
        "dscr_average": Figure(float(covers[known].mean()), "ratio", "fiscal years"),
        "dscr_min_without_working_capital": Figure(float(bare[known].min()), "ratio", "fiscal years"),
        "llcr": _none("ratio", "at first draw", "no_loan")
        if life is None
        else Figure(_number(life), "ratio", "at first draw"),
    }


def _min_repaying(run: Simulation) -> float | None:
    """The lowest cover among the years that repay principal: the grace period is left out."""
    covers = dscr(run)[:, 0]
    repaying = run.frame.timeline.by_year(run.debt.principal)[:, 0] > 0
    return float(covers[repaying].min()) if repaying.any() else None


def _break_even(run: Simulation) -> dict[str, Figure]:
    full = [
        entry
        for entry, year in zip(break_evens(run), run.frame.timeline.fiscal_years, strict=True)
        if year.closes
    ]
    basis = "last full fiscal year"
    if not full:
        return {"break_even_sales": _none("MAD", basis, "no_full_year")}
    last = full[-1]
    if last.sales is None:
        return {"break_even_sales": _none("MAD", basis, "variable_costs_eat_sales")}
    reached = next((entry.month for entry in full if entry.month is not None), None)
    detail = {"year": last.year, "safety": last.safety, "month_in_year": last.month}
    return {
        "break_even_sales": Figure(last.sales, "MAD", basis, detail=detail),
        "cash_break_even_sales": Figure(last.cash_sales, "MAD", basis),
        "break_even_month": Figure(
            float(reached + 1), "month", "first month of the plan in which a year breaks even"
        )
        if reached is not None
        else _none("month", "first month of the plan in which a year breaks even", "not_within_plan"),
    }


def _people(run: Simulation) -> dict[str, Figure]:
    plan = run.plan
    years = [year.label for year in run.frame.timeline.fiscal_years]
    received = member_income(run)[:, 0] / plan.members.count
    full = [number for number, year in enumerate(run.frame.timeline.fiscal_years) if year.closes]
    work = jobs(run)
    invested = float(run.investments.bought[:12, 0].sum())
    public = sum(grant.amount for grant in plan.grants)
    kind = "net of own cost" if plan.members.own_cost_per_unit else "gross: their own costs are not known"
    by_year = {str(year): float(amount) for year, amount in zip(years, received, strict=True)}
    income = (
        Figure(float(received[full[-1]]), "MAD a year", kind, detail={"by_year": by_year}) if full else None
    )
    per_job = work.total > 0
    return {
        "income_per_member": income or _none("MAD a year", kind, "no_full_year"),
        "member_gini": _optional(
            gini(plan.members.transactions), "ratio", "members' transactions", "not_entered"
        ),
        "jobs": Figure(
            work.total, "full-time posts", "last twelve months", detail={"seasonal": work.seasonal}
        ),
        "jobs_piece_work": _optional(
            work.piece_work, "full-time posts", "last twelve months", "hours_unknown"
        ),
        "jobs_women": _optional(work.women, "full-time posts", "salaried", "shares_unknown"),
        "jobs_youth": _optional(work.youth, "full-time posts", "salaried", "shares_unknown"),
        "cost_per_job": _optional(
            invested / work.total if per_job else None, "MAD", "first-year investment", "no_job"
        ),
        "public_money_per_job": _optional(
            public / work.total if per_job else None, "MAD", "grants", "no_job"
        ),
        "public_money_per_member": Figure(public / plan.members.count, "MAD", "grants"),
    }


def _optional(value: float | None, unit: str, basis: str, reason: str) -> Figure:
    return _none(unit, basis, reason) if value is None else Figure(value, unit, basis)


def _others(run: Simulation) -> dict[str, Figure]:
    figures: dict[str, Figure] = {}
    tests = third_party_tests(run)
    ratios = [test.ratio for test in tests if test.ratio is not None]
    yearly = {str(test.year): test.ratio for test in tests}
    figures["third_party_ratio"] = (
        Figure(max(ratios), "ratio", "worst fiscal year, law 112-12 art. 6", detail={"by_year": yearly})
        if ratios
        else _none("ratio", "law 112-12 art. 6", "no_dealings_with_members")
    )
    figures["estimated_share"] = _optional(
        estimated_share(run), "ratio", "turnover on estimated prices", "no_sales"
    )
    if run.plan.kind != "income_generating":
        for name, value in asdict(upkeep(run)).items():
            figures[f"upkeep_{name}"] = _optional(value, "MAD", "last twelve months", "beneficiaries_unknown")
    if (increment := compare(run)) is not None:
        for name, value in asdict(increment).items():
            unit = "rate" if name.endswith("irr") else "MAD"
            figures[f"increment_{name}"] = _optional(
                value, unit, "with less without the project", "no_single_rate"
            )
    return figures
