"""Working days: the holidays as the administration publishes them, and the moon's margin."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpc.portal.counsel.working_days import add_working_days, holidays, is_working_day, working_days_between

DAYS = st.dates(date(2024, 1, 1), date(2060, 12, 31))


def test_the_national_holidays_of_a_year() -> None:
    fixed = {
        (1, 1), (1, 11), (1, 14), (5, 1), (7, 30), (8, 14), (8, 20), (8, 21), (10, 31), (11, 6), (11, 18)
    }  # fmt: skip
    assert {date(2026, month, day) for month, day in fixed} <= holidays(2026)
    assert date(2024, 10, 31) not in holidays(2024)  # the feast of Unity began in 2025


@pytest.mark.parametrize(
    "celebrated",
    [
        # as celebrated in Morocco: a day after the tables, or the same day
        *(date(2024, 4, 10), date(2024, 4, 11), date(2024, 6, 17), date(2024, 6, 18), date(2024, 9, 16)),
        *(date(2025, 3, 31), date(2025, 4, 1), date(2025, 6, 7), date(2025, 6, 8), date(2025, 9, 5)),
    ],
)
def test_the_feasts_that_were_celebrated_are_days_off(celebrated: date) -> None:
    assert not is_working_day(celebrated)


def test_a_promise_jumps_over_the_feast_and_the_weekend() -> None:
    # Thursday 19 March 2026; the end of Ramadan falls on the 20th in the tables, the 22nd at the latest
    assert add_working_days(date(2026, 3, 19), 1) == date(2026, 3, 23)
    assert add_working_days(date(2026, 11, 17), 1) == date(2026, 11, 19)


@given(DAYS, st.integers(1, 30))
def test_adding_and_counting_agree(start: date, number: int) -> None:
    end = add_working_days(start, number)
    assert is_working_day(end)
    assert working_days_between(start, end) == number
    assert number <= (end - start).days <= number * 2 + 12
    assert not any(
        working_days_between(start, start + timedelta(days=rank)) >= number
        for rank in range(1, (end - start).days)
    )


def test_a_promise_needs_a_day() -> None:
    with pytest.raises(ValueError, match="working day"):
        add_working_days(date(2026, 3, 19), 0)
