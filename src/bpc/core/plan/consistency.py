"""What must hold between the parts of a plan, which no single field can see."""

from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from bpc.core.plan.arrays import Floats
from bpc.core.plan.frame import volumes
from bpc.core.plan.phases import CyclicPhases, start_months
from bpc.core.plan.problems import Problem
from bpc.core.plan.schema import Plan
from bpc.core.plan.schema.funding import Grant, Loan
from bpc.core.plan.schema.operations import Input
from bpc.core.plan.timeline import timeline_of
from bpc.core.plan.trade import buy_in_campaign


def check_consistency(plan: Plan) -> list[Problem]:
    """Every contradiction between parts: unknown names, phases in a circle, grants above cost…"""
    named = [*_references(plan), *_phases(plan)]
    found = [*named, *_grants(plan), *_loans(plan), *_shares(plan), *_bonuses(plan)]
    return found if named else [*found, *_stocks(plan)]


def _unknown(names: Iterable[str], known: set[str], path: str) -> Iterator[Problem]:
    for name in names:
        if name not in known:
            yield Problem("E_unknown_reference", f"{path}.{name}" if path else name, {"name": name})


def _references(plan: Plan) -> Iterator[Problem]:
    products = {product.id for product in plan.products}
    phases = {phase.id for phase in plan.phases}
    for item in plan.inputs:
        yield from _unknown(item.qty_per_unit, products, f"inputs.{item.id}.qty_per_unit")
        yield from _unknown(item.member_price.share, products, f"inputs.{item.id}.member_price.share")
    for work in plan.piece_work:
        yield from _unknown(
            {**work.rate_per_unit, **work.hours_per_unit}, products, f"piece_work.{work.id}.rate_per_unit"
        )
    yield from _unknown(
        plan.members.own_cost_per_unit, {item.id for item in plan.inputs}, "members.own_cost_per_unit"
    )
    for family in ("products", "fixed_costs", "staff", "assets"):
        for item in getattr(plan, family):
            if item.phase is not None and item.phase not in phases:
                yield Problem("E_unknown_reference", f"{family}.{item.id}.phase", {"name": item.phase})
    for position in plan.staff:
        if position.gross is None and position.minimum is None:
            yield Problem("E_wage_missing", f"staff.{position.id}.gross")
    assets = {asset.id for asset in plan.assets}
    for grant in plan.grants:
        yield from _unknown(grant.items, assets, f"grants.{grant.id}.items")


def _phases(plan: Plan) -> Iterator[Problem]:
    try:
        start_months(plan.phases)
    except CyclicPhases as error:
        yield Problem(
            "E_cyclic_phases", f"phases.{error.circle[0]}.after", {"circle": ", ".join(error.circle)}
        )
    except KeyError as error:
        yield Problem("E_unknown_reference", "phases", {"name": str(error.args[0])})


def eligible_cost(plan: Plan, grant: Grant) -> float:
    """What the items of an investment grant cost at most, MAD, contingencies included."""
    items = [asset for asset in plan.assets if not grant.items or asset.id in grant.items]
    rate = 0.0 if plan.vat.regime == "taxable" or not plan.vat.amounts_exclude_vat else 1.0
    return sum(item.amount.mode * (1 + plan.contingency) * (1 + rate * item.vat_rate) for item in items)


def _grants(plan: Plan) -> Iterator[Problem]:
    investment = [grant for grant in plan.grants if grant.kind == "investment"]
    for grant in investment:
        cost = eligible_cost(plan, grant)
        if grant.amount > cost + 0.005:
            yield Problem(
                "E_grant_above_cost", f"grants.{grant.id}.amount", {"amount": grant.amount, "cost": cost}
            )
    whole = sum(grant.amount for grant in investment)
    cost = eligible_cost(plan, Grant(id="all", amount=0.0))
    if len(investment) > 1 and whole > cost + 0.005:
        yield Problem("E_grant_above_cost", "grants", {"amount": whole, "cost": cost})
    for grant in plan.grants:
        if grant.cash_month < grant.claim_month and grant.kind == "operating":
            yield Problem("E_grant_paid_before_claim", f"grants.{grant.id}.cash_month")


def _loans(plan: Plan) -> Iterator[Problem]:
    for loan in plan.loans:
        if loan.grace_months >= loan.months:
            yield Problem("E_grace_too_long", f"loans.{loan.id}.grace_months", {"months": loan.months})
        yield from _draws(loan)
        if loan.existing and plan.opening is None:
            yield Problem("E_existing_loan_needs_opening", f"loans.{loan.id}.existing")


def _draws(loan: Loan) -> Iterator[Problem]:
    first = min(draw.month for draw in loan.draws)
    free = loan.months - 1 if loan.kind == "in_fine" else loan.grace_months
    if max(draw.month for draw in loan.draws) > first + free:
        yield Problem("E_draw_after_grace", f"loans.{loan.id}.draws")
    if loan.existing and (len(loan.draws) > 1 or first > 0):
        yield Problem("E_existing_loan_draws", f"loans.{loan.id}.draws")


def _bonuses(plan: Plan) -> Iterator[Problem]:
    """Price complements share one result: together they cannot take more than all of it."""
    total = sum(
        item.member_price.bonus_share for item in plan.inputs if item.member_price.kind == "floor_plus_bonus"
    )
    if total > 1.0 + 1e-9:
        yield Problem("E_bonuses_sum", "inputs", {"total": round(total, 4)})


def _shares(plan: Plan) -> Iterator[Problem]:
    total = sum(call.fraction for call in plan.shares.calls)
    if abs(total - 1.0) > 1e-6:
        yield Problem("E_calls_sum", "shares.calls", {"total": round(total, 4)})


def _stocks(plan: Plan) -> Iterator[Problem]:
    """E02: in some month more would be sold than was made, or used than was bought in the campaigns."""
    timeline = timeline_of(plan)
    made, sold = volumes(plan, timeline)
    for product in plan.products:
        if product.harvest is not None:
            kept = made[product.id] * (1.0 - product.loss_rate)
            yield from _short(kept, sold[product.id], f"products.{product.id}.harvest")
    for item in plan.inputs:
        if item.purchase_months is not None:
            use = np.zeros(timeline.months)
            for name, quantity in _used_with(plan, item).items():
                shared = item.from_members and item.member_price.kind == "share"
                use += (sold if shared else made)[name] * quantity
            bought = buy_in_campaign(use[:, None], item.purchase_months, plan.first_month.month - 1)[:, 0]
            yield from _short(bought, use, f"inputs.{item.id}.purchase_months")


def _used_with(plan: Plan, item: Input) -> Mapping[str, float]:
    """What of an input goes with each product, in units or, for members paid a share of the price, in money."""
    if not (item.from_members and item.member_price.kind == "share"):
        return item.qty_per_unit
    prices = {
        product.id: product.member_share * (product.member_price or product.price).mode
        + (1.0 - product.member_share) * product.price.mode
        for product in plan.products
    }
    return {name: share * prices[name] for name, share in item.member_price.share.items()}


def _short(into: Floats, out: Floats, path: str) -> Iterator[Problem]:
    """The first month in which more has gone out than came in."""
    short = np.flatnonzero(np.cumsum(into - out) < -1e-9 * max(1.0, float(into.sum())))
    if len(short):
        yield Problem("E02", path, {"month": int(short[0]) + 1})
