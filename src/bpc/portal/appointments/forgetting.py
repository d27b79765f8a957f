"""What was said for an appointment is kept for its follow-up, then erased; the numbers stay."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from bpc.portal.appointments.models import Appointment

KEPT = timedelta(days=183)  # six months after the appointment: said beside the form

#: What an appointment becomes when nothing may say any more whose it was.
NAMELESS: dict[str, Any] = {
    "asker": None, "asker_name": "", "phone": "", "words": "", "cancel_reason": "", "project": None
}  # fmt: skip


@transaction.atomic
def forget_appointments(at: datetime) -> int:
    """Erase who and what from appointments older than six months; returns how many. Run again, it finds no more."""
    old = Appointment.objects.filter(ends_at__lt=at - KEPT, forgotten_at=None)
    return old.update(**NAMELESS, forgotten_at=at)
