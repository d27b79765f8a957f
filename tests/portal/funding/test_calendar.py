"""When files are next taken: what is announced, what is only a forecast, what nobody knows."""

from datetime import date
from typing import Any

import pytest

from bpc.portal.funding.calendar import NextWindow, days_left, next_window, urgency
from tests.portal.funding.funding_world import TODAY, closing, make_document


def _next(today: date = TODAY, **fields: Any) -> NextWindow:
    return next_window(make_document(**fields), today)


def test_the_announced_window_that_ends_first_comes_first() -> None:
    windows = [
        {"opens": "2027-02-01", "closes": "2027-03-01"},
        {"opens": "2026-11-01", "closes": "2026-12-10", "closes_at": "16:30"},
        {"closes": "2025-03-10"},
    ]
    window = _next(calendar={"windows": windows, "permanent": True})
    assert (window.kind, window.opens, window.closes) == ("dated", date(2026, 11, 1), date(2026, 12, 10))
    assert (window.closes_at, window.last_closed) == ("16:30", date(2025, 3, 10))
    assert window.is_open(TODAY)
    assert (urgency(window, TODAY), days_left(window, TODAY)) == ("closing", 18)


def test_the_next_edition_of_moazara_is_a_forecast_never_a_promise() -> None:
    calendar = closing("2024-08-30", opens="2024-08-01", every_months=12)
    window = _next(status="recurring", calendar=calendar)
    assert (window.kind, window.opens, window.closes) == ("forecast", date(2027, 8, 1), date(2027, 8, 30))
    assert (window.precision, window.last_closed) == ("month", date(2024, 8, 30))
    assert not window.is_open(TODAY)
    assert days_left(window, TODAY) is None
    assert _next(date(2027, 7, 1), status="recurring", calendar=calendar) == window
    assert urgency(window, date(2027, 7, 1)) == "soon", "a file takes weeks to gather"
    assert urgency(window, date(2027, 8, 15)) == "", "nobody announced that it closes"


def test_an_edition_every_four_years_skips_those_that_passed() -> None:
    calendar = closing("2021-05-21", opens="2021-04-16", every_months=48)
    assert _next(status="recurring", calendar=calendar).closes == date(2029, 5, 21)


def test_a_month_or_a_year_is_held_to_its_last_day() -> None:
    window = _next(calendar=closing("2026-11"))
    assert (window.closes, window.precision) == (date(2026, 11, 30), "month")
    assert _next(status="recurring", calendar=closing("2025", every_months=12)).precision == "year"


def test_nothing_is_made_up_from_silence() -> None:
    assert _next().kind == "unknown"
    assert _next(status="recurring", calendar=closing("2024-08-30")).kind == "unknown", "no interval known"
    assert _next(status="open", calendar=closing("2024-08-30", every_months=12)).kind == "unknown"
    past_the_end = closing("2026-03-10", every_months=12, ends="2026-12-31")
    assert _next(status="recurring", calendar=past_the_end).kind == "unknown"


def test_permanent_until_the_programme_ends() -> None:
    assert _next(calendar={"permanent": True}) == NextWindow("permanent")
    ending = _next(calendar={"permanent": True, "ends": "2027"})
    assert (ending.kind, ending.closes) == ("permanent", date(2027, 12, 31))
    assert _next(calendar={"permanent": True, "ends": "2026-06"}).kind == "closed"


def test_closed_keeps_the_last_day_known() -> None:
    window = _next(status="closed", calendar=closing("2026-03-10"))
    assert (window.kind, window.closes, window.last_closed) == ("closed", None, date(2026, 3, 10))


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (date(2026, 1, 1), "soon"),
        (date(2025, 12, 1), ""),
        (date(2026, 2, 20), "closing"),
        (date(2026, 3, 10), "closing"),
        (date(2026, 3, 11), "expired"),
    ],
)
def test_the_chtouka_call_hurries_when_it_should(today: date, told: str) -> None:
    window = _next(date(2026, 1, 1), calendar=closing("2026-03-10", opens="2026-02-10"))
    assert urgency(window, today) == told


def test_an_opening_without_an_end_is_announced() -> None:
    window = _next(calendar={"windows": [{"opens": "2027-01-15"}]})
    assert (window.kind, window.opens, window.closes) == ("dated", date(2027, 1, 15), None)
    assert urgency(window, TODAY) == "soon"
    assert not window.is_open(TODAY)
