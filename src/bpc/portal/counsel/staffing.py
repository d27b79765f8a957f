"""Who may be given a request today, read from the database: a fixed number of questions, whatever the staff."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from bpc.portal.counsel.choosing import Advisor, Delegate, Need, Staff
from bpc.portal.counsel.models import Absence, AdvisorSheet, HelpRequest, Ownership
from bpc.portal.counsel.states import DeskKind, RequestState
from bpc.portal.people.models import RoleGrant
from bpc.portal.people.roles import Role
from bpc.portal.projects.models import AdvisorAccess

WEEK = timedelta(days=7)
_USUAL = AdvisorSheet()  # the figures of an advisor without a sheet


def staff_of(region: str, at: datetime, project: int | None = None) -> Staff:
    """The advisors and delegates of `region`; who was let into `project` is said to know it."""
    roles: dict[str, set[int]] = {Role.ADVISOR: set(), Role.DELEGATE: set()}
    grants = RoleGrant.objects.filter(
        region=region, role__in=list(roles), ended_at=None, user__is_active=True
    )
    for role, person in grants.values_list("role", "user"):
        roles[role].add(person)
    advisors, delegates = roles[Role.ADVISOR], roles[Role.DELEGATE]
    waiting = open_requests(advisors | delegates)
    return Staff(
        advisors=tuple(_advisors(advisors, at, project, waiting)),
        delegates=tuple(
            Delegate(person, waiting.get((person, DeskKind.REGION), 0)) for person in sorted(delegates)
        ),
    )


def _advisors(
    people: set[int], at: datetime, project: int | None, waiting: dict[tuple[int, str], int]
) -> Iterable[Advisor]:
    sheets = {row.user_id: row for row in AdvisorSheet.objects.filter(user__in=people)}
    received = received_this_week(people, at)
    away = people_away(people, timezone.localtime(at).date())
    knows: set[int] = set()
    if project is not None:
        knows = set(
            AdvisorAccess.objects.filter(project=project, ended_at=None).values_list("advisor", flat=True)
        )
    for person in sorted(people):
        sheet = sheets.get(person, _USUAL)
        yield Advisor(
            person, frozenset(sheet.languages), frozenset(sheet.sectors),
            open_requests=waiting.get((person, DeskKind.ADVISOR), 0), received=received.get(person, 0),
            requests_a_week=sheet.requests_a_week, is_away=person in away, knows_project=person in knows,
        )  # fmt: skip


def open_requests(people: Iterable[int]) -> dict[tuple[int, str], int]:
    """How many requests wait for each person's answer, by desk."""
    rows = (
        HelpRequest.objects.filter(holder__in=people, state=RequestState.WAITING)
        .order_by()
        .values_list("holder", "desk")
        .annotate(Count("pk"))
    )
    return {(holder, desk): number for holder, desk, number in rows if holder is not None}


def received_this_week(people: Iterable[int], at: datetime) -> dict[int, int]:
    """How many requests each advisor was given these last seven days, those they passed on included."""
    rows = (
        Ownership.objects.filter(holder__in=people, desk=DeskKind.ADVISOR, since__gt=at - WEEK)
        .order_by()
        .values_list("holder")
        .annotate(Count("request", distinct=True))
    )
    return {holder: number for holder, number in rows if holder is not None}


def running_absences(today: date) -> Q:
    """The rule on absences that hold today."""
    return Q(cancelled_at=None, from_on__lte=today, until_on__gte=today)


def people_away(people: Iterable[int], today: date) -> set[int]:
    """Those of `people` who are away today."""
    return set(
        Absence.objects.filter(running_absences(today), advisor__in=people).values_list("advisor", flat=True)
    )


def need_of(request: HelpRequest) -> Need:
    """What decides of the owner of a request."""
    return Need(request.asker_id, request.language, request.sector_id or "", request.priority > 0)
