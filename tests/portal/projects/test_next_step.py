"""One thing to do next: what is missing most, among what the reader may do."""

from dataclasses import replace
from typing import Any

import pytest

from bpc.portal.projects.next_step import NextStep, Situation, missing_people, next_step
from bpc.portal.projects.states import FOUNDERS_NEEDED, Stage

READY = Situation(
    owns=True, edits=True, archived=False, stage=Stage.DESIGN, has_summary=True, people=6, alone=False,
    advisor_offered=False,
)  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "step"),
    [
        ({}, NextStep.ADVANCE),
        ({"stage": Stage.GROWTH}, NextStep.NOTHING),
        ({"has_summary": False, "people": 0}, NextStep.DESCRIBE),
        ({"people": 4, "alone": True}, NextStep.GATHER),
        ({"people": 4, "stage": Stage.LAUNCH}, NextStep.ADVANCE),  # it exists: its founders were enough
        ({"alone": True, "advisor_offered": True}, NextStep.INVITE),
        ({"advisor_offered": True}, NextStep.CONSULT),
        ({"advisor_offered": True, "owns": False}, NextStep.ADVANCE),
        ({"edits": False, "owns": False, "people": 0}, NextStep.NOTHING),
        ({"archived": True, "edits": False}, NextStep.RESTORE),
        ({"archived": True, "owns": False, "edits": False}, NextStep.NOTHING),
    ],
)
def test_what_is_missing_most_comes_first(changes: dict[str, Any], step: NextStep) -> None:
    assert next_step(replace(READY, **changes)) is step


def test_five_make_a_cooperative() -> None:
    assert [missing_people(number) for number in (0, 4, 5, 9)] == [5, 1, 0, 0]
    assert FOUNDERS_NEEDED == 5
