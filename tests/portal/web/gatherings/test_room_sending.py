"""Meeting mode over the wire: opening a device, batches, shutting out, a log taken in as a file."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bpc.portal.foundation.models import AuditEntry
from bpc.portal.gatherings.models import Device, GatheredIdea, Gathering, RoomEvent
from bpc.portal.gatherings.room.devices import LIFETIME, MOST_DEVICES
from bpc.portal.ideas.models import Idea
from tests.portal.gatherings.room_world import SECRET, make_device, make_gathering
from tests.portal.people.signing import sign_in_with_factor
from tests.portal.world import HERE, make_idea, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def gathering() -> Gathering:
    """A meeting in Souss-Massa."""
    return make_gathering()


def _signed_in(*roles: str, **fields: Any) -> Client:
    client = Client()
    sign_in_with_factor(client, make_user(*roles, **fields))
    return client


def _idea(sequence: int = 1, **payload: Any) -> dict[str, Any]:
    said = payload or {"title": "Four solaire", "commune": HERE, "sector": "food"}
    return {
        "sequence": sequence,
        "key": str(UUID(int=7)),
        "kind": "idea",
        "stamp": 1000 + sequence,
        "payload": said,
    }


def _send(gathering: Gathering, device: Device | str, events: Any, secret: str = SECRET) -> Any:
    key = str(device.key) if isinstance(device, Device) else device
    body = {"device": key, "secret": secret, "events": events}
    return Client(enforce_csrf_checks=True).post(
        f"/fr/rencontres/{gathering.key}/salle/envoi", json.dumps(body), content_type="application/json"
    )


@pytest.mark.parametrize(
    ("roles", "region", "status"),
    [
        (("delegate",), "09", 200), (("advisor",), "09", 200), (("administrator",), "09", 200),
        (("delegate",), "02", 403), (("juror",), "09", 403), ((), "09", 403),
    ],
)  # fmt: skip
def test_only_those_who_run_the_room_open_it(
    gathering: Gathering, roles: tuple[str, ...], region: str, status: int
) -> None:
    client = _signed_in(*roles, region=region)
    for address in ("salle", "salle/appareils", "papier", "saisie"):
        assert client.get(f"/fr/rencontres/{gathering.key}/{address}").status_code == status
    opened = client.post(f"/fr/rencontres/{gathering.key}/salle/appareil", {"name": "Accueil"})
    assert opened.status_code == status
    assert Device.objects.count() == (status == 200)


def test_a_stranger_is_sent_to_sign_in(gathering: Gathering) -> None:
    answer = Client().get(f"/fr/rencontres/{gathering.key}/salle")
    assert answer.status_code == 302
    assert "/compte/login/" in answer["Location"]


def test_the_secret_is_told_once_and_only_its_digest_kept(gathering: Gathering) -> None:
    client = _signed_in("delegate")
    told = client.post(f"/fr/rencontres/{gathering.key}/salle/appareil", {"name": " Accueil  1 "}).json()
    device = Device.objects.get()
    assert (str(device.key), device.name) == (told["device"], "Accueil 1")
    assert told["secret"] not in device.secret_digest
    assert AuditEntry.objects.filter(verb="open_device").count() == 1
    assert _send(gathering, told["device"], [_idea()], told["secret"]).json()["kept"] == [1]


def test_a_batch_is_kept_once_whatever_is_sent_again(gathering: Gathering) -> None:
    device = make_device(gathering)
    for _ in range(3):
        answer = _send(gathering, device, [_idea(), _idea(2, hands=34), _idea(3, hands=-1)])
        assert answer.status_code == 200
        assert answer.json()["kept"] == [1, 2]
        assert answer.json()["refused"] == {"3": "form"}
        assert answer.json()["elsewhere"] == [
            {"key": str(UUID(int=7)), "title": "Four solaire", "hands": 34, "removed": False}
        ]
    assert (RoomEvent.objects.count(), Idea.objects.count()) == (2, 1)
    assert GatheredIdea.objects.get().hands == 34


def test_a_device_that_is_not_let_in_sends_nothing(gathering: Gathering) -> None:
    now = timezone.now()
    good, other = make_device(gathering), make_device(make_gathering())
    shut = make_device(gathering, revoked_at=now)
    old = make_device(gathering, opened_at=now - LIFETIME - timedelta(hours=1))
    for device, secret in (
        (good, "x"),
        (good, ""),
        (other, SECRET),
        (shut, SECRET),
        (old, SECRET),
        (str(uuid4()), SECRET),
    ):
        assert _send(gathering, device, [_idea()], secret).status_code == 403
    assert not RoomEvent.objects.exists()


@pytest.mark.parametrize(
    "body",
    ["", "[]", "null", "{", '{"device": 3}', "[" * 5000, '{"device": "x", "secret": "y", "events": []}'],
)
def test_nonsense_is_refused(gathering: Gathering, body: str) -> None:
    address = f"/fr/rencontres/{gathering.key}/salle/envoi"
    assert Client().post(address, body, content_type="application/json").status_code == 400


def test_too_many_at_once_or_too_heavy_is_refused(gathering: Gathering) -> None:
    device = make_device(gathering)
    assert _send(gathering, device, [_idea(number) for number in range(1, 202)]).status_code == 400
    assert _send(gathering, device, [_idea(1, title="x" * 600_000)]).status_code == 400
    assert _send(make_gathering(key="autre"), device, [_idea()]).status_code == 403


def test_a_meeting_has_a_most_of_devices(gathering: Gathering) -> None:
    for _ in range(MOST_DEVICES):
        make_device(gathering)
    answer = _signed_in("delegate").post(f"/fr/rencontres/{gathering.key}/salle/appareil", {"name": "Trop"})
    assert answer.status_code == 409


def test_a_lost_device_is_shut_out_and_what_it_sent_stays(gathering: Gathering) -> None:
    device = make_device(gathering)
    _send(gathering, device, [_idea()])
    address = f"/fr/rencontres/{gathering.key}/salle/appareils/{device.pk}/fermer"
    assert _signed_in("delegate", region="02").post(address).status_code == 403
    assert _signed_in("advisor").post(address).status_code == 302
    assert _send(gathering, device, [_idea(2, hands=3)]).status_code == 403
    assert Idea.objects.count() == 1
    page = _signed_in("delegate").get(f"/fr/rencontres/{gathering.key}/salle/appareils").content.decode()
    assert "fermé" in page
    assert "1 note reçue" in page


def _log(device: str, events: list[Any]) -> SimpleUploadedFile:
    return SimpleUploadedFile("salle.json", json.dumps({"device": device, "events": events}).encode())


def test_the_file_of_a_shut_device_is_taken_in_once(gathering: Gathering) -> None:
    device = make_device(gathering, revoked_at=timezone.now())
    client, address = _signed_in("delegate"), f"/fr/rencontres/{gathering.key}/salle/appareils"
    events = [_idea(), _idea(2, hands=5), {"sequence": 3}]
    for _ in range(2):
        page = client.post(address, {"log": _log(str(device.key), events)}).content.decode()
        assert "2 notes gardées" in page
        assert "1 note refusée" in page
    assert (Idea.objects.count(), GatheredIdea.objects.get().hands) == (1, 5)


def test_a_file_of_another_room_or_of_no_device_is_refused(gathering: Gathering) -> None:
    client, address = _signed_in("delegate"), f"/fr/rencontres/{gathering.key}/salle/appareils"
    elsewhere = make_device(make_gathering())
    for file in (
        _log(str(elsewhere.key), [_idea()]),
        _log("x", []),
        SimpleUploadedFile("a.json", b"\xff\x00"),
    ):
        assert client.post(address, {"log": file}).status_code == 422
    assert not RoomEvent.objects.exists()


def test_the_page_is_kept_by_a_worker_of_its_own_address_only(gathering: Gathering) -> None:
    answer = Client().get(f"/fr/rencontres/{gathering.key}/salle/service.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Service-Worker-Allowed"] == f"/fr/rencontres/{gathering.key}/salle"
    told = json.loads(
        answer.content.decode().split("\n", 1)[0].removeprefix("const ROOM = ").removesuffix(";")
    )
    assert told["page"] == f"/fr/rencontres/{gathering.key}/salle"
    assert "/static/web/js/room-log.js" in told["files"]
    page = _signed_in("delegate").get(told["page"]).content.decode()
    for file in told["files"]:
        if file.endswith(".css"):
            assert file in page
    arabic = Client().get(f"/ar/rencontres/{gathering.key}/salle/service.js").content.decode()
    assert f"/ar/rencontres/{gathering.key}/salle" in arabic


def test_the_page_holds_the_communes_of_its_region(gathering: Gathering) -> None:
    page = _signed_in("advisor").get(f"/ar/rencontres/{gathering.key}/salle").content.decode()
    communes = json.loads(page.split('id="room-communes" type="application/json">')[1].split("</script>")[0])
    assert [HERE, "Taroudannt", "تارودانت"] in communes
    assert all(code.startswith("09.") for code, _, _ in communes)
    assert len(communes) > 150


def test_a_batch_and_the_list_of_devices_cost_the_same_whatever_the_room_holds(
    gathering: Gathering,
) -> None:
    client, device = _signed_in("delegate"), make_device(gathering)
    address = f"/fr/rencontres/{gathering.key}/salle/appareils"
    client.get(address)
    costs = []
    for start in (1, 2):
        with CaptureQueriesContext(connection) as pages:
            assert client.get(address).status_code == 200
        with CaptureQueriesContext(connection) as batches:
            assert _send(gathering, device, [_idea(start, title=f"Four {start}")]).status_code == 200
        costs.append((len(pages), len(batches)))
        for number in range(20):
            make_device(gathering, name=f"Appareil {number}")
        RoomEvent.objects.bulk_create(
            RoomEvent(
                device=device, gathering=gathering, sequence=1000 * start + number, thing=uuid4(), kind="idea",
                payload={"title": "Un four"}, stamped_at=number,
            )
            for number in range(500)
        )  # fmt: skip
    assert costs[1][0] == costs[0][0]
    assert costs[1][1] <= costs[0][1] + 2  # the second corrects an idea, the first made it


def test_the_idea_page_says_where_it_was_said_and_counts_hands_apart(gathering: Gathering) -> None:
    idea = make_idea(door="meeting", need="", support_count=3)
    GatheredIdea.objects.create(gathering=gathering, idea=idea, hands=34)
    page = Client().get(f"/fr/idees/{idea.reference}").content.decode()
    assert f'href="/fr/rencontres/{gathering.key}"' in page
    assert "34 mains levées dans la salle" in page
    assert "Le besoin" not in page
    meeting = Client().get(f"/fr/rencontres/{gathering.key}").content.decode()
    assert "34 mains levées dans la salle" in meeting
    idea.refresh_from_db()
    assert idea.support_count == 3
