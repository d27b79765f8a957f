"""The desk, one course with what it lacks and its history, two versions compared, a lesson as learners will see it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bpc.portal.foundation.permissions import can
from bpc.portal.training.catalogue import Published
from bpc.portal.training.contents import read_content
from bpc.portal.training.models import CourseVersion
from bpc.portal.training.sounds import sounds_of
from bpc.portal.training.states import DISCARD, REVIEW, VersionOrigin, VersionState
from bpc.portal.web.teaching.differences import grouped_differences
from bpc.portal.web.teaching.reading import (
    course_or_404,
    desk_of,
    frame,
    history_of,
    name_of,
    open_version,
    shown_version,
    told_lacks,
    version_or_404,
)
from bpc.portal.web.teaching.words import in_page_language
from bpc.portal.web.training.exercise_form import ExerciseForm
from bpc.portal.web.training.lesson_page import body_of, diagram_of, lesson_context
from bpc.portal.web.training.quiz_form import QuizForm
from bpc.portal.web.training.words import said


@never_cache
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for me, what I write, every course."""
    found = desk_of(request.user, request.GET.get("page"))
    courses = [{"version": one, "name": in_page_language(one.named)} for one in found.courses]
    context = {"desk": found, "courses": courses, "page_obj": found.courses}
    return render(request, "teaching/desk.html", context)


@never_cache
@require_safe
def course(request: HttpRequest, code: str) -> HttpResponse:
    """Where it stands, what it lacks, what its draft would change, who did what when."""
    row = course_or_404(request, code)
    opened, shown = open_version(row), shown_version(row)
    version = opened or shown
    if version is None:
        raise Http404("no version")
    context = frame(
        request, version, opened=opened, shown=shown, retired=row.retired_at is not None,
        lacks=told_lacks(opened) if opened else [],
        groups=grouped_differences(shown.content, opened.content) if opened and shown else [],
        lessons=_lessons(version), history=history_of(row),
        waiting_file=opened is not None and opened.origin == VersionOrigin.FILE,
        is_draft=opened is not None and opened.state == VersionState.DRAFT,
        may_discard=opened is not None and can(request.user, DISCARD, opened),
        may_retire=shown is not None and can(request.user, REVIEW, shown),
    )  # fmt: skip
    return render(request, "teaching/course.html", context)


def _lessons(version: CourseVersion) -> list[dict[str, object]]:
    sounds = sounds_of(version)
    return [
        {
            "code": one["code"],
            "title": in_page_language({name: text["title"] for name, text in one.get("texts", {}).items()}),
            "languages": list(one.get("texts", {})), "sounds": [key[1] for key in sounds if key[0] == one["code"]],
        }
        for one in version.content.get("lessons", ())
    ]  # fmt: skip


@never_cache
@require_safe
def compare_versions(request: HttpRequest, code: str) -> HttpResponse:
    """What changed from one version to another, lesson by lesson."""
    row = course_or_404(request, code)
    before, after = (version_or_404(row, request.GET.get(name, "")) for name in ("de", "a"))
    context = {
        "course": row, "name": name_of(after), "before": before, "after": after,
        "versions": row.versions.defer("content").order_by("number"),
        "groups": grouped_differences(before.content, after.content),
    }  # fmt: skip
    return render(request, "teaching/compare.html", context)


@never_cache
@require_safe
def preview(request: HttpRequest, code: str, number: int, lesson: str) -> HttpResponse:
    """A lesson of any version as learners read, do and check it; nothing is kept."""
    version = version_or_404(course_or_404(request, code), str(number))
    course = read_content(version.content)
    found = course.lesson(lesson)
    if found is None:
        raise Http404("no lesson")
    entry = Published(version.course_id, code, version.number, course, version.changed_at)
    form = found.exercise and ExerciseForm(exercise=found.exercise, kept={}, known={})
    context = frame(request, version) | lesson_context(entry, found)
    context |= {
        "body": body_of(found), "diagram": diagram_of(found), "exercise_rows": list(form.rows()) if form else [],
        "exercise_aim": said(found.exercise.aim) if found.exercise else "",
        "rows": list(QuizForm(questions=found.questions, answers={}).rows(marked=False)),
        "sound": sounds_of(version).get((lesson, context["text_language"]))
    }  # fmt: skip
    return render(request, "teaching/preview.html", context)
