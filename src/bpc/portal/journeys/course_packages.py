"""A course of ours as a SCORM package, for platforms that take no other file: lessons, and questions to choose."""

from collections.abc import Iterator

from django.utils import translation
from django.utils.html import conditional_escape
from django.utils.html import format_html as made
from django.utils.html import format_html_join as joined
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from bpc.core.learning.questions import Kind, Question
from bpc.datasets.training_courses import Course, Diagram, Lesson
from bpc.datasets.training_writing import questions_in
from bpc.portal.packages.writing import WrittenCourse, WrittenPage, WrittenQuestion, written_package
from bpc.portal.training.rendering import render_body, spaced

#: Those that a package of this kind can ask; numbers, words and pairs stay on our pages.
_CHOSEN = (Kind.ONE, Kind.SEVERAL, Kind.TRUE_FALSE)


def scorm_of(course: Course, language: str, version: str = "1.2") -> bytes:
    """The ZIP of a course entirely written in `language`, SCORM `version` "1.2" or "2004"."""
    with translation.override(language):
        questions = [one for lesson in course.lessons for one in _questions(lesson, language)]
        pages = [_page(lesson, language) for lesson in course.lessons]
        credit = _("Cours écrit pour la Banque de projets coopératifs, licence CC BY-SA 4.0.")
    written = WrittenCourse(
        f"course-{course.code}", spaced(course.name[language]), language, pages, questions, credit=credit
    )
    return written_package(written, version)


def _page(lesson: Lesson, language: str) -> WrittenPage:
    text = lesson.texts[language]
    picture = _picture(text.diagram) if text.diagram else ""
    body = made(
        "<p><strong>{}</strong></p>\n{}\n{}", spaced(text.aim), picture, render_body(text.body, _nowhere)
    )
    return WrittenPage(spaced(text.title), body)


def _nowhere(course: str, lesson: str) -> str:
    """A link to another lesson leads nowhere out of our site."""
    return ""


def _picture(drawn: Diagram) -> SafeString:
    """The picture as a list, which is how it is read aloud."""
    lines = joined("\n", "<li>{}</li>", ((line,) for line in _lines(drawn)))
    tag = conditional_escape("ol" if drawn.kind in ("steps", "cycle", "months") else "ul")
    return made("<p>{}</p>\n<{}>\n{}\n</{}>", spaced(drawn.title), tag, lines, tag)


def _lines(drawn: Diagram) -> Iterator[str]:
    for one in drawn.items:
        value = "" if one.value is None else f"{one.value:g} {drawn.unit}".strip()
        side = {"good": "✓", "bad": "✗"}.get(one.side or "", "")
        yield spaced(" – ".join(part for part in (f"{side} {one.label}".strip(), value, one.text) if part))


def _questions(lesson: Lesson, language: str) -> Iterator[WrittenQuestion]:
    for question in questions_in(lesson, language):
        if question.kind in _CHOSEN:
            yield _asked(question)


def _asked(question: Question) -> WrittenQuestion:
    truths = (_("Vrai"), _("Faux"))
    answers = [option.text or truths[rank] for rank, option in enumerate(question.options)]
    right = frozenset(rank for rank, option in enumerate(question.options) if option.fraction > 0)
    whys = [question.options[rank].feedback for rank in sorted(right)]
    return WrittenQuestion(
        question.text, answers, right, " ".join([*filter(None, whys), question.feedback]).strip()
    )
