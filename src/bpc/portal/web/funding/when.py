"""When files are taken: the state shown on a card and the sheet, past editions, what is only a forecast."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from bpc.datasets.funding_sources import FundingSource
from bpc.portal.foundation.writing import written_date, written_month
from bpc.portal.funding.calendar import CLOSING_DAYS, NextWindow
from bpc.portal.web.funding.words import written_dated

State = Literal["closing", "open", "announced", "forecast", "permanent", "unknown", "closed"]
_ICONS: dict[State, str] = {
    "closing": "warning",
    "open": "calendar",
    "announced": "calendar",
    "forecast": "clock",
    "permanent": "check",
    "unknown": "info",
    "closed": "close",
}


@dataclass(frozen=True)
class Deadline:
    """What is shown of the next deadline: a state (its look), words, a pictogram."""

    state: State
    text: str

    @property
    def icon(self) -> str:
        """The pictogram of the state."""
        return _ICONS[self.state]


@dataclass(frozen=True)
class Edition:
    """A window of the past or to come, in words."""

    name: str
    opens: str
    closes: str
    past: bool


def deadline_of(window: NextWindow, today: date) -> Deadline:
    """The state of a window: only an announced day is told as a day."""
    if window.kind == "permanent":
        if window.closes is None:
            return Deadline("permanent", _("toute l’année"))
        return Deadline(
            "permanent", _("toute l’année, jusqu’au %(day)s") % {"day": written_date(window.closes)}
        )
    if window.kind == "closed":
        return Deadline("closed", _("fermé"))
    if window.kind == "forecast" and (day := window.closes or window.opens) is not None:
        if window.precision == "year":
            return Deadline(
                "forecast", _("en %(year)s peut-être, d’après les éditions passées") % {"year": day.year}
            )
        month = {"month": written_month(day.year, day.month)}
        return Deadline("forecast", _("vers %(month)s, d’après les éditions passées") % month)
    if window.kind == "dated" and window.closes is not None:
        return _dated(window, window.closes, today)
    if window.kind == "dated" and window.opens is not None and window.opens > today:
        return Deadline("announced", _("ouvre vers le %(day)s") % {"day": written_date(window.opens)})
    if window.kind == "dated" and window.opens is not None:
        return Deadline(
            "unknown", _("appel de %(year)s, dernier jour non publié") % {"year": window.opens.year}
        )
    return Deadline("unknown", _("dates non publiées"))


def _dated(window: NextWindow, closes: date, today: date) -> Deadline:
    left = (closes - today).days
    if left < 0:
        return Deadline("closed", _("fermé depuis le %(day)s") % {"day": written_date(closes)})
    if window.opens is not None and window.opens > today:
        days = {"opens": written_date(window.opens), "closes": written_date(closes)}
        return Deadline("announced", _("du %(opens)s au %(closes)s") % days)
    if window.precision != "day":
        month = closes.year if window.precision == "year" else written_month(closes.year, closes.month)
        return Deadline("open", _("jusqu’en %(month)s") % {"month": month})
    if left <= CLOSING_DAYS:
        words = ngettext(
            "se ferme dans %(count)s jour, le %(day)s", "se ferme dans %(count)s jours, le %(day)s", left
        )
        return Deadline("closing", words % {"count": left, "day": written_date(closes)})
    return Deadline("open", _("jusqu’au %(day)s") % {"day": written_date(closes)})


def editions(source: FundingSource, today: date) -> list[Edition]:
    """Every window written, the latest first; one of which only a year is known is past once the year is."""
    language = get_language() or "fr"
    told = []
    for window in source.calendar.windows:
        last = window.closes or window.opens or ""
        closes = written_dated(window.closes) if window.closes else _("non publiée")
        if window.closes and window.closes_at:
            closes = _("%(day)s à %(hour)s") % {"day": closes, "hour": window.closes_at}
        told.append(
            (
                last,
                Edition(
                    name=window.edition.words.in_language(language) if window.edition else "",
                    opens=written_dated(window.opens) if window.opens else _("non publiée"),
                    closes=closes,
                    past=last < today.isoformat()[: len(last)],
                ),
            )
        )
    return [one for _last, one in sorted(told, key=lambda pair: pair[0], reverse=True)]
