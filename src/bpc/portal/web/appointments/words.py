"""Appointments and hours as pages say them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from bpc.datasets.public_holidays import PublicHoliday
from bpc.portal.appointments.models import Appointment, OpeningRule
from bpc.portal.appointments.notices import written_moment
from bpc.portal.appointments.openings import Slot, by_day, holidays_between
from bpc.portal.appointments.states import Manner, Spoken
from bpc.portal.foundation.writing import NARROW_SPACE, written_date, written_hour

__all__ = ["written_hour", "written_moment"]
_STAMP = "%Y%m%d%H%M"
_ICONS = {Manner.PLACE: "pin", Manner.PHONE: "phone", Manner.VIDEO: "photo"}


def slot_key(slot: Slot) -> str:
    """A moment as an address bears it: its hours and its beginning in universal time."""
    return f"{slot.rule.pk}-{slot.starts_at.astimezone(UTC):{_STAMP}}"


def parse_slot(text: str) -> tuple[int, datetime] | None:
    """The hours and the beginning that an address or a form names; None for what names none."""
    rule, _dash, stamp = text.partition("-")
    if not (rule.isascii() and rule.isdigit() and len(rule) < 16 and len(stamp) == 12 and stamp.isascii()):
        return None
    try:
        return int(rule), datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def written_day(day: date) -> str:
    """« mardi 3 mars 2027 »."""
    return f"{WEEKDAYS[day.weekday()]} {written_date(day)}"


def written_hours(starts_at: datetime, ends_at: datetime) -> str:
    """« de 9 h 30 à 10 h »."""
    return _("de %(start)s à %(end)s") % {"start": written_hour(starts_at), "end": written_hour(ends_at)}


def written_clock(hour: time) -> str:
    """An hour of the wall, as weekly hours say it."""
    return written_hour(hour)


def minutes_words(minutes: int) -> str:
    """« 30 minutes »."""
    words = ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    return words.replace(" ", NARROW_SPACE, 1)


def advisor_name(user: Any) -> str:
    """How an advisor is called where one meets them."""
    return user.display_name or _("Conseiller")


def asker_name(appointment: Appointment) -> str:
    """Who asked, for the advisor."""
    account = appointment.asker.display_name if appointment.asker is not None else ""
    return appointment.asker_name or account or _("Nom non donné")


def weekdays_words(weekdays: str) -> str:
    """« lundi, mercredi »."""
    return ", ".join(str(WEEKDAYS[int(digit) - 1]) for digit in weekdays)


def where_words(row: OpeningRule | Appointment) -> str:
    """How and where, in one line; the link of a video is for the page of the appointment only."""
    if row.manner == Manner.PLACE:
        commune = row.commune
        name = (getattr(commune, f"name_{get_language()}", "") or commune.name_fr) if commune else ""
        return ", ".join(part for part in (row.place, row.address, name) if part)
    if row.manner == Manner.PHONE:
        return _("Le conseiller vous appelle")
    return _("Un lien vous est donné")


@dataclass(frozen=True)
class Moment:
    """One hour to choose."""

    hour: str
    url: str
    key: str
    spoken_hour: str


@dataclass(frozen=True)
class Group:
    """The moments of one day in the same hours."""

    manner: str
    icon: str
    where: str
    length: str
    spoken: str
    moments: list[Moment]


@dataclass(frozen=True)
class DayShown:
    """A day with its free moments, or closed with its reason."""

    day: date
    title: str
    groups: list[Group]
    holiday: str
    is_estimate: bool


def days_shown(
    slots: Iterable[Slot], first: date, last: date, address: Callable[[str], str]
) -> list[DayShown]:
    """The days that have free moments, and the closed ones, in order; `address` makes that of a moment."""
    closed = dict(holidays_between(first, last))
    free = by_day(slots)
    days = sorted({*free, *closed})
    return [_day(day, free.get(day, []), closed.get(day), address) for day in days]


def _day(
    day: date, slots: list[Slot], holiday: PublicHoliday | None, address: Callable[[str], str]
) -> DayShown:
    name = ""
    if holiday is not None:
        name = holiday.name_ar if get_language() == "ar" else holiday.name_fr
    groups = list(_groups(slots, address))
    return DayShown(day, written_day(day), groups, name, holiday is not None and holiday.is_estimate)


def _groups(slots: list[Slot], address: Callable[[str], str]) -> Iterator[Group]:
    rules = {slot.rule.pk: slot.rule for slot in slots}
    for key, rule in rules.items():
        moments = [moment_of(slot, address) for slot in slots if slot.rule.pk == key]
        yield Group(
            str(Manner(rule.manner).label), _ICONS[Manner(rule.manner)], where_words(rule), minutes_words(rule.minutes),
            str(Spoken(rule.spoken).label), moments,
        )  # fmt: skip


def moment_of(slot: Slot, address: Callable[[str], str]) -> Moment:
    """One moment as a link or a button; read aloud it says its day too."""
    key = slot_key(slot)
    return Moment(written_hour(slot.starts_at), address(key), key, written_day(slot.day))


@dataclass(frozen=True)
class Card:
    """An appointment in a list."""

    row: Appointment
    title: str
    hours: str
    where: str
    icon: str
    advisor: str
    asker: str


def card_of(row: Appointment) -> Card:
    """One appointment as lists and its page show it."""
    return Card(
        row, written_day(timezone.localdate(row.starts_at)), written_hours(row.starts_at, row.ends_at),
        where_words(row), _ICONS[Manner(row.manner)], advisor_name(row.calendar.user), asker_name(row),
    )  # fmt: skip
