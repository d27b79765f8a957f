"""People signed in on a device become registrations that came: known by name only if they agreed, one seat each."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from bpc.portal.gatherings.forgetting import forget_registrations
from bpc.portal.gatherings.models import Device, Gathering, Registration
from bpc.portal.gatherings.registering import register
from bpc.portal.gatherings.room.receiving import receive
from bpc.portal.gatherings.states import GatheringState
from bpc.portal.seats.giving import Attendee
from tests.portal.gatherings.room_world import make_device, make_gathering

NOW = timezone.now()
pytestmark = pytest.mark.django_db


@pytest.fixture
def device() -> Device:
    """A device in a room."""
    return make_device(make_gathering())


def _sign_in(device: Device, number: int, **payload: Any) -> None:
    last = device.events.count() + 1
    event = {
        "sequence": last, "key": str(UUID(int=number)), "kind": "attendee", "stamp": last,
        "payload": payload,
    }  # fmt: skip
    assert receive(device=device, events=[event], at=NOW).kept == [event["sequence"]]


def _came(gathering: Gathering) -> list[tuple[str, str, str]]:
    rows = Registration.objects.filter(gathering=gathering, attended_at__isnull=False, state="registered")
    return sorted(rows.values_list("name", "phone", "woman"))


AMINA: dict[str, Any] = {"name": "Amina", "phone": "0612345678", "woman": "yes", "agreed": True}


def test_who_agreed_is_known_who_refused_is_counted(device: Device) -> None:
    _sign_in(device, 1, **AMINA)
    _sign_in(device, 2, name="Brahim", phone="0612345679", woman="no", agreed=False)
    assert _came(device.gathering) == [("", "", "no"), ("Amina", "+212612345678", "yes")]
    made = Registration.objects.get(name="Amina")
    assert (made.door, made.consent_version != "") == ("spot", True)
    device.gathering.refresh_from_db()
    assert device.gathering.seat_count == 2


def test_nobody_is_told_by_message_of_a_seat_in_the_hall_they_sit_in(
    device: Device, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks() as waiting:
        _sign_in(device, 1, **AMINA)
    assert not waiting


def test_a_correction_follows_and_an_agreement_taken_back_erases_the_name(device: Device) -> None:
    _sign_in(device, 1, **AMINA)
    _sign_in(device, 1, name="Amina Aït")
    assert _came(device.gathering) == [("Amina Aït", "+212612345678", "yes")]
    _sign_in(device, 1, agreed=False)
    assert _came(device.gathering) == [("", "", "yes")]


def test_noted_by_mistake_then_noted_again(device: Device) -> None:
    _sign_in(device, 1, **AMINA)
    _sign_in(device, 1, removed=True)
    assert _came(device.gathering) == []
    device.gathering.refresh_from_db()
    assert device.gathering.seat_count == 0
    _sign_in(device, 1, removed=False)
    assert _came(device.gathering) == [("Amina", "+212612345678", "yes")]


def test_who_registered_before_keeps_one_seat(device: Device) -> None:
    gathering = device.gathering
    gathering.state = GatheringState.OPEN
    gathering.save()
    register(
        gathering=gathering, attendee=Attendee(name="Amina A.", phone="+212612345678"), door="web",
        submission_key=UUID(int=99), actor=None, at=NOW,
    )  # fmt: skip
    _sign_in(device, 1, name="Amina", agreed=True)
    _sign_in(device, 1, phone="0612345678")  # the number comes later: it tells who she is
    assert Registration.objects.exclude(state="cancelled").count() == 1
    assert len(_came(gathering)) == 1


def test_a_family_telephone_is_not_one_person(device: Device) -> None:
    _sign_in(device, 1, **AMINA)
    _sign_in(device, 2, name="Brahim", phone="0612345678", woman="no", agreed=True)
    assert _came(device.gathering) == [("Amina", "+212612345678", "yes"), ("Brahim", "", "no")]


def test_the_same_person_on_two_devices_is_one(device: Device) -> None:
    other = make_device(device.gathering)
    _sign_in(device, 1, **AMINA)
    _sign_in(other, 2, **AMINA)
    assert _came(device.gathering) == [("Amina", "+212612345678", "yes")]
    _sign_in(other, 2, removed=True)
    assert _came(device.gathering) == [("Amina", "+212612345678", "yes")]


def test_names_are_erased_from_the_events_too_and_do_not_come_back(device: Device) -> None:
    _sign_in(device, 1, **AMINA)
    Gathering.objects.filter(pk=device.gathering_id).update(
        date=NOW.date() - timedelta(days=190), date_status="reported"
    )
    assert forget_registrations(NOW) == 2  # the registration, and the event it came from
    assert [event.payload for event in device.events.all()] == [{"woman": "yes", "agreed": True}]
    _sign_in(device, 1, name="Amina", phone="0612345678")
    assert not Registration.objects.exclude(name="", phone="").exists()


def test_who_spoke_is_erased_where_nobody_had_registered(device: Device) -> None:
    """Names taken down with an idea, a need: no registration ever says that they are old."""
    recent = make_device(make_gathering(date=NOW.date() - timedelta(days=170), date_status="reported"))
    undated = make_device(make_gathering(created_at=NOW - timedelta(days=400)))
    Gathering.objects.filter(pk=device.gathering_id).update(
        date=NOW.date() - timedelta(days=190), date_status="reported"
    )
    for one in (device, recent, undated):
        told = {"title": "Four solaire", "speaker_name": "Amina", "speaker_kind": "holder", "agreed": False}
        events = [
            {"sequence": number, "key": str(UUID(int=number)), "kind": kind, "stamp": number, "payload": told}
            for number, kind in enumerate(("idea", "need"), start=1)
        ]
        assert receive(device=one, events=events, at=NOW).kept == [1, 2]
    assert not Registration.objects.exists()
    assert forget_registrations(NOW) == 4
    kept = {"title": "Four solaire", "speaker_kind": "holder", "agreed": False}
    for one in (device, undated):
        assert [event.payload for event in one.events.all()] == [kept, kept]
        one.gathering.refresh_from_db()
        assert one.gathering.forgotten_at == NOW
    assert [event.payload["speaker_name"] for event in recent.events.all()] == ["Amina", "Amina"]
    assert forget_registrations(NOW) == 0
    # what a device sent late goes the next day
    late = {
        "sequence": 3,
        "key": str(UUID(int=3)),
        "kind": "need",
        "stamp": 3,
        "payload": {"speaker_name": "Ali"},
    }
    receive(device=device, events=[late], at=NOW)
    assert forget_registrations(NOW) == 1
    assert device.events.get(sequence=3).payload == {}


def test_a_cancelled_meeting_keeps_the_events_and_counts_nobody(device: Device) -> None:
    Gathering.objects.filter(pk=device.gathering_id).update(
        state=GatheringState.CANCELLED, cancel_reason="Pluie"
    )
    _sign_in(device, 1, **AMINA)
    assert (device.events.count(), Registration.objects.count()) == (1, 0)
