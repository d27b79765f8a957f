"""Deadlines as calendar files: announced days, forecasts told as such, and when to begin preparing the file."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from bpc.datasets.funding_sources import FundingSource
from bpc.portal.foundation.writing import written_date
from bpc.portal.funding.calendar import PREPARE_DAYS, NextWindow, next_window

CONTENT_TYPE = "text/calendar; charset=utf-8"
_DOMAIN = "banque-projets"


def calendar_file(sources: Iterable[FundingSource], *, origin: str, today: date) -> bytes:
    """An iCalendar file of the next deadlines of these sources.

    `origin`: scheme and host of the site, for the links. Sources without a date give nothing.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Banque de Projets Coopératifs//Financements//FR")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Échéances des financements"))
    for source in sources:
        for event in _events(source, next_window(source, today), origin, today):
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def _events(source: FundingSource, window: NextWindow, origin: str, today: date) -> Iterable[Event]:
    if not has_dates(window, today):
        return
    language = get_language() or "fr"
    name = source.name.in_language(language)
    url = f"{origin}/{language}/financements/{source.id}"
    forecast, at = window.kind == "forecast", stamp_of(source.updated)
    last = window.closes or window.opens
    assert last is not None
    if forecast:
        title = _("Prévision, à confirmer : %(name)s")
        text = _(
            "Cette date n’est pas annoncée : elle est déduite des éditions passées. Vérifiez auprès du financeur."
        )
    elif window.closes is None:
        title, text = _("Ouverture : %(name)s"), _("Date d’ouverture annoncée.")
    else:
        title, text = _("Dernier jour : %(name)s"), _("Date annoncée par le financeur.")
    if not forecast and window.precision != "day":
        text = _("Le mois ou l’année est annoncé, pas le jour : demandez-le au financeur.")
    if window.closes_at:
        text += " " + _("Heure limite : %(hour)s.") % {"hour": window.closes_at}
    uid = f"{source.id}-{last.isoformat()}"
    yield _event(f"{uid}-{window.kind}", title % {"name": name}, last, url, text, at, forecast)
    start = last - timedelta(days=PREPARE_DAYS)
    if start > today:
        about = (
            _("Prévision : ce financement pourrait se fermer vers le %(day)s.")
            if forecast
            else _("Ce financement se ferme le %(day)s.")
        )
        text = about % {"day": written_date(last)} + " " + _("Réunir les pièces demande six à huit semaines.")
        title = _("Préparer le dossier : %(name)s") % {"name": name}
        yield _event(f"{uid}-prepare", title, start, url, text, at, forecast)


def has_dates(window: NextWindow, today: date) -> bool:
    """Whether a window has a day to come that a calendar can hold."""
    if window.kind not in {"dated", "forecast"}:
        return False
    return window.closes is not None or (window.opens is not None and window.opens > today)


def _event(uid: str, title: str, day: date, url: str, text: str, at: datetime, forecast: bool) -> Event:
    """A whole day. A forecast is tentative, so that calendars draw it apart."""
    event = Event()
    event.add("uid", f"{uid}@{_DOMAIN}")
    event.add("dtstamp", at.astimezone(UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", title)
    event.add("description", f"{text}\n{url}")
    event.add("url", url)
    event.add("status", "TENTATIVE" if forecast else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def stamp_of(day: date) -> datetime:
    """The moment a sheet was last read, so that the same content gives the same file."""
    return timezone.make_aware(datetime.combine(day, time(12)))
