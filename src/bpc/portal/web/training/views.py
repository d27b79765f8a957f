"""The courses, one course, and a lesson to read, to do and to check."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bpc.datasets.training_courses import Lesson
from bpc.portal.foundation.page_cache import kept_for_strangers
from bpc.portal.learning.noting import begin, note
from bpc.portal.training.catalogue import GENERATION, Published, catalogue
from bpc.portal.training.sounds import sound_heard
from bpc.portal.web.training.catalogue_page import catalogue_context, course_context
from bpc.portal.web.training.exercise_form import ExerciseForm, outcome_of
from bpc.portal.web.training.exercise_project import chosen_project, facts_known, projects_to_choose
from bpc.portal.web.training.lesson_page import (
    Reader,
    body_of,
    course_or_404,
    diagram_of,
    lesson_context,
    lesson_or_404,
    reader_of,
)
from bpc.portal.web.training.quiz_form import QuizForm
from bpc.portal.web.training.words import said
from bpc.portal.web.workshops.of_course import GENERATIONS as OF_COURSE
from bpc.portal.web.workshops.of_course import part_of_course


@require_safe
@kept_for_strangers(GENERATION)
def courses(request: HttpRequest) -> HttpResponse:
    """Every published course, stage by stage, for everybody or for one role."""
    return render(request, "training/courses.html", catalogue_context(request, catalogue()))


@require_safe
@kept_for_strangers(GENERATION, *OF_COURSE)
def course(request: HttpRequest, code: str) -> HttpResponse:
    """One course: what one leaves with, its lessons, how far I am, its sessions in a room."""
    entry = course_or_404(code)
    context = course_context(entry, reader_of(request, entry)) | part_of_course(request.user, entry)
    return render(request, "training/course.html", context)


@require_POST
def course_begin(request: HttpRequest, code: str) -> HttpResponse:
    """Begin the course, and go where one left it."""
    entry = course_or_404(code)
    project = chosen_project(request, request.POST.get("projet", ""))
    begin(user=request.user, published=entry, at=timezone.now(), project=project)  # type: ignore[arg-type]  # signed in
    standing = reader_of(request, entry).standing
    lesson = (standing.next_lesson if standing else None) or entry.course.lessons[0].code
    return redirect("web:lesson", code, lesson)


@require_safe
@kept_for_strangers(GENERATION)
def lesson(request: HttpRequest, code: str, lesson: str) -> HttpResponse:
    """The lesson to read or to listen to."""
    entry = course_or_404(code)
    found = lesson_or_404(entry, lesson)
    context = lesson_context(entry, found) | {
        "body": body_of(found),
        "diagram": diagram_of(found),
        "part": "read",
    }
    context["sound"] = sound_heard(entry.key, entry.version, lesson, context["text_language"])
    return render(request, "training/lesson.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def lesson_exercise(request: HttpRequest, code: str, lesson: str) -> HttpResponse:
    """The exercise on one's own project: filled with what is known, kept for who has an account."""
    entry = course_or_404(code)
    found = lesson_or_404(entry, lesson)
    if found.exercise is None:
        return redirect("web:lesson_quiz", code, lesson)
    reader = reader_of(request, entry)
    project = chosen_project(request, request.GET.get("projet", "")) or _project_of(reader)
    kept = reader.state(lesson).fields
    known = facts_known(project, request.user, found.exercise)
    form = ExerciseForm(request.POST or None, exercise=found.exercise, kept=kept, known=known)
    context = {
        "form": form, "rows": list(form.rows()), "exercise_aim": said(found.exercise.aim), "part": "do",
        "project": project, "projects": projects_to_choose(request.user),
    }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        if request.user.is_authenticated:
            _note(request, entry, found, {"did": "wrote", "answer": form.values()})
            messages.success(request, _("Votre exercice est gardé."))
            return redirect("web:lesson_exercise", code, lesson)
        context["outcome"] = outcome_of(found.exercise, form.values())
    elif not form.is_bound and kept:
        context["outcome"] = outcome_of(found.exercise, kept)
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "training/exercise.html", lesson_context(entry, found) | context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def lesson_quiz(request: HttpRequest, code: str, lesson: str) -> HttpResponse:
    """A few questions; each answer is explained, kept for who has an account, and may be given again."""
    entry = course_or_404(code)
    found = lesson_or_404(entry, lesson)
    reader = reader_of(request, entry)
    form = QuizForm(request.POST or None, questions=found.questions, answers=reader.state(lesson).answers)
    if request.method == "POST" and form.is_valid() and request.user.is_authenticated:
        answered = [
            {"did": "answered", "question": key, "answer": given} for key, given in form.given().items()
        ]
        if _note(request, entry, found, {"did": "read"}, *answered):
            return redirect("web:course", code)
        return redirect("web:lesson_quiz", code, lesson)
    valid = not form.is_bound or form.is_valid()
    outcome = reader.standing.outcomes.get(lesson) if reader.standing else None
    context = {"form": form, "rows": list(form.rows(marked=valid)), "part": "check", "outcome": outcome}
    return render(
        request, "training/quiz.html", lesson_context(entry, found) | context, status=200 if valid else 422
    )


def _project_of(reader: Reader) -> Any:
    return reader.following.project if reader.following else None


def _note(request: HttpRequest, entry: Published, lesson: Lesson, *done: dict[str, Any]) -> bool:
    """Keep what the page says was done; True when it finished the course."""
    now = timezone.now()
    events = [{"key": str(uuid4()), "lesson": lesson.code, "at": now.isoformat(), **one} for one in done]
    kept = note(user=request.user, published=entry, events=events, at=now)  # type: ignore[arg-type]  # signed in
    if kept.just_finished:
        messages.success(request, _("Vous avez terminé ce cours."))
    return kept.just_finished
