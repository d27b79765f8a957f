"""What an advisor can take, when they are away, and the hand-over of all they have."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from bpc.portal.counsel.assigning import pass_assignments
from bpc.portal.counsel.handing import give_elsewhere
from bpc.portal.counsel.models import Absence, AdvisorSheet, HelpRequest
from bpc.portal.counsel.staffing import running_absences
from bpc.portal.counsel.states import OPEN_STATES, DeskKind, RequestState, Why
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.people.delivery import notify
from bpc.portal.people.models import User
from bpc.portal.people.roles import Role
from bpc.portal.projects.mandates.ending import end_mandates
from bpc.portal.projects.mandates.states import Ending
from bpc.portal.projects.models import AdvisorAccess, Mandate, ProjectMember
from bpc.portal.projects.states import MemberRole


class ChangedMeanwhile(Exception):
    """Somebody else changed the sheet since it was read."""


class WrongDates(Exception):
    """An absence that is over already, or ends before it begins, or overlaps another."""


@dataclass(frozen=True)
class Plan:
    """What an advisor can take; empty lists: not said."""

    languages: tuple[str, ...]
    sectors: tuple[str, ...]
    projects_most: int
    requests_a_week: int


@transaction.atomic
def keep_sheet(*, advisor: User, plan: Plan, revision: int, actor: Any, at: datetime) -> AdvisorSheet:
    """Write what an advisor can take. `revision` is the one that was read, 0 for a first sheet.

    Raises `ChangedMeanwhile`, `PermissionDenied`.
    """
    check(actor, "counsel.keep_sheet", advisor)
    User.objects.select_for_update().get(pk=advisor.pk)
    row = AdvisorSheet.objects.filter(user=advisor).first() or AdvisorSheet(user=advisor, revision=0)
    if row.revision != revision:
        raise ChangedMeanwhile(advisor.pk)
    row.languages, row.sectors = list(plan.languages), list(plan.sectors)
    row.projects_most, row.requests_a_week = plan.projects_most, plan.requests_a_week
    row.revision, row.changed_at = revision + 1, at
    row.save()
    record(
        actor=actor, verb="plan advisor", obj=advisor, at=at,
        data={"projects": row.projects_most, "requests": row.requests_a_week},
    )  # fmt: skip
    return row


@transaction.atomic
def note_absence(*, advisor: User, from_on: date, until_on: date, actor: Any, at: datetime) -> Absence:
    """Say that an advisor is away; what waits for them is handed over on the first day (`watching.watch`), or now.

    Raises `WrongDates`, `PermissionDenied`.
    """
    check(actor, "counsel.keep_sheet", advisor)
    User.objects.select_for_update().get(pk=advisor.pk)
    today = timezone.localtime(at).date()
    standing = Absence.objects.filter(
        advisor=advisor, cancelled_at=None, from_on__lte=until_on, until_on__gte=from_on
    )
    if until_on < from_on or until_on < today or standing.exists():
        raise WrongDates
    made = Absence.objects.create(
        advisor=advisor, from_on=from_on, until_on=until_on, noted_by=actor, noted_at=at
    )
    record(
        actor=actor, verb="note absence", obj=advisor, at=at,
        data={"absence": made.pk, "from": from_on.isoformat(), "until": until_on.isoformat()},
    )  # fmt: skip
    if from_on <= today:
        hand_over_absent(absence=made, at=at)
    return made


@transaction.atomic
def cancel_absence(*, absence: Absence, actor: Any, at: datetime) -> None:
    """The advisor is back, or does not leave; what was handed over stays where it went. Twice changes nothing."""
    check(actor, "counsel.keep_sheet", absence.advisor)
    if Absence.objects.filter(pk=absence.pk, cancelled_at=None).update(cancelled_at=at):
        record(actor=actor, verb="cancel absence", obj=absence.advisor, at=at, data={"absence": absence.pk})


def absences_beginning(today: date) -> Any:
    """The absences that run and whose requests were not handed over yet."""
    return Absence.objects.filter(running_absences(today), handed_over_at=None).select_related("advisor")


@transaction.atomic
def hand_over_absent(*, absence: Absence, at: datetime) -> int:
    """Give elsewhere what waits for the absent advisor's answer; returns how many requests went. Once an absence."""
    row = Absence.objects.select_for_update(of=("self",)).select_related("advisor").get(pk=absence.pk)
    if row.handed_over_at is not None:
        return 0
    row.handed_over_at = absence.handed_over_at = at
    row.save(update_fields=["handed_over_at"])
    waiting = HelpRequest.objects.filter(
        holder=row.advisor, desk=DeskKind.ADVISOR, state=RequestState.WAITING
    )
    return sum(
        give_elsewhere(request=one, leaving=row.advisor, why=Why.ABSENCE, to=None, actor=None, at=at)
        for one in list(waiting.order_by("pk"))
    )


@dataclass(frozen=True)
class HandedOver:
    """What a hand-over did: requests given, groups told that their advisor changes, projects that have another."""

    requests: int
    projects: int
    placed: int = 0


@transaction.atomic
def hand_over_portfolio(*, advisor: User, to: User | None, actor: Any, at: datetime) -> HandedOver:
    """Give all the open requests of an advisor to `to`, or (None) each to whoever is best placed.

    Projects are opened by their groups alone: another advisor with room is chosen for each, each owner is told, and
    lets the next one in if they wish. Nobody's mandate passes to another: those of the advisor end.
    Raises `PermissionDenied`.
    """
    check(actor, "counsel.steer", advisor)
    requests = HelpRequest.objects.filter(holder=advisor, desk=DeskKind.ADVISOR, state__in=OPEN_STATES)
    given = sum(
        give_elsewhere(request=one, leaving=advisor, why=Why.HAND_OVER, to=to, actor=actor, at=at)
        for one in list(requests.order_by("pk"))
    )
    projects = AdvisorAccess.objects.filter(advisor=advisor, ended_at=None).values("project")
    owners = ProjectMember.objects.filter(project__in=projects, role=MemberRole.OWNER, user__is_active=True)
    told = list(owners.select_related("user"))
    for person in {member.user for member in told}:
        notify(user=person, kind="counsel.advisor_leaves", data={}, at=at)
    placed = pass_assignments(advisor=advisor, to=to, actor=actor, at=at)
    groups = len({member.project_id for member in told})
    end_mandates(Mandate.objects.filter(advisor=advisor), Ending.HAND_OVER, actor=actor, at=at)
    record(
        actor=actor, verb="hand portfolio over", obj=advisor, at=at,
        data={"requests": given, "projects": groups, "placed": placed, "to": to.pk if to is not None else None},
    )  # fmt: skip
    return HandedOver(given, groups, placed)


@transaction.atomic
def release(*, person: User, actor: Any, at: datetime, but: frozenset[int] = frozenset()) -> int:
    """Give elsewhere every request, open or over, of somebody who leaves the service; returns how many.

    `but` are people who leave with them.
    """
    rows = list(HelpRequest.objects.filter(holder=person).order_by("pk"))
    return sum(
        give_elsewhere(request=one, leaving=person, why=Why.ROLE_ENDED, to=None, actor=actor, at=at, but=but)
        for one in rows
    )


def is_advisor(user: User) -> bool:
    """Whether the account advises somewhere today."""
    return user.is_active and user.holds(Role.ADVISOR)
