"""The published lessons that answer what a project lacks; those a person has done are not named again."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bpc.core.learning.gaps import Offer, advise, main_lesson
from bpc.datasets.training_courses import Lesson
from bpc.portal.journeys.lacking.gather import lacks_of
from bpc.portal.journeys.lacking.partners import PartnerAdvice, advise_partner_courses
from bpc.portal.journeys.lacking.seen import SeenLack, lacks, reasons_told
from bpc.portal.learning.queries import lessons_done
from bpc.portal.projects.models import Project
from bpc.portal.training.catalogue import Published, catalogue

MOST_ADVISED = 6


@dataclass(frozen=True, slots=True)
class LessonAdvice:
    """A lesson of a course, and what was seen that it answers, the heaviest first."""

    course: Published
    lesson: Lesson
    reasons: tuple[SeenLack, ...]


@dataclass(frozen=True, slots=True)
class Advised:
    """`learnt`: lessons already done that answer what is still seen; `unanswered`: what no lesson answers yet;
    `elsewhere`: courses of partners.
    """

    lessons: tuple[LessonAdvice, ...]
    learnt: tuple[LessonAdvice, ...]
    unanswered: tuple[SeenLack, ...]
    elsewhere: tuple[PartnerAdvice, ...] = ()


class Offers:
    """The lessons of the published courses, in the order one learns: read once for all that a page asks."""

    def __init__(self) -> None:
        self._known = {
            f"{one.code}/{lesson.code}": (one, lesson) for one in catalogue().values() for lesson in one.course.lessons
        }  # fmt: skip
        self.offers = [Offer(name, tuple(lesson.answers)) for name, (_course, lesson) in self._known.items()]

    def lesson(self, name: str) -> tuple[Published, Lesson]:
        """The course and the lesson of "course/lesson"."""
        return self._known[name]

    def for_lack(self, code: str) -> tuple[Published, Lesson] | None:
        """The lesson that answers one lack best; None while none does."""
        name = main_lesson(code, self.offers)
        return None if name is None else self._known[name]


def advised(project: Project, person: Any, today: date) -> Advised:
    """The lessons to take for this project and the courses of partners, each with what was seen."""
    seen = lacks_of(project, person, today)
    found = advise_lessons(seen, done=lessons_done(person))
    return replace(found, elsewhere=advise_partner_courses(seen, person))


def advise_lessons(seen: Sequence[SeenLack], *, done: Collection[str] = ()) -> Advised:
    """The lessons for these lacks; `done`: "course/lesson" of those a person has done."""
    known = Offers()
    found = [
        _told(known, one.lesson, [reason.code for reason in one.reasons], seen)
        for one in advise(lacks(seen), known.offers, done=done, most=MOST_ADVISED)
    ]
    codes = {one.code for one in seen}
    learnt = [
        _told(known, offer.lesson, [code for code in offer.answers if code in codes], seen)
        for offer in known.offers
        if offer.lesson in done and codes & set(offer.answers)
    ]
    answerable = {code for offer in known.offers for code in offer.answers}
    return Advised(tuple(found), tuple(learnt), tuple(one for one in seen if one.code not in answerable))


def _told(known: Offers, name: str, codes: Iterable[str], seen: Sequence[SeenLack]) -> LessonAdvice:
    course, lesson = known.lesson(name)
    return LessonAdvice(course, lesson, reasons_told(codes, seen))
