"""Presence: once a day whatever is sent twice; who followed is told to the rooms above, once, when it is held."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.people.models import Notification
from bpc.portal.people.roles import Role
from bpc.portal.workshops import followed
from bpc.portal.workshops.attending import days_present, note_presence, take_back_presence, tick_list
from bpc.portal.workshops.followed import declare_followed, has_followed
from bpc.portal.workshops.sessions import hold_workshop
from tests.portal.workshops.workshop_world import NOW, enrol, make_enrolment, make_workshop
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def told() -> Iterator[list[Any]]:
    """Whom a room above was told of."""
    found: list[Any] = []
    declare_followed("test", lambda row, at: found.append((row.user, at)))
    yield found
    del followed._told["test"]


def test_two_days_of_three_are_followed() -> None:
    assert [has_followed(3, present) for present in range(4)] == [False, False, True, True]
    assert [has_followed(5, present) for present in (3, 4)] == [False, True]
    assert (has_followed(1, 1), has_followed(2, 1), has_followed(0, 0)) == (True, False, False)


def test_noted_once_a_day_and_who_waited_gets_a_seat() -> None:
    trainer = make_user(Role.TRAINER)
    workshop = make_workshop(days=-1, length=2, capacity=1, trainer=trainer)
    first, second = workshop.days.all()
    seated = enrol(workshop, 1, door="phone", actor=trainer)
    waits = enrol(workshop, 2, door="phone", actor=trainer)
    assert [note_presence(enrolment=seated, day=first, actor=trainer, at=NOW) for _ in range(2)] == [
        True,
        False,
    ]
    assert note_presence(enrolment=seated, day=second, actor=trainer, at=NOW)
    assert note_presence(enrolment=waits, day=second, actor=trainer, at=NOW)
    waits.refresh_from_db()
    workshop.refresh_from_db()
    assert (waits.state, workshop.seat_count) == ("registered", 2)
    assert days_present(workshop) == {seated.pk: {first.pk, second.pk}, waits.pk: {second.pk}}
    assert [one.verb for one in trail_of(seated)] == ["register", "note presence", "note presence"]
    assert take_back_presence(enrolment=seated, day=first, actor=trainer, at=NOW)
    assert not take_back_presence(enrolment=seated, day=first, actor=trainer, at=NOW)
    with pytest.raises(PermissionDenied):
        note_presence(enrolment=seated, day=first, actor=make_user(Role.TRAINER), at=NOW)


def test_not_before_the_day_nor_when_cancelled() -> None:
    trainer = make_user(Role.TRAINER)
    workshop = make_workshop(days=-1, length=3, trainer=trainer)
    gone = make_enrolment(workshop, state="cancelled")
    *_past, tomorrow = workshop.days.all()
    with pytest.raises(IllegalMove):
        note_presence(enrolment=make_enrolment(workshop), day=tomorrow, actor=trainer, at=NOW)
    with pytest.raises(IllegalMove):
        note_presence(enrolment=gone, day=workshop.days.first(), actor=trainer, at=NOW)


def test_a_list_sent_twice_or_by_two_trainers_loses_nothing() -> None:
    trainer = make_user(Role.TRAINER)
    workshop = make_workshop(days=-1, trainer=trainer)
    day = workshop.days.get()
    one, two, three = (make_enrolment(workshop) for _ in range(3))
    sent = {"day": day, "ticked": {one.pk, two.pk}, "was": set[int](), "actor": trainer, "at": NOW}
    assert [tick_list(**sent), tick_list(**sent)] == [2, 0]  # type: ignore[arg-type]
    # somebody else's page was opened before these two were ticked: what they did not touch stays
    assert tick_list(day=day, ticked={three.pk}, was=set(), actor=trainer, at=NOW) == 1
    assert tick_list(day=day, ticked={two.pk}, was={one.pk, two.pk}, actor=trainer, at=NOW) == 1
    assert days_present(workshop) == {two.pk: {day.pk}, three.pk: {day.pk}}


def test_who_followed_is_told_once_when_it_is_held_or_when_added_later(told: list[Any]) -> None:
    trainer, came, late, half = make_user(Role.TRAINER), make_user(), make_user(), make_user()
    workshop = make_workshop(days=-3, length=3, capacity=9, trainer=trainer)
    make_enrolment(workshop, user=came, present=2)
    make_enrolment(workshop, user=half, present=1)
    added = make_enrolment(workshop, user=late, present=1)
    make_enrolment(workshop, present=3)  # without an account: nobody to award
    assert hold_workshop(workshop=workshop, actor=trainer, at=NOW) == 2
    assert told == [(came, NOW)]
    days = list(workshop.days.all())
    later = NOW + timedelta(days=2)
    assert tick_list(day=days[1], ticked={added.pk}, was=set(), actor=trainer, at=later) == 1
    assert note_presence(enrolment=added, day=days[2], actor=trainer, at=later)
    assert told == [(came, NOW), (late, later)]
    assert (
        tick_list(day=days[2], ticked=set(), was={added.pk}, actor=trainer, at=later) == 0
    )  # held: it stays
    with pytest.raises(IllegalMove):
        take_back_presence(enrolment=added, day=days[2], actor=trainer, at=later)
    asked = Notification.objects.filter(kind="workshop.judge").values_list("user", flat=True)
    assert set(asked) == {came.pk, late.pk, half.pk}
