"""What a learner did, noted by any number of devices, folded into one state whatever the order of arrival.

A device writes events and never states. An event has an id made by the device; the same id is the same event. The
state is a function of the set of events: which came first, twice or in pieces does not matter (a grow-only set, as in
Shapiro et al., Conflict-free Replicated Data Types, 2011). Marks are reckoned from answers, not taken from a device.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

#: The share of a lesson's questions whose last answer must be right.
PASS = 0.8


class Did(StrEnum):
    """What an event says."""

    OPENED = "opened"
    READ = "read"  # to its end
    ANSWERED = "answered"  # `question` and `answer`
    WROTE = "wrote"  # `answer`: the fields of the exercise, those left empty as None


@dataclass(frozen=True, slots=True)
class Event:
    """`at`: by the device's clock, in UTC, never later than its arrival. `id` orders what has the same moment."""

    id: str
    at: datetime
    did: Did
    lesson: str
    question: str = ""
    answer: Any = None


@dataclass(frozen=True, slots=True)
class LessonState:
    """`answers`: the last to each question; `fields`: what the exercise holds, each field as it was last written."""

    opened_at: datetime | None = None
    read_at: datetime | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    fields: Mapping[str, Any] = field(default_factory=dict)
    wrote_at: datetime | None = None
    touched_at: datetime | None = None


def fold(events: Iterable[Event]) -> dict[str, LessonState]:
    """The state of each lesson, from every event of a learner in a course.

    >>> one = Event("a", datetime(2026, 3, 2, 9), Did.ANSWERED, "cost", "q", 1)
    >>> two = Event("b", datetime(2026, 3, 2, 10), Did.ANSWERED, "cost", "q", 0)
    >>> fold([two, one, two]) == fold([one, two]), fold([two, one])["cost"].answers
    (True, {'q': 0})
    """
    lessons: dict[str, dict[str, Any]] = {}
    for event in sorted({one.id: one for one in events}.values(), key=lambda one: (one.at, one.id)):
        _note(lessons.setdefault(event.lesson, {"answers": {}, "fields": {}}), event)
    return {code: LessonState(**state) for code, state in lessons.items()}


def _note(state: dict[str, Any], event: Event) -> None:
    state.setdefault("opened_at", event.at)
    state["touched_at"] = event.at
    if event.did is Did.READ:
        state.setdefault("read_at", event.at)
    elif event.did is Did.ANSWERED:
        state["answers"][event.question] = event.answer
    elif event.did is Did.WROTE:
        state["fields"].update(event.answer)
        state["wrote_at"] = event.at


@dataclass(frozen=True, slots=True)
class Outcome:
    """A lesson held against what it asks. `right` of `asked` questions; `done`: quiz passed and exercise written."""

    asked: int
    answered: int
    right: int
    wrote: bool
    touched_at: datetime | None

    @property
    def passed(self) -> bool:
        """Enough questions are right: right / asked >= PASS."""
        return self.right >= PASS * self.asked - 1e-9

    @property
    def done(self) -> bool:
        """Learned by doing: the questions and one's own exercise."""
        return self.passed and self.wrote


def outcome(
    state: LessonState | None,
    questions: Iterable[str],
    is_right: Callable[[str, Any], bool],
    *,
    exercise: bool = True,
) -> Outcome:
    """What a lesson's state is worth. `is_right(question, answer)`: from the marks; an unfit answer is not right.

    `exercise`: whether the lesson has one.

    >>> outcome(LessonState(answers={"a": 1, "b": 0}), ["a", "b"], lambda code, answer: answer == 1, exercise=False)
    Outcome(asked=2, answered=2, right=1, wrote=True, touched_at=None)
    """
    codes = list(questions)
    answers = state.answers if state else {}
    return Outcome(
        asked=len(codes),
        answered=sum(code in answers for code in codes),
        right=sum(code in answers and is_right(code, answers[code]) for code in codes),
        wrote=not exercise or bool(state and state.wrote_at),
        touched_at=state.touched_at if state else None,
    )
