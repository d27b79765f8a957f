"""The days of editions as calendar files."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from bpc.portal.contests.calendar import days_of
from bpc.portal.contests.models import Edition
from bpc.portal.contests.states import EditionState

CONTENT_TYPE = "text/calendar; charset=utf-8"
_DOMAIN = "banque-projets"


def calendar_file(edition: Edition, *, url: str) -> bytes:
    """The days that concern those who enter, as whole days; a cancelled edition cancels them.

    `url`: the address of the sheet. The same edition always gives the same file.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Banque de Projets Coopératifs//Idéathons//FR")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", edition.name)
    for name, title, day in _days(edition):
        calendar.add_component(_event(edition, name, title, day, url))
    return bytes(calendar.to_ical())


def _days(edition: Edition) -> Iterator[tuple[str, str, date]]:
    days, told = days_of(edition), {"name": edition.name}
    titles = {
        "entries_from": _("%(name)s : les candidatures ouvrent"),
        "entries_until": _("%(name)s : dernier jour pour envoyer sa candidature"),
        "vote_from": _("%(name)s : le public peut voter"),
        "results_on": _("%(name)s : annonce des résultats"),
    }
    for name, title in titles.items():
        day = days[name]
        if day is not None:
            yield name, title % told, day


def _event(edition: Edition, name: str, title: str, day: date, url: str) -> Event:
    event = Event()
    # the day is not in it: a day that moves replaces the former one in the agenda
    event.add("uid", f"{edition.slug}-{name}@{_DOMAIN}")
    event.add("sequence", edition.revision)
    event.add("dtstamp", _stamp(edition).astimezone(UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", title)
    event.add("description", f"{edition.theme}\n{url}".strip())
    event.add("url", url)
    event.add("status", "CANCELLED" if edition.state == EditionState.CANCELLED else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def _stamp(edition: Edition) -> datetime:
    return edition.cancelled_at or edition.published_at or edition.created_at
