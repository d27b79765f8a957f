"""Silence on a path: the group is told once, gently; then its advisor; then the desk of its region. Each once.

The delays are `settings.SILENCE_DAYS`, counted from the last sign of life of the group (`projects.signs`). A sign
ends the silence: what is told later is about another one. Nothing of the project is said, only its code.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet

from bpc.portal.counsel import notices
from bpc.portal.counsel.models import Assignment, Silence
from bpc.portal.people.delivery import notify
from bpc.portal.people.models import RoleGrant, User
from bpc.portal.people.roles import Role
from bpc.portal.projects.actions import lock
from bpc.portal.projects.models import AdvisorAccess, Project


@dataclass(frozen=True)
class ToldSilence:
    """How many groups, advisors' projects and regions' projects were told of."""

    groups: int
    advisors: int
    regions: int


def watch_silence(on_a_path: Any, at: datetime) -> ToldSilence:
    """Tell what has to be told today; run again, it tells nothing more.

    `on_a_path`: keys of the projects that follow a path, or a query of them; the others are left in peace.
    """
    groups = _each(_newly_silent(on_a_path, at), lambda row: _tell_group(row, at))
    advisors = _each(_lasting("advisor", "advisor_at", at), lambda row: _tell_advisors(row, at))
    found = [row for row in _lasting("region", "region_at", at) if _mark(row, "region_at", at)]
    _tell_regions(found, at)
    return ToldSilence(groups, advisors, len(found))


def _each(rows: Iterable[Any], act: Callable[[Any], bool]) -> int:
    return sum(act(row) for row in list(rows))


def _limit(who: str, at: datetime) -> datetime:
    return at - timedelta(days=settings.SILENCE_DAYS[who])


def _newly_silent(on_a_path: Any, at: datetime) -> QuerySet[Project]:
    told = Silence.objects.filter(since=F("project__last_sign_at")).values("project")
    rows = Project.objects.filter(pk__in=on_a_path, archived_at=None, last_sign_at__lte=_limit("group", at))
    return rows.exclude(pk__in=told).only("reference", "last_sign_at").order_by("pk")


def running_silences() -> QuerySet[Silence]:
    """Those that no sign has ended, of projects that are not put aside."""
    return Silence.objects.filter(since=F("project__last_sign_at"), project__archived_at=None)


def _lasting(who: str, column: str, at: datetime) -> QuerySet[Silence]:
    rows = running_silences().filter(**{column: None}, since__lte=_limit(who, at))
    # who has just been told is left the time to answer, were the job not run for a month
    return rows.filter(group_at__lte=at - _between("group", who)).select_related("project").order_by("pk")


def _between(first: str, then: str) -> timedelta:
    return timedelta(days=settings.SILENCE_DAYS[then] - settings.SILENCE_DAYS[first])


@transaction.atomic
def _tell_group(row: Project, at: datetime) -> bool:
    """Under the project's lock: two runs at once tell once, and a sign that came in between tells nothing."""
    if lock(row).last_sign_at != row.last_sign_at:
        return False
    _made, created = Silence.objects.get_or_create(
        project=row, since=row.last_sign_at, defaults={"group_at": at}
    )
    if created:
        notices.tell_owners(row, "counsel.silent_group", at=at)
    return created


def _mark(row: Silence, column: str, at: datetime) -> bool:
    """Claim the right to tell: one run of two has it."""
    return bool(Silence.objects.filter(pk=row.pk, **{column: None}).update(**{column: at}))


@transaction.atomic
def _tell_advisors(row: Silence, at: datetime) -> bool:
    """The advisors let in; the one chosen by the delegation when the group let nobody in."""
    if not _mark(row, "advisor_at", at):
        return False
    people = advisors_of_project(row.project)
    for user in people:
        notify(user=user, kind="counsel.silent_project", data={"reference": row.project.reference}, at=at)
    return bool(people)


def advisors_of_project(project: Project) -> list[User]:
    """Who reads the project as an advisor and still advises in its region."""
    grants = RoleGrant.objects.filter(role=Role.ADVISOR, region=project.region_id, ended_at=None)
    let_in = AdvisorAccess.objects.filter(project=project, ended_at=None)
    people = User.objects.filter(is_active=True, pk__in=grants.values("user"))
    return list(people.filter(pk__in=let_in.values("advisor")).order_by("pk"))


def _tell_regions(rows: Iterable[Silence], at: datetime) -> None:
    """One message a delegate, however many projects went silent: how many, and the page that lists them."""
    by_region = defaultdict[str, int](int)
    for row in rows:
        by_region[row.project.region_id] += 1
    grants = RoleGrant.objects.filter(
        role=Role.DELEGATE, region__in=by_region, ended_at=None, user__is_active=True
    ).select_related("user")
    for grant in grants.order_by("user", "region"):
        notify(
            user=grant.user,
            kind="counsel.silent_region",
            data={"number": by_region[grant.region_id or ""]},
            at=at,
        )


def silent_without_answer(region: str) -> QuerySet[Silence]:
    """The silences of a region that came up to its desk, the longest first."""
    rows = running_silences().filter(project__region=region, region_at__isnull=False)
    return rows.select_related("project__commune", "project__sector").order_by("since", "pk")


def chosen_advisors(projects: Iterable[int]) -> dict[int, User]:
    """Who was chosen for each of these projects: one query."""
    rows = Assignment.objects.filter(project__in=list(projects), ended_at=None).select_related("advisor")
    return {row.project_id: row.advisor for row in rows if row.advisor is not None}
