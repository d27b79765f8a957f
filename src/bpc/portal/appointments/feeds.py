"""Appointments as calendar files: one, or all of a person under a secret address they may close at any time.

A calendar is shared with a family and shown on a locked screen: entries tell neither whom nor about what. The link
of a video and everything else are on the page, which asks to sign in.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from bpc.portal.appointments.models import Appointment, CalendarFeed, new_feed_key
from bpc.portal.appointments.states import Manner, State
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.calendar_files import Entry
from bpc.portal.people.notices import full_address

MOST_IN_FEED = 500
_DOMAIN = "banque-projets"


def entries_of(appointments: Iterable[Appointment]) -> list[Entry]:
    """The appointments as dates of a calendar."""
    return [_entry(appointment) for appointment in appointments]


def _entry(appointment: Appointment) -> Entry:
    address = full_address(reverse("web:appointment", args=[appointment.reference]))
    if appointment.manner == Manner.PLACE:
        place = ", ".join(part for part in (appointment.place, appointment.address) if part)
    else:
        place = str(Manner(appointment.manner).label)
    return Entry(
        uid=f"rendez-vous-{appointment.reference}@{_DOMAIN}", sequence=appointment.sequence,
        stamp=appointment.changed_at, starts=appointment.starts_at, ends=appointment.ends_at,
        summary=_("Rendez-vous, Banque de Projets Coopératifs"), location=place, description=address, url=address,
        cancelled=appointment.state == State.CANCELLED, private=True,
    )  # fmt: skip


def feed_of(key: str, at: datetime) -> tuple[CalendarFeed, QuerySet[Appointment]] | None:
    """The feed under this key with its appointments of the last month and to come; None when it was closed."""
    feed = CalendarFeed.objects.select_related("user").filter(key=key, user__is_active=True).first()
    if feed is None:
        return None
    rows = Appointment.objects.filter(Q(asker=feed.user) | Q(calendar__user=feed.user))
    return feed, rows.filter(ends_at__gt=at - timedelta(days=31)).order_by("starts_at", "pk")[:MOST_IN_FEED]


@transaction.atomic
def renew_feed(*, actor: Any, at: datetime) -> CalendarFeed:
    """A new address for one's appointments; the former leads nowhere from now on."""
    feed, _made = CalendarFeed.objects.update_or_create(
        user=actor, defaults={"key": new_feed_key(), "made_at": at}
    )
    record(actor=actor, verb="renew calendar feed", obj=feed, at=at)
    return feed


@transaction.atomic
def close_feed(*, actor: Any, at: datetime) -> None:
    """No address any more. Twice changes nothing."""
    feed = CalendarFeed.objects.filter(user=actor).first()
    if feed is not None:
        record(actor=actor, verb="close calendar feed", obj=feed, at=at)
        feed.delete()
