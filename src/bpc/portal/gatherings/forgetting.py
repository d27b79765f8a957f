"""Contacts of registered people are kept for a meeting and its follow-up, then erased; the counts stay."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from bpc.portal.foundation.audit import record
from bpc.portal.gatherings.models import Gathering, Registration
from bpc.portal.gatherings.room.forgetting import forget_room

KEPT = timedelta(days=183)  # six months after the day of the meeting: said beside the registration form

#: What a registration becomes when nothing may say any more whose it was.
NAMELESS: dict[str, Any] = {"name": "", "phone": "", "email": "", "user": None}


def forget_registrations(at: datetime) -> int:
    """Erase names, contacts and accounts of every meeting older than six months; returns how many rows lost them.

    The day of the meeting counts, else the day it was cancelled or announced. Run again, it finds nothing more.
    """
    today = timezone.localdate(at)
    old = Q(date__lt=today - KEPT) | Q(date=None, created_at__lt=at - 2 * KEPT)
    forgotten = 0
    for gathering in (
        Gathering.objects.filter(old, registrations__forgotten_at=None).distinct().order_by("pk")
    ):
        forgotten += _forget(gathering, at)
    return forgotten


@transaction.atomic
def _forget(gathering: Gathering, at: datetime) -> int:
    rows = Registration.objects.filter(gathering=gathering, forgotten_at=None)
    number = rows.update(**NAMELESS, forgotten_at=at)
    if number:
        forget_room(gathering)
        Gathering.objects.filter(pk=gathering.pk).update(forgotten_at=at)
        record(actor=None, verb="forget registrations", obj=gathering, at=at, data={"rows": number})
    return number
