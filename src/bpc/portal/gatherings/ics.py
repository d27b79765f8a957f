"""Meetings as calendar entries that phones accept: one, or all those to come."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from bpc.portal.foundation.calendar_files import Entry, calendar_file
from bpc.portal.gatherings.models import Gathering
from bpc.portal.gatherings.states import GatheringState

_ENDING = timedelta(hours=3)  # where only the beginning is known; phones refuse an event without an end


def calendar_of(meetings: Iterable[tuple[Gathering, str]], *, at: datetime, host: str) -> bytes:
    """The file of the pairs (meeting, its address), made at `at`; a meeting without a known day is left out."""
    known = (pair for pair in meetings if pair[0].date is not None)
    return calendar_file((_entry(row, address, at, host) for row, address in known), about="Rencontres")


def _entry(gathering: Gathering, address: str, at: datetime, host: str) -> Entry:
    starts, ends = gathering.starts_at, gathering.ends_at
    day = gathering.date
    assert day is not None  # filtered by the caller
    place = (gathering.told("venue"), gathering.address, gathering.city)
    known = gathering.lat is not None and gathering.lon is not None
    return Entry(
        uid=f"rencontre-{gathering.key}@{host}", sequence=gathering.revision, stamp=at,
        starts=starts or day, ends=(ends or starts + _ENDING) if starts else day + timedelta(days=1),
        summary=summary_of(gathering), location=", ".join(part for part in place if part),
        description="\n".join(part for part in (gathering.told("theme"), address) if part), url=address,
        cancelled=gathering.state == GatheringState.CANCELLED,
        position=(gathering.lat, gathering.lon) if known else None,  # type: ignore[arg-type]
    )  # fmt: skip


def summary_of(gathering: Gathering) -> str:
    """Its title, else the city; a demonstration says so."""
    words = gathering.title or _("Rencontre régionale à %(city)s") % {"city": gathering.city}
    return _("%(title)s (démonstration)") % {"title": words} if gathering.is_demo else words
