"""What the pages of this room read: free moments, agendas, how full calendars are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from bpc.portal.appointments.engaging import ROOM
from bpc.portal.appointments.models import (
    Appointment,
    Calendar,
    CalendarChange,
    OpeningRule,
    TakenTime,
)
from bpc.portal.appointments.openings import ZONE, Hours, Slot, free, steps
from bpc.portal.appointments.states import ChangeKind, State
from bpc.portal.appointments.visibility import running_calendars
from bpc.portal.people.engagements import engagements


def start_of(day: date) -> datetime:
    """Midnight in Morocco, in universal time."""
    return datetime.combine(day, time.min, ZONE).astimezone(UTC)


def hours_of(
    calendars: Iterable[Calendar], first: date, last: date, *, rules: QuerySet[OpeningRule] | None = None
) -> dict[int, Hours]:
    """What free moments are computed from, by calendar; a query a room however many calendars.

    Taken is taken, by an appointment or by whatever the other rooms keep of the advisor's time.
    `rules`: only these, for what one person may book in.
    """
    owners = {one.user_id: one.pk for one in calendars}
    keys, begins, ends = list(owners.values()), start_of(first), start_of(last + timedelta(days=1))
    known = (OpeningRule.objects.all() if rules is None else rules).filter(calendar__in=keys)
    by_rule, by_change, by_taken = defaultdict(list), defaultdict(list), defaultdict(set)
    for rule in known.select_related("commune").order_by("from_time", "pk"):
        by_rule[rule.calendar_id].append(rule)
    for change in CalendarChange.objects.filter(calendar__in=keys, ends_at__gt=begins, starts_at__lt=ends):
        by_change[change.calendar_id].append(change)
    taken = TakenTime.objects.filter(user__in=list(owners), moment__gte=begins, moment__lt=ends)
    for user, moment in taken.values_list("user", "moment"):
        by_taken[owners[user]].add(moment)
    for one in engagements(list(owners), begins, ends, but=ROOM):
        by_taken[owners[one.person]].update(steps(one.begins, one.ends))
    return {key: Hours(tuple(by_rule[key]), tuple(by_change[key]), by_taken[key]) for key in keys}


def bounds(calendar: Calendar, at: datetime) -> tuple[datetime, date]:
    """The moment after which one may book, and the last day."""
    return at + timedelta(hours=calendar.book_before), timezone.localdate(at) + timedelta(
        days=calendar.days_ahead
    )


def free_slots(
    calendar: Calendar, first: date, last: date, *, at: datetime, rules: QuerySet[OpeningRule] | None = None,
    after: datetime | None = None,
) -> list[Slot]:  # fmt: skip
    """The free moments of a calendar between two days, as far as it is open; `after` in place of its own delay."""
    soonest, farthest = bounds(calendar, at)
    last = min(last, farthest)
    if first > last:
        return []
    hours = hours_of([calendar], first, last, rules=rules)[calendar.pk]
    return list(free(hours, first, last, after=soonest if after is None else after))


def next_free(
    calendar: Calendar, *, at: datetime, near: datetime | None = None, number: int = 3,
    rules: QuerySet[OpeningRule] | None = None, after: datetime | None = None,
) -> list[Slot]:  # fmt: skip
    """The first free moments from `near` (from now) on, those before it when there are not enough after."""
    today = timezone.localdate(at)
    everything = free_slots(calendar, today, bounds(calendar, at)[1], at=at, rules=rules, after=after)
    if near is None:
        return everything[:number]
    later = list(islice((slot for slot in everything if slot.starts_at >= near), number))
    earlier = [slot for slot in everything if slot.starts_at < near]
    return sorted(
        later + earlier[len(earlier) - (number - len(later)) :] if len(later) < number else later,
        key=lambda slot: slot.starts_at,
    )


def whole_appointments() -> QuerySet[Appointment]:
    """With what a page says of each: the advisor, the asker, the project, the place."""
    return Appointment.objects.select_related(
        "calendar__user", "calendar__region", "asker", "project", "commune"
    )


def asked_by(person: Any, at: datetime) -> QuerySet[Appointment]:
    """The person's own appointments to come, and those running, the next one first."""
    return whole_appointments().filter(asker=person, state=State.BOOKED, ends_at__gt=at).order_by("starts_at")


def past_of(person: Any, at: datetime) -> QuerySet[Appointment]:
    """The person's own that are over or cancelled, the last one first."""
    rows = whole_appointments().filter(asker=person)
    return rows.exclude(state=State.BOOKED, ends_at__gt=at).order_by("-starts_at", "-pk")


def coming_of_project(project: Any, at: datetime) -> QuerySet[Appointment]:
    """The appointments to come about a project, the next one first."""
    rows = whole_appointments().filter(project=project, state=State.BOOKED, ends_at__gt=at)
    return rows.order_by("starts_at", "pk")


def missed_count(person: Any) -> int:
    """How many appointments the person missed in the last year."""
    since = timezone.now() - timedelta(days=365)
    return Appointment.objects.filter(asker=person, state=State.MISSED, starts_at__gt=since).count()


def _away() -> Exists:
    """Whether an absence covers some of the appointment."""
    absences = CalendarChange.objects.filter(kind=ChangeKind.ABSENCE, calendar=OuterRef("calendar"))
    return Exists(absences.filter(starts_at__lt=OuterRef("ends_at"), ends_at__gt=OuterRef("starts_at")))


def agenda_of(calendar: Calendar, first: date, last: date) -> QuerySet[Appointment]:
    """What stands in a calendar between two days, both included; `is_away`: an absence was added over it."""
    rows = whole_appointments().filter(
        calendar=calendar, starts_at__gte=start_of(first), starts_at__lt=start_of(last + timedelta(days=1))
    )
    return rows.exclude(state=State.CANCELLED).annotate(is_away=_away()).order_by("starts_at", "pk")


def in_absences(calendar: Calendar, at: datetime) -> QuerySet[Appointment]:
    """The appointments to come that an absence covers: to move or to cancel."""
    rows = whole_appointments().filter(_away(), calendar=calendar, state=State.BOOKED, starts_at__gt=at)
    return rows.order_by("starts_at", "pk")


def to_mark(calendar: Calendar, at: datetime) -> QuerySet[Appointment]:
    """What is over and of which nobody said whether it was held, the oldest first."""
    rows = whole_appointments().filter(calendar=calendar, state=State.BOOKED, ends_at__lte=at)
    return rows.order_by("starts_at", "pk")


@dataclass(frozen=True)
class Load:
    """How full one calendar is: numbers only."""

    calendar: Calendar
    this_week: int
    four_weeks: int
    held: int
    missed: int
    cancelled: int
    free: int
    first_free: datetime | None


def loads_of(region: Any, at: datetime) -> list[Load]:
    """Every running calendar of a region: booked this week and in four weeks, the last four weeks' outcomes,
    free moments of the next two weeks. Six queries however many calendars."""
    today = timezone.localdate(at)
    rows = (
        running_calendars().filter(region=region).select_related("user").order_by("user__display_name", "pk")
    )
    calendars = list(rows)
    counts = {row["calendar"]: row for row in _counts(calendars, today, at)}
    hours = hours_of(calendars, today, today + timedelta(days=14))
    return [_load(one, counts.get(one.pk, {}), hours[one.pk], today, at) for one in calendars]


def _counts(calendars: list[Calendar], today: date, at: datetime) -> Any:
    """One row a calendar, counted by the database."""
    monday = today - timedelta(days=today.weekday())
    week = Q(starts_at__gte=start_of(monday), starts_at__lt=start_of(monday + timedelta(days=7)))
    month = timedelta(days=28)
    near = Appointment.objects.filter(
        calendar__in=calendars, starts_at__gt=at - month, starts_at__lt=at + month
    )
    return near.order_by().values("calendar").annotate(
        week=Count("pk", filter=week & ~Q(state=State.CANCELLED)),
        ahead=Count("pk", filter=Q(state=State.BOOKED, starts_at__gt=at)),
        held=Count("pk", filter=Q(state=State.HELD)),
        missed=Count("pk", filter=Q(state=State.MISSED)),
        cancelled=Count("pk", filter=Q(state=State.CANCELLED)),
    )  # fmt: skip


def _load(calendar: Calendar, count: Mapping[str, int], hours: Hours, today: date, at: datetime) -> Load:
    soonest, farthest = bounds(calendar, at)
    found = list(free(hours, today, min(today + timedelta(days=14), farthest), after=soonest))
    week, ahead, held, missed, cancelled = (
        count.get(name, 0) for name in ("week", "ahead", "held", "missed", "cancelled")
    )
    first = found[0].starts_at if found else None
    return Load(calendar, week, ahead, held, missed, cancelled, len(found), first)
