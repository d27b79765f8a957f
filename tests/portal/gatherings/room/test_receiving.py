"""Batches from several devices: cut, doubled, shuffled; the same rows in the end, nothing lost or doubled."""

import random
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from bpc.portal.gatherings.models import Device, GatheredIdea, Gathering, RoomEvent
from bpc.portal.gatherings.room.receiving import receive
from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.moderation import archive
from bpc.portal.observations.models import Observation
from tests.portal.gatherings.room_world import make_device, make_gathering
from tests.portal.world import ELSEWHERE, HERE, make_user

NOW = timezone.now()
pytestmark = pytest.mark.django_db


def event(
    sequence: int, number: int, kind: str = "idea", *, stamp: int | None = None, **payload: Any
) -> dict[str, Any]:
    """An event of a device about the thing of this number."""
    at = sequence * 10 if stamp is None else stamp
    return {"sequence": sequence, "key": str(UUID(int=number)), "kind": kind, "stamp": at, "payload": payload}


def an_idea(sequence: int, number: int, **changes: Any) -> dict[str, Any]:
    """A whole idea."""
    values = {"title": f"Four solaire {number}", "words": "Pour le pain", "commune": HERE, "sector": "food"}
    return event(sequence, number, **{**values, **changes})


def _logs() -> list[list[dict[str, Any]]]:
    """Four devices in one hall: people, ideas, hands counted twice, corrections from elsewhere, things taken back."""
    amina = str(UUID(int=100))
    first = [
        event(
            1,
            100,
            "attendee",
            name="Amina",
            phone="0612345678",
            woman="yes",
            agreed=True,
            actor_kind="holder",
        ),
        an_idea(2, 1, speaker=amina, agreed=True, shown=True),
        an_idea(3, 2),
        event(4, 1, hands=12),
        event(5, 2, removed=True),
        event(6, 1, hands=34),
    ]
    second = [
        an_idea(1, 3, speaker=amina, agreed=True),
        event(
            2,
            200,
            "need",
            title="Eau",
            words="Le puits est sec",
            commune=HERE,
            category="N01",
            speaker=amina,
            agreed=True,
        ),
        event(3, 3, title="Séchoir", stamp=35),
        an_idea(4, 4, speaker_name="Brahim", agreed=False, shown=True),
    ]
    return [first, second, *_logs_of_others()]


def _logs_of_others() -> list[list[dict[str, Any]]]:
    """Corrections from elsewhere, something taken back and brought back, and late comers."""
    third = [
        event(1, 3, title="Séchoir solaire", commune=ELSEWHERE, stamp=36),
        event(2, 1, title="Four commun", stamp=25),
        event(3, 1, hands=20, stamp=55),
        event(4, 300, "opportunity", title="Souk", commune=HERE, category="O01"),
        event(5, 300, "opportunity", removed=True),
        event(6, 300, "opportunity", removed=False),
    ]
    fourth = [event(1, 100, "attendee", name="Amina Aït", stamp=400), event(2, 4, hands=0, stamp=401)]
    return [third, fourth]


def _row(gathered: GatheredIdea) -> tuple[Any, ...]:
    own = (str(gathered.key), gathered.hands, gathered.speaker_key)
    idea = gathered.idea
    if idea is None or idea.state == "archived":
        return own
    return (
        *own, idea.title, idea.proposal, idea.commune_id, idea.region_id, idea.contact_name, idea.contact_phone,
        idea.show_author, idea.speaker, idea.door, idea.state,
    )  # fmt: skip


def _state(gathering: Gathering) -> Any:
    """What the site holds of this meeting that does not depend on when or in which order it came."""
    rows = GatheredIdea.objects.filter(gathering=gathering).select_related("idea").order_by("key")
    told = Observation.objects.exclude(state="archived").order_by("kind", "title")
    return [_row(one) for one in rows], [
        (one.kind, one.title, one.text, one.category_id, one.contact_name, one.contact_phone, one.state)
        for one in told
    ]


def _send(devices: list[Device], logs: list[list[dict[str, Any]]], chance: random.Random) -> None:
    """Everything in random batches, in random order, some of them twice, some cut short."""
    batches: list[tuple[Device, list[dict[str, Any]]]] = []
    for device, log in zip(devices, logs, strict=True):
        events = list(log)
        chance.shuffle(events)
        while events:
            size = chance.randint(1, len(events))
            batches.append((device, events[:size]))
            events = events[size:]
    batches += [
        (device, batch[: chance.randint(0, len(batch))]) for device, batch in batches if chance.random() < 0.5
    ]
    chance.shuffle(batches)
    for device, batch in batches:
        receive(device=device, events=batch, at=NOW)


def _hall() -> tuple[Gathering, list[Device]]:
    gathering = make_gathering()
    return gathering, [make_device(gathering, key=UUID(int=number)) for number in range(1, 5)]


def _empty(gathering: Gathering) -> None:
    RoomEvent.objects.all().delete()
    GatheredIdea.objects.all().delete()
    Idea.objects.all().delete()
    Observation.objects.all().delete()


def test_four_devices_any_cut_any_order_the_same_final_state() -> None:
    gathering, devices = _hall()
    logs = _logs()
    for device, log in zip(devices, logs, strict=True):
        receive(device=device, events=log, at=NOW)
    expected = _state(gathering)
    for seed in range(25):
        _empty(gathering)
        _send(devices, logs, random.Random(seed))
        assert _state(gathering) == expected, seed
        assert RoomEvent.objects.count() == sum(map(len, logs))
        live = Idea.objects.exclude(state="archived")
        assert sorted(live.values_list("title", flat=True)) == [
            "Four commun",
            "Four solaire 4",
            "Séchoir solaire",
        ]


def test_what_the_room_says_becomes_ideas_of_the_region() -> None:
    _, devices = _hall()
    for device, log in zip(devices, _logs(), strict=True):
        receipt = receive(device=device, events=log, at=NOW)
        assert receipt.kept == [one["sequence"] for one in log]
        assert not receipt.refused
    four, _gone, dryer, silent = GatheredIdea.objects.order_by("key").select_related("idea")
    assert four.idea is not None
    assert (four.idea.title, four.hands, four.idea.support_count) == ("Four commun", 34, 0)
    assert (four.idea.door, four.idea.state, four.idea.speaker) == ("meeting", "submitted", "holder")
    assert (four.idea.contact_name, four.idea.contact_phone, four.idea.show_author) == (
        "Amina Aït",
        "+212612345678",
        True,
    )
    assert dryer.idea is not None
    assert (dryer.idea.commune_id, dryer.idea.region_id, dryer.idea.show_author) == (ELSEWHERE, "02", False)
    assert (dryer.idea.contact_name, dryer.hands) == ("Amina Aït", None)  # hands nobody counted stay unknown
    assert silent.idea is not None
    assert (silent.idea.contact_name, silent.idea.show_author, silent.hands) == (
        "",
        False,
        0,
    )  # no consent, no name
    need = Observation.objects.get(kind="need")
    assert (need.title, need.contact_phone, need.state) == ("Eau", "+212612345678", "submitted")
    assert Observation.objects.get(kind="opportunity").state == "submitted"


def test_a_sequence_with_other_words_is_refused_and_the_first_stay() -> None:
    _, (device, *_others) = _hall()
    receive(device=device, events=[an_idea(1, 1)], at=NOW)
    receipt = receive(device=device, events=[an_idea(1, 1, title="Autre chose"), an_idea(2, 2)], at=NOW)
    assert (receipt.kept, receipt.refused) == ([2], {1: "different"})
    assert set(Idea.objects.values_list("title", flat=True)) == {"Four solaire 1", "Four solaire 2"}


def test_a_bad_event_holds_nothing_back() -> None:
    _, (device, *_others) = _hall()
    events = [an_idea(1, 1), event(2, 1, hands=-3), {"sequence": 3}, "junk", None, an_idea(4, 2)]
    receipt = receive(device=device, events=events, at=NOW)
    assert (receipt.kept, receipt.refused) == ([1, 4], {2: "form", 3: "form"})


def test_an_idea_without_a_known_commune_or_sector_waits() -> None:
    _, (device, *_others) = _hall()
    receive(device=device, events=[an_idea(1, 1, commune="99.999"), an_idea(2, 2, sector="gold")], at=NOW)
    assert not Idea.objects.exists()
    assert GatheredIdea.objects.filter(idea=None).count() == 2
    receive(device=device, events=[event(3, 1, commune=HERE)], at=NOW)
    assert Idea.objects.get().title == "Four solaire 1"


def test_what_a_moderator_answered_is_not_rewritten_from_the_room() -> None:
    _, (device, *_others) = _hall()
    receive(device=device, events=[an_idea(1, 1)], at=NOW)
    Idea.objects.update(state="published", published_at=NOW)
    receive(
        device=device, events=[event(2, 1, title="Trop tard", hands=9), event(3, 1, removed=True)], at=NOW
    )
    idea = Idea.objects.get()
    assert (idea.title, idea.state, idea.gathered.hands) == ("Four solaire 1", "published", 9)


def test_the_same_key_in_two_meetings_is_two_ideas() -> None:
    for gathering in (make_gathering(), make_gathering()):
        receive(device=make_device(gathering), events=[an_idea(1, 1)], at=NOW)
    assert Idea.objects.count() == 2


def test_what_a_moderator_archived_does_not_come_back_with_a_late_count_of_hands() -> None:
    _, (device, *_others) = _hall()
    receive(device=device, events=[an_idea(1, 1), event(2, 1, removed=True)], at=NOW)
    receive(device=device, events=[event(3, 1, removed=False)], at=NOW)
    idea = Idea.objects.get()
    assert idea.state == "submitted"
    archive(idea=idea, actor=make_user("administrator"), at=NOW, reason="Hors sujet")
    receive(device=device, events=[event(4, 1, hands=9)], at=NOW)
    idea.refresh_from_db()
    assert (idea.state, idea.gathered.hands) == ("archived", 9)
