"""Who registered is kept for a session and its follow-up, then erased; the counts stay."""

from datetime import datetime

from django.db import transaction

from bpc.portal.foundation.audit import record
from bpc.portal.seats.giving import KEPT, NAMELESS
from bpc.portal.workshops.models import Enrolment, Workshop


def forget_enrolments(at: datetime) -> int:
    """Erase names, contacts and accounts of sessions over for six months; returns how many."""
    named = Enrolment.objects.filter(forgotten_at=None).values("workshop")
    found = Workshop.objects.filter(ends_at__lt=at - KEPT, pk__in=named)
    return sum(_forget(workshop, at) for workshop in found.order_by("pk"))


@transaction.atomic
def _forget(workshop: Workshop, at: datetime) -> int:
    number: int = workshop.registrations.filter(forgotten_at=None).update(**NAMELESS, forgotten_at=at)
    Workshop.objects.filter(pk=workshop.pk).update(forgotten_at=at)
    record(actor=None, verb="forget enrolments", obj=workshop, at=at, data={"rows": number})
    return number
