"""« Leçon : … » beside what it answers, on the pages of other rooms: the catalogue is read once for a whole page."""

from dataclasses import dataclass

from django.urls import reverse

from bpc.datasets.training_courses import Lesson
from bpc.portal.journeys.lacking.lessons import Offers
from bpc.portal.training.catalogue import Published
from bpc.portal.training.rendering import spaced
from bpc.portal.web.training.words import quiz_language, said, text_of


@dataclass(frozen=True, slots=True)
class LessonHint:
    """A lesson as one line shows it; `language` of its title."""

    title: str
    course: str
    minutes: int
    url: str
    language: str


class LessonHints:
    """One cheap query when it is made, none for each thing it is asked about."""

    def __init__(self) -> None:
        self._offers = Offers()

    def of(self, code: str) -> LessonHint | None:
        """The lesson that answers a lack best ("plan:E05"); None while none does."""
        found = self._offers.for_lack(code)
        return None if found is None else hint_of(*found)


def hint_of(course: Published, lesson: Lesson) -> LessonHint:
    """A lesson of a published course."""
    return LessonHint(
        spaced(text_of(lesson).title), said(course.course.name), lesson.minutes,
        reverse("web:lesson", args=[course.code, lesson.code]), quiz_language(lesson.texts),
    )  # fmt: skip
