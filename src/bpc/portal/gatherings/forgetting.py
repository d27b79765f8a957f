"""Who registered and who spoke is kept for a meeting and its follow-up, then erased; counts and words stay."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from bpc.portal.foundation.audit import record
from bpc.portal.gatherings.models import Gathering, Registration
from bpc.portal.gatherings.room.forgetting import forget_room, naming_events
from bpc.portal.seats.giving import KEPT, NAMELESS


def forget_registrations(at: datetime) -> int:
    """Erase names, contacts and accounts of every meeting older than six months, registered or only noted in the room.

    The day of the meeting counts, else the day it was cancelled or announced. Returns how many registrations and
    events of the room lost something. Run again, it finds nothing more, but what a device sent late.
    """
    today = timezone.localdate(at)
    old = Q(date__lt=today - KEPT) | Q(date=None, created_at__lt=at - 2 * KEPT)
    named = Registration.objects.filter(forgotten_at=None, gathering=OuterRef("pk"))
    spoken = naming_events().filter(gathering=OuterRef("pk"))
    found = Gathering.objects.filter(old).filter(Exists(named) | Exists(spoken))
    return sum(_forget(gathering, at) for gathering in found.order_by("pk"))


@transaction.atomic
def _forget(gathering: Gathering, at: datetime) -> int:
    rows = Registration.objects.filter(gathering=gathering, forgotten_at=None)
    number = rows.update(**NAMELESS, forgotten_at=at)
    events = forget_room(gathering)
    Gathering.objects.filter(pk=gathering.pk).update(forgotten_at=at)
    data = {"rows": number, "events": events}
    record(actor=None, verb="forget registrations", obj=gathering, at=at, data=data)
    return number + events
