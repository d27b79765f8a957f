"""Reminders of appointments: the day before and two hours before, once each, never at night.

A reminder is written down in the transaction that orders the message, for the hour it speaks of: a command run twice,
or by two machines at once, sends it once, and an appointment that moved is reminded again.
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from bpc.portal.appointments import notices
from bpc.portal.appointments.models import Appointment, ReminderSent, TakenTime
from bpc.portal.appointments.queries import start_of
from bpc.portal.appointments.states import State
from bpc.portal.people.quiet_hours import is_quiet

TWO_HOURS = timedelta(hours=2, minutes=15)  # the command runs each quarter of an hour: never less than two


def send_reminders(at: datetime) -> int:
    """Remind everybody who has an appointment tomorrow or within two hours; returns how many were.

    Who booked or moved after the moment of a reminder has just read the hour and is not told again.
    """
    if is_quiet(at):
        return 0
    rows = Appointment.objects.filter(state=State.BOOKED, starts_at__gt=at, is_demo=False).select_related(
        "asker", "calendar__user"
    )
    tomorrow = timezone.localdate(at) + timedelta(days=1)
    next_day = rows.filter(
        starts_at__gte=start_of(tomorrow), starts_at__lt=start_of(tomorrow + timedelta(days=1)),
        changed_at__lt=start_of(tomorrow - timedelta(days=1)),
    )  # fmt: skip
    soon = rows.filter(starts_at__lte=at + TWO_HOURS, changed_at__lt=F("starts_at") - 2 * TWO_HOURS)
    return _send(next_day, "day-before", at) + _send(soon, "two-hours", at)


def _send(rows: object, kind: str, at: datetime) -> int:
    told = Q(reminders__kind=kind, reminders__starts_at=F("starts_at"))
    waiting = rows.exclude(pk__in=Appointment.objects.filter(told).values("pk"))  # type: ignore[attr-defined]
    return sum(_remind(row, kind, at) for row in list(waiting.order_by("starts_at", "pk")))


def _remind(appointment: Appointment, kind: str, at: datetime) -> bool:
    try:
        with transaction.atomic():
            ReminderSent.objects.create(
                appointment=appointment, kind=kind, starts_at=appointment.starts_at, at=at
            )
            notices.tell_reminder(appointment, at=at)
    except IntegrityError:  # another run was quicker
        return False
    return True


def release_past_time(at: datetime) -> int:
    """Drop the taken time of days that are over: nobody books in the past. Returns how many rows went."""
    removed, _kinds = TakenTime.objects.filter(moment__lt=at - timedelta(days=2)).delete()
    return removed
