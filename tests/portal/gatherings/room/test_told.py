"""What an event may say: hostile until parsed."""

from typing import Any

import pytest

from bpc.portal.gatherings.room.told import Refused, parse

KEY = "00000000-0000-4000-8000-000000000001"


def _event(payload: Any, **changes: Any) -> dict[str, Any]:
    return {
        "sequence": 1,
        "key": KEY,
        "kind": "idea",
        "stamp": 1_800_000_000_000,
        "payload": payload,
        **changes,
    }


def test_texts_are_cleaned() -> None:
    told = parse(_event({"title": " Un \u202efour\x00\n solaire ", "words": "Pour\r\nle  pain"}))
    assert told.payload == {"title": "Un four solaire", "words": "Pour\nle pain"}


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (_event({}), "empty"),
        (_event({"title": None}), "empty"),
        (_event({"title": "x" * 121}), "form"),
        (_event({"words": "ي" * 2001}), "form"),
        (_event({"hands": -1}), "form"),
        (_event({"hands": True}), "form"),
        (_event({"hands": "34"}), "form"),
        (_event({"hands": 10**9}), "form"),
        (_event({"support_count": 3}), "form"),
        (_event({"name": "Amina"}), "form"),
        (_event({"title": "four", "junk": "x" * 9000}), "size"),
        (_event({"speaker": "' OR 1=1"}), "form"),
        (_event({"speaker_kind": "king"}), "form"),
        (_event({"title": "a\ud800"}), "form"),
        (_event([]), "form"),
        (_event({"title": "a"}, kind="photo"), "form"),
        (_event({"title": "a"}, key="../../etc"), "form"),
        (_event({"title": "a"}, sequence=0), "form"),
        (_event({"title": "a"}, sequence=2**40), "form"),
        (_event({"title": "a"}, stamp=-1), "form"),
        (_event({"title": "a"}, stamp=2**53), "form"),
        (_event({"title": "a"}, stamp=1.5), "form"),
        (_event({"title": "a"}, extra=1), "form"),
        ("idea", "form"),
        (None, "form"),
        (3, "form"),
    ],
)
def test_hostile_events_are_refused(raw: Any, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        parse(raw)
    assert refused.value.reason == reason


def test_the_longest_arabic_words_pass() -> None:
    assert len(parse(_event({"words": "ي" * 2000})).payload["words"]) == 2000


def test_an_attendee() -> None:
    told = parse(
        _event(
            {"name": "Amina", "woman": "yes", "young": "unknown", "actor_kind": "holder", "agreed": True},
            kind="attendee",
        )
    )
    assert told.payload["woman"] == "yes"
