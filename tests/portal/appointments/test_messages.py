"""Reminders, messages to who has no account, forgetting, leaving."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.management import call_command

from bpc.portal.appointments.booking import Ask, book, cancel_appointment, move_appointment
from bpc.portal.appointments.forgetting import forget_appointments
from bpc.portal.appointments.models import Appointment, ReminderSent, TakenTime
from bpc.portal.appointments.reminders import release_past_time, send_reminders
from bpc.portal.appointments.states import State
from bpc.portal.people.departure import delete_account
from bpc.portal.people.models import Notification
from bpc.portal.people.personal_data import export
from bpc.portal.people.sms import MemoryGateway
from tests.portal.appointments.appointment_world import (
    MONDAY,
    NOW,
    at_wall,
    make_asker,
    make_calendar,
    make_rule,
    take,
    write_appointment,
)
from tests.portal.plans.plain_words import plain

TEN = at_wall(MONDAY, 10)
SUNDAY = MONDAY - timedelta(days=1)


def reminders_of(kind: str = "appointment.reminder") -> int:
    return Notification.objects.filter(kind=kind).count()


@pytest.mark.django_db
def test_the_day_before_and_two_hours_before_once_each_never_at_night() -> None:
    row = take(make_rule(make_calendar()), make_asker(), TEN)
    assert send_reminders(at_wall(SUNDAY - timedelta(days=1), 12)) == 0  # two days before
    assert send_reminders(at_wall(SUNDAY, 7)) == 0  # night
    assert send_reminders(at_wall(SUNDAY, 8)) == 1
    assert send_reminders(at_wall(SUNDAY, 8, 15)) == 0
    assert send_reminders(at_wall(SUNDAY, 23)) == 0
    assert send_reminders(at_wall(MONDAY, 7, 30)) == 0  # two and a half hours before, and night
    assert send_reminders(at_wall(MONDAY, 8)) == 1
    assert send_reminders(at_wall(MONDAY, 9)) == 0
    assert send_reminders(at_wall(MONDAY, 10, 5)) == 0
    assert reminders_of() == 2
    assert set(ReminderSent.objects.values_list("kind", "starts_at")) == {
        ("day-before", row.starts_at), ("two-hours", row.starts_at)
    }  # fmt: skip


@pytest.mark.django_db
def test_who_has_just_read_the_hour_is_not_told_again_and_who_moved_is() -> None:
    calendar = make_calendar()
    rule, asker = make_rule(calendar), make_asker()
    take(rule, asker, TEN, at=at_wall(SUNDAY, 9))
    assert send_reminders(at_wall(SUNDAY, 12)) == 0
    assert send_reminders(at_wall(MONDAY, 8)) == 1
    row = take(rule, make_asker(), TEN + timedelta(weeks=1))
    assert send_reminders(at_wall(SUNDAY + timedelta(weeks=1), 9)) == 1
    moved = TEN + timedelta(weeks=2)
    move_appointment(
        appointment=row,
        rule=rule,
        starts_at=moved,
        actor=calendar.user,
        at=at_wall(SUNDAY + timedelta(weeks=1), 10),
    )
    assert send_reminders(at_wall(SUNDAY + timedelta(weeks=2), 9)) == 1
    cancel_appointment(appointment=row, actor=row.asker, at=at_wall(SUNDAY + timedelta(weeks=2), 10))
    assert send_reminders(moved - timedelta(hours=2)) == 0


@pytest.mark.django_db
def test_an_e_mail_says_when_and_nothing_else(django_capture_on_commit_callbacks: Any) -> None:
    calendar = make_calendar()
    asker = make_asker(display_name="Amina", language="fr")
    with django_capture_on_commit_callbacks(execute=True):
        row = take(make_rule(calendar), asker, TEN)
    bodies = {message.to[0]: plain(message.body) for message in mail.outbox}
    assert "Votre rendez-vous est pris : lundi 6 septembre 2027 à 10 h 00." in bodies[str(asker.email)]
    assert "Un rendez-vous est pris avec vous" in bodies[str(calendar.user.email)]
    assert all(row.reference not in body and "Amina" not in body for body in bodies.values())


@pytest.mark.django_db
def test_who_has_no_account_gets_an_sms_in_their_language(django_capture_on_commit_callbacks: Any) -> None:
    calendar = make_calendar()
    rule = make_rule(calendar)
    MemoryGateway.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        row = book(
            rule=rule, starts_at=TEN, ask=Ask("creation", name="Fadma", phone="+212612345678"), asker=None,
            submission_key=uuid4(), actor=calendar.user, at=NOW,
        )  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        assert send_reminders(at_wall(SUNDAY, 9)) == 1
    texts = [plain(text) for number, text in MemoryGateway.outbox if number == "+212612345678"]
    assert len(texts) == 2
    assert "Un conseiller a pris un rendez-vous pour vous : lundi 6 septembre 2027 à 10 h 00." in texts[0]
    assert "Rappel" in texts[1]
    assert all("Fadma" not in text for text in texts)
    assert row.reminders.count() == 1


@pytest.mark.django_db
def test_after_six_months_nothing_says_whose_it_was() -> None:
    calendar, asker = make_calendar(), make_asker()
    row = take(make_rule(calendar), asker, TEN)
    assert forget_appointments(TEN + timedelta(days=180)) == 0
    assert forget_appointments(TEN + timedelta(days=184)) == 1
    assert forget_appointments(TEN + timedelta(days=185)) == 0
    row.refresh_from_db()
    assert (row.asker, row.phone, row.words, row.state) == (None, "", "", State.BOOKED)
    assert release_past_time(TEN + timedelta(days=1)) == 0
    assert release_past_time(TEN + timedelta(days=3)) == 12
    call_command("send_appointment_reminders")


@pytest.mark.django_db
def test_the_export_holds_ones_appointments_and_leaving_frees_the_chair() -> None:
    calendar, asker = make_calendar(), make_asker()
    rule = make_rule(calendar)
    row = take(rule, asker, TEN)
    found = {holding.key: rows for holding, rows in export(asker)}
    assert [(one["reference"], one["phone"]) for one in found["appointments"]] == [
        (row.reference, "+212612345678")
    ]
    write_appointment(calendar, asker=asker, starts_at=TEN - timedelta(days=7), state=State.HELD)
    delete_account(user=asker, actor=asker, at=NOW)
    left = Appointment.objects.get(pk=row.pk)
    assert (left.state, left.asker, left.phone, left.words) == (State.CANCELLED, None, "", "")
    assert not TakenTime.objects.exists()
    assert Notification.objects.filter(user=calendar.user, kind="appointment.given_back").count() == 1
