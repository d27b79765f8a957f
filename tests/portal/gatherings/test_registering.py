"""Seats: first in, first served, exact when many press at once, never two for one person."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.gatherings.attendance import attendance_of, check_in, published_figures, undo_check_in
from bpc.portal.gatherings.links import registration_named
from bpc.portal.gatherings.models import Gathering, Registration
from bpc.portal.gatherings.registering import cancel_registration, fill_seats, register
from bpc.portal.people.models import Notification, User
from bpc.portal.people.roles import Role
from bpc.portal.people.sms import MemoryGateway
from bpc.portal.seats.giving import AlreadyRegistered, Attendee, RegistrationClosed
from tests.portal.gatherings.gathering_world import NOW, make_gathering, make_registration
from tests.portal.plans.plain_words import plain
from tests.portal.together import at_once
from tests.portal.world import ELSEWHERE, make_user


def enrol(
    gathering: Gathering, number: int = 1, *, door: str = "web", actor: User | None = None, **said: object
) -> Registration:
    values: dict[str, Any] = {"name": f"Personne {number}", "phone": f"+21260000{number:04d}", **said}
    return register(
        gathering=gathering, attendee=Attendee(**values), door=door, submission_key=uuid4(), actor=actor, at=NOW,
    )  # fmt: skip


def counts(gathering: Gathering) -> tuple[int, int]:
    gathering.refresh_from_db()
    return gathering.seat_count, gathering.waiting_count


@pytest.mark.django_db
def test_seats_then_the_waiting_list_then_the_first_who_waits() -> None:
    gathering = make_gathering(capacity=2)
    rows = [enrol(gathering, number) for number in range(1, 5)]
    assert [row.state for row in rows] == ["registered", "registered", "waiting", "waiting"]
    assert counts(gathering) == (2, 2)
    cancel_registration(registration=rows[0], actor=None, at=NOW)
    assert [row.state for row in Registration.objects.order_by("pk")] == [
        "cancelled", "registered", "registered", "waiting"
    ]  # fmt: skip
    assert counts(gathering) == (2, 1)
    late = enrol(gathering, 5)
    assert late.state == "waiting"  # nobody overtakes who waits
    assert [entry.verb for entry in trail_of(rows[2])] == ["register", "give seat"]


@pytest.mark.django_db
def test_who_gets_a_freed_seat_is_told_in_their_language(django_capture_on_commit_callbacks: Any) -> None:
    gathering = make_gathering(capacity=1)
    person = make_user(language="ar")
    first = enrol(gathering, 1, phone="", email="premiere@example.org")
    enrol(gathering, 2, phone="", user_id=person.pk)
    by_phone = enrol(gathering, 3, language="ar")
    cancel_registration(registration=first, actor=None, at=NOW)
    (notice,) = Notification.objects.filter(user=person, kind="gathering.seated")
    assert "تارودانت" in notice.data["meeting"]
    MemoryGateway.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        cancel_registration(registration=person.registrations.get(), actor=person, at=NOW)
    ((number, text),) = MemoryGateway.outbox
    assert number == by_phone.phone
    assert by_phone.code in text
    assert "تارودانت" in text
    token = text.rsplit("/inscription/", 1)[1]
    assert registration_named(token) == by_phone
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        enrol(make_gathering(), 4, phone="", email="nora@example.org")
    (message,) = mail.outbox
    assert message.to == ["nora@example.org"]
    assert "Votre place est réservée : rencontre régionale à Taroudannt, " in plain(message.body)


@pytest.mark.django_db
def test_the_same_form_sent_twice_makes_one_registration() -> None:
    gathering, key = make_gathering(), uuid4()
    made = [
        register(gathering=gathering, attendee=Attendee(name="A", phone="+212600000001"), door="web",
                 submission_key=key, actor=None, at=NOW)
        for _ in range(2)
    ]  # fmt: skip
    assert made[0].pk == made[1].pk
    assert counts(gathering) == (1, 0)


@pytest.mark.parametrize(
    "again", [{"phone": "+212600000001"}, {"email": "a@example.org"}, {"user_id": "account"}]
)
@pytest.mark.django_db
def test_no_two_running_registrations_of_one_person(again: dict[str, Any]) -> None:
    gathering, person = make_gathering(), make_user()
    first = enrol(gathering, 1, email="a@example.org", user_id=person.pk)
    if again.get("user_id"):
        again = {"user_id": person.pk}
    with pytest.raises(AlreadyRegistered) as refused:
        enrol(gathering, 2, **{"phone": "", **again})
    assert refused.value.registration == first
    cancel_registration(registration=first, actor=person, at=NOW)
    assert enrol(gathering, 3, **{"phone": "", **again}).state == "registered"


@pytest.mark.django_db
def test_when_nobody_registers_on_the_site() -> None:
    for gathering, why in (
        (make_gathering("planned"), "not-open"),
        (make_gathering("held"), "over"),
        (make_gathering("cancelled"), "cancelled"),
        (make_gathering(days=-1), "over"),
        (make_gathering(registration_until=NOW - timedelta(minutes=1)), "late"),
    ):
        with pytest.raises(RegistrationClosed) as refused:
            enrol(gathering)
        assert refused.value.why == why


@pytest.mark.django_db
def test_the_desk_registers_by_phone_and_always_seats_on_the_spot() -> None:
    delegate, elsewhere = make_user(Role.DELEGATE), make_user(Role.DELEGATE, region=ELSEWHERE[:2])
    gathering = make_gathering("planned", capacity=1)
    assert enrol(gathering, 1, door="phone", actor=delegate).state == "registered"
    waiting = enrol(gathering, 2, door="phone", actor=delegate)
    assert waiting.state == "waiting"
    with pytest.raises(PermissionDenied):
        enrol(gathering, 3, door="phone", actor=elsewhere)
    # who waits and comes is one and the same person: seated, and what was not said before is said now
    same = enrol(gathering, 2, door="spot", actor=delegate, woman="yes", name="")
    assert (same.pk, same.state, same.woman, same.name) == (waiting.pk, "registered", "yes", "Personne 2")
    assert enrol(gathering, 4, door="spot", actor=delegate).state == "registered"
    assert counts(gathering) == (3, 0)


@pytest.mark.django_db
def test_more_seats_go_to_those_who_wait_and_none_after_the_meeting() -> None:
    gathering = make_gathering(capacity=1)
    for number in range(1, 5):
        enrol(gathering, number)
    gathering.refresh_from_db()
    gathering.capacity = 3
    gathering.save()
    assert [row.name for row in fill_seats(gathering=gathering, at=NOW)] == ["Personne 2", "Personne 3"]
    assert counts(gathering) == (3, 1)
    gathering.capacity = 10
    assert fill_seats(gathering=gathering, at=NOW + timedelta(days=30)) == []


@pytest.mark.django_db
def test_cancelling_needs_the_right_and_is_done_once() -> None:
    gathering, owner, stranger = make_gathering(), make_user(), make_user()
    row = enrol(gathering, 1, user_id=owner.pk)
    with pytest.raises(PermissionDenied):
        cancel_registration(registration=row, actor=stranger, at=NOW)
    cancel_registration(registration=row, actor=owner, at=NOW)
    with pytest.raises(IllegalMove):
        cancel_registration(registration=row, actor=owner, at=NOW)


@pytest.mark.django_db
def test_checking_in_once_undoing_and_who_came_keeps_the_seat() -> None:
    delegate, gathering = make_user(Role.DELEGATE), make_gathering(capacity=1)
    first, second = enrol(gathering, 1), enrol(gathering, 2)
    assert check_in(registration=first, actor=delegate, at=NOW).attended_at == NOW
    assert check_in(registration=first, actor=delegate, at=NOW + timedelta(hours=1)).attended_at == NOW
    with pytest.raises(IllegalMove):
        cancel_registration(registration=first, actor=delegate, at=NOW)
    assert check_in(registration=second, actor=delegate, at=NOW).state == "registered"  # they are in the room
    assert counts(gathering) == (2, 0)
    assert undo_check_in(registration=second, actor=delegate, at=NOW).attended_at is None
    with pytest.raises(PermissionDenied):
        check_in(registration=second, actor=make_user(), at=NOW)


@pytest.mark.django_db
def test_attendance_by_public_hides_small_numbers_and_counts_the_unknown() -> None:
    gathering = make_gathering(capacity=None)
    for woman, number in (("yes", 7), ("no", 2), ("unknown", 9)):
        for _ in range(number):
            make_registration(gathering, woman=woman, attended_at=NOW, actor_kind="citizen")
    make_registration(gathering)  # did not come
    attendance = attendance_of(gathering)
    assert (attendance.came, attendance.registered) == (18, 19)
    assert attendance.women == {"unknown": 9, "yes": 7, "no": 2}
    assert attendance.young == {"unknown": 18, "yes": 0, "no": 0}
    figures = published_figures(attendance)
    # the two men are hidden, and the smallest other cell with them: 18 − 9 tells only their sum
    assert figures["women"] == {"unknown": 9, "yes": None, "no": None}
    assert figures["young"] == {"unknown": 18, "yes": 0, "no": 0}
    assert figures["kinds"] == {"citizen": 18}


@pytest.mark.django_db
def test_a_handful_of_people_is_published_as_nothing_exact() -> None:
    gathering = make_gathering()
    for _ in range(3):
        make_registration(gathering, woman="yes", attended_at=NOW)
    figures = published_figures(attendance_of(gathering))
    assert figures["came"] is None
    assert set(figures["women"].values()) == {None}


@pytest.mark.usefixtures("reference_again")
@pytest.mark.django_db(transaction=True)
def test_twenty_people_at_once_for_seven_seats() -> None:
    gathering = make_gathering(capacity=7)
    at_once(20, lambda number: enrol(gathering, number))
    states = list(Registration.objects.filter(gathering=gathering).values_list("state", flat=True))
    assert (states.count("registered"), states.count("waiting")) == (7, 13)
    assert counts(gathering) == (7, 13)
