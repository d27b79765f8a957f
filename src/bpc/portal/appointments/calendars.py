"""Keeping one's calendar: weekly hours, absences, hours in plus, delays."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from bpc.portal.appointments.models import LONGEST, SHORTEST, STEP, Calendar, CalendarChange, OpeningRule
from bpc.portal.appointments.states import Audience, ChangeKind, Manner, Spoken
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.people.roles import Role
from bpc.portal.reference.models import Territory

MOST_RULES = 30  # that hold today: more is a mistake
MOST_CHANGES = 200  # to come
LONGEST_ABSENCE = timedelta(days=366)


class BadHours(Exception):
    """Hours that cannot be kept; `why`: "order", "step", "length", "days", "where", "dates", "many"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Weekly:
    """Weekly hours as an advisor says them; `weekdays` are ISO numbers, Monday 1."""

    weekdays: tuple[int, ...]
    from_time: time
    to_time: time
    manner: str
    valid_from: date
    minutes: int = 30
    pause: int = 0
    place: str = ""
    address: str = ""
    commune: Territory | None = None
    video_link: str = ""
    spoken: str = Spoken.BOTH
    audience: str = Audience.PROJECTS
    valid_until: date | None = None


@transaction.atomic
def open_calendar(*, actor: Any, at: datetime) -> Calendar:
    """One's calendar, made at the first call, in the first of one's regions; the advisor's before the delegate's.

    Raises `PermissionDenied` for who is neither advisor nor delegate. A person who changed region keeps the
    calendar, moved there.
    """
    regions = sorted(actor.regions_as(Role.ADVISOR)) or sorted(actor.regions_as(Role.DELEGATE))
    if not regions:
        raise PermissionDenied("neither advisor nor delegate")
    calendar = Calendar.objects.filter(user=actor).select_related("region", "user").first()
    every = actor.regions_as(Role.ADVISOR) | actor.regions_as(Role.DELEGATE)
    if calendar is not None and calendar.region_id in every:
        return calendar
    if calendar is None:
        try:
            with transaction.atomic():
                calendar = Calendar.objects.create(user=actor, region_id=regions[0], created_at=at)
        except IntegrityError:  # opened in another window
            return Calendar.objects.select_related("region", "user").get(user=actor)
        record(actor=actor, verb="open calendar", obj=calendar, at=at)
        return calendar
    before = calendar.region_id
    calendar.region_id = regions[0]
    calendar.save(update_fields=["region"])
    record(actor=actor, verb="move calendar", obj=calendar, at=at, before=before, after=regions[0])
    return Calendar.objects.select_related("region", "user").get(pk=calendar.pk)


@transaction.atomic
def add_rule(*, calendar: Calendar, weekly: Weekly, actor: Any, at: datetime) -> OpeningRule:
    """Open weekly hours. The same hours said twice are kept once. Raises `BadHours`, `PermissionDenied`."""
    row = _locked(calendar, actor)
    _check_weekly(weekly)
    days = "".join(str(day) for day in sorted(set(weekly.weekdays)))
    values = {
        "weekdays": days, "from_time": weekly.from_time, "to_time": weekly.to_time, "minutes": weekly.minutes,
        "pause": weekly.pause, "manner": weekly.manner, "spoken": weekly.spoken, "audience": weekly.audience,
        "place": weekly.place if weekly.manner == Manner.PLACE else "",
        "address": weekly.address if weekly.manner == Manner.PLACE else "",
        "commune": weekly.commune if weekly.manner == Manner.PLACE else None,
        "video_link": weekly.video_link if weekly.manner == Manner.VIDEO else "",
        "valid_from": weekly.valid_from, "valid_until": weekly.valid_until,
    }  # fmt: skip
    if (same := row.rules.filter(**values).first()) is not None:
        return same
    if standing_rules(row, timezone.localdate(at)).count() >= MOST_RULES:
        raise BadHours("many")
    rule = OpeningRule.objects.create(calendar=row, created_at=at, **values)
    record(actor=actor, verb="open hours", obj=row, at=at, data={"rule": rule.pk})
    return rule


def _check_weekly(weekly: Weekly) -> None:
    if weekly.from_time >= weekly.to_time:
        raise BadHours("order")
    if any(hour.minute % STEP or hour.second for hour in (weekly.from_time, weekly.to_time)) or (
        weekly.minutes % STEP or weekly.pause % STEP
    ):
        raise BadHours("step")
    room = datetime.combine(date.min, weekly.to_time) - datetime.combine(date.min, weekly.from_time)
    if not SHORTEST <= weekly.minutes <= LONGEST or not 0 <= weekly.pause <= 120:
        raise BadHours("length")
    if timedelta(minutes=weekly.minutes) > room:
        raise BadHours("length")
    if not weekly.weekdays or not set(weekly.weekdays) <= set(range(1, 8)):
        raise BadHours("days")
    if (weekly.manner == Manner.PLACE and not weekly.place.strip()) or (
        weekly.manner == Manner.VIDEO and not weekly.video_link.startswith("https://")
    ):
        raise BadHours("where")
    if weekly.valid_until is not None and weekly.valid_until < weekly.valid_from:
        raise BadHours("dates")


def standing_rules(calendar: Calendar, today: date) -> Any:
    """The weekly hours that hold today or later."""
    return calendar.rules.exclude(valid_until__lt=today).select_related("commune")


@transaction.atomic
def end_rule(*, rule: OpeningRule, actor: Any, at: datetime) -> None:
    """No more moments from these hours, from today on; appointments taken stand. Twice changes nothing."""
    row = _locked(rule.calendar, actor)
    yesterday = timezone.localdate(at) - timedelta(days=1)
    fresh = OpeningRule.objects.get(pk=rule.pk)
    if fresh.valid_until is not None and fresh.valid_until <= yesterday:
        return
    # hours that were to begin later keep an order of days that says they never held
    fresh.valid_until = yesterday
    fresh.save(update_fields=["valid_until"])
    record(actor=actor, verb="close hours", obj=row, at=at, data={"rule": fresh.pk})


@transaction.atomic
def add_change(
    *, calendar: Calendar, kind: str, starts_at: datetime, ends_at: datetime, rule: OpeningRule | None = None,
    note: str = "", actor: Any, at: datetime,
) -> CalendarChange:  # fmt: skip
    """An absence, or hours in plus like those of `rule`, in one day. The same said twice is kept once.

    Raises `BadHours`, `PermissionDenied`. Appointments already taken stand: see `queries.in_absences`.
    """
    row = _locked(calendar, actor)
    is_extra = kind == ChangeKind.EXTRA
    if starts_at >= ends_at:
        raise BadHours("order")
    if ends_at <= at or ends_at - starts_at > LONGEST_ABSENCE:
        raise BadHours("dates")
    if is_extra:
        same_day = timezone.localdate(starts_at) == timezone.localdate(ends_at)
        if rule is None or rule.calendar_id != row.pk or not same_day:
            raise BadHours("where" if rule is None else "dates")
        if starts_at.minute % STEP or ends_at.minute % STEP:
            raise BadHours("step")
        if ends_at - starts_at < timedelta(minutes=rule.minutes):
            raise BadHours("length")
    values = {"kind": kind, "starts_at": starts_at, "ends_at": ends_at, "rule": rule if is_extra else None}
    if (same := row.changes.filter(**values).first()) is not None:
        return same
    if row.changes.filter(ends_at__gt=at).count() >= MOST_CHANGES:
        raise BadHours("many")
    change = CalendarChange.objects.create(calendar=row, note=note, created_at=at, **values)
    record(actor=actor, verb="change calendar", obj=row, at=at, after=kind, data={"change": change.pk})
    return change


@transaction.atomic
def remove_change(*, change: CalendarChange, actor: Any, at: datetime) -> None:
    """The weekly hours hold again. Twice changes nothing."""
    row = _locked(change.calendar, actor)
    removed, _kinds = CalendarChange.objects.filter(pk=change.pk).delete()
    if removed:
        record(actor=actor, verb="remove calendar change", obj=row, at=at, before=change.kind)


@transaction.atomic
def set_delays(
    *, calendar: Calendar, book_before: int, cancel_before: int, days_ahead: int, actor: Any, at: datetime
) -> None:
    """How near and how far people book, and when cancelling is late."""
    row = _locked(calendar, actor)
    row.book_before, row.cancel_before, row.days_ahead = book_before, cancel_before, days_ahead
    row.save(update_fields=["book_before", "cancel_before", "days_ahead"])
    data = {"book_before": book_before, "cancel_before": cancel_before, "days_ahead": days_ahead}
    record(actor=actor, verb="set calendar delays", obj=row, at=at, data=data)


def _locked(calendar: Calendar, actor: Any) -> Calendar:
    """The calendar as it is now, for who keeps it, with every booking in it waiting."""
    row = Calendar.objects.select_for_update(of=("self",)).get(pk=calendar.pk)
    check(actor, "appointments.keep", row)
    return row
