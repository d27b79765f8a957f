"""Counts a legal delay: from the day after a fact, in calendar days, months or years, its last day included."""

from calendar import monthrange
from datetime import date, timedelta

from bpc.core.law.checks import Outcome, judged, unknown
from bpc.core.law.parameters import NoFigure, Provision


def plus_months(day: date, months: int) -> date:
    """The same day so many months later (earlier if negative), the last of the month when it has no such day.

    >>> plus_months(date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_day(start: date, rule: Provision, figure: str, *, backward: bool = False) -> date:
    """The last day of a delay that a fact starts; `backward`: the last day to act before the fact.

    The figure's name says its unit, by its last word: days, months or years. Raises NoFigure.

    >>> from fractions import Fraction
    >>> rule = Provision("funds_deposit", "112-12", "8", {"deposit_days": Fraction(5)})
    >>> last_day(date(2026, 3, 1), rule, "deposit_days")
    datetime.date(2026, 3, 6)
    """
    count = -rule.whole(figure) if backward else rule.whole(figure)
    unit = figure.rpartition("_")[2]
    if unit == "days":
        return start + timedelta(days=count)
    if unit in ("months", "years"):
        return plus_months(start, count * (12 if unit == "years" else 1))
    raise NoFigure(f"{rule.rule}: {figure} is not a delay")


def in_time(about: str, done: date | None, limit: date, on: date) -> Outcome:
    """Whether something was done by its last day; while that day is not over, not done is not known."""
    if done is None:
        return judged(False, about, at_most=limit) if on > limit else unknown(about, at_most=limit)
    return judged(done <= limit, about, found=done, at_most=limit)
