"""When files are next taken: announced, worked out from past editions, at any time, or not known."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bpc.datasets.funding_source_parts import Text, Window
from bpc.datasets.funding_sources import FundingSource

Kind = Literal["dated", "forecast", "permanent", "unknown", "closed"]
Precision = Literal["day", "month", "year"]
Urgency = Literal["", "soon", "closing", "expired"]
CLOSING_DAYS = 30
PREPARE_DAYS = 56  # a file takes six to eight weeks to gather
MOST_EDITIONS = 120  # forecasts look no further


@dataclass(frozen=True, slots=True)
class NextWindow:
    """The next time files are taken, as of a day.

    `dated`: announced, `closes` is the last day (None when only the opening is). `forecast`: the last known edition
    moved on by whole intervals, never to be shown as announced, and no surer than its month. `permanent`: any day,
    until `closes` when the programme ends. `unknown` and `closed` have no dates; `last_closed` is the last day known
    of a past edition. `precision` is that of `closes`.
    """

    kind: Kind
    opens: date | None = None
    closes: date | None = None
    edition: Text | None = None
    precision: Precision = "day"
    closes_at: str = ""  # hour of the last day, "16:30"
    last_closed: date | None = None

    def is_open(self, today: date) -> bool:
        """Whether files are known to be taken today: a forecast never tells so."""
        if self.kind == "permanent":
            return True
        return (
            self.kind == "dated" and (self.opens is None or self.opens <= today) and self.closes is not None
        )


def next_window(source: FundingSource, today: date) -> NextWindow:
    """The next window of a source: what is announced first, then any day, then a forecast."""
    calendar = source.calendar
    past = [window for window in calendar.windows if (day := last_day(window.closes)) and day < today]
    last = max(past, key=lambda window: last_day(window.closes) or date.min, default=None)
    last_closed = last_day(last.closes) if last else None
    ends = last_day(calendar.ends)
    if source.status == "closed" or (ends is not None and ends < today):
        return NextWindow("closed", last_closed=last_closed)
    announced = _announced(calendar.windows, today)
    if announced is not None:
        return _dated(announced, last_closed)
    if calendar.permanent:
        precision = precision_of(calendar.ends)
        return NextWindow("permanent", closes=ends, precision=precision, last_closed=last_closed)
    if source.status == "recurring" and last is not None and calendar.every_months:
        return forecast(last, calendar.every_months, today, ends)
    return NextWindow("unknown", last_closed=last_closed)


def forecast(last: Window, every_months: int, today: date, ends: date | None = None) -> NextWindow:
    """The first edition after today if each follows the last known one by `every_months`.

    Unknown rather than forecast when it would fall after the end of the programme.
    """
    closed = last_day(last.closes)
    assert closed is not None  # a past edition has a last day
    opened = first_day(last.opens)
    precision: Precision = "year" if precision_of(last.closes) == "year" else "month"
    for times in range(1, MOST_EDITIONS + 1):
        closes = add_months(closed, times * every_months)
        if closes < today:
            continue
        if ends is not None and closes > ends:
            break
        opens = add_months(opened, times * every_months) if opened else None
        return NextWindow("forecast", opens, closes, last.edition, precision, last_closed=closed)
    return NextWindow("unknown", last_closed=closed)


def urgency(window: NextWindow, today: date) -> Urgency:
    """Whether to hurry: a last day passed, near, or a window (announced or forecast) to prepare for now."""
    if window.kind == "dated" and window.closes is not None:
        left = (window.closes - today).days
        if left < 0:
            return "expired"
        if left <= CLOSING_DAYS and (window.opens is None or window.opens <= today):
            return "closing"
    if window.kind in ("dated", "forecast"):
        begins = window.opens or window.closes
        if begins is not None and today < begins <= today + timedelta(days=PREPARE_DAYS):
            return "soon"
    return ""


def days_left(window: NextWindow, today: date) -> int | None:
    """Days to the announced last day; None when none is announced."""
    if window.kind != "dated" or window.closes is None:
        return None
    return (window.closes - today).days


def precision_of(dated: str | None) -> Precision:
    """How precisely a date is known.

    >>> precision_of("2026"), precision_of("2026-03"), precision_of("2026-03-10")
    ('year', 'month', 'day')
    """
    return {4: "year", 7: "month"}.get(len(dated or ""), "day")  # type: ignore[return-value]  # a closed set


def first_day(dated: str | None) -> date | None:
    """The first day a date may be.

    >>> first_day("2026"), first_day("2026-02"), first_day(None)
    (datetime.date(2026, 1, 1), datetime.date(2026, 2, 1), None)
    """
    if not dated:
        return None
    year, month, day = [*map(int, dated.split("-")), 1, 1][:3]
    return date(year, month, day)


def last_day(dated: str | None) -> date | None:
    """The last day a date may be.

    >>> last_day("2026"), last_day("2026-02"), last_day("2026-02-10")
    (datetime.date(2026, 12, 31), datetime.date(2026, 2, 28), datetime.date(2026, 2, 10))
    """
    first = first_day(dated)
    precision = precision_of(dated)
    if first is None or precision == "day":
        return first
    month = 12 if precision == "year" else first.month
    return date(first.year, month, monthrange(first.year, month)[1])


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or its last one.

    >>> add_months(date(2024, 8, 31), 6), add_months(date(2026, 12, 1), 12)
    (datetime.date(2025, 2, 28), datetime.date(2027, 12, 1))
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _announced(windows: Iterable[Window], today: date) -> Window | None:
    """The window not over yet that ends first; one of which only a coming opening is told comes after those."""
    ending = [one for one in windows if (day := last_day(one.closes)) and day >= today]
    if ending:
        return min(ending, key=lambda one: last_day(one.closes) or date.max)
    opening = [one for one in windows if not one.closes and (day := last_day(one.opens)) and day >= today]
    return min(opening, key=lambda one: first_day(one.opens) or date.max, default=None)


def _dated(window: Window, last_closed: date | None) -> NextWindow:
    return NextWindow(
        "dated",
        first_day(window.opens),
        last_day(window.closes),
        window.edition,
        precision_of(window.closes),
        window.closes_at or "",
        last_closed,
    )
