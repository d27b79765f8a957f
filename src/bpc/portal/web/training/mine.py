"""What I learn: courses begun and finished, the questions that come back."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from bpc.datasets.training_quiz import QuizQuestion
from bpc.portal.badges.queries import award_codes
from bpc.portal.journeys.award_badges import badge_code
from bpc.portal.learning.models import Following
from bpc.portal.learning.noting import note
from bpc.portal.learning.queries import Due, due_count, due_reviews
from bpc.portal.training.catalogue import catalogue
from bpc.portal.web.training.quiz_form import QuizForm
from bpc.portal.web.training.role_path import role_path, suggested_role
from bpc.portal.web.training.words import said, text_of

AT_ONCE = 8


@require_safe
def my_training(request: HttpRequest) -> HttpResponse:
    """My courses, how far I am in each, how many questions wait for me."""
    by_key = {one.key: one for one in catalogue().values()}
    rows = list(Following.objects.filter(user=request.user).select_related("project"))  # type: ignore[misc]
    codes = {one.key: badge_code(one.code) for one in by_key.values()}
    badges = award_codes(
        request.user, [codes[row.course_id] for row in rows if row.finished_at and row.course_id in codes]
    )
    lines = [
        _line(row, by_key.get(row.course_id)) | {"badge": badges.get(codes.get(row.course_id, ""), "")}
        for row in rows
    ]
    suggested = suggested_role(request.user)
    followed = {row.course_id: row for row in rows}
    context = {
        "suggested": suggested,
        "path": role_path(suggested.role, by_key.values(), followed) if suggested else None,
        "running": [one for one in lines if not one["row"].finished_at],
        "finished": [one for one in lines if one["row"].finished_at],
        "due": due_count(request.user, timezone.localdate()),
    }
    return render(request, "training/mine.html", context)


def _line(row: Following, entry: Any) -> dict[str, Any]:
    return {
        "row": row, "code": entry.code if entry else "", "icon": entry.course.icon if entry else "training",
        "name": said(entry.course.name) if entry else "", "total": len(entry.course.lessons) if entry else row.lessons,
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest) -> HttpResponse:
    """The questions once missed that are due: answered again, then spaced further."""
    asked = due_reviews(request.user, timezone.localdate(), AT_ONCE)
    form = QuizForm(request.POST or None, questions=[_named(one) for one in asked], answers={})
    if request.method == "POST" and form.is_valid():
        given = form.given()
        rows = list(form.rows(marked=True))
        _keep(request, asked, given)
        known = sum(one["mark"] is not None and one["mark"].right for one in rows)
        words = ngettext("%(n)s réponse juste sur %(all)s.", "%(n)s réponses justes sur %(all)s.", known)
        messages.success(request, words % {"n": known, "all": len(given)})
        context = {"rows": [one for one in rows if one["mark"]], "marked": True}
        left = due_count(request.user, timezone.localdate())
        return render(request, "training/review.html", context | {"left": left})
    lessons = [{"name": said(one.published.course.name), "title": text_of(one.lesson).title} for one in asked]
    rows = [{**row, "from": lesson} for row, lesson in zip(form.rows(marked=False), lessons, strict=True)]
    return render(request, "training/review.html", {"form": form, "rows": rows, "marked": False})


def _named(one: Due) -> QuizQuestion:
    """Questions of several lessons in one form: each named by its lesson too."""
    return one.question.model_copy(update={"code": one.name})


def _keep(request: HttpRequest, asked: list[Due], given: dict[str, Any]) -> None:
    now = timezone.now()
    by_course: dict[str, list[Any]] = {}
    for one in asked:
        if one.name in given:
            answer = given[one.name]
            event = {
                "key": str(uuid4()), "did": "answered", "lesson": one.lesson.code, "question": one.question.code,
                "answer": answer, "at": now.isoformat(),
            }  # fmt: skip
            by_course.setdefault(one.published.code, []).append(event)
    for code, events in by_course.items():
        note(user=request.user, published=catalogue()[code], events=events, at=now)  # type: ignore[arg-type]
