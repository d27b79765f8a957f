"""A proposal accepted: its money written in the plan in one revision, its applications opened; or taken back."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from bpc.portal.applications.actions import UnknownSource, open_application
from bpc.portal.applications.models import Application
from bpc.portal.applications.states import RUNNING, State
from bpc.portal.financing.models import FinancingPlan
from bpc.portal.financing.states import PlanState
from bpc.portal.financing.studies import PASSING, Part, Proposal, read_study
from bpc.portal.financing.studying import NoSuchProposal, mark_accepted, withdraw_study
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.plans.editing import PlanGone, Saved, open_plan, replace_document, undo_last
from bpc.portal.plans.models import Plan
from bpc.portal.projects.models import Project


class Outdated(Exception):
    """The plan is no longer the one that was studied."""


@dataclass(frozen=True, slots=True)
class FileApart:
    """A running application that speaks of another amount (MAD) than the proposal; `standing`: in its own words."""

    application: Application
    standing: Decimal
    proposed: Decimal

    @property
    def follows(self) -> bool:
        """Whether accepting changes its amount: only while it is being prepared."""
        return self.application.state == State.PREPARING

    @property
    def is_decided(self) -> bool:
        """Whether `standing` is what the source granted, no longer what is asked."""
        return self.application.amount_granted is not None


def files_apart(project: Project, proposal: Proposal) -> tuple[FileApart, ...]:
    """The files of the proposal's sources that run with another amount, to be said before anything is written."""
    wanted = {part.source: _amount(part) for part in _asked_parts(proposal)}
    running = Application.objects.filter(project=project, source_slug__in=wanted, state__in=RUNNING)
    found = []
    for one in running:
        proposed = wanted[one.source_slug]
        standing = one.amount_asked if one.amount_granted is None else one.amount_granted
        if standing is not None and abs(standing - proposed) >= 1:
            found.append(FileApart(one, standing, proposed))
    return tuple(found)


def _asked_parts(proposal: Proposal) -> tuple[Part, ...]:
    """What is asked of a source of the directory."""
    return tuple(part for part in proposal.parts if part.source and part.kind not in PASSING)


def _amount(part: Part) -> Decimal:
    return Decimal(str(round(part.amount, 2)))


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
    """A file to prepare for each source of the directory; one taken off it since is not asked, one sent stands."""
    for part in _asked_parts(proposal):
        try:
            open_application(
                project=financing.project, source_slug=part.source, amount=_amount(part), actor=actor, at=at
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
