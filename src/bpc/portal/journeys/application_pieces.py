"""A project's main plan → what its applications say of money: each investment with its VAT, who pays what."""

from bpc.core.plan.schema import Plan as Assumptions
from bpc.core.plan.schema.funding import Asset
from bpc.core.plan.simulation import Simulation
from bpc.portal.applications.budget import Budget, Item, Payer
from bpc.portal.plans.prints.cash_tables import start_months
from bpc.portal.plans.queries import main_plan
from bpc.portal.plans.reckoning import reckon_stored
from bpc.portal.projects.models import Project

_CENTIME = 0.005


def budget_of(project: Project) -> Budget | None:
    """None before the first plan, or when today's engine no longer reads it."""
    row = main_plan(project)
    reckoning = reckon_stored(row.document) if row is not None else None
    if row is None or reckoning is None:
        return None
    run = reckoning.appraisal.run
    end = start_months(run)
    items = tuple(_item(run.plan, asset) for asset in run.plan.assets if asset.month < end)
    payers = _payers(run, end, sum(item.amount for item in items if item.in_kind))
    left = sum(payer.amount for payer in payers) - sum(item.amount for item in items)
    if left < -_CENTIME:
        payers = (*payers, Payer("gap", -left))
    return Budget(
        items=items, start=max(0.0, left), payers=payers, months=end, plan_name=row.name,
        plan_language=row.language, headline=reckoning.headline,
    )  # fmt: skip


def _item(plan: Assumptions, asset: Asset) -> Item:
    """What is paid for it, VAT included whatever the plan's amounts are written as."""
    amount, rate = float(asset.amount.mode), asset.vat_rate
    if not asset.in_kind and (plan.vat.regime == "taxable" or plan.vat.amounts_exclude_vat):
        return Item(asset.name or asset.id, amount * (1 + rate), amount * rate, asset.in_kind)
    return Item(asset.name or asset.id, amount, None, asset.in_kind)


def _payers(run: Simulation, end: int, in_kind: float) -> tuple[Payer, ...]:
    plan = run.plan
    cash = float(run.capital.paid_in[:end, 0].sum())
    found = [Payer("members", cash), Payer("in_kind", in_kind)]
    found += [
        Payer("grant", grant.amount, grant.name or grant.id)
        for grant in plan.grants
        if grant.kind == "investment" and grant.cash_month < end
    ]
    for loan in plan.loans:
        drawn = sum(draw.amount for draw in loan.draws if draw.month < end)
        if not loan.existing:
            found.append(
                Payer("bank" if loan.lender == "bank" else "member_loan", drawn, loan.name or loan.id)
            )
    return tuple(payer for payer in found if payer.amount > _CENTIME)
