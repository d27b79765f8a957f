"""Meetings as calendar entries that phones accept: one, or all those to come."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from bpc.portal.gatherings.models import Gathering
from bpc.portal.gatherings.states import GatheringState

_ENDING = timedelta(hours=3)  # where only the beginning is known; phones refuse an event without an end


def calendar_of(meetings: Iterable[tuple[Gathering, str]], *, at: datetime, host: str) -> bytes:
    """The file of the pairs (meeting, its address), made at `at`; a meeting without a known day is left out.

    An entry keeps its identity when the file is taken again, so that a phone moves or strikes out the one it has.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//{host}//Banque de Projets Coopératifs//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for gathering, address in meetings:
        if gathering.date is not None:
            calendar.add_component(_event(gathering, address, at, host))
    return bytes(calendar.to_ical())


def _event(gathering: Gathering, address: str, at: datetime, host: str) -> Event:
    event = Event()
    event.add("uid", f"rencontre-{gathering.key}@{host}")
    event.add("dtstamp", at)
    event.add("sequence", gathering.revision)
    if gathering.starts_at is not None:
        event.add("dtstart", gathering.starts_at)
        event.add("dtend", gathering.ends_at or gathering.starts_at + _ENDING)
    else:
        assert gathering.date is not None  # filtered by the caller
        event.add("dtstart", gathering.date)
        event.add("dtend", gathering.date + timedelta(days=1))
    event.add("summary", summary_of(gathering))
    place = ", ".join(part for part in (gathering.told("venue"), gathering.address, gathering.city) if part)
    event.add("location", place)
    if gathering.lat is not None and gathering.lon is not None:
        event.add("geo", (gathering.lat, gathering.lon))
    event.add("description", "\n".join(part for part in (gathering.told("theme"), address) if part))
    event.add("url", address)
    event.add("status", "CANCELLED" if gathering.state == GatheringState.CANCELLED else "CONFIRMED")
    return event


def summary_of(gathering: Gathering) -> str:
    """Its title, else the city; a demonstration says so."""
    words = gathering.title or _("Rencontre régionale à %(city)s") % {"city": gathering.city}
    return _("%(title)s (démonstration)") % {"title": words} if gathering.is_demo else words
