"""The questions that come back to a person."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from bpc.datasets.training_courses import Lesson
from bpc.datasets.training_quiz import QuizQuestion
from bpc.portal.learning.models import Following, ReviewItem
from bpc.portal.training.catalogue import Published, catalogue


@dataclass(frozen=True)
class Due:
    """A question that is due, where it comes from; `name` is unique among all courses."""

    published: Published
    lesson: Lesson
    question: QuizQuestion

    @property
    def name(self) -> str:
        """Of the course, the lesson and the question."""
        return f"{self.published.code}--{self.lesson.code}--{self.question.code}"


def due_count(person: Any, today: date) -> int:
    """How many questions are due."""
    return ReviewItem.objects.filter(following__user=person, due__lte=today).count()


def due_reviews(person: Any, today: date, most: int) -> list[Due]:
    """The questions due, the oldest first; what the courses no longer ask is passed over."""
    by_key = {one.key: one for one in catalogue().values()}
    items = ReviewItem.objects.filter(following__user=person, due__lte=today, following__course__in=by_key)
    found = []
    for key, lesson_code, code in items.values_list("following__course", "lesson", "question")[: 2 * most]:
        lesson = by_key[key].course.lesson(lesson_code)
        question = lesson.question(code) if lesson else None
        if lesson is not None and question is not None:
            found.append(Due(by_key[key], lesson, question))
    return found[:most]


def lessons_done(person: Any) -> frozenset[str]:
    """Every lesson the person has done, as "course/lesson": one query; nothing for a stranger."""
    if not person.is_authenticated:
        return frozenset()
    rows = Following.objects.filter(user=person).values_list("course__code", "done_lessons")
    return frozenset(f"{course}/{lesson}" for course, done in rows for lesson in done)
