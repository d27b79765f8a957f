"""What a plan lacks: its months without the money to be replaced, what it buys, what the group can bring."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from bpc.core.financing.need import Floats, Item, Need
from bpc.core.plan.document import input_hash, parse_plan, write_plan
from bpc.core.plan.problems import InvalidPlan
from bpc.core.plan.schema import Plan as Assumptions
from bpc.core.plan.schema.funding import Asset, Loan
from bpc.core.plan.simulation import Simulation, simulate
from bpc.core.plan.solvers.residual import resolve_residual
from bpc.datasets.plan_rules import plan_rules
from bpc.portal.plans.models import Plan

Document = dict[str, Any]
#: What a model proposes before anybody is asked, and what an accepted financing wrote: both give way to a new one.
PLACEHOLDERS = frozenset({"grant", "loan"})
WRITTEN = "fin_"
#: Things brought in kind that the plan does not list: the id of the line that stands for them.
BROUGHT = "brought_in_kind"


@dataclass(frozen=True, slots=True)
class PlanNeed:
    """The need of a plan. `bare`: its document without the money to be replaced; `terms`: the loan it had there, whose
    terms a bank loan takes; `line`: (limit, yearly rate) of its campaign credit; `own_cash_said`: by the group, not
    merely read in the plan; `step`: one share for each member, MAD."""

    need: Need
    bare: Document
    base: Assumptions
    terms: Loan | None
    line: tuple[float, float] | None
    own_cash_said: bool
    input_hash: str


def need_of_plan(plan: Plan, answers: Mapping[str, Any] | None = None) -> PlanNeed:
    """The need of a plan's row. Raises InvalidPlan."""
    return need_of_document(plan.document, answers or {})


def need_of_document(document: Mapping[str, Any], answers: Mapping[str, Any]) -> PlanNeed:
    """The need of a document; `answers`: what the group says it has (`own_cash_mad`, `own_in_kind_mad`).

    Loans and grants already obtained (any the group wrote itself, and loans that exist) stay in the plan; shares of the
    first month are what the group brings, so they are replaced. Raises InvalidPlan.
    """
    whole = parse_plan(document)
    kept_loans = tuple(loan for loan in whole.loans if loan.existing or not is_replaced(loan.id))
    replaced = [loan for loan in whole.loans if not loan.existing and is_replaced(loan.id)]
    first = [one for one in whole.shares.subscriptions if one.month == 0]
    later = tuple(one for one in whole.shares.subscriptions if one.month > 0)
    bare = whole.model_copy(
        update={
            "grants": tuple(grant for grant in whole.grants if not is_replaced(grant.id)),
            "loans": kept_loans,
            "shares": whole.shares.model_copy(update={"subscriptions": later}),
            "overdraft": None,
        }
    )
    written = sum(one.members * one.shares_each for one in first) * whole.shares.nominal
    said = answers.get("own_cash_mad")
    line = None if whole.overdraft is None else (whole.overdraft.limit, whole.overdraft.annual_rate)
    need = replace(
        _need(bare, float(answers.get("own_in_kind_mad") or 0.0)),
        own_cash_max=float(written if said is None else said),
    )
    terms = next((loan for loan in replaced if loan.lender == "bank"), None)
    return PlanNeed(need, write_plan(bare), bare, terms, line, said is not None, input_hash(whole))


def is_replaced(name: str) -> bool:
    """Whether a line of financing gives way to a new one."""
    return name in PLACEHOLDERS or name.startswith(WRITTEN)


def run_plan(plan: Assumptions) -> Simulation:
    """The engine's run, prices left to the project found first where they can be."""
    rules = plan_rules()
    try:
        return simulate(resolve_residual(plan, rules), rules)
    except InvalidPlan:
        return simulate(plan, rules)


def own_cash_of(run: Simulation) -> Floats:
    """Cash less the overdraft in use, (T,): what the plan has by itself."""
    return np.asarray((run.closing.cash - run.closing.overdraft)[:, 0])


def _need(bare: Assumptions, brought: float) -> Need:
    run = run_plan(bare)
    items = tuple(item_of(asset, bare, run) for asset in bare.assets if asset.amount.mode > 0)
    owned = sum(item.cost for item in items if item.owned)
    if brought > owned:
        # land, a room, work of the members: part of the cost, of no line of the plan
        items = (*items, Item(BROUGHT, brought - owned, 0, owned=True))
    profile = np.zeros(bare.months)
    for call in bare.shares.calls:
        profile[call.after_months :] += call.fraction
    return Need(
        base_cash=own_cash_of(run),
        floor=bare.cash_floor,
        outlays=np.asarray((run.investments.paid + run.vat.on_investments)[:, 0]),
        eligible_cost=sum(item.cost for item in items),
        own_cash_max=None,
        own_in_kind_max=sum(item.cost for item in items if item.owned),
        own_cash_step=bare.members.count * bare.shares.nominal,
        own_cash_profile=profile,
        items=items,
    )


def item_of(asset: Asset, plan: Assumptions, run: Simulation) -> Item:
    """An investment as funders see it: contingency in it, value added tax too where it cannot be recovered."""
    rate = 0.0 if plan.vat.regime == "taxable" or not plan.vat.amounts_exclude_vat else asset.vat_rate
    cost = asset.amount.mode * (1.0 + plan.contingency) * (1.0 + rate)
    month = max(asset.month, run.frame.begins(asset.phase))
    return Item(asset.id, cost, month, asset.in_kind)
