"""Seasons laid on the months of a plan, and those that follow the hijri calendar moved each year."""

from datetime import date

import numpy as np
from hijridate import Hijri

from bpc.core.plan.arrays import Floats
from bpc.core.plan.timeline import Timeline

#: Month and day of each event in the hijri year.
EVENTS = {"ramadan": (9, 1), "eid_al_fitr": (10, 1), "eid_al_adha": (12, 10)}
DAYS_IN_MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MONTH_STARTS = np.cumsum((0, *DAYS_IN_MONTHS[:-1]))


def event_date(event: str, hijri_year: int) -> date:
    """The Gregorian day of an event in a hijri year (Umm al-Qura tables; the moon seen in Morocco may differ by a day).

    >>> event_date("ramadan", 1448).isoformat()
    '2027-02-08'
    """
    month, day = EVENTS[event]
    return Hijri(hijri_year, month, day).to_gregorian()


def drift_days(event: str, first_year: int, years_later: int) -> int:
    """By how many days the season of an event has moved after so many years; about -10.9 days a year.

    Reference: the event nearest to the middle of `first_year`, the year the shares describe.

    >>> [drift_days("ramadan", 2027, k) for k in (0, 1, 2, 10)]
    [0, -11, -22, -110]
    """
    middle = date(first_year, 7, 1)
    nearest = min(
        range(first_year - 581, first_year - 576), key=lambda year: abs(event_date(event, year) - middle)
    )
    moved = event_date(event, nearest + years_later) - event_date(event, nearest)
    return moved.days - round(365.2425 * years_later)


def move_season(weights: Floats, days: int) -> Floats:
    """Twelve shares moved by so many days around the year; the sum stays.

    >>> moved = move_season(np.array([0, 0, 1.0] + [0] * 9), -31)
    >>> [round(float(share), 3) for share in moved[:4]]
    [0.097, 0.903, 0.0, 0.0]
    """
    daily = np.repeat(weights / np.array(DAYS_IN_MONTHS), DAYS_IN_MONTHS)
    return np.add.reduceat(np.roll(daily, days), _MONTH_STARTS)


def season_profile(weights: tuple[float, ...], event: str | None, timeline: Timeline) -> Floats:
    """The share of a year's activity that falls in each month of the plan, shape (T,); each calendar year sums to 1."""
    shares = np.asarray(weights, dtype=np.float64)
    shares = shares / shares.sum()
    if event is None:
        return np.asarray(shares[timeline.calendar_month])
    first = timeline.start.year
    by_year = {
        int(year): move_season(shares, drift_days(event, first, int(year) - first))
        for year in np.unique(timeline.calendar_year)
    }
    months = zip(timeline.calendar_year, timeline.calendar_month, strict=True)
    return np.array([by_year[int(year)][month] for year, month in months])
