"""Ten o'clock was promised: when the clocks of Morocco are set otherwise than foreseen, appointments follow.

A booking keeps its moment in universal time and the hour on the wall that people read. The days on which Ramadan
changes the clocks are foreseen years ahead in the time zone's data and corrected when they are announced; after such
a correction the moments of what was booked are wrong by an hour, and are set right by their hour on the wall.
"""

from datetime import UTC, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from bpc.portal.appointments.booking import AskerBusy, take_time
from bpc.portal.appointments.models import Appointment, Calendar, TakenTime
from bpc.portal.appointments.openings import from_the_wall, on_the_wall
from bpc.portal.appointments.states import State
from bpc.portal.foundation.audit import record


def realign(at: datetime) -> int:
    """Set right the moments to come whose hour on the wall is no more the one promised; returns how many.

    One whose right moment somebody booked meanwhile stays as it is, for the advisor to move. Run again, it does
    nothing more.
    """
    wrong = [row for row in _to_come(at).order_by("pk").only("calendar", "starts_at", "wall") if _error(row)]
    return sum(_realign(key, at) for key in sorted({row.calendar_id for row in wrong}))


def _to_come(at: datetime) -> QuerySet[Appointment]:
    return Appointment.objects.filter(state=State.BOOKED, starts_at__gt=at).exclude(wall="")


def _error(row: Appointment) -> timedelta:
    """How far the moment is from the hour promised."""
    if on_the_wall(row.starts_at) == row.wall:
        return timedelta()
    return from_the_wall(row.wall) - row.starts_at


def _realign(calendar: int, at: datetime) -> int:
    """All of one calendar, under its lock: the last first when they move later, so that none steps on the next."""
    done = 0
    with transaction.atomic():
        Calendar.objects.select_for_update().get(pk=calendar)
        rows = _to_come(at).filter(calendar=calendar)
        wrong = [row for row in rows.select_related("calendar__user") if _error(row)]
        later = any(_error(row) > timedelta() for row in wrong)
        for row in sorted(wrong, key=lambda one: one.starts_at, reverse=later):
            done += _shift(row, at)
    return done


def _shift(row: Appointment, at: datetime) -> int:
    before, error = row.starts_at, _error(row)
    row.starts_at, row.ends_at = row.starts_at + error, row.ends_at + error
    row.sequence += 1  # telephones that hold the wrong moment take the right one
    try:
        with transaction.atomic():
            TakenTime.objects.filter(appointment=row).delete()
            row.save(update_fields=["starts_at", "ends_at", "sequence"])
            take_time(row)
            data = {"wall": row.wall, "moment": row.starts_at.astimezone(UTC).isoformat()}
            record(
                actor=None, verb="realign appointment", obj=row, at=at, before=before.isoformat(), data=data
            )
    except (AskerBusy, IntegrityError):
        return 0
    return 1
