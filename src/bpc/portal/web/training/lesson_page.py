"""What the three pages of a lesson show: to read, to do, to check."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from bpc.core.learning.progress import LessonState
from bpc.datasets.training_courses import Course, Diagram, Lesson
from bpc.portal.foundation.writing import NARROW_SPACE, written_amount, written_number
from bpc.portal.learning.models import Following
from bpc.portal.learning.noting import standing_of
from bpc.portal.learning.standing import Standing
from bpc.portal.training.catalogue import Published, published
from bpc.portal.training.rendering import render_body, spaced
from bpc.portal.web.training.words import quiz_language, said, text_of


@dataclass(frozen=True)
class Reader:
    """A person in a course: what they began, and what it comes to; neither for a stranger."""

    following: Following | None
    standing: Standing | None

    def state(self, lesson: str) -> LessonState:
        """What was answered and written in a lesson."""
        found = self.standing.states.get(lesson) if self.standing else None
        return found or LessonState()


def course_or_404(code: str) -> Published:
    """The course now published under this code."""
    found = published(code)
    if found is None:
        raise Http404(_("Aucun cours publié ne porte ce nom."))
    return found


def lesson_or_404(entry: Published, code: str) -> Lesson:
    """The lesson of the course."""
    found = entry.course.lesson(code)
    if found is None:
        raise Http404(_("Ce cours n’a pas de leçon de ce nom."))
    return found


def reader_of(request: HttpRequest, entry: Published) -> Reader:
    """What the person began of the course; two queries."""
    if not request.user.is_authenticated:
        return Reader(None, None)
    row = Following.objects.filter(user=request.user, course=entry.key).select_related("project").first()
    return Reader(row, standing_of(row, entry) if row else None)


def lesson_context(entry: Published, lesson: Lesson) -> dict[str, Any]:
    """What the three pages share: the names, where one is in the course, where one goes next."""
    codes = [one.code for one in entry.course.lessons]
    rank = codes.index(lesson.code)
    text = text_of(lesson)
    return {
        "entry": entry, "course_name": said(entry.course.name), "lesson": lesson, "title": spaced(text.title),
        "aim": spaced(text.aim), "rank": rank + 1, "total": len(codes),
        "text_language": quiz_language(lesson.texts),
        "previous": codes[rank - 1] if rank else None,
        "following": codes[rank + 1] if rank + 1 < len(codes) else None,
    }  # fmt: skip


def body_of(lesson: Lesson) -> SafeString:
    """The lesson's words as HTML."""
    return render_body(text_of(lesson).body, lesson_address)


def lesson_address(course: str, lesson: str) -> str:
    """Where a lesson is read; "" when it is not published."""
    found = published(course)
    if found is None or found.course.lesson(lesson) is None:
        return ""
    return reverse("web:lesson", args=[course, lesson])


def diagram_of(lesson: Lesson) -> dict[str, Any] | None:
    """The lesson's picture as its template draws it; lengths as percents of the greatest value."""
    drawn = text_of(lesson).diagram
    if drawn is None:
        return None
    return {"kind": drawn.kind, "title": spaced(drawn.title), "items": _items(drawn)}


def _items(drawn: Diagram) -> list[dict[str, Any]]:
    values = [one.value or 0.0 for one in drawn.items]
    whole = sum(values) if drawn.kind == "split" else max((abs(one) for one in values), default=0)
    lengths = [round(100 * abs(one) / whole, 2) if whole else 0 for one in values]
    starts = [round(sum(lengths[:rank]), 2) for rank in range(len(lengths))]
    return [
        {
            "label": spaced(one.label), "text": spaced(one.text), "figure": _figure(one.value, drawn.unit),
            "side": one.side, "icon": one.icon, "start": str(start), "length": str(length),
            "below": (one.value or 0) < 0,
        }
        for one, start, length in zip(drawn.items, starts, lengths, strict=True)
    ]  # fmt: skip


def _figure(value: float | None, unit: str) -> str:
    """A value with its unit, dirhams in the word of the language."""
    if value is None:
        return ""
    decimals = 0 if value == round(value) else (1 if value == round(value, 1) else 2)
    if unit == "MAD":
        return written_amount(value, decimals)
    return (
        f"{written_number(value, decimals)}{NARROW_SPACE}{unit}" if unit else written_number(value, decimals)
    )


def lessons_of(course: Course, standing: Standing | None) -> list[dict[str, Any]]:
    """The lessons of a course as its page lists them, with their state for who follows it."""
    outcomes = standing.outcomes if standing else {}
    lines = []
    for lesson in course.lessons:
        found = outcomes.get(lesson.code)
        begun = found is not None and found.touched_at is not None
        state = "done" if found and found.done else ("begun" if begun else "new")
        text = text_of(lesson)
        lines.append({"lesson": lesson, "title": spaced(text.title), "aim": spaced(text.aim), "state": state})
    return lines
