"""What a report may say: each fault named, the limits themselves accepted."""

from datetime import timedelta
from typing import Any

import pytest

from bpc.portal.visits.models import LONGEST_LINE, LONGEST_TEXT, MOST_PEOPLE
from bpc.portal.visits.states import Need
from bpc.portal.visits.told import CLOCK_AHEAD, MOST_AGREEMENTS, OLDEST, Agreed, Unfit, check_told
from tests.portal.visits.visit_world import NOW, told

_LATE = (NOW - timedelta(days=1)).date()


@pytest.mark.parametrize(
    ("changes", "name", "why"),
    [
        ({"visited_at": NOW + CLOCK_AHEAD + timedelta(seconds=1)}, "visited_on", "future"),
        ({"visited_at": NOW - OLDEST - timedelta(seconds=1)}, "visited_on", "old"),
        ({"place": ""}, "place", "nowhere"),
        ({"place": "x" * (LONGEST_LINE + 1)}, "place", "long"),
        ({"women": -1}, "women", "number"),
        ({"men": MOST_PEOPLE + 1}, "men", "number"),
        ({"young": 7}, "young", "more-than-all"),
        ({"themes": {"path": "x" * 10_000}}, "path", "long"),
        ({"staff_text": "x" * (LONGEST_TEXT + 1)}, "staff_text", "long"),
        ({"themes": {"secrets": "x"}}, "path", "unknown"),
        ({"themes": {}, "agreements": ()}, "path", "nothing"),
        ({"need": Need.BLOCKED}, "blocked_on", "empty"),
        ({"blocked_on": "Le local"}, "blocked_on", "not-blocked"),
        ({"mood": "angry"}, "mood", "unknown"),
        ({"agreements": (Agreed(""),)}, "what_1", "empty"),
        ({"agreements": (Agreed("a"), Agreed("b" * (LONGEST_LINE + 1)))}, "what_2", "long"),
        ({"agreements": (Agreed("a", due_on=_LATE - timedelta(days=2)),)}, "due_1", "date"),
        ({"agreements": tuple(Agreed("a") for _rank in range(MOST_AGREEMENTS + 1))}, "what_1", "many"),
    ],
)
def test_each_fault_is_named(changes: dict[str, Any], name: str, why: str) -> None:
    with pytest.raises(Unfit) as fault:
        check_told(told(**changes), NOW)
    assert (fault.value.name, fault.value.why) == (name, why)


@pytest.mark.parametrize(
    "changes",
    [
        {"visited_at": NOW + CLOCK_AHEAD},
        {"visited_at": NOW - OLDEST},
        {"women": None, "men": None, "young": 7},  # unknown is not zero: nothing contradicts
        {"women": 0, "men": 0, "young": 0},
        {"themes": {"money": "x" * LONGEST_TEXT}},
        {"themes": {}, "agreements": (), "need": Need.BLOCKED, "blocked_on": "Le local"},
        {"agreements": tuple(Agreed("a", due_on=_LATE) for _rank in range(MOST_AGREEMENTS))},
    ],
)
def test_the_limits_themselves_are_accepted(changes: dict[str, Any]) -> None:
    check_told(told(**changes), NOW)


def test_the_digest_tells_other_words_from_the_same() -> None:
    assert told().digest() == told().digest()
    changes: list[dict[str, Any]] = [
        {"women": None}, {"place": "Ailleurs"}, {"staff_text": ""}, {"photos_agreed": True},
        {"themes": {"money": "Les trois noms sont choisis."}}, {"agreements": ()},
    ]  # fmt: skip
    assert len({told(**one).digest() for one in [{}, *changes]}) == len(changes) + 1
