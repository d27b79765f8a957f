"""Dates told as precisely as they are known: a day, a month or a year."""

import calendar
from datetime import date


def as_day(text: str | None, *, last: bool = True) -> date | None:
    """The last (or first) day that a day, a month or a year may mean; None for nothing.

    >>> as_day("2026-02"), as_day("2026", last=False), as_day("2026-03-10"), as_day(None)
    (datetime.date(2026, 2, 28), datetime.date(2026, 1, 1), datetime.date(2026, 3, 10), None)
    """
    if not text:
        return None
    numbers = [int(part) for part in text.split("-")]
    try:
        if len(numbers) == 3:
            return date(*numbers)
        year = numbers[0]
        month = numbers[1] if len(numbers) == 2 else (12 if last else 1)
        return date(year, month, calendar.monthrange(year, month)[1] if last else 1)
    except ValueError:
        return None
