"""What the pages of this room read, at a cost that does not grow with the number of requests."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, When
from django.utils import timezone

from bpc.portal.counsel.models import Absence, AdvisorSheet, HelpRequest
from bpc.portal.counsel.places import projects_by_advisor
from bpc.portal.counsel.staffing import received_this_week, running_absences
from bpc.portal.counsel.states import DeskKind, RequestState
from bpc.portal.counsel.visibility import requests_read_by
from bpc.portal.people.models import RoleGrant, User
from bpc.portal.people.roles import Role
from bpc.portal.projects.models import Project
from bpc.portal.projects.visibility import memberships_of


def whole_requests() -> QuerySet[HelpRequest]:
    """Requests with the names their page shows; to be given to `get_visible_or_404`."""
    return HelpRequest.objects.select_related("asker", "holder", "project", "region", "sector")


def requests_asked_by(person: Any) -> QuerySet[HelpRequest]:
    """One's own requests and those about the projects of one's groups: those that wait first, then the newest."""
    mine = Q(asker=person) | Q(project__in=memberships_of(person).values("project"))
    waits = Case(When(state=RequestState.WAITING, then=0), default=1, output_field=IntegerField())
    return (
        HelpRequest.objects.filter(mine)
        .select_related("project", "holder")
        .alias(waits=waits)
        .order_by("waits", "-asked_at", "-pk")
    )


def requests_about(project: Project, person: Any) -> QuerySet[HelpRequest]:
    """Those of one project that the person may read, the newest first."""
    return requests_read_by(person).filter(project=project).order_by("-asked_at", "-pk")


def by_urgency(rows: QuerySet[HelpRequest]) -> QuerySet[HelpRequest]:
    """Requests that wait, the one whose promise ends first ahead; laureates ahead of others of the same day."""
    return rows.filter(state=RequestState.WAITING).order_by("due_on", "-priority", "asked_at", "pk")


@dataclass(frozen=True)
class Counts:
    """How many requests of a list wait, are late, end today, came these last two days."""

    waiting: int
    late: int
    due_today: int
    new: int


def counts_of(rows: QuerySet[HelpRequest], at: datetime) -> Counts:
    """One query."""
    today = timezone.localtime(at).date()
    found = rows.filter(state=RequestState.WAITING).aggregate(
        waiting=Count("pk"),
        late=Count("pk", filter=Q(due_on__lt=today)),
        due_today=Count("pk", filter=Q(due_on=today)),
        new=Count("pk", filter=Q(asked_at__gt=at - timedelta(days=2))),
    )
    return Counts(**found)


@dataclass(frozen=True)
class Load:
    """What an advisor of a region has today beside what was planned."""

    user: User
    waiting: int
    late: int
    received: int
    requests_a_week: int
    projects: int
    projects_most: int
    away_until: date | None

    @property
    def is_full(self) -> bool:
        """Nothing more this week, unless it goes first."""
        return self.received >= self.requests_a_week

    @property
    def has_no_room(self) -> bool:
        """As many projects as planned."""
        return self.projects >= self.projects_most

    @property
    def room(self) -> int:
        """Projects they may still take."""
        return max(self.projects_most - self.projects, 0)


def loads_of(region: str, at: datetime) -> list[Load]:
    """Every advisor of the region by name: six queries, however many requests there are."""
    today = timezone.localtime(at).date()
    grants = RoleGrant.objects.filter(
        role=Role.ADVISOR, region=region, ended_at=None, user__is_active=True
    ).select_related("user")
    people = {grant.user_id: grant.user for grant in grants}
    sheets = {row.user_id: row for row in AdvisorSheet.objects.filter(user__in=people)}
    waiting = _waiting_by_holder(people, today)
    received = received_this_week(people, at)
    projects = projects_by_advisor(people)
    away = dict(
        Absence.objects.filter(running_absences(today), advisor__in=people).values_list("advisor", "until_on")
    )
    usual = AdvisorSheet()
    return [
        Load(
            user, *waiting.get(key, (0, 0)), received.get(key, 0), sheets.get(key, usual).requests_a_week,
            projects.get(key, 0), sheets.get(key, usual).projects_most, away.get(key),
        )
        for key, user in sorted(people.items(), key=lambda item: (item[1].display_name, item[0]))
    ]  # fmt: skip


def _waiting_by_holder(people: Iterable[int], today: date) -> dict[int, tuple[int, int]]:
    rows = (
        HelpRequest.objects.filter(holder__in=people, desk=DeskKind.ADVISOR, state=RequestState.WAITING)
        .order_by()
        .values_list("holder")
        .annotate(number=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today)))
    )
    return {holder: (number, late) for holder, number, late in rows if holder is not None}


def requests_to_steer(region: str, today: date) -> QuerySet[HelpRequest]:
    """Sheets that ask for a decision: at a desk instead of an advisor, or late; the oldest promise first."""
    rows = HelpRequest.objects.filter(region=region, state=RequestState.WAITING)
    unassigned = ~Q(desk=DeskKind.ADVISOR)
    return (
        rows.filter(unassigned | Q(due_on__lt=today))
        .select_related("holder")
        .order_by("due_on", "-priority", "pk")
    )


def unassigned_count(region: str) -> int:
    """How many wait at the region's or the national desk, without an advisor."""
    rows = HelpRequest.objects.filter(region=region, state=RequestState.WAITING)
    return rows.exclude(desk=DeskKind.ADVISOR).count()
