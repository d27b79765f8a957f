"""Dates as files that telephones take in their calendar (iCalendar)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from icalendar import Calendar, Event

CONTENT_TYPE = "text/calendar; charset=utf-8"


@dataclass(frozen=True)
class Entry:
    """One date. The entry of the same `uid` with a greater `sequence` moves or strikes out the one a telephone has.

    From and until moments, or whole days, the last one excluded. `stamp`: when what it says was last true.
    """

    uid: str
    sequence: int
    stamp: datetime
    starts: datetime | date
    ends: datetime | date
    summary: str
    location: str = ""
    description: str = ""
    url: str = ""
    cancelled: bool = False
    private: bool = False
    position: tuple[float, float] | None = None  # latitude, longitude


def calendar_file(entries: Iterable[Entry], *, about: str, name: str = "") -> bytes:
    """The file of these entries; `about` says in a word of what, `name` is what the calendar is called."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Banque de Projets Coopératifs//{about}//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("x-wr-calname", name)
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.stamp.astimezone(UTC))
    event.add("sequence", entry.sequence)
    event.add("dtstart", _moment(entry.starts))
    event.add("dtend", _moment(entry.ends))
    event.add("summary", entry.summary)
    event.add("location", entry.location)
    if entry.position is not None:
        event.add("geo", entry.position)
    event.add("description", entry.description)
    event.add("url", entry.url)
    if entry.private:
        event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    return event


def _moment(value: datetime | date) -> datetime | date:
    """In universal time, which needs no table of zones in the file; a whole day has no zone."""
    return value.astimezone(UTC) if isinstance(value, datetime) else value
