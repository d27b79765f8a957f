"""Free moments: computed from weekly hours, what differs from them, closed days and taken time; never stored.

Hours are those of the clock on the wall in Morocco. In Ramadan the country sets its clocks back: ten o'clock stays
ten o'clock, and the moment in universal time follows. An hour that a change of clocks skips is not offered.
"""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

from bpc.datasets.public_holidays import PublicHoliday, read_public_holidays
from bpc.portal.appointments.models import STEP, CalendarChange, OpeningRule
from bpc.portal.appointments.states import ChangeKind

ZONE = ZoneInfo(settings.TIME_ZONE)
_WALL = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True)
class Slot:
    """A free moment, as a rule gives it."""

    rule: OpeningRule
    starts_at: datetime
    ends_at: datetime

    @property
    def day(self) -> date:
        """Its day in Morocco."""
        return self.starts_at.astimezone(ZONE).date()


@dataclass(frozen=True)
class Hours:
    """All that free moments of one calendar are computed from; `taken` are beginnings of five minutes."""

    rules: tuple[OpeningRule, ...]
    changes: tuple[CalendarChange, ...]
    taken: Set[datetime]


def offered(hours: Hours, first: date, last: date) -> Iterator[Slot]:
    """Every moment the hours give between two days, both included, free or taken, in order."""
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        yield from sorted(_of_day(hours, day), key=lambda slot: (slot.starts_at, slot.rule.pk))


def free(hours: Hours, first: date, last: date, *, after: datetime) -> Iterator[Slot]:
    """The moments among `offered` that begin after `after` and that no appointment touches."""
    for slot in offered(hours, first, last):
        if slot.starts_at > after and hours.taken.isdisjoint(steps(slot.starts_at, slot.ends_at)):
            yield slot


def on_the_wall(moment: datetime) -> str:
    """The hour that the clocks of Morocco show then, « 2027-02-08T10:00 »."""
    return f"{moment.astimezone(ZONE):{_WALL}}"


def from_the_wall(text: str) -> datetime:
    """The moment at which the clocks of Morocco show it. Raises ValueError for what is no hour."""
    return datetime.strptime(text, _WALL).replace(tzinfo=ZONE).astimezone(UTC)


def steps(starts_at: datetime, ends_at: datetime) -> list[datetime]:
    """The beginnings of the five minutes that a stretch of time touches, in universal time."""
    start = starts_at.astimezone(UTC)
    floor = start.replace(minute=start.minute - start.minute % STEP, second=0, microsecond=0)
    count = -(-int((ends_at - floor).total_seconds()) // (STEP * 60))
    return [floor + timedelta(minutes=STEP * number) for number in range(count)]


def _of_day(hours: Hours, day: date) -> list[Slot]:
    absences = [one for one in hours.changes if one.kind == ChangeKind.ABSENCE]
    found: dict[tuple[datetime, int], Slot] = {}
    for rule, begins, ends in _stretches(hours, day):
        for slot in _cut(rule, day, begins, ends):
            away = any(one.starts_at < slot.ends_at and one.ends_at > slot.starts_at for one in absences)
            if not away:
                found[slot.starts_at, rule.pk] = slot
    return list(found.values())


def _stretches(hours: Hours, day: date) -> Iterator[tuple[OpeningRule, time, time]]:
    """Weekly hours unless the day is closed; hours in plus stand on closed days too: the advisor said so."""
    if holiday_on(day) is None:
        for rule in hours.rules:
            if _holds_on(rule, day):
                yield rule, rule.from_time, rule.to_time
    by_key = {rule.pk: rule for rule in hours.rules}
    for change in hours.changes:
        begins, ends = change.starts_at.astimezone(ZONE), change.ends_at.astimezone(ZONE)
        if change.kind == ChangeKind.EXTRA and begins.date() == day and change.rule_id in by_key:
            yield by_key[change.rule_id], begins.time(), ends.time()


def _holds_on(rule: OpeningRule, day: date) -> bool:
    within = rule.valid_from <= day and (rule.valid_until is None or day <= rule.valid_until)
    return within and str(day.isoweekday()) in rule.weekdays


def _cut(rule: OpeningRule, day: date, begins: time, ends: time) -> Iterator[Slot]:
    """Moments of the rule's length, one pause after the other, that end before the stretch does."""
    hour, close = datetime.combine(day, begins), datetime.combine(day, ends)
    length = timedelta(minutes=rule.minutes)
    while hour + length <= close:
        moment = hour.replace(tzinfo=ZONE).astimezone(UTC)
        if moment.astimezone(ZONE).replace(tzinfo=None) == hour:  # else the clocks skip this hour
            yield Slot(rule, moment, moment + length)
        hour += length + timedelta(minutes=rule.pause)


@cache
def _holidays(data: Path) -> tuple[PublicHoliday, ...]:
    return read_public_holidays(data)


def holiday_on(day: date) -> PublicHoliday | None:
    """Why administrations are closed on this day; a sourced reason before an estimate; None when they are not."""
    found = [one for one in _holidays(settings.DATA) if one.falls_on(day)]
    return min(found, key=lambda one: one.is_estimate, default=None)


def holidays_between(first: date, last: date) -> Iterator[tuple[date, PublicHoliday]]:
    """The closed days between two days, both included."""
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if (holiday := holiday_on(day)) is not None:
            yield day, holiday


def by_day(slots: Iterable[Slot]) -> dict[date, list[Slot]]:
    """The moments under their day, in the order given."""
    days: dict[date, list[Slot]] = {}
    for slot in slots:
        days.setdefault(slot.day, []).append(slot)
    return days
