"""A delegation chooses an advisor for a project, one or several at once; the group opens to them, or says no."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from bpc.portal.counsel import notices
from bpc.portal.counsel.models import Assignment
from bpc.portal.counsel.places import place_of, seats_in
from bpc.portal.counsel.placing import Ranked, rank_seats
from bpc.portal.counsel.states import Ended
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import ReasonMissing
from bpc.portal.ideas.languages import language_of
from bpc.portal.people.models import RoleGrant, User
from bpc.portal.people.roles import Role
from bpc.portal.projects.actions import lock
from bpc.portal.projects.models import Project
from bpc.portal.projects.sharing import grant_advisor


class CannotAdvise(Exception):
    """The person does not advise in the project's region, or belongs to its group."""


class ChosenMeanwhile(Exception):
    """Somebody else chose an advisor for the project since the page was read."""


@dataclass(frozen=True)
class Chosen:
    """A choice as a form gives it. `before`: the running assignment that was read, None for none."""

    advisor: int
    note: str = ""
    before: int | None = None


@transaction.atomic
def assign_advisor(*, project: Project, chosen: Chosen, actor: Any, at: datetime) -> Assignment:
    """Choose the advisor of a project; the group, the advisor and the former one are told. The same again: nothing.

    Who is full or away is chosen with a written reason only. Raises `ChosenMeanwhile`, `CannotAdvise`,
    `ReasonMissing`, `PermissionDenied`.
    """
    row = lock(project)
    check(actor, "counsel.assign", row)
    running = running_assignment(row)
    if running is not None and running.advisor_id == chosen.advisor:
        return running
    if chosen.before != (running.pk if running is not None else None):
        raise ChosenMeanwhile(row.reference)
    # two delegates who fill the same advisor at once: the second waits, then finds them full
    list(User.objects.select_for_update(no_key=True).filter(pk=chosen.advisor))
    best = _ranked(row, chosen.advisor, at)
    is_over = not best.seat.may_be_proposed
    if is_over and not chosen.note.strip():
        raise ReasonMissing("assign advisor")
    former = _end(running, Ended.CHANGED, actor, at)
    made = _create(row, best, chosen.note, actor, at)
    notices.tell_assigned(made, former, at=at)
    return made


def _ranked(row: Project, advisor: int, at: datetime) -> Ranked:
    found = [
        one
        for one in rank_seats(place_of(row), seats_in(row.region_id, at, [row.pk]))
        if one.seat.person == advisor
    ]
    if not found:
        raise CannotAdvise(advisor)
    return found[0]


def _create(row: Project, best: Ranked, note: str, actor: Any, at: datetime) -> Assignment:
    note, is_over = note.strip(), not best.seat.may_be_proposed
    made = Assignment.objects.create(
        project=row, advisor_id=best.seat.person, reasons=list(best.reasons), is_over=is_over, note=note,
        language=language_of(note) if note else "", assigned_by=actor, assigned_at=at,
    )  # fmt: skip
    record(
        actor=actor, verb="assign advisor", obj=row, at=at, reason=note if is_over else "",
        data={"advisor": best.seat.person, "reasons": list(best.reasons), "over": is_over},
    )  # fmt: skip
    return made


def _end(running: Assignment | None, why: Ended, actor: Any, at: datetime) -> User | None:
    """End it with its trace; returns whom it took the project from."""
    if running is None:
        return None
    running.ended_at, running.ended_why = at, why
    running.save(update_fields=["ended_at", "ended_why"])
    record(
        actor=actor, verb="end assignment", obj=running.project, at=at,
        data={"advisor": running.advisor_id, "why": str(why)},
    )  # fmt: skip
    return running.advisor


def running_assignment(project: Project) -> Assignment | None:
    """The one that stands today."""
    return (
        Assignment.objects.filter(project=project, ended_at=None).select_related("advisor", "project").first()
    )


@transaction.atomic
def assign_several(
    *, chosen: Iterable[tuple[Project, Chosen]], actor: Any, at: datetime
) -> tuple[list[Assignment], list[Project]]:
    """Each choice confirmed by a person; returns what was made, and the projects somebody else settled meanwhile.

    All or nothing for the rest. Raises as `assign_advisor` does, apart from `ChosenMeanwhile`.
    """
    made, settled = [], []
    # in one order for everybody, so that two delegates wait for each other and never both
    for project, one in sorted(chosen, key=lambda pair: pair[0].pk):
        try:
            with transaction.atomic():
                made.append(assign_advisor(project=project, chosen=one, actor=actor, at=at))
        except ChosenMeanwhile:
            settled.append(project)
    return made, settled


@transaction.atomic
def answer_assignment(*, assignment: Assignment, accept: bool, actor: User, at: datetime) -> None:
    """An owner of the group opens the project to the advisor chosen, or says no. Answering twice changes nothing.

    Raises `ChosenMeanwhile` when it stands no more, `projects.sharing.NotAnAdvisor`, `PermissionDenied`.
    """
    project = lock(assignment.project)
    check(actor, "projects.own", project)
    running = running_assignment(project)
    if running is None or running.pk != assignment.pk or running.advisor is None:
        raise ChosenMeanwhile(project.reference)
    if accept:
        grant_advisor(project=project, advisor=running.advisor, actor=actor, at=at)
        return
    _end(running, Ended.DECLINED, actor, at)
    notices.tell_declined(running, at=at)


@transaction.atomic
def pass_assignments(*, advisor: User, to: User | None, actor: Any, at: datetime) -> int:
    """Give the projects of who leaves to `to` while they have room, else to the best placed; returns how many went.

    Those that let the advisor in and had no assignment are counted too. Nobody is filled beyond what was planned:
    the projects left over wait in the list of those without an advisor.
    """
    regions = advisor.regions_as(Role.ADVISOR)
    mine = Project.objects.filter(archived_at=None, region__in=regions)
    rows = mine.filter(pk__in=_held_by(advisor)).order_by("pk")
    given = 0
    for row in rows.select_for_update(of=("self",)):
        _end(running_assignment(row), Ended.HAND_OVER, actor, at)
        ranked = [
            one
            for one in rank_seats(place_of(row), seats_in(row.region_id, at, [row.pk]))
            if one.seat.may_be_proposed and one.seat.person != advisor.pk
        ]
        best = next((one for one in ranked if to is not None and one.seat.person == to.pk), None)
        best = best or next(iter(ranked), None)
        if best is not None:
            notices.tell_advisor_assigned(_create(row, best, "", actor, at), at=at)
            given += 1
    return given


def _held_by(advisor: User) -> Any:  # a queryset of keys
    """Projects chosen for the advisor, and those that let them in when nobody else was chosen."""
    others = Assignment.objects.filter(project=OuterRef("pk"), ended_at=None).exclude(advisor=advisor)
    chosen = Project.objects.filter(assignments__advisor=advisor, assignments__ended_at=None)
    let_in = Project.objects.filter(
        ~Exists(others), advisor_accesses__advisor=advisor, advisor_accesses__ended_at=None
    )
    return Project.objects.filter(Q(pk__in=chosen.values("pk")) | Q(pk__in=let_in.values("pk"))).values("pk")


@transaction.atomic
def settle_assignments(*, at: datetime, actor: Any = None) -> int:
    """End the assignments of who advises in the project's region no more; returns how many. Safe at any time."""
    works = RoleGrant.objects.filter(
        user=OuterRef("advisor"), region=OuterRef("project__region"), role=Role.ADVISOR, ended_at=None,
        user__is_active=True,
    )  # fmt: skip
    rows = Assignment.objects.filter(~Exists(works), ended_at=None).select_related("project", "advisor")
    ended = list(rows.select_for_update(of=("self",)).order_by("pk"))
    for row in ended:
        _end(row, Ended.ROLE_ENDED, actor, at)
    return len(ended)


def waits_for_group(project: Project, let_in: set[int]) -> bool:
    """Whether an advisor was chosen whom the group, which let these people in, has not answered about: one query."""
    chosen = Assignment.objects.filter(project=project, ended_at=None, advisor__isnull=False)
    return project.archived_at is None and chosen.exclude(advisor__in=let_in).exists()
