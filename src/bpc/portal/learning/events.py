"""The events kept of a person in a course, in the terms of one version of it.

A device answers with the ranks of the options that it shows; once the course has changed, they may be others. An
answer whose question or option is gone stays kept, and counts as no more than having been there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bpc.core.learning.carrying import carry
from bpc.core.learning.progress import Did, Event
from bpc.datasets.training_courses import Course
from bpc.datasets.training_exercises import Exercise
from bpc.datasets.training_quiz import QuizQuestion
from bpc.portal.learning.models import Following, LearningEvent
from bpc.portal.learning.told import Unfit, fit_fields
from bpc.portal.training.catalogue import Published, edition


@dataclass(frozen=True, slots=True)
class KeptEvent:
    """An event and its place among those that arrived: `rank` grows with each."""

    event: Event
    rank: int


def events_of(
    following: Following, published: Published, *, after: int = 0, most: int | None = None
) -> list[KeptEvent]:
    """Those that arrived after this rank, in the order of their arrival, in the terms of the version given."""
    fields = ("pk", "key", "at", "did", "lesson", "question", "answer", "version")
    rows = (
        LearningEvent.objects.filter(following=following, pk__gt=after)
        .order_by("pk")
        .values_list(*fields)[:most]
    )
    courses: dict[int, Course | None] = {published.version: published.course}
    found = []
    for rank, key, at, did, lesson, question, answer, version in rows:
        event = Event(str(key), at, Did(did), lesson, question, _unpacked(answer))
        if version not in courses:
            former = edition(published.code, version)
            courses[version] = former.course if former else None
        given = courses[version]
        if given is not published.course:
            event = carried(event, given, published.course)
        found.append(KeptEvent(event, rank))
    return found


def _unpacked(kept: Any) -> Any:
    """Pairs are kept in JSON with their ranks as text; the fields of an exercise are named."""
    if isinstance(kept, dict) and kept and all(key.isdigit() for key in kept):
        return {int(left): right for left, right in kept.items()}
    return kept


def carried(event: Event, former: Course | None, present: Course) -> Event:
    """The event in the terms of the present course; what no longer exists only says that the lesson was opened."""
    answer = None
    if former is not None and event.did is Did.ANSWERED:
        answer = _carried_answer(event, former, present)
    elif event.did is Did.WROTE:
        answer = _carried_fields(event, present)
    elif event.did is not Did.ANSWERED:
        return event
    did = event.did if answer is not None else Did.OPENED
    question = event.question if answer is not None else ""
    return Event(event.id, event.at, did, event.lesson, question, answer)


def _carried_answer(event: Event, former: Course, present: Course) -> Any:
    one, other = (_question(course, event) for course in (former, present))
    if one is None or other is None:
        return None
    for language in [name for name in one.words if name in other.words]:
        answer = carry(event.answer, one.in_language(language), other.in_language(language))
        if answer is not None:
            return answer
    return None


def _question(course: Course, event: Event) -> QuizQuestion | None:
    lesson = course.lesson(event.lesson)
    return lesson.question(event.question) if lesson else None


def _carried_fields(event: Event, present: Course) -> Any:
    """The fields that the exercise still has, of the same kind; None when it has none of them."""
    lesson = present.lesson(event.lesson)
    if lesson is None or lesson.exercise is None:
        return None
    return dict(_fitting(lesson.exercise, event.answer)) or None


def _fitting(exercise: Exercise, written: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    for code, value in written.items():
        try:
            yield from fit_fields(exercise, {code: value}).items()
        except Unfit:
            continue
