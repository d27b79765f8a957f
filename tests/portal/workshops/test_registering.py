"""Seats of a session: first in, first served, exact when many press at once; a request met on the way."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from bpc.portal.foundation.states import IllegalMove
from bpc.portal.people.models import Membership, Notification, Organisation
from bpc.portal.people.roles import Role
from bpc.portal.people.sms import MemoryGateway
from bpc.portal.seats.giving import AlreadyRegistered, Attendee, RegistrationClosed
from bpc.portal.workshops.links import enrolment_named
from bpc.portal.workshops.models import Enrolment, Workshop
from bpc.portal.workshops.registering import cancel_enrolment, register
from bpc.portal.workshops.states import AskState, Audience
from tests.portal.plans.plain_words import plain
from tests.portal.together import at_once
from tests.portal.workshops.workshop_world import (
    NOW,
    OTHER,
    enrol,
    make_enrolment,
    make_request,
    make_workshop,
)
from tests.portal.world import make_user


def counts(workshop: Workshop) -> tuple[int, int]:
    workshop.refresh_from_db()
    return workshop.seat_count, workshop.waiting_count


@pytest.mark.django_db
def test_seats_then_the_waiting_list_then_the_first_who_waits(
    django_capture_on_commit_callbacks: Any,
) -> None:
    workshop = make_workshop(capacity=2)
    rows = [enrol(workshop, number) for number in range(1, 5)]
    assert [row.state for row in rows] == ["registered", "registered", "waiting", "waiting"]
    MemoryGateway.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        cancel_enrolment(enrolment=rows[0], actor=None, at=NOW)
    ((number, text),) = MemoryGateway.outbox
    assert number == rows[2].phone
    assert "Une place s’est libérée : séance « Le prix et la marge »" in plain(text)
    assert enrolment_named(text.rsplit("/inscription/", 1)[1]) == rows[2]
    assert counts(workshop) == (2, 1)
    assert enrol(workshop, 5).state == "waiting"  # nobody overtakes who waits
    with pytest.raises(IllegalMove):
        cancel_enrolment(enrolment=rows[0], actor=None, at=NOW)


@pytest.mark.django_db
def test_the_same_form_sent_twice_makes_one_and_one_person_has_one() -> None:
    workshop, key, person = make_workshop(), uuid4(), make_user()
    made = [
        register(workshop=workshop, attendee=Attendee(name="A", phone="+212600000001"), door="web",
                 submission_key=key, actor=None, at=NOW)
        for _ in range(2)
    ]  # fmt: skip
    assert made[0].pk == made[1].pk
    with pytest.raises(AlreadyRegistered):
        enrol(workshop, 1)
    first = enrol(workshop, 2, user_id=person.pk, actor=person)
    with pytest.raises(AlreadyRegistered):
        enrol(workshop, 3, phone="", user_id=person.pk, actor=person)
    cancel_enrolment(enrolment=first, actor=person, at=NOW)
    assert enrol(workshop, 3, phone="", user_id=person.pk, actor=person).state == "registered"


@pytest.mark.django_db
def test_when_nobody_registers_on_the_site() -> None:
    for workshop, why in (
        (make_workshop("draft"), "not-open"),
        (make_workshop("held", days=-3), "over"),
        (make_workshop("cancelled"), "cancelled"),
        (make_workshop(days=-1), "over"),
        (make_workshop(days=-1, length=3), "late"),
        (make_workshop(registration_until=NOW - timedelta(minutes=1)), "late"),
    ):
        with pytest.raises(RegistrationClosed) as refused:
            enrol(workshop)
        assert refused.value.why == why


@pytest.mark.django_db
def test_a_session_for_a_cooperative_takes_its_members_and_whom_the_trainer_adds() -> None:
    body, trainer, member = (
        Organisation.objects.create(kind="cooperative", name="Tazart"),
        make_user(Role.TRAINER),
        make_user(),
    )
    Membership.objects.create(organisation=body, user=member, accepted_at=NOW)
    workshop = make_workshop(audience=Audience.COOPERATIVE, organisation=body, trainer=trainer)
    for stranger in (None, make_user()):
        with pytest.raises(RegistrationClosed) as refused:
            enrol(workshop, actor=stranger)
        assert refused.value.why == "cooperative"
    assert enrol(workshop, 1, user_id=member.pk, actor=member).state == "registered"
    assert enrol(workshop, 2, door="phone", actor=trainer).state == "registered"


@pytest.mark.django_db
def test_only_who_holds_it_registers_by_phone_or_on_the_spot() -> None:
    trainer, other = make_user(Role.TRAINER), make_user(Role.TRAINER)
    workshop = make_workshop(capacity=1, trainer=trainer, days=-1, length=2)
    assert enrol(workshop, 1, door="phone", actor=trainer).state == "registered"
    assert (
        enrol(workshop, 2, door="spot", actor=trainer).state == "registered"
    )  # who is in the room is in the room
    with pytest.raises(PermissionDenied):
        enrol(workshop, 3, door="spot", actor=other)
    assert counts(workshop) == (2, 0)


@pytest.mark.django_db
def test_who_registers_no_longer_asks_for_that_course() -> None:
    person, workshop = make_user(), make_workshop()
    asked, other = make_request(actor=person), make_request(actor=person, code=OTHER)
    enrol(workshop, 1, user_id=person.pk, actor=person)
    asked.refresh_from_db()
    other.refresh_from_db()
    assert (asked.state, asked.met_by) == (AskState.MET, workshop)
    assert other.state == AskState.WAITING
    (notice,) = Notification.objects.filter(user=person)
    assert notice.kind == "workshop.registered"


@pytest.mark.django_db
def test_who_came_does_not_cancel() -> None:
    workshop = make_workshop(days=-1, length=3)
    came = make_enrolment(workshop, present=1)
    with pytest.raises(IllegalMove):
        cancel_enrolment(enrolment=came, actor=None, at=NOW)


@pytest.mark.usefixtures("reference_again")
@pytest.mark.django_db(transaction=True)
def test_twenty_people_at_once_for_seven_seats() -> None:
    workshop = make_workshop(capacity=7)
    at_once(20, lambda number: enrol(workshop, number))
    states = list(Enrolment.objects.filter(workshop=workshop).values_list("state", flat=True))
    assert (states.count("registered"), states.count("waiting")) == (7, 13)
    assert counts(workshop) == (7, 13)
