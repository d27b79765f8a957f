"""The fold: any order, any repetition, any partition of the same events gives the same state."""

import random
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from bpc.portal.gatherings.room.folding import Thing, ThingKey, Written, fold

NAMES: list[ThingKey] = [("idea", UUID(int=1)), ("idea", UUID(int=2)), ("attendee", UUID(int=1))]
_values = st.dictionaries(
    st.sampled_from(["title", "hands", "removed", "commune"]), st.integers(0, 9), min_size=1
)


@st.composite
def _events(draw: st.DrawFn) -> list[Written]:
    """Four devices, each with its own sequence and a clock that never goes back, sometimes the same as another's."""
    events = []
    for device in "abcd":
        stamp = draw(st.integers(0, 5))
        for sequence in range(1, draw(st.integers(0, 6)) + 1):
            stamp += draw(st.integers(0, 3))
            events.append(Written((stamp, device, sequence), draw(st.sampled_from(NAMES)), draw(_values)))
    return events


def _plain(things: dict[ThingKey, Thing]) -> dict[Any, Any]:
    return {name: (thing.values, thing.first_stamp) for name, thing in things.items()}


@given(_events(), st.randoms(use_true_random=False))
def test_any_order_and_any_repetition_give_the_same_state(
    events: list[Written], chance: random.Random
) -> None:
    shuffled = events + [chance.choice(events) for _ in events]
    chance.shuffle(shuffled)
    assert _plain(fold(shuffled)) == _plain(fold(events))


@given(_events())
def test_each_field_holds_what_the_latest_event_says(events: list[Written]) -> None:
    for name, thing in fold(events).items():
        for field, value in thing.values.items():
            writers = [event for event in events if event.name == name and field in event.fields]
            assert max(writers, key=lambda event: event.rank).fields[field] == value


def test_one_key_of_two_kinds_is_two_things() -> None:
    key = UUID(int=7)
    things = fold(
        [
            Written((1, "a", 1), ("idea", key), {"title": "Four"}),
            Written((2, "a", 2), ("attendee", key), {"name": "Amina"}),
        ]
    )
    assert things["idea", key].values == {"title": "Four"}
    assert things["attendee", key].values == {"name": "Amina"}


def test_what_is_taken_back_may_be_brought_back() -> None:
    name = NAMES[0]
    first, gone, back = (Written((stamp, "a", stamp), name, {"removed": stamp == 2}) for stamp in (1, 2, 3))
    assert fold([gone, first])[name].is_removed
    assert not fold([back, gone, first])[name].is_removed
