"""What must hold between the parts of a plan, which no single field can see."""

from collections.abc import Iterable, Iterator

from bpc.core.plan.phases import CyclicPhases, start_months
from bpc.core.plan.problems import Problem
from bpc.core.plan.schema import Plan
from bpc.core.plan.schema.funding import Grant, Loan


def check_consistency(plan: Plan) -> list[Problem]:
    """Every contradiction between parts: unknown names, phases in a circle, grants above cost…"""
    return [
        *_references(plan),
        *_phases(plan),
        *_grants(plan),
        *_loans(plan),
        *_shares(plan),
        *_harvests(plan),
    ]


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


def _shares(plan: Plan) -> Iterator[Problem]:
    total = sum(call.fraction for call in plan.shares.calls)
    if abs(total - 1.0) > 1e-6:
        yield Problem("E_calls_sum", "shares.calls", {"total": round(total, 4)})


def _harvests(plan: Plan) -> Iterator[Problem]:
    """E02: with a harvest, more would be sold by the end of some month of the year than was made until then."""
    for product in plan.products:
        if product.harvest is None:
            continue
        made = sold = 0.0
        start = plan.first_month.month - 1
        for t in range(12):
            made += product.harvest[(start + t) % 12] / sum(product.harvest)
            sold += product.seasonality[(start + t) % 12] / sum(product.seasonality)
            if sold > made + 1e-9:
                yield Problem("E02", f"products.{product.id}.harvest", {"month": t + 1})
                break
