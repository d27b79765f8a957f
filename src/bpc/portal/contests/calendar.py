"""The days of an edition: how a phase is told in days, what order they keep, which may still move, by how much.

A phase is told by its first and last day; it is kept as moments, the end being the midnight after the last day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from bpc.portal.contests.models import Edition
from bpc.portal.contests.states import Phase

STARTS = ("entries_from", "marking_from", "vote_from")
ENDS = ("entries_until", "marking_until", "discussion_until", "vote_until")
OWN_DAYS = ("results_on",)
REQUIRED = (
    "entries_from",
    "entries_until",
    "marking_from",
    "marking_until",
    "discussion_until",
    "results_on",
)
VOTE = ("vote_from", "vote_until")
COLUMNS = (*REQUIRED, *VOTE)
_LONGEST = timedelta(days=3 * 366)  # beyond, a year was mistyped
#: What may be moved back in each phase: never a day that is behind, but the end of entries while nobody read them.
MOVABLE: dict[Phase, frozenset[str]] = {
    Phase.ANNOUNCED: frozenset(COLUMNS),
    Phase.ENTRIES: frozenset(COLUMNS) - {"entries_from"},
    Phase.CHECKING: frozenset(COLUMNS) - {"entries_from"},
    Phase.MARKING: frozenset({"marking_until", "discussion_until", "results_on", "vote_until"}),
    Phase.DISCUSSION: frozenset({"discussion_until", "results_on", "vote_until"}),
    Phase.DECIDING: frozenset({"results_on"}),
}


@dataclass(frozen=True)
class DateProblem:
    """One day that cannot be: in which column, and why (`missing`, `order`, `pair`, `far`, `fixed`, `earlier`,
    `past`). `other` is the column it is compared with."""

    column: str
    code: str
    other: str = ""


class WrongDates(Exception):
    """The days asked cannot be; `problems` say which and why."""

    def __init__(self, problems: tuple[DateProblem, ...]) -> None:
        super().__init__(", ".join(f"{one.column}: {one.code}" for one in problems))
        self.problems = problems


def moment_of(column: str, day: date | None) -> Any:
    """What is kept for a day of the calendar: the first moment of a start, the midnight after the day of an end."""
    if day is None or column in OWN_DAYS:
        return day
    shown = day + timedelta(days=1) if column in ENDS else day
    return timezone.make_aware(datetime.combine(shown, time.min))


def day_of(column: str, kept: date | datetime | None) -> date | None:
    """The day of the calendar that is kept so: the reverse of `moment_of`."""
    if kept is None or not isinstance(kept, datetime):
        return kept
    local = timezone.localtime(kept)
    return (local - timedelta(microseconds=1)).date() if column in ENDS else local.date()


def days_of(edition: Edition) -> dict[str, date | None]:
    """Every day of the edition, by column."""
    return {column: day_of(column, getattr(edition, column)) for column in COLUMNS}


def moments(days: Mapping[str, date | None]) -> dict[str, Any]:
    """What is kept for these days."""
    return {column: moment_of(column, day) for column, day in days.items()}


_ORDER = (
    ("entries_from", "entries_until", False),
    ("entries_until", "marking_from", True),
    ("marking_from", "marking_until", False),
    ("marking_until", "discussion_until", False),
    ("discussion_until", "results_on", False),
    ("entries_until", "vote_from", True),
    ("vote_from", "vote_until", False),
    ("vote_until", "results_on", False),
)


def date_problems(days: Mapping[str, date | None]) -> tuple[DateProblem, ...]:
    """What is wrong with these days, at most once per column, in the order of the calendar.

    A phase may last one day; marking and the vote begin after the last day of entries.
    """
    found: dict[str, DateProblem] = {}
    for column in REQUIRED:
        if days.get(column) is None:
            found[column] = DateProblem(column, "missing")
    if (days.get("vote_from") is None) != (days.get("vote_until") is None):
        lacking = "vote_from" if days.get("vote_from") is None else "vote_until"
        found[lacking] = DateProblem(lacking, "pair")
    for first, then, strictly in _ORDER:
        before, after = days.get(first), days.get(then)
        if before is None or after is None or then in found:
            continue
        if after < before or (strictly and after == before):
            found[then] = DateProblem(then, "order", first)
        elif after - before > _LONGEST:
            found[then] = DateProblem(then, "far", first)
    return tuple(found[column] for column in COLUMNS if column in found)


def extension_problems(
    edition: Edition, days: Mapping[str, date | None], phase: Phase, today: date
) -> tuple[DateProblem, ...]:
    """Why these days cannot replace those of the edition: only later, only ahead, only what the phase lets move."""
    present, found = days_of(edition), []
    wanted = {**present, **days}
    for column in COLUMNS:
        before, after = present[column], wanted[column]
        if before == after:
            continue
        if column not in MOVABLE.get(phase, frozenset()) or before is None or after is None:
            found.append(DateProblem(column, "fixed"))
        elif after < before:
            found.append(DateProblem(column, "earlier"))
        elif after < today:
            found.append(DateProblem(column, "past"))
    told = {one.column for one in found}
    return (*found, *(one for one in date_problems(wanted) if one.column not in told))
