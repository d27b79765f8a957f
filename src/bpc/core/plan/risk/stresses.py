"""Named shocks: what a drought, a late grant, a slow payer or the loss of a client does to a plan.

Each is a change of the plan or a factor that holds for some months; all are told as before and after.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from bpc.core.plan.arrays import AS_WRITTEN, Factors, Floats, column
from bpc.core.plan.indicators.debt_cover import min_dscr
from bpc.core.plan.indicators.people import member_income
from bpc.core.plan.indicators.value import npv
from bpc.core.plan.risk.drivers import raw_material
from bpc.core.plan.rules import Rules
from bpc.core.plan.schema import Plan
from bpc.core.plan.schema.operations import Product
from bpc.core.plan.simulation import Simulation, simulate
from bpc.core.plan.solvers.targets import cash_margin
from bpc.core.plan.statements import net_result

#: A drought takes 40 % of what is made in the second year, and raw materials cost 30 % more.
DROUGHT_VOLUME, DROUGHT_PRICE, DROUGHT_YEAR = 0.60, 1.30, 2
#: Public money comes nine months after it was promised.
GRANT_DELAY = 9
#: Public buyers pay after six months.
PUBLIC_BUYER_DAYS = 180.0
#: The main client takes half of what the largest product sells outside the cooperative, and leaves after a year.
CLIENT_SHARE, CLIENT_MONTH = 0.50, 12


@dataclass(frozen=True, slots=True)
class Outcome:
    """The main indicators of a run. MAD, except the debt cover, None without debt service.

    `cash_margin`: the lowest month above the floor (negative: a funding gap), in month `lowest_month` (from 1).
    `overdraft`: the most used. `worst_result`: net result of the worst fiscal year. `income_per_member`: yearly mean.
    """

    npv: float
    cash_margin: float
    lowest_month: int
    overdraft: float
    dscr: float | None
    worst_result: float
    income_per_member: float


@dataclass(frozen=True, slots=True)
class Stress:
    """A shock told by its `code` and the `figures` a sentence needs.

    `after` is None where it cannot strike, with a reason: "no_grant", "no_sales", "all_sold_to_members",
    "plan_too_short", "already_slower".
    """

    code: str
    before: Outcome
    after: Outcome | None
    reason: str | None = None
    figures: dict[str, float | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shock:
    """How a stress strikes: another plan, factors, or a reason why it does not."""

    plan: Plan
    factors: Factors = AS_WRITTEN
    figures: dict[str, float | str] = field(default_factory=dict)
    reason: str | None = None


def run_stresses(plan: Plan, rules: Rules) -> list[Stress]:
    """All named stresses of a plan.

    >>> from bpc.core.plan.solvers.example import EXAMPLE, EXAMPLE_RULES
    >>> for stress in run_stresses(EXAMPLE, EXAMPLE_RULES):
    ...     print(stress.code, round(stress.after.npv - stress.before.npv) if stress.after else stress.reason)
    drought -138333
    late_grant no_grant
    public_buyer -87661
    client_lost -357181
    """
    before = outcome(simulate(plan, rules))
    return [_strike(code, shock(plan), before, rules) for code, shock in STRESSES.items()]


def outcome(run: Simulation) -> Outcome:
    """The main indicators of a single plan (its first scenario)."""
    own = (run.closing.cash - run.closing.overdraft)[:, 0]
    cover = float(min_dscr(run)[0])
    full = [number for number, year in enumerate(run.frame.timeline.fiscal_years) if year.closes]
    results = run.frame.timeline.by_year(net_result(run))[:, 0]
    income = float(member_income(run)[:, 0].sum()) / run.plan.members.count / run.plan.years
    return Outcome(
        npv=float(npv(run)[0]),
        cash_margin=float(cash_margin(run)[0]),
        lowest_month=int(own.argmin()) + 1,
        overdraft=float(run.closing.overdraft[:, 0].max()),
        dscr=None if np.isnan(cover) else cover,
        worst_result=float(results[full].min() if full else results.min()),
        income_per_member=income,
    )


def _strike(code: str, shock: Shock, before: Outcome, rules: Rules) -> Stress:
    if shock.reason is not None:
        return Stress(code, before, None, shock.reason, shock.figures)
    after = outcome(simulate(shock.plan, rules, shock.factors))
    return Stress(code, before, after, None, shock.figures)


def drought(plan: Plan) -> Shock:
    """In the second year 40 % less of everything is made, and the raw material of each product costs 30 % more.

    Raw material: the input that costs most for a unit of the product; other inputs keep their price, and so does one
    that members are paid as a share of the sale price.
    """
    if plan.years < DROUGHT_YEAR:
        return Shock(plan, reason="plan_too_short")
    if not plan.products:
        return Shock(plan, reason="no_sales")
    year = np.arange(plan.months) // 12 == DROUGHT_YEAR - 1
    materials = {item.id for product in plan.products if (item := raw_material(plan, product)) is not None}
    factors: dict[str, float | Floats] = {"volume": column(np.where(year, DROUGHT_VOLUME, 1.0))}
    for name in sorted(materials):
        factors[f"input_price.{name}"] = column(np.where(year, DROUGHT_PRICE, 1.0))
    figures: dict[str, float | str] = {
        "year": float(DROUGHT_YEAR),
        "volume": DROUGHT_VOLUME - 1.0,
        "raw_price": DROUGHT_PRICE - 1.0,
    }
    return Shock(plan, Factors(factors), figures)


def late_grant(plan: Plan) -> Shock:
    """Every grant is paid nine months later; it is claimed and earned when it was."""
    if not any(grant.amount for grant in plan.grants):
        return Shock(plan, reason="no_grant")
    late = tuple(
        grant.model_copy(update={"cash_month": grant.cash_month + GRANT_DELAY}) for grant in plan.grants
    )
    amount = sum(grant.amount for grant in plan.grants)
    return Shock(
        plan.model_copy(update={"grants": late}),
        figures={"months": float(GRANT_DELAY), "amount": amount},
    )


def public_buyer(plan: Plan) -> Shock:
    """The largest product is paid after 180 days."""
    product = largest_outside(plan)
    if product is None:
        return Shock(plan, reason="no_sales" if not _sells(plan) else "all_sold_to_members")
    days = (
        plan.working_capital.receivable_days if product.receivable_days is None else product.receivable_days
    )
    if days >= PUBLIC_BUYER_DAYS:
        return Shock(plan, reason="already_slower")
    products = tuple(
        each.model_copy(update={"receivable_days": PUBLIC_BUYER_DAYS}) if each.id == product.id else each
        for each in plan.products
    )
    figures: dict[str, float | str] = {"product": product.id, "days": PUBLIC_BUYER_DAYS, "before": days}
    return Shock(plan.model_copy(update={"products": products}), figures=figures)


def client_lost(plan: Plan) -> Shock:
    """From the second year, the largest product sells half of what it sold outside the cooperative.

    As much less is made, so inputs and piece-work fall with it; staff and running costs stay. With a part μ sold to
    members, the volume is multiplied by 1 - 0.5 (1 - μ).
    """
    product = largest_outside(plan)
    if product is None:
        return Shock(plan, reason="no_sales" if not _sells(plan) else "all_sold_to_members")
    if plan.months <= CLIENT_MONTH:
        return Shock(plan, reason="plan_too_short")
    left = 1.0 - CLIENT_SHARE * (1.0 - product.member_share)
    volume = np.where(np.arange(plan.months) >= CLIENT_MONTH, left, 1.0)
    figures: dict[str, float | str] = {
        "product": product.id,
        "share": CLIENT_SHARE,
        "volume": left - 1.0,
        "month": float(CLIENT_MONTH + 1),
    }
    return Shock(plan, Factors({f"volume.{product.id}": column(volume)}), figures)


def largest_outside(plan: Plan) -> Product | None:
    """The product that sells most to others than members, at full capacity; None when there is none."""
    return max((product for product in plan.products if _outside(product) > 0), key=_outside, default=None)


def _outside(product: Product) -> float:
    made = product.capacity.mode * (1.0 - product.loss_rate)
    return made * product.price.mode * (1.0 - product.member_share)


def _sells(plan: Plan) -> bool:
    return any(product.capacity.mode * product.price.mode for product in plan.products)


#: Each stress by its code.
STRESSES: dict[str, Callable[[Plan], Shock]] = {
    "drought": drought,
    "late_grant": late_grant,
    "public_buyer": public_buyer,
    "client_lost": client_lost,
}
