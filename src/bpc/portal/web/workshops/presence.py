"""The days of a session as its presence pages show them, and what a list sent back says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from bpc.portal.foundation.writing import written_date
from bpc.portal.workshops.models import Enrolment, Workshop, WorkshopDay

MOST_KEYS = 1000  # in one list


@dataclass(frozen=True)
class DayTab:
    """One day; `open` once it has come."""

    day: WorkshopDay
    label: str
    current: bool
    open: bool


@dataclass(frozen=True)
class PresentLine:
    """One registration, and how many days it was there."""

    enrolment: Enrolment
    present: int
    days: int


def chosen_day(workshop: Workshop, asked: str, at: datetime) -> WorkshopDay | None:
    """The day asked for (2027-03-10); else today, or the last one that has come; None before the first."""
    days = list(workshop.days.all())
    if asked:
        return next((day for day in days if f"{day.day:%Y-%m-%d}" == asked), None)
    come = [day for day in days if day.day <= timezone.localdate(at)]
    return come[-1] if come else None


def day_tabs(workshop: Workshop, current: WorkshopDay | None, at: datetime) -> list[DayTab]:
    """Every day, those to come closed."""
    today = timezone.localdate(at)
    return [
        DayTab(day, written_date(day.day), current is not None and day.pk == current.pk, day.day <= today)
        for day in workshop.days.all()
    ]


def present_line(
    enrolment: Enrolment, days: Sequence[WorkshopDay], present: Mapping[int, set[int]]
) -> PresentLine:
    """How many of the days somebody was there."""
    return PresentLine(enrolment, len(present.get(enrolment.pk, ())), len(days))


def keys_in(values: Iterable[str]) -> set[int]:
    """The keys a form sent, without what is none."""
    whole = [value for value in values if value.isascii() and value.isdigit() and len(value) < 19]
    return {int(value) for value in whole[:MOST_KEYS]}
