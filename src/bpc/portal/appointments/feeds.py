"""Appointments as calendar files: one, or all of a person under a secret address they may close at any time.

A calendar is shared with a family and shown on a locked screen: entries tell neither whom nor about what. The link
of a video and everything else are on the page, which asks to sign in.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar as CalendarFile
from icalendar import Event

from bpc.portal.appointments.models import Appointment, CalendarFeed, new_feed_key
from bpc.portal.appointments.states import Manner, State
from bpc.portal.foundation.audit import record
from bpc.portal.people.notices import full_address

CONTENT_TYPE = "text/calendar; charset=utf-8"
MOST_IN_FEED = 500
_DOMAIN = "banque-projets"


def calendar_file(appointments: Iterable[Appointment], *, name: str = "") -> bytes:
    """The appointments as events. An entry keeps its identity, so that a phone moves or strikes out the one it has."""
    calendar = CalendarFile()
    calendar.add("prodid", "-//Banque de Projets Coopératifs//Rendez-vous//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("x-wr-calname", name)
    for appointment in appointments:
        calendar.add_component(_event(appointment))
    return bytes(calendar.to_ical())


def _event(appointment: Appointment) -> Event:
    address = full_address(reverse("web:appointment", args=[appointment.reference]))
    event = Event()
    event.add("uid", f"rendez-vous-{appointment.reference}@{_DOMAIN}")
    event.add("dtstamp", appointment.changed_at.astimezone(UTC))
    event.add("sequence", appointment.sequence)
    event.add("dtstart", appointment.starts_at.astimezone(UTC))
    event.add("dtend", appointment.ends_at.astimezone(UTC))
    event.add("summary", _("Rendez-vous, Banque de Projets Coopératifs"))
    if appointment.manner == Manner.PLACE:
        event.add("location", ", ".join(part for part in (appointment.place, appointment.address) if part))
    else:
        event.add("location", str(Manner(appointment.manner).label))
    event.add("description", address)
    event.add("url", address)
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if appointment.state == State.CANCELLED else "CONFIRMED")
    return event


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
