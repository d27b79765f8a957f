"""Reminders once and never at night, links that only their owner has, contacts erased after six months."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from bpc.portal.foundation.audit import trail_of
from bpc.portal.gatherings.actions import MeetingContent, edit_meeting
from bpc.portal.gatherings.forgetting import forget_registrations
from bpc.portal.gatherings.links import registration_named, registration_token
from bpc.portal.gatherings.models import Registration, ReminderSent
from bpc.portal.gatherings.reminders import send_reminders
from bpc.portal.people.models import Notification
from bpc.portal.people.quiet_hours import is_quiet
from bpc.portal.people.roles import Role
from bpc.portal.seats.giving import KEPT
from tests.portal.gatherings.gathering_world import NOW, make_gathering, make_registration
from tests.portal.world import make_user

DAY = date(2027, 3, 10)


def moment(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))


def meeting_on(day: date = DAY, **changes: Any):  # type: ignore[no-untyped-def]
    return make_gathering(date=day, starts_at=moment(day, 9), ends_at=moment(day, 12), **changes)


@pytest.mark.django_db
def test_three_days_before_then_the_day_before_once_each() -> None:
    gathering, person = meeting_on(), make_user()
    early = moment(DAY - timedelta(days=20), 10)
    make_registration(gathering, user=person, registered_at=early)
    make_registration(gathering, state="waiting", registered_at=early)
    make_registration(gathering, state="cancelled", registered_at=early)
    sent = [send_reminders(moment(DAY - timedelta(days=left), 10)) for left in (5, 4, 3, 3, 2, 1, 1, 0)]
    assert sent == [0, 0, 1, 0, 0, 1, 0, 0]
    assert sorted(ReminderSent.objects.values_list("kind", flat=True)) == ["day-before", "three-days"]
    assert Notification.objects.filter(user=person, kind="gathering.reminder").count() == 2


@pytest.mark.django_db
def test_nothing_leaves_at_night_and_the_next_run_sends_it() -> None:
    gathering = meeting_on()
    make_registration(gathering, user=make_user(), registered_at=moment(DAY - timedelta(days=9), 10))
    eve = DAY - timedelta(days=1)
    assert [is_quiet(moment(eve, hour)) for hour in (7, 8, 20, 21, 23)] == [True, False, False, True, True]
    assert send_reminders(moment(eve, 22)) == 0
    assert send_reminders(moment(eve, 9)) == 1


@pytest.mark.django_db
def test_who_has_just_registered_is_not_reminded_of_it() -> None:
    gathering = meeting_on()
    make_registration(gathering, user=make_user(), registered_at=moment(DAY - timedelta(days=1), 9))
    assert send_reminders(moment(DAY - timedelta(days=1), 10)) == 0


@pytest.mark.django_db
def test_a_day_that_moves_is_reminded_anew() -> None:
    gathering = meeting_on()
    make_registration(gathering, user=make_user(), registered_at=moment(DAY - timedelta(days=20), 9))
    assert send_reminders(moment(DAY - timedelta(days=1), 10)) == 1
    later = DAY + timedelta(days=7)
    content = MeetingContent(
        commune=gathering.commune, day=later, starts_at=moment(later, 9), ends_at=moment(later, 12)
    )
    edit_meeting(
        gathering=gathering, content=content, revision=1, actor=make_user(Role.DELEGATE), at=moment(DAY, 10)
    )
    assert send_reminders(moment(later - timedelta(days=1), 10)) == 1


@pytest.mark.parametrize("state", ["cancelled", "held"])
@pytest.mark.django_db
def test_a_meeting_that_is_off_reminds_nobody(state: str) -> None:
    gathering = meeting_on(state=state)
    make_registration(gathering, user=make_user(), registered_at=moment(DAY - timedelta(days=9), 10))
    assert send_reminders(moment(DAY - timedelta(days=1), 10)) == 0


@pytest.mark.django_db
def test_the_commands_run_twice_do_it_once(capsys: pytest.CaptureFixture[str]) -> None:
    old = make_gathering("held", days=-KEPT.days - 5)
    make_registration(old)
    for _ in range(2):
        call_command("forget_registrations")
    lines = capsys.readouterr().out.splitlines()
    assert lines == ["inscriptions et notes effacées : 1", "inscriptions et notes effacées : 0"]
    call_command("send_gathering_reminders")
    assert "rappels envoyés : " in capsys.readouterr().out


@pytest.mark.django_db
def test_contacts_go_after_six_months_and_what_counts_stays() -> None:
    person = make_user()
    old, recent = make_gathering("held", days=-KEPT.days - 2), make_gathering("held", days=-KEPT.days + 2)
    row = make_registration(old, user=person, email="a@example.org", woman="yes", attended_at=NOW)
    kept = make_registration(recent, user=person)
    token = registration_token(row)
    assert registration_named(token) == row
    assert forget_registrations(NOW) == 1
    row.refresh_from_db()
    assert (row.name, row.phone, row.email, row.user_id) == ("", "", "", None)
    assert (row.woman, row.attended_at, row.state) == ("yes", NOW, "registered")
    assert registration_named(token) is None
    assert Registration.objects.get(pk=kept.pk).user_id == person.pk
    (entry,) = trail_of(old)
    assert (entry.verb, entry.data) == ("forget registrations", {"rows": 1, "events": 0})


@pytest.mark.django_db
def test_a_link_names_one_registration_and_is_not_forged() -> None:
    row = make_registration(make_gathering())
    token = registration_token(row)
    assert registration_named(token) == row
    assert registration_named(f"{token}x") is None
    assert registration_named("x") is None
