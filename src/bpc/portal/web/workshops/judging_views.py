"""Saying what one thinks of a session, and reading what five people or more think."""

from typing import Any

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bpc.portal.foundation.page_cache import same_moment
from bpc.portal.foundation.small_cells import SMALLEST
from bpc.portal.web.workshops import words
from bpc.portal.web.workshops.forms import OpinionForm
from bpc.portal.web.workshops.keeping_views import held_or_404
from bpc.portal.web.workshops.registration_views import enrolment_or_404, to_seat
from bpc.portal.workshops.courses import course_names, said
from bpc.portal.workshops.judging import (
    Figures,
    JudgingClosed,
    figures_by_course,
    figures_of,
    judge,
    why_not,
    words_of,
)
from bpc.portal.workshops.states import Face

_UNACCEPTABLE, _CONFLICT = 422, 409
MOST_WORDS = 100


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def judge_page(request: HttpRequest, reference: str, token: str) -> HttpResponse:
    """Five faces and a few words, by the address of one's seat: with or without an account."""
    enrolment = enrolment_or_404(reference, token)
    now = timezone.now()
    form = OpinionForm(request.POST if request.method == "POST" else None)
    why = why_not(enrolment, now)
    if not why and form.is_valid():
        try:
            judge(
                enrolment=enrolment, faces=form.faces(), words=form.cleaned_data["words"],
                language=get_language() or "fr",
                actor=request.user if request.user.is_authenticated else None, at=now,
            )  # fmt: skip
        except JudgingClosed as closed:
            why = closed.why
        else:
            messages.success(request, _("Merci : votre avis est gardé, sans votre nom."))
            return to_seat(enrolment)
    context = {
        **words.frame(enrolment.workshop, now),
        "enrolment": enrolment,
        "token": token,
        "form": form,
        "questions": [(form[name], words.QUESTION_ICONS[name], _choices(form[name])) for name in words.QUESTIONS],
        "why_not": words.WHY_NOT_JUDGED.get(why, ""),
    }  # fmt: skip
    status = _CONFLICT if why and form.is_bound else _UNACCEPTABLE if form.is_bound else 200
    return render(request, "workshops/judge.html", context, status=status)


@never_cache
@require_safe
def opinions(request: HttpRequest, reference: str) -> HttpResponse:
    """What people think of one session, for who holds it."""
    row = held_or_404(request, reference)
    figures = figures_of(row)
    context = {
        **words.frame(row, timezone.now()),
        "figures": figures,
        "lines": lines_of(figures),
        "faces": [(words.FACE_ICONS[face.value], face.label) for face in reversed(Face)],
        "said": list(words_of(row)[:MOST_WORDS]),
        "smallest": SMALLEST,
    }
    return render(request, "workshops/opinions.html", context)


@never_cache
@require_safe
@same_moment()
def by_course(request: HttpRequest) -> HttpResponse:
    """What people think course by course, for the whole country."""
    rows = figures_by_course()
    names = course_names({one.course for one in rows})
    language = get_language() or "fr"
    context = {
        "rows": [(said(names[one.course], language), one, lines_of(one.figures)) for one in rows],
        "questions": list(words.QUESTIONS.values()),
        "smallest": SMALLEST,
    }
    return render(request, "workshops/by_course.html", context)


def _choices(bound: BoundField) -> list[tuple[Any, str]]:
    """The faces of a question with their pictures."""
    return [(one, words.FACE_ICONS[int(str(one.data["value"]))]) for one in bound]


def lines_of(figures: Figures) -> list[dict[str, Any]]:
    """Each question with its faces, the happiest first; empty while nothing is counted."""
    if not figures.counted:
        return []
    return [
        {
            "label": label, "icon": words.QUESTION_ICONS[name], "happy": figures.happy(name),
            "counts": [(face.label, figures.faces[name][face.value]) for face in reversed(Face)],
        }
        for name, label in words.QUESTIONS.items()
    ]  # fmt: skip
