"""Reads of the sessions: the calendar, one whole, who comes, what is one's own."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, F, QuerySet
from django.utils import timezone

from bpc.portal.foundation.permissions import visible
from bpc.portal.people.models import RoleGrant, User
from bpc.portal.people.roles import Role
from bpc.portal.workshops.models import CourseRequest, Enrolment, Workshop
from bpc.portal.workshops.states import AskState, Audience, WorkshopState
from bpc.portal.workshops.visibility import running_of, workshops_held_by

#: What a line of the calendar shows: no note, no address.
_LINE = (
    "reference", "course", "state", "starts_at", "ends_at", "place", "language", "spoken", "audience", "capacity",
    "seat_count", "waiting_count", "registration_until", "is_demo", "commune__name_fr", "commune__name_ar",
    "region__name_fr", "region__name_ar",
)  # fmt: skip


def lines(rows: QuerySet[Workshop]) -> QuerySet[Workshop]:
    """The sessions as lines of a list, without their longer words."""
    return rows.select_related("commune", "region").only(*_LINE)


def calendar(
    person: Any, *, region: str = "", course: int | None = None, month: tuple[int, int] | None = None
) -> QuerySet[Workshop]:
    """The announced sessions the person sees: of a region, a course, and beginning in a month (year, month)."""
    rows = visible(person, Workshop).exclude(state=WorkshopState.DRAFT)
    if region:
        rows = rows.filter(region=region)
    if course is not None:
        rows = rows.filter(course=course)
    if month is not None:
        rows = rows.filter(starts_at__gte=_first(*month), starts_at__lt=_first(*_next(month)))
    return lines(rows.filter(announced_at__isnull=False))


def coming(rows: QuerySet[Workshop], at: datetime) -> QuerySet[Workshop]:
    """Those not over, the nearest first; the cancelled too, so that nobody travels for nothing."""
    return rows.filter(ends_at__gt=at).exclude(state=WorkshopState.HELD).order_by("starts_at", "pk")


def past(rows: QuerySet[Workshop], at: datetime) -> QuerySet[Workshop]:
    """Those over or held, the latest first."""
    return rows.exclude(pk__in=coming(rows, at).order_by().values("pk")).order_by("-starts_at", "-pk")


def months_ahead(today: date, number: int = 6) -> list[tuple[int, int]]:
    """This month and those that follow, as pairs (year, month)."""
    found = [(today.year, today.month)]
    while len(found) < number:
        found.append(_next(found[-1]))
    return found


def sessions_of(course_code: str, at: datetime, limit: int = 3) -> list[Workshop]:
    """The next sessions of a course that are open to all, not cancelled and not begun: one query."""
    rows = Workshop.objects.filter(
        course__code=course_code, audience=Audience.ALL, state=WorkshopState.ANNOUNCED, starts_at__gt=at
    )
    return list(lines(rows).order_by("starts_at", "pk")[:limit])


def whole_workshops() -> QuerySet[Workshop]:
    """With all a sheet shows: places, days, who teaches."""
    rows = Workshop.objects.select_related("region", "commune", "course", "organisation")
    return rows.prefetch_related("days", "trainers__user")


def workshops_kept(person: Any) -> QuerySet[Workshop]:
    """Those the person holds, the latest first."""
    return lines(workshops_held_by(person)).order_by("-starts_at", "-pk")


def own_enrolment(person: Any, workshop: Workshop) -> Enrolment | None:
    """The running registration of a signed-in person."""
    return running_of(person).filter(workshop=workshop).first() if person.is_authenticated else None


def own_enrolments(person: Any, limit: int = 50) -> list[Enrolment]:
    """The person's running registrations, the latest first, with how many days they were there."""
    rows = running_of(person).select_related("workshop", "workshop__commune", "workshop__region")
    rows = rows.annotate(present=Count("presences"))
    return list(rows.order_by("-workshop__starts_at", "-pk")[:limit])


def own_requests(person: Any) -> list[CourseRequest]:
    """What the person asks for and waits for."""
    rows = CourseRequest.objects.filter(user=person, state=AskState.WAITING)
    return list(rows.select_related("course", "commune", "province").order_by("-asked_at", "-pk"))


def own_request(person: Any, course: int) -> CourseRequest | None:
    """What the person asks for this course, while it waits."""
    if not person.is_authenticated:
        return None
    rows = CourseRequest.objects.filter(user=person, course=course, state=AskState.WAITING)
    return rows.select_related("commune").first()


def enrolled(workshop: Workshop, query: str = "") -> QuerySet[Enrolment]:
    """The registrations of a session: seats first, then those who wait in their order, then the cancelled."""
    rows: QuerySet[Enrolment] = workshop.registrations.all()
    if query:
        rows = rows.filter(name__icontains=query)
    return rows.order_by(F("cancelled_at").asc(nulls_first=True), F("seated_at").asc(nulls_last=True), "pk")


def active_trainers() -> list[User]:
    """The accounts with the role today, by name."""
    grants = RoleGrant.objects.filter(role=Role.TRAINER, ended_at=None).values("user")
    return list(User.objects.filter(pk__in=grants, is_active=True).order_by("display_name", "pk"))


def _first(year: int, month: int) -> datetime:
    return timezone.make_aware(datetime.combine(date(year, month, 1), time.min))


def _next(month: tuple[int, int]) -> tuple[int, int]:
    after = date(*month, 28) + timedelta(days=4)
    return after.year, after.month
