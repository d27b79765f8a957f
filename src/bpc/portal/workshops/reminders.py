"""Reminders of sessions: two days before the first day, once, never at night.

A reminder is written down in the transaction that orders the message, for the moment it speaks of: a command run twice,
or by two machines at once, sends it once, and a session that moved is reminded again.
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from bpc.portal.people.quiet_hours import is_quiet
from bpc.portal.seats.states import RegistrationState
from bpc.portal.workshops import notices
from bpc.portal.workshops.models import Enrolment, Workshop, WorkshopReminder
from bpc.portal.workshops.states import WorkshopState

BEFORE = timedelta(days=2)


def send_reminders(at: datetime) -> int:
    """Remind everybody who has a seat at a session of the next two days; returns how many were.

    Who registered within those two days has just read the hour and is not told again.
    """
    if is_quiet(at):
        return 0
    last = timezone.localdate(at) + BEFORE
    coming = Workshop.objects.filter(
        state=WorkshopState.ANNOUNCED, starts_at__gt=at, starts_at__lt=at + BEFORE + timedelta(days=1), is_demo=False
    )  # fmt: skip
    due = (row for row in coming.order_by("starts_at", "pk") if timezone.localdate(row.starts_at) <= last)
    return sum(_remind(enrolment, at) for row in due for enrolment in _to_remind(row))


def _to_remind(workshop: Workshop) -> list[Enrolment]:
    rows = workshop.registrations.filter(
        state=RegistrationState.REGISTERED, registered_at__lt=workshop.starts_at - BEFORE
    )
    told = WorkshopReminder.objects.filter(starts_at=workshop.starts_at).values("enrolment")
    return list(rows.exclude(pk__in=told).select_related("user").order_by("pk"))


def _remind(enrolment: Enrolment, at: datetime) -> bool:
    try:
        with transaction.atomic():
            WorkshopReminder.objects.create(
                enrolment=enrolment, starts_at=enrolment.workshop.starts_at, at=at
            )
            notices.tell([enrolment], "workshop.reminder", at=at)
    except IntegrityError:  # another run was quicker
        return False
    return True
