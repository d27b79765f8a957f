"""Working days of the Moroccan administration: what a promise of an answer is counted in.

Days off: Saturdays, Sundays, the national holidays of `data/public_holidays.csv` and the religious ones, which follow
the moon. Those are read in the Umm al-Qura tables for any year, and the day after each is left out too: the moon seen
in Morocco may differ by a day, and a promise must not fall on a feast.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from hijridate import Gregorian, Hijri

from bpc.datasets.public_holidays import read_public_holidays

#: Month and first day in the hijri year, and how many days the administration is closed, one more for the moon.
_RELIGIOUS = (
    (1, 1, 2),  # New Year
    (3, 12, 3),  # Prophet's birth
    (10, 1, 3),  # end of Ramadan
    (12, 10, 3),  # Sacrifice
)
_SATURDAY = 5


@cache
def holidays(year: int) -> frozenset[date]:
    """The days off of a civil year, weekends apart.

    Raises OverflowError outside the years 1925–2076 that the tables of the moon cover.

    >>> date(2026, 7, 30) in holidays(2026), date(2026, 3, 20) in holidays(2026), date(2023, 1, 14) in holidays(2023)
    (True, True, False)
    """
    yearly = (one for one in read_public_holidays() if one.is_yearly and year >= one.from_year)
    national = {date(year, one.month, one.day) for one in yearly}
    return frozenset(national | {day for day in _religious(year) if day.year == year})


def _religious(year: int) -> Iterator[date]:
    first = Gregorian(year, 1, 1).to_hijri().year
    for hijri_year in range(first - 1, first + 3):
        for month, day, length in _RELIGIOUS:
            begins = Hijri(hijri_year, month, day).to_gregorian()
            yield from (begins + timedelta(days=number) for number in range(length))


def is_working_day(day: date) -> bool:
    """Whether the administration works that day.

    >>> is_working_day(date(2026, 11, 17)), is_working_day(date(2026, 11, 18)), is_working_day(date(2026, 11, 21))
    (True, False, False)
    """
    return day.weekday() < _SATURDAY and day not in holidays(day.year)


def add_working_days(start: date, number: int) -> date:
    """The `number`-th working day after `start`, `start` itself never counted. `number` is at least 1.

    From Tuesday 17 November 2026, the 18th is Independence day: two working days later is Friday.

    >>> add_working_days(date(2026, 11, 17), 2)
    datetime.date(2026, 11, 20)
    """
    if number < 1:
        raise ValueError("a promise needs a working day at least")
    day = start
    while number:
        day += timedelta(days=1)
        number -= is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """How many working days after `start`, up to `end` included; negative when `end` is before.

    >>> working_days_between(date(2026, 11, 17), date(2026, 11, 20))
    2
    >>> working_days_between(date(2026, 11, 20), date(2026, 11, 17))
    -2
    """
    if end < start:
        return -working_days_between(end, start)
    return sum(is_working_day(start + timedelta(days=number + 1)) for number in range((end - start).days))
