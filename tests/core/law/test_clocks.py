"""Every clock: its last day, counted by hand in the table; in time on it, late the day after; and the approved name."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpc.core.law.clocks import CLOCKS, DELAYS, NAME_CLOCKS, Clock, Delay, Ends, State, read_clocks
from bpc.core.law.delays import plus_months
from bpc.core.law.events import Event
from tests.core.law.good_records import LAW, creation

DELAY_OF = {delay.code: delay for delay in DELAYS}
ONE_DAY = timedelta(days=1)


def _rows() -> list[tuple[Delay, date, date]]:
    with Path(__file__).with_name("clock_cases.tsv").open(encoding="utf-8") as file:
        return [
            (DELAY_OF[row["clock"]], date.fromisoformat(row["fact"]), date.fromisoformat(row["last_day"]))
            for row in csv.DictReader(file, delimiter="\t")
        ]


def _read(code: str, events: dict[Event, date], on: date, *, signed: bool | None = None) -> Clock:
    (found,) = (
        one for one in read_clocks(events, LAW, on, extension_signed_by_all=signed) if one.code == code
    )
    return found


ROWS = _rows()


@pytest.mark.parametrize(("delay", "fact", "last_day"), ROWS, ids=[row[0].code for row in ROWS])
def test_last_day(delay: Delay, fact: date, last_day: date) -> None:
    clock = _read(delay.code, {delay.starts: fact}, last_day)
    assert clock.due == last_day
    assert clock.state in (State.RUNNING, State.WARNING)
    assert clock.days_left(last_day) == 0
    assert _read(delay.code, {delay.starts: fact}, last_day + ONE_DAY).state is State.OVER
    for answer in delay.answers:
        events = {delay.starts: fact, answer: last_day}
        assert _read(delay.code, events, last_day + 9 * ONE_DAY).state is State.DONE
        events[answer] = last_day + ONE_DAY
        assert _read(delay.code, events, last_day + 9 * ONE_DAY).state is State.DONE_LATE


def test_every_clock_is_in_the_table() -> None:
    assert {row[0].code for row in ROWS} == set(CLOCKS) - set(NAME_CLOCKS) == DELAY_OF.keys()


def test_a_warning_comes_before_the_end() -> None:
    events = {Event.FUNDS_RECEIVED: date(2026, 2, 23)}
    assert _read("funds_deposit", events, date(2026, 2, 25)).state is State.RUNNING
    warned = _read("funds_deposit", events, date(2026, 2, 26))
    assert (warned.state, warned.warn_on, warned.days_left(date(2026, 2, 26))) == (
        State.WARNING,
        date(2026, 2, 26),
        2,
    )


def test_silence_on_a_withdrawal_is_an_agreement() -> None:
    clock = _read("withdrawal_answer", {Event.WITHDRAWAL_ASKED: date(2026, 10, 1)}, date(2026, 10, 22))
    assert (clock.ends, clock.state, clock.article) == (Ends.CONSENT, State.OVER, "18–19")


def test_shares_wholly_paid_before_registration_leave_no_balance() -> None:
    events = {Event.REGISTERED: date(2026, 3, 12), Event.CAPITAL_FULLY_PAID: date(2026, 2, 23)}
    assert _read("shares_balance", events, date(2026, 4, 1)).state is State.DONE


def test_what_has_not_happened_yet_starts_nothing() -> None:
    assert read_clocks({Event.REGISTERED: date(2026, 3, 12)}, LAW, date(2026, 3, 11)) == ()


APPROVED = {Event.NAME_APPROVED: date(2026, 2, 4)}


def test_the_name_lives_sixty_days_then_a_week_to_extend() -> None:
    clocks = {one.code: one for one in read_clocks(APPROVED, LAW, date(2026, 3, 1))}
    assert (clocks["name_validity"].due, clocks["name_validity"].state) == (date(2026, 4, 5), State.RUNNING)
    window = clocks["name_extension"]
    assert (window.opens, window.due, window.state) == (date(2026, 4, 6), date(2026, 4, 12), State.WAITING)
    assert _read("name_validity", APPROVED, date(2026, 3, 21)).state is State.WARNING
    assert _read("name_extension", APPROVED, date(2026, 4, 6)).state is State.WARNING
    assert _read("name_extension", APPROVED, date(2026, 4, 13)).state is State.OVER


@pytest.mark.parametrize(
    ("asked", "signed", "until", "heard"),
    [
        (date(2026, 4, 6), True, date(2026, 6, 4), True),
        (date(2026, 4, 12), True, date(2026, 6, 4), True),
        (date(2026, 4, 13), True, date(2026, 4, 5), False),
        (date(2026, 4, 5), True, date(2026, 4, 5), False),
        (date(2026, 4, 12), False, date(2026, 4, 5), False),
        (date(2026, 4, 12), None, date(2026, 4, 5), False),
    ],
)
def test_the_one_extension(asked: date, signed: bool | None, until: date, heard: bool) -> None:
    events = {**APPROVED, Event.NAME_EXTENSION_ASKED: asked}
    assert _read("name_validity", events, date(2026, 6, 10), signed=signed).due == until
    extension = _read("name_extension", events, date(2026, 6, 10), signed=signed)
    assert extension.state is (State.DONE if heard else State.OVER)


def test_a_registration_asked_in_time_stops_the_clock_of_the_name() -> None:
    clocks = read_clocks(creation().events, LAW, date(2026, 6, 1))
    states = {one.code: one.state for one in clocks}
    assert states["name_validity"] is State.DONE
    assert "name_extension" not in states
    assert states["funds_deposit"] is State.DONE
    assert states["sector_notice"] is State.OVER
    assert [one.due for one in clocks] == sorted(one.due for one in clocks)


DAYS = st.dates(date(2015, 12, 18), date(2090, 1, 1))


@given(DAYS, st.integers(-600, 600))
def test_months_keep_the_day_or_take_the_last(day: date, months: int) -> None:
    moved = plus_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == day.day or (moved.day < day.day and (moved + ONE_DAY).day == 1)


@given(
    st.dictionaries(st.sampled_from(list(Event)), DAYS, max_size=12),
    DAYS,
    st.sampled_from([None, True, False]),
)
def test_any_history_reads_without_a_contradiction(
    events: dict[Event, date], on: date, signed: bool | None
) -> None:
    clocks = read_clocks(events, LAW, on, extension_signed_by_all=signed)
    assert len({one.code for one in clocks}) == len(clocks)
    for one in clocks:
        answered = one.done_on is not None
        assert answered == (one.state in (State.DONE, State.DONE_LATE))
        assert one.state is not State.OVER or on > one.due
        assert one.warn_on is None or one.warn_on <= one.due
        assert not answered or one.done_on <= on
