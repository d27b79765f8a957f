"""A small hall: a meeting, its devices, what they took down, and slips of paper, written straight in."""

import itertools
from hashlib import sha256
from typing import Any
from uuid import uuid4

from bpc.portal.gatherings.models import Device, GatheredIdea, GatheredPerson, Gathering, PaperSlip, RoomEvent
from tests.portal.world import HERE, make_idea

SECRET = "un-secret-de-la-salle-assez-long-pour-etre-vrai"
_numbers = itertools.count(1)


def make_gathering(region: str = HERE[:2], **changes: Any) -> Gathering:
    """A meeting in `region`."""
    values: dict[str, Any] = {
        "key": f"essai-{next(_numbers)}", "date_status": "unknown", "city_fr": "Agadir", "city_ar": "أكادير",
    }  # fmt: skip
    return Gathering.objects.create(region_id=region, **{**values, **changes})


def make_device(gathering: Gathering, **changes: Any) -> Device:
    """A device let into the room, whose secret is `SECRET`."""
    values: dict[str, Any] = {"name": "Téléphone", "secret_digest": sha256(SECRET.encode()).hexdigest()}
    return Device.objects.create(gathering=gathering, **{**values, **changes})


def fill_rooms() -> None:
    """A hall in two regions, with ideas of each visibility."""
    for region in (HERE[:2], "02"):
        gathering = make_gathering(region)
        device = make_device(gathering)
        RoomEvent.objects.create(
            device=device, gathering=gathering, sequence=1, thing=uuid4(), kind="idea", payload={"title": "Un four"},
            stamped_at=1,
        )  # fmt: skip
        for number, state in enumerate(("submitted", "published", "archived")):
            GatheredIdea.objects.create(gathering=gathering, idea=make_idea(state=state), hands=number)
        GatheredIdea.objects.create(gathering=gathering)
        GatheredPerson.objects.create(gathering=gathering, key=uuid4())
        PaperSlip.objects.create(gathering=gathering, code=f"P{next(_numbers):06d}", language="fr")
