"""Reminders before a meeting: three days before and the day before, once each, never at night.

A reminder is written down in the transaction that orders the message, so that a command run twice, or by two
machines at once, sends it once.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from bpc.portal.gatherings import notices
from bpc.portal.gatherings.models import Gathering, Registration, ReminderSent
from bpc.portal.gatherings.states import GatheringState
from bpc.portal.people.quiet_hours import is_quiet
from bpc.portal.seats.states import RegistrationState

#: kind → at most so many days before the day of the meeting
KINDS = {"three-days": 3, "day-before": 1}


def send_reminders(at: datetime) -> int:
    """Remind everybody who has a seat at a meeting of the next three days; returns how many were.

    Who registered after the moment of a reminder is not told again what they have just read.
    """
    if is_quiet(at):
        return 0
    sent = 0
    for gathering, kind in _due(at):
        sent += sum(_remind(row, kind, at) for row in _to_remind(gathering, kind, at))
    return sent


def _due(at: datetime) -> Iterator[tuple[Gathering, str]]:
    """Meetings to come with the reminder whose moment it is: the last one only when a run was missed."""
    today = timezone.localdate(at)
    farthest = today + timedelta(days=max(KINDS.values()))
    states = (GatheringState.PLANNED, GatheringState.OPEN)
    coming = Gathering.objects.filter(date__gt=today, date__lte=farthest, state__in=states, is_demo=False)
    for gathering in coming.order_by("date", "key"):
        assert gathering.date is not None  # filtered above
        left = (gathering.date - today).days
        yield gathering, "day-before" if left <= KINDS["day-before"] else "three-days"


def _to_remind(gathering: Gathering, kind: str, at: datetime) -> list[Registration]:
    assert gathering.date is not None  # only meetings whose day is known are due
    begins = timezone.make_aware(datetime.combine(gathering.date - timedelta(days=KINDS[kind]), time.min))
    rows = gathering.registrations.filter(
        state=RegistrationState.REGISTERED, attended_at=None, registered_at__lt=begins
    )
    return list(rows.exclude(reminders__kind=kind).select_related("user", "gathering").order_by("pk"))


def _remind(registration: Registration, kind: str, at: datetime) -> bool:
    try:
        with transaction.atomic():
            ReminderSent.objects.create(registration=registration, kind=kind, at=at)
            notices.tell(registration, "gathering.reminder", at=at)
    except IntegrityError:  # another run was quicker
        return False
    return True
