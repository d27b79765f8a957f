"""Files in and out: a lesson read aloud, heard by learners; the questions as GIFT, the whole course as a ZIP."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bpc.core.learning.gift_writing import write_gift
from bpc.datasets.training_quiz import LANGUAGES
from bpc.datasets.training_writing import moodle_gift, questions_in
from bpc.portal.foundation.permissions import get_visible_or_404
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.journeys.course_packages import scorm_of
from bpc.portal.training.contents import read_content
from bpc.portal.training.importing import zip_of_course
from bpc.portal.training.models import LessonSound
from bpc.portal.training.sounds import (
    MAX_BYTES,
    NothingToRead,
    RefusedSound,
    confirm_sound,
    give_sound,
    is_behind,
    remove_sound,
    sounds_of,
)
from bpc.portal.web.teaching.forms import SoundForm
from bpc.portal.web.teaching.keeping import PAGE, UNACCEPTABLE
from bpc.portal.web.teaching.lessons import lesson_frame
from bpc.portal.web.teaching.reading import course_or_404, draft_or_404, version_or_404
from bpc.portal.web.teaching.words import sound_refusal
from bpc.portal.web.training.sounds import sound_answer


@never_cache
@require_http_methods(PAGE)
def sound(request: HttpRequest, code: str, lesson: str, language: str) -> HttpResponse:
    """The recording of a lesson in one language: given, replaced, taken out, or said to hold still."""
    draft = draft_or_404(request, code)
    context = lesson_frame(request, draft, lesson)
    if language not in LANGUAGES:
        raise Http404("no language")
    row = sounds_of(draft).get((lesson, language))
    act, now = request.POST.get("act", ""), timezone.now()
    if request.method == "POST" and row is not None and act in ("remove", "confirm"):
        change = remove_sound if act == "remove" else confirm_sound
        change(sound=row, actor=request.user, at=now)
        messages.success(request, _("L’enregistrement est retiré.") if act == "remove" else _("C’est noté."))
        return redirect("web:teaching_lesson", code, lesson)
    form = SoundForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            give_sound(
                draft=draft, lesson=lesson, language=language, name=file.name, data=file.read(MAX_BYTES + 1),
                actor=request.user, at=now,
            )  # fmt: skip
        except RefusedSound as refusal:
            form.add_error("file", sound_refusal(refusal.reason))
        except (NothingToRead, IllegalMove):
            form.add_error("file", _("Écrivez d’abord le texte dans cette langue."))
        else:
            messages.success(request, _("L’enregistrement est gardé : écoutez-le."))
            return redirect(request.path)
    behind = row is not None and is_behind(row, draft.content)
    context |= {"form": form, "language": language, "sound": row, "behind": behind}
    return render(request, "teaching/sound.html", context, status=UNACCEPTABLE if form.errors else 200)


@require_safe
def lesson_sound(request: HttpRequest, pk: int) -> HttpResponse:
    """The recording itself, whole or in part, to whoever reads the version."""
    row = get_visible_or_404(request.user, LessonSound.objects.select_related("version"), pk=pk)
    return sound_answer(request, row)


@never_cache
@require_safe
def course_zip(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A version as the files of `data/training`."""
    version = version_or_404(course_or_404(request, code), str(number))
    data = zip_of_course(read_content(version.content))
    return _sent(data, f"{code}-v{number}.zip", "application/zip")


@never_cache
@require_safe
def course_gift(request: HttpRequest, code: str, number: int, language: str) -> HttpResponse:
    """Every question of a version in one language, a category for each lesson: for Moodle's question bank."""
    version = version_or_404(course_or_404(request, code), str(number))
    if language not in LANGUAGES:
        raise Http404("no language")
    text = moodle_gift(read_content(version.content), language)
    return _sent(text.encode(), f"{code}-v{number}.{language}.gift", "text/plain; charset=utf-8")


@never_cache
@require_safe
def lesson_gift(request: HttpRequest, code: str, number: int, lesson: str, language: str) -> HttpResponse:
    """The questions of one lesson in one language."""
    version = version_or_404(course_or_404(request, code), str(number))
    found = read_content(version.content).lesson(lesson)
    if found is None or language not in LANGUAGES:
        raise Http404("no lesson")
    text = write_gift(questions_in(found, language))
    return _sent(text.encode(), f"{lesson}.{language}.gift", "text/plain; charset=utf-8")


@never_cache
@require_safe
def course_scorm(request: HttpRequest, code: str, number: int, language: str) -> HttpResponse:
    """A version that was published, in one language, for another platform."""
    version = version_or_404(course_or_404(request, code), str(number))
    if language not in LANGUAGES or version.published_at is None:
        raise Http404("not published")
    data = scorm_of(read_content(version.content), language)
    return _sent(data, f"{code}-v{number}.{language}.scorm.zip", "application/zip")


def _sent(data: bytes, name: str, content_type: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(data, content_type=content_type, headers=headers)
