"""« Ce qu’il vous faudrait apprendre »: the lessons for one project, each with what was seen and where."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bpc.portal.journeys.lacking.lessons import LessonAdvice, advised
from bpc.portal.journeys.lacking.seen import SeenLack
from bpc.portal.training.rendering import spaced
from bpc.portal.web.partner_courses.words import course_words
from bpc.portal.web.projects.reading import project_or_404
from bpc.portal.web.training.hints import LessonHint, hint_of
from bpc.portal.web.training.words import text_of

_MOST_REASONS = 4


@dataclass(frozen=True, slots=True)
class LessonCard:
    """A lesson to take: what it teaches, its first reasons, how many others."""

    hint: LessonHint
    aim: str
    icon: str
    reasons: tuple[SeenLack, ...]
    more: int


@never_cache
@require_safe
def project_training(request: HttpRequest, reference: str) -> HttpResponse:
    """The lessons advised, the courses of partners, then what is already learnt and answers what is still seen."""
    project = project_or_404(request, reference)
    found = advised(project, request.user, timezone.localdate())
    context = {
        "project": project,
        "cards": [_card(one) for one in found.lessons],
        "learnt": [_card(one) for one in found.learnt],
        "elsewhere": [(course_words(one.course), one.reasons[:_MOST_REASONS]) for one in found.elsewhere],
    }
    return render(request, "training/project.html", context)


def _card(one: LessonAdvice) -> LessonCard:
    shown = one.reasons[:_MOST_REASONS]
    return LessonCard(
        hint_of(one.course, one.lesson), spaced(text_of(one.lesson).aim), one.course.course.icon, shown,
        len(one.reasons) - len(shown),
    )  # fmt: skip
