"""A proposal accepted: its money written in the plan in one revision, its applications opened; or taken back."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from bpc.portal.applications.actions import UnknownSource, open_application
from bpc.portal.financing.models import FinancingPlan
from bpc.portal.financing.states import PlanState
from bpc.portal.financing.studies import PASSING, Proposal, read_study
from bpc.portal.financing.studying import NoSuchProposal, mark_accepted, withdraw_study
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.plans.editing import PlanGone, Saved, open_plan, replace_document, undo_last
from bpc.portal.plans.models import Plan


class Outdated(Exception):
    """The plan is no longer the one that was studied."""


@transaction.atomic
def accept_financing(*, financing: FinancingPlan, chosen: int, actor: Any, at: datetime) -> Saved:
    """Write a proposal over the plan's loans, grants, shares and campaign credit, and open its applications.

    Raises `Outdated` when the plan changed since the study, `IllegalMove` when the study no longer stands,
    `NoSuchProposal`, and what `plans.editing.replace_document` raises; nothing is written then.
    """
    check(actor, "financing.decide", financing)
    plan = _plan(financing, actor)
    row = FinancingPlan.objects.get(pk=financing.pk)
    if row.state != PlanState.PROPOSED:
        raise IllegalMove(row.state)
    if plan.revision != row.plan_revision:
        raise Outdated(str(plan.revision))
    proposals = read_study(row.study).proposals
    if not 0 <= chosen < len(proposals):
        raise NoSuchProposal(str(chosen))
    proposal = proposals[chosen]
    saved = replace_document(
        plan=plan, actor=actor, base_revision=plan.revision,
        document={**plan.document, **proposal.funding}, at=at,
    )  # fmt: skip
    mark_accepted(financing=financing, chosen=chosen, accepted_revision=saved.revision, actor=actor, at=at)
    _open_applications(financing, proposal, actor, at)
    return saved


def _plan(financing: FinancingPlan, actor: Any) -> Plan:
    """The scenario as it is now, locked. Raises `PlanGone`."""
    plan = Plan.objects.filter(pk=financing.plan_key, project=financing.project_id).first()
    if plan is None:
        raise PlanGone(str(financing.plan_key))
    return open_plan(plan, actor)


def _open_applications(financing: FinancingPlan, proposal: Proposal, actor: Any, at: datetime) -> None:
    """A file to prepare for each source of the directory; one taken off it since is not asked."""
    for part in proposal.parts:
        if not part.source or part.kind in PASSING:
            continue
        amount = Decimal(str(round(part.amount, 2)))
        try:
            open_application(
                project=financing.project, source_slug=part.source, amount=amount, actor=actor, at=at
            )
        except UnknownSource:
            continue


@transaction.atomic
def take_back_financing(*, financing: FinancingPlan, actor: Any, at: datetime) -> Saved:
    """Undo one's own acceptance while nothing else changed in the plan; the applications opened stay.

    Raises `Outdated` when the plan moved on, and what `plans.editing.undo_last` raises.
    """
    check(actor, "financing.decide", financing)
    plan = _plan(financing, actor)
    row = FinancingPlan.objects.get(pk=financing.pk)
    if row.state != PlanState.ACCEPTED or plan.revision != row.accepted_revision:
        raise Outdated(str(plan.revision))
    saved = undo_last(plan=plan, actor=actor, at=at)
    withdraw_study(financing=financing, actor=actor, at=at)
    return saved
