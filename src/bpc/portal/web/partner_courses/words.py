"""Partner courses and results as pages tell them."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bpc.portal.diagnosis.questions import questionnaire
from bpc.portal.partner_courses.claims import named
from bpc.portal.partner_courses.models import PartnerCourse, PartnerResult
from bpc.portal.partner_courses.receiving import has_passed
from bpc.portal.partner_courses.states import Activity, CourseLanguage, CourseState, Grading


@dataclass(frozen=True)
class CourseWords:
    """A course in the language of the page."""

    row: PartnerCourse
    title: str
    about: str
    languages: str
    is_published: bool


def course_words(row: PartnerCourse) -> CourseWords:
    """A course in the language of the page."""
    language = get_language() or "fr"
    spoken = dict(CourseLanguage.choices)
    return CourseWords(
        row,
        named(row, language),
        str(getattr(row, f"about_{language}", "") or row.about_fr),
        ("، " if language == "ar" else ", ").join(
            str(spoken[code]) for code in row.languages if code in spoken
        ),
        row.state == CourseState.PUBLISHED,
    )


@dataclass(frozen=True)
class ResultWords:
    """How a learner stands in a course. `percent` None: no mark; `passed` None: the course asks for none."""

    row: PartnerResult
    title: str
    standing: str
    completed_at: datetime | None
    percent: Decimal | None
    passed: bool | None
    can_open: bool


def result_words(row: PartnerResult) -> ResultWords:
    """How a learner stands in a course; its course and partner must be joined."""
    course = row.course
    shown = course.state == CourseState.PUBLISHED and course.partner.is_active
    passed = has_passed(course, row.completed_percent) if row.completed_at else None
    return ResultWords(
        row, named(course, get_language() or "fr"), _standing(row), row.completed_at, row.completed_percent,
        passed, shown,
    )  # fmt: skip


def _standing(row: PartnerResult) -> str:
    """Where the learner is now, whatever was finished before."""
    if not row.activity:
        return _("Ouvert ; le partenaire n’a encore rien envoyé")
    waits = row.grading in {Grading.PENDING, Grading.PENDING_MANUAL, Grading.FAILED}
    if row.activity in {Activity.COMPLETED, Activity.SUBMITTED} and waits:
        return str(Grading(row.grading).label)
    return str(Activity(row.activity).label)


def lack_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """The lacks a course may answer: the questions of the diagnosis, family by family."""
    language = get_language() or "fr"
    groups: dict[str, list[tuple[str, str]]] = {}
    for family, question in questionnaire().questions():
        name = _in_language(family.name, language)
        groups.setdefault(name, []).append((f"diagnosis:{question.id}", _in_language(question.ask, language)))
    return list(groups.items())


def _in_language(text: Any, language: str) -> str:
    return str(getattr(text, language, "") or text.fr)
