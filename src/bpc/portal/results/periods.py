"""When a project that has started is asked what became of it: after a quarter, then each year."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

#: The first question comes early, while help is still at hand; then each year, five times.
FIRST_MONTHS, YEAR, YEARS = 3, 12, 5


@dataclass(frozen=True, slots=True)
class Period:
    """A period that ended the day before `ends_on`."""

    ends_on: date
    months: int


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def periods_ended(launched_on: date, today: date) -> list[Period]:
    """The periods that are over, the oldest first. The first year holds the first quarter."""
    every = [
        (FIRST_MONTHS, FIRST_MONTHS),
        *((YEAR * number, YEAR) for number in range(1, YEARS + 1)),
    ]
    found = [Period(months_after(launched_on, after), months) for after, months in every]
    return [period for period in found if period.ends_on <= today]
