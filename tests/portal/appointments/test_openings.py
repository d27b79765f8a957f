"""Free moments: weekly hours, pauses, absences, closed days, and the clocks of Ramadan."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bpc.datasets.public_holidays import read_public_holidays
from bpc.portal.appointments.calendars import BadHours, add_change, end_rule, remove_change
from bpc.portal.appointments.models import Calendar, CalendarChange, OpeningRule, TakenTime
from bpc.portal.appointments.openings import ZONE, Hours, Slot, free, holiday_on, offered, steps
from bpc.portal.appointments.queries import free_slots, loads_of, next_free
from bpc.portal.appointments.states import ChangeKind, Manner
from bpc.portal.people.roles import Role
from tests.portal.appointments.appointment_world import (
    MONDAY,
    NOW,
    at_wall,
    make_asker,
    make_calendar,
    make_rule,
    take,
    weekly,
    write_appointment,
)
from tests.portal.world import make_user


def rule(**changes: object) -> OpeningRule:
    """Hours that are in no database."""
    said = weekly(**changes)
    return OpeningRule(
        pk=1, weekdays="".join(map(str, said.weekdays)), from_time=said.from_time, to_time=said.to_time,
        minutes=said.minutes, pause=said.pause, manner=said.manner, valid_from=said.valid_from,
        valid_until=said.valid_until,
    )  # fmt: skip


def walls(slots: list[Slot]) -> list[str]:
    """The hours on the wall."""
    return [f"{slot.starts_at.astimezone(ZONE):%H:%M}" for slot in slots]


def on(day: date, *rules: OpeningRule, changes: tuple[CalendarChange, ...] = ()) -> list[Slot]:
    return list(offered(Hours(rules, changes, frozenset()), day, day))


def test_moments_follow_each_other_with_their_pause_and_end_in_time() -> None:
    assert walls(on(MONDAY, rule())) == ["09:00", "09:30", "10:00", "10:30", "11:00", "11:30"]
    assert walls(on(MONDAY, rule(minutes=45, pause=10))) == ["09:00", "09:55", "10:50"]
    assert walls(on(MONDAY, rule(minutes=180))) == ["09:00"]
    assert on(MONDAY + timedelta(days=1), rule()) == []
    assert on(MONDAY, rule(valid_from=MONDAY + timedelta(days=1))) == []
    assert on(MONDAY, rule(valid_until=MONDAY - timedelta(days=1))) == []
    assert len(on(MONDAY, rule(valid_from=MONDAY, valid_until=MONDAY))) == 6


def test_ten_o_clock_stays_ten_o_clock_when_ramadan_changes_the_clocks() -> None:
    """In 2027 Morocco is at UTC+1, at UTC from 7 February to 14 March, then at UTC+1 again (tz database)."""
    ten = rule(weekdays=(1, 7), from_time=time(10), to_time=time(11), minutes=60)
    hours = {
        day: on(day, ten)[0].starts_at.astimezone(UTC).hour
        for day in (date(2027, 2, 1), date(2027, 2, 8), date(2027, 3, 8), date(2027, 3, 15))
    }
    assert list(hours.values()) == [9, 10, 10, 9]
    for day in hours:
        assert walls(on(day, ten)) == ["10:00"]


def test_an_hour_that_the_clocks_skip_is_not_offered_and_one_they_repeat_is_offered_once() -> None:
    night = rule(weekdays=(7,), from_time=time(1), to_time=time(4), minutes=30)
    assert walls(on(date(2027, 3, 14), night)) == [
        "01:00",
        "01:30",
        "03:00",
        "03:30",
    ]  # from 2 to 3 there is nothing
    back = on(date(2027, 2, 7), night)
    assert walls(back) == ["01:00", "01:30", "02:00", "02:30", "03:00", "03:30"]
    assert len({slot.starts_at for slot in back}) == 6
    assert all(slot.ends_at - slot.starts_at == timedelta(minutes=30) for slot in back)


def test_absences_and_hours_in_plus() -> None:
    base = rule()
    absent = CalendarChange(
        kind=ChangeKind.ABSENCE, starts_at=at_wall(MONDAY, 9, 45), ends_at=at_wall(MONDAY, 10, 30)
    )
    assert walls(on(MONDAY, base, changes=(absent,))) == ["09:00", "10:30", "11:00", "11:30"]
    tuesday = MONDAY + timedelta(days=1)
    extra = CalendarChange(
        kind=ChangeKind.EXTRA, rule_id=1, starts_at=at_wall(tuesday, 14), ends_at=at_wall(tuesday, 15)
    )
    assert walls(on(tuesday, base, changes=(extra,))) == ["14:00", "14:30"]
    throne = date(2027, 7, 30)
    daily = rule(weekdays=(1, 2, 3, 4, 5, 6, 7))
    open_ = CalendarChange(
        kind=ChangeKind.EXTRA, rule_id=1, starts_at=at_wall(throne, 9), ends_at=at_wall(throne, 10)
    )
    assert on(throne, daily) == []
    assert walls(on(throne, daily, changes=(open_,))) == ["09:00", "09:30"]


def test_closed_days_are_those_of_the_list_and_estimates_say_so() -> None:
    assert len(read_public_holidays(settings.DATA)) > 25
    throne, fitr = holiday_on(date(2031, 7, 30)), holiday_on(date(2027, 3, 10))
    assert throne is not None
    assert (throne.name_fr, throne.is_estimate) == ("Fête du Trône", False)
    assert fitr is not None
    assert (fitr.name_ar, fitr.is_estimate) == ("عيد الفطر", True)
    assert holiday_on(date(2025, 10, 31)) is None  # Unity Day is kept from 2026 on
    assert holiday_on(MONDAY) is None
    both = holiday_on(date(2027, 8, 14))  # Oued Ed-Dahab, and the Prophet's birthday by estimate
    assert both is not None
    assert both.code == "oued_ed_dahab"


def test_taken_time_hides_every_moment_it_touches() -> None:
    taken = frozenset(steps(at_wall(MONDAY, 9, 25), at_wall(MONDAY, 9, 35)))
    assert len(taken) == 2
    hours = Hours((rule(),), (), taken)
    assert walls(list(free(hours, MONDAY, MONDAY, after=NOW))) == ["10:00", "10:30", "11:00", "11:30"]
    later = list(free(hours, MONDAY, MONDAY, after=at_wall(MONDAY, 11)))
    assert walls(later) == ["11:30"]


def test_steps_cover_what_begins_between_two_of_them() -> None:
    start = datetime(2027, 9, 6, 8, 2, tzinfo=UTC)
    found = steps(start, start + timedelta(minutes=10))
    assert [moment.minute for moment in found] == [0, 5, 10]


@pytest.mark.django_db
def test_hours_that_cannot_be_kept_are_refused_with_their_reason() -> None:
    calendar = make_calendar()
    for changes, why in (
        ({"to_time": time(9)}, "order"),
        ({"from_time": time(9, 2)}, "step"),
        ({"minutes": 32}, "step"),
        ({"minutes": 5}, "length"),
        ({"minutes": 180, "to_time": time(10)}, "length"),
        ({"weekdays": ()}, "days"),
        ({"weekdays": (8,)}, "days"),
        ({"place": " "}, "where"),
        ({"manner": Manner.VIDEO, "video_link": "http://example.org"}, "where"),
        ({"valid_until": date(2026, 12, 31)}, "dates"),
    ):
        with pytest.raises(BadHours) as refused:
            make_rule(calendar, **changes)
        assert refused.value.why == why, changes
    assert make_rule(calendar) == make_rule(calendar)  # said twice, kept once


@pytest.mark.django_db
def test_ending_hours_and_absences_leave_what_is_taken() -> None:
    calendar = make_calendar()
    hours, asker = make_rule(calendar), make_asker()
    row = take(hours, asker, at_wall(MONDAY, 9))
    away = add_change(
        calendar=calendar, kind=ChangeKind.ABSENCE, starts_at=at_wall(MONDAY, 8), ends_at=at_wall(MONDAY, 18),
        actor=calendar.user, at=NOW,
    )  # fmt: skip
    assert free_slots(calendar, MONDAY, MONDAY, at=NOW) == []
    remove_change(change=away, actor=calendar.user, at=NOW)
    assert len(free_slots(calendar, MONDAY, MONDAY, at=NOW)) == 5
    end_rule(rule=hours, actor=calendar.user, at=NOW)
    assert next_free(calendar, at=NOW) == []
    row.refresh_from_db()
    assert row.state == "booked"


@pytest.mark.django_db
def test_the_queries_of_free_moments_and_loads_do_not_grow() -> None:
    def count_queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            loads_of("09", NOW)
            next_free(Calendar.objects.earliest("pk"), at=NOW)
        return len(seen)

    make_rule(make_calendar())
    few = count_queries()
    for _ in range(5):
        calendar = make_calendar(make_user(Role.ADVISOR))
        make_rule(calendar)
        make_rule(calendar, manner=Manner.PHONE, place="")
        row = write_appointment(calendar)
        TakenTime.objects.create(user=calendar.user, moment=row.starts_at, appointment=row)
    assert count_queries() == few == 11


@pytest.mark.django_db
def test_a_load_is_numbers() -> None:
    calendar = make_calendar()
    hours = make_rule(calendar)
    take(hours, make_asker(), at_wall(MONDAY, 9))
    write_appointment(calendar, state="missed", starts_at=NOW - timedelta(days=3))
    write_appointment(calendar, state="held", starts_at=NOW - timedelta(days=4))
    (load,) = loads_of("09", NOW)
    assert (load.four_weeks, load.held, load.missed, load.cancelled) == (1, 1, 1, 0)
    assert load.this_week == 2  # Monday's and Tuesday's, before this Friday
    assert (load.free, load.first_free) == (11, at_wall(MONDAY, 9, 30))
