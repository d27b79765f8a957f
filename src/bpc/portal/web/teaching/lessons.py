"""The parts of a course that are words: its presentation, its lessons in order, the text of each in each language."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bpc.datasets.training_courses import InvalidCourse
from bpc.datasets.training_quiz import LANGUAGES
from bpc.portal.training import editing
from bpc.portal.training.models import CourseVersion
from bpc.portal.training.parts import GonePart, Part, lesson_in, read_part
from bpc.portal.training.rendering import render_body
from bpc.portal.training.sounds import is_behind, sounds_of
from bpc.portal.web.teaching.forms import CourseForm, FactsForm, LessonForm, NewLessonForm, course_values
from bpc.portal.web.teaching.keeping import PAGE, UNACCEPTABLE
from bpc.portal.web.teaching.reading import draft_or_404, frame, told_lacks
from bpc.portal.web.teaching.saving import Saved, base_of, save_form
from bpc.portal.web.teaching.words import lesson_title
from bpc.portal.web.training.lesson_page import lesson_address


def lesson_or_404(draft: CourseVersion, code: str) -> dict[str, Any]:
    """The lesson, in the draft."""
    try:
        return lesson_in(draft.content, code)
    except GonePart:
        raise Http404("no lesson") from None


def lesson_frame(request: HttpRequest, draft: CourseVersion, code: str, **more: Any) -> dict[str, Any]:
    """What every page of a lesson's editor shows around its content."""
    return frame(
        request, draft, lesson=lesson_or_404(draft, code), lesson_title=lesson_title(draft, code), **more
    )


@never_cache
@require_http_methods(PAGE)
def course_words(request: HttpRequest, code: str) -> HttpResponse:
    """How the course presents itself, both languages side by side."""
    draft, part = draft_or_404(request, code), Part("course")
    initial = {**course_values(read_part(draft.content, part)), "base": base_of(draft, part)}
    form = CourseForm(request.POST if request.method == "POST" else None, initial=initial)
    saved = Saved()
    if request.method == "POST" and form.is_valid():
        saved = save_form(request, draft, part, form)
        if saved.done:
            return redirect("web:teaching_course", code)
    context = frame(request, draft, form=form, conflict=saved.conflict)
    return render(request, "teaching/words.html", context, status=UNACCEPTABLE if form.errors else 200)


@never_cache
@require_safe
def lessons(request: HttpRequest, code: str) -> HttpResponse:
    """The lessons in order, and what each still lacks."""
    draft = draft_or_404(request, code)
    lacks = told_lacks(draft)
    rows = [
        {
            "code": one["code"], "title": lesson_title(draft, one["code"]), "minutes": one["minutes"],
            "lacks": sum(lack.lesson == one["code"] for lack in lacks),
        }
        for one in draft.content.get("lessons", ())
    ]  # fmt: skip
    return render(request, "teaching/lessons.html", frame(request, draft, rows=rows))


@never_cache
@require_http_methods(PAGE)
def lesson_new(request: HttpRequest, code: str) -> HttpResponse:
    """A lesson more, at the end, written in one language first."""
    draft = draft_or_404(request, code)
    language = request.POST.get("language") or get_language() or "fr"
    outline = "\n\n\n\n".join(f"## {one}" for one in (_("Une situation"), _("À faire demain"), _("En bref")))
    initial = {"language": language, "body": outline}
    form = NewLessonForm(
        request.POST if request.method == "POST" else None, language=language, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            added = editing.add_lesson(
                draft=draft, language=data["language"], text=form.written(), minutes=data["minutes"],
                actor=request.user, at=timezone.now(),
            )  # fmt: skip
        except InvalidCourse:
            form.add_error(None, _("Ce cours a déjà toutes les leçons qu’il peut avoir."))
        else:
            messages.success(request, _("La leçon est ajoutée : complétez-la."))
            return redirect("web:teaching_lesson", code, added)
    context = frame(request, draft, form=form)
    return render(request, "teaching/lesson_new.html", context, status=UNACCEPTABLE if form.errors else 200)


@never_cache
@require_POST
def lesson_move(request: HttpRequest, code: str, lesson: str) -> HttpResponse:
    """One place earlier or later."""
    draft = draft_or_404(request, code)
    lesson_or_404(draft, lesson)
    up = request.POST.get("act") == "up"
    editing.move_lesson(draft=draft, lesson=lesson, up=up, actor=request.user, at=timezone.now())
    return redirect("web:teaching_lessons", code)


@never_cache
@require_http_methods(PAGE)
def lesson_remove(request: HttpRequest, code: str, lesson: str) -> HttpResponse:
    """Take a lesson out, asked once more."""
    draft = draft_or_404(request, code)
    context = lesson_frame(request, draft, lesson)
    if request.method != "POST":
        return render(request, "teaching/lesson_remove.html", context)
    editing.remove_lesson(draft=draft, lesson=lesson, actor=request.user, at=timezone.now())
    messages.success(request, _("La leçon « %(title)s » est retirée.") % {"title": context["lesson_title"]})
    return redirect("web:teaching_lessons", code)


@never_cache
@require_http_methods(PAGE)
def lesson(request: HttpRequest, code: str, lesson: str) -> HttpResponse:
    """One lesson: its parts with what each lacks, and its facts."""
    draft, part = draft_or_404(request, code), Part("facts", lesson)
    context = lesson_frame(request, draft, lesson)
    facts = read_part(draft.content, part)
    shown = {**facts, "sources": " ".join(facts.get("sources", ()))}
    form = FactsForm(
        request.POST if request.method == "POST" else None, initial={**shown, "base": base_of(draft, part)}
    )
    saved = Saved()
    if request.method == "POST" and form.is_valid():
        saved = save_form(request, draft, part, form)
        if saved.done:
            return redirect("web:teaching_lesson", code, lesson)
    sounds = sounds_of(draft)
    context |= {
        "form": form, "conflict": saved.conflict,
        "lacks": [one for one in told_lacks(draft) if one.lesson == lesson],
        "texts": [_language(context["lesson"], language, sounds, draft) for language in LANGUAGES],
        "question_count": len(context["lesson"].get("questions", ())),
    }  # fmt: skip
    return render(request, "teaching/lesson.html", context, status=UNACCEPTABLE if form.errors else 200)


def _language(lesson: dict[str, Any], language: str, sounds: Any, draft: CourseVersion) -> dict[str, Any]:
    sound = sounds.get((lesson["code"], language))
    return {
        "code": language, "written": language in lesson.get("texts", {}), "sound": sound,
        "behind": sound is not None and is_behind(sound, draft.content),
    }  # fmt: skip


@never_cache
@require_http_methods(PAGE)
def lesson_text(request: HttpRequest, code: str, lesson: str, language: str) -> HttpResponse:
    """The words of a lesson in one language, the other beside them; a look at them before they are saved."""
    if language not in LANGUAGES:
        raise Http404("no language")
    draft, part = draft_or_404(request, code), Part("text", lesson, language)
    context = lesson_frame(request, draft, lesson)
    stored = read_part(draft.content, part) or {}
    initial = {**stored, "base": base_of(draft, part)}
    form = LessonForm(request.POST if request.method == "POST" else None, language=language, initial=initial)
    saved, shown = Saved(), None
    if request.method == "POST" and form.is_valid():
        if request.POST.get("act") == "look":
            shown = render_body(form.cleaned_data["body"], lesson_address)
        else:
            saved = save_form(request, draft, part, form)
            if saved.done:
                return redirect("web:teaching_lesson", code, lesson)
    other = next(one for one in LANGUAGES if one != language)
    context |= {
        "form": form, "language": language, "shown": shown, "conflict": saved.conflict,
        "other_language": other, "other": read_part(draft.content, Part("text", lesson, other)),
    }  # fmt: skip
    return render(request, "teaching/text.html", context, status=UNACCEPTABLE if form.errors else 200)
