"""A proposal written into a plan, run by the engine, and what the engine says beyond the linear equation."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from bpc.core.financing.need import GIVEN, Floats, Need, Offer, Proposal
from bpc.core.plan.schema import Plan as Assumptions
from bpc.core.plan.schema.funding import Grant, Overdraft, Subscription
from bpc.core.plan.simulation import Simulation
from bpc.core.plan.solvers.borrowing import loan_of
from bpc.portal.journeys.financing_need import BROUGHT, PlanNeed, own_cash_of, run_plan
from bpc.portal.journeys.financing_offers import REFUND_DELAY, SourceOffer, line_id

#: The parts of a document that say who pays; an accepted proposal replaces these alone.
FUNDING_PARTS = ("shares", "grants", "loans", "overdraft")
#: How a line is named in the plan, in the language of its owner: {} is the source.
BRIDGE_NAMES = {"fr": "Avance de la banque en attendant : {}", "ar": "تسبيق بنكي في انتظار: {}"}
BANK_NAMES = {"fr": "Prêt bancaire", "ar": "قرض بنكي"}
LONGEST = 160


@dataclass(frozen=True, slots=True)
class Written:
    """A plan with a proposal in it, and its run."""

    plan: Assumptions
    run: Simulation

    @property
    def min_cash(self) -> float:
        """The engine's lowest cash, the campaign credit within its limit included."""
        return float(self.run.closing.cash.min())

    @property
    def funding(self) -> dict[str, Any]:
        """The parts it replaces, each whole, and the month the plan begins."""
        whole = self.plan.model_dump(mode="json")
        return {name: whole[name] for name in (*FUNDING_PARTS, "start")}


def write_proposal(
    need: PlanNeed, offers: Mapping[str, SourceOffer], proposal: Proposal, language: str = "fr"
) -> Written:
    """The plan without the money replaced, with that of the proposal; and its run."""
    base = need.base
    grants, loans, overdraft = list(base.grants), list(base.loans), None
    for name, amount in proposal.amounts.items():
        one = offers[name]
        if one.offer.kind in GIVEN:
            grants.append(_grant(one, amount, proposal, language))
        elif one.offer.kind == "line":
            overdraft = Overdraft(limit=amount, annual_rate=one.line_rate)
        elif one.loan is not None:
            named = one.loan.model_copy(update={"name": _name(one, language)})
            loans.append(loan_of(named, amount))
    plan = base.model_copy(
        update={
            "grants": tuple(grants),
            "loans": tuple(loans),
            "overdraft": overdraft,
            "shares": _shares(base, proposal, need.need),
        }
    )
    return Written(plan, run_plan(plan))


def correction_of(need: Need, offers: Mapping[str, Offer], proposal: Proposal, written: Written) -> Floats:
    """What the engine's cash has beyond base + own cash + Σ k_i x_i - interest of the line, (T,), MAD."""
    linear = need.base_cash + proposal.own_cash * need.own_profile
    for name, amount in proposal.amounts.items():
        if offers[name].kind != "line":
            linear = linear + amount * offers[name].cash_per_dirham
    interest = np.cumsum(written.run.closing.overdraft_interest[:, 0])
    return np.asarray(own_cash_of(written.run) - (linear - interest))


def gap_of(proposal: Proposal, written: Written) -> float:
    """The largest difference in any month between the solver's cash and the engine's, MAD."""
    return float(np.abs(proposal.cash - written.run.closing.cash[:, 0]).max())


def with_correction(need: PlanNeed, correction: Floats | None) -> PlanNeed:
    """The same need, its linear equation corrected."""
    return replace(need, need=replace(need.need, correction=correction))


def _shares(base: Assumptions, proposal: Proposal, need: Need) -> Any:
    each = proposal.own_cash / need.own_cash_step
    first = (Subscription(month=0, members=base.members.count, shares_each=each),) if each > 0 else ()
    return base.shares.model_copy(update={"subscriptions": (*first, *base.shares.subscriptions)})


def _grant(one: SourceOffer, amount: float, proposal: Proposal, language: str) -> Grant:
    month = one.offer.month
    claimed = month - REFUND_DELAY if one.payment == "reimbursement" else month
    return Grant(
        id=line_id(one.slug),
        name=_name(one, language),
        amount=amount,
        items=tuple(item for item in proposal.pays.get(one.offer.id, ()) if item != BROUGHT),
        claim_month=min(max(claimed, 0), 119),
        cash_month=month,
    )


def _name(one: SourceOffer, language: str) -> str:
    """The source's name in that language; what no source of the directory gives has one of ours."""
    known = one.names[1 if language == "ar" else 0]
    side = "ar" if language == "ar" else "fr"
    if one.offer.kind == "bridge":
        return BRIDGE_NAMES[side].format(known)[:LONGEST]
    return (known or BANK_NAMES[side])[:LONGEST]
