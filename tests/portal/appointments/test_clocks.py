"""The hour promised stands when the days on which the clocks change are announced otherwise than foreseen."""

from datetime import timedelta

import pytest

from bpc.portal.appointments.clocks import realign
from bpc.portal.appointments.models import Appointment, TakenTime
from bpc.portal.appointments.openings import from_the_wall, on_the_wall
from tests.portal.appointments.appointment_world import (
    MONDAY,
    NOW,
    at_wall,
    make_asker,
    make_calendar,
    make_rule,
    take,
)

HOUR = timedelta(hours=1)


def test_an_hour_on_the_wall_is_read_back() -> None:
    assert on_the_wall(at_wall(MONDAY, 9, 30)) == "2027-09-06T09:30"
    assert from_the_wall("2027-09-06T09:30") == at_wall(MONDAY, 9, 30)


@pytest.mark.parametrize("wrong_by", [HOUR, -HOUR])
@pytest.mark.django_db
def test_appointments_follow_the_clock_on_the_wall(wrong_by: timedelta) -> None:
    """As after new data of the time zone: three that follow each other by an hour, all wrong by one hour."""
    rule = make_rule(make_calendar(), minutes=60)
    rows = [take(rule, make_asker(), at_wall(MONDAY, hour)) for hour in (9, 10, 11)]
    TakenTime.objects.all().delete()
    for row in rows if wrong_by < timedelta() else reversed(rows):
        Appointment.objects.filter(pk=row.pk).update(
            starts_at=row.starts_at + wrong_by, ends_at=row.ends_at + wrong_by
        )
    assert realign(NOW) == 3
    assert realign(NOW) == 0
    found = Appointment.objects.order_by("starts_at")
    assert [one.starts_at for one in found] == [at_wall(MONDAY, hour) for hour in (9, 10, 11)]
    assert [one.sequence for one in found] == [1, 1, 1]
    assert TakenTime.objects.count() == 3 * 2 * 12


@pytest.mark.django_db
def test_one_whose_moment_somebody_booked_meanwhile_waits_for_the_advisor() -> None:
    rule = make_rule(make_calendar(), minutes=60)
    first = take(rule, make_asker(), at_wall(MONDAY, 9))
    take(rule, make_asker(), at_wall(MONDAY, 10))
    Appointment.objects.filter(pk=first.pk).update(wall="2027-09-06T10:00")
    assert realign(NOW) == 0
    assert Appointment.objects.get(pk=first.pk).starts_at == at_wall(MONDAY, 9)
    assert TakenTime.objects.filter(appointment=first).count() == 24
