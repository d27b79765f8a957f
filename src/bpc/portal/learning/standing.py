"""What the events of a person in a course come to: lessons done, questions that come back, exercises as written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from bpc.core.learning.progress import Did, Event, LessonState, Outcome, fold, outcome
from bpc.core.learning.questions import UnfitAnswer, mark
from bpc.core.learning.review import Attempt
from bpc.core.learning.review import Standing as ReviewStanding
from bpc.core.learning.review import standing as review_standing
from bpc.core.text.folding import fold as fold_words
from bpc.datasets.training_courses import Course, Lesson


@dataclass(frozen=True)
class Standing:
    """`outcomes` by lesson, in the order of the course; `states`: what was answered and written in each."""

    states: Mapping[str, LessonState]
    outcomes: Mapping[str, Outcome]
    reviews: Mapping[tuple[str, str], ReviewStanding]

    @property
    def done(self) -> list[str]:
        """The lessons done, in the order of the course."""
        return [code for code, one in self.outcomes.items() if one.done]

    @property
    def finished(self) -> bool:
        """Every lesson is done."""
        return bool(self.outcomes) and all(one.done for one in self.outcomes.values())

    @property
    def next_lesson(self) -> str | None:
        """Where to go on: the first lesson not done; None when all are."""
        return next((code for code, one in self.outcomes.items() if not one.done), None)


def stand(course: Course, events: Iterable[Event]) -> Standing:
    """Fold the events. What belongs to a lesson or a question that this version no longer has is left aside."""
    kept = list(events)
    states = fold(kept)
    outcomes = {lesson.code: _outcome(lesson, states.get(lesson.code)) for lesson in course.lessons}
    return Standing(states, outcomes, _reviews(course, kept))


def is_right(lesson: Lesson, question: str, answer: Any) -> bool:
    """Whether the whole answer is right; an answer that no longer fits the question is not."""
    asked = lesson.question(question)
    if asked is None:
        return False
    try:
        return mark(asked.in_language(next(iter(asked.words))), answer, fold=fold_words).right
    except UnfitAnswer:
        return False


def _outcome(lesson: Lesson, state: LessonState | None) -> Outcome:
    return outcome(
        state, [one.code for one in lesson.questions], lambda code, answer: is_right(lesson, code, answer),
        exercise=lesson.exercise is not None,
    )  # fmt: skip


def _reviews(course: Course, events: Iterable[Event]) -> dict[tuple[str, str], ReviewStanding]:
    attempts: dict[tuple[str, str], list[Attempt]] = {}
    for event in sorted({one.id: one for one in events}.values(), key=lambda one: (one.at, one.id)):
        lesson = course.lesson(event.lesson)
        if event.did is Did.ANSWERED and lesson is not None and lesson.question(event.question) is not None:
            right = is_right(lesson, event.question, event.answer)
            attempts.setdefault((event.lesson, event.question), []).append(Attempt(_day(event.at), right))
    return {
        key: found for key, tries in attempts.items() if (found := review_standing(tries)).due is not None
    }


def _day(at: datetime) -> date:
    """The day as people here live it."""
    return timezone.localtime(at).date()
