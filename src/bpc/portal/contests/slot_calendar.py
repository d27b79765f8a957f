"""Appointments with advisors as calendar files."""

from collections.abc import Iterable
from datetime import UTC, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from bpc.portal.contests.ics import CONTENT_TYPE
from bpc.portal.contests.models import AdvisorSlot

__all__ = ["CONTENT_TYPE", "slot_file"]
_DOMAIN = "banque-projets"


def slot_file(slots: Iterable[AdvisorSlot]) -> bytes:
    """The moments as events in universal time. The same slots give the same file; it names nobody."""
    calendar = Calendar()
    calendar.add("prodid", "-//Banque de Projets Coopératifs//Rendez-vous//FR")
    calendar.add("version", "2.0")
    for slot in slots:
        event = Event()
        event.add("uid", f"rendez-vous-{slot.pk}@{_DOMAIN}")
        event.add("dtstamp", (slot.taken_at or slot.starts_at).astimezone(UTC))
        event.add("dtstart", slot.starts_at.astimezone(UTC))
        event.add("dtend", (slot.starts_at + timedelta(minutes=slot.minutes)).astimezone(UTC))
        event.add("summary", _("Rendez-vous après l’idéathon « %(name)s »") % {"name": slot.edition.name})
        event.add("location", slot.place)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
