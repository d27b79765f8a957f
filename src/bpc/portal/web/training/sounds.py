"""Lessons read aloud: what a pack takes of them within its limit, and the recording as a telephone plays it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from bpc.datasets.training_courses import Course
from bpc.portal.foundation.kept_files import part_of
from bpc.portal.foundation.permissions import visible
from bpc.portal.training.catalogue import Published
from bpc.portal.training.models import LessonSound
from bpc.portal.training.sounds import sounds_heard
from bpc.portal.web.training.offline_pack import PackFile, room_for_sounds
from bpc.portal.web.training.words import quiz_language

_DIGITS = 12  # of the hash of a recording in its address, as in those of our own files


@dataclass(frozen=True, slots=True)
class CourseSounds:
    """The recordings of a course: by language, the file of each lesson that has one; the languages a pack takes."""

    files: dict[str, dict[str, PackFile]]
    taken: frozenset[str]

    def of_lesson(self, language: str, lesson: str) -> str:
        """Its address; "" when nobody read the lesson aloud."""
        found = self.files[language].get(lesson)
        return found.url if found else ""

    def packed(self, language: str) -> list[PackFile]:
        """What a pack takes of a language: every recording, or none."""
        return list(self.files[language].values()) if language in self.taken else []

    def left_out(self) -> list[str]:
        """The languages whose recordings are too heavy to be taken."""
        return [one for one, files in self.files.items() if files and one not in self.taken]


def sounds_in_pack(entry: Published, languages: Sequence[str]) -> CourseSounds:
    """Language after language, as long as the whole pack keeps to what a course may weigh; one query."""
    found = sounds_heard(entry.key, entry.version)
    files = {one: _files(entry.course, one, found) for one in languages}
    left, taken = room_for_sounds(len(entry.course.lessons)), []
    for language, own in files.items():
        weight = sum(one.size for one in own.values())
        if weight <= left:
            left -= weight
            taken.append(language)
    return CourseSounds(files, frozenset(taken))


def _files(course: Course, language: str, found: dict[tuple[str, str], LessonSound]) -> dict[str, PackFile]:
    """The recordings heard on the page of this language: of the words that it shows."""
    with override(language):
        rows = {one.code: found.get((one.code, quiz_language(one.texts))) for one in course.lessons}
        return {code: PackFile(_address(row), row.size) for code, row in rows.items() if row is not None}


def _address(row: LessonSound) -> str:
    """Named by what is in it: a version that keeps the recording does not have it taken again."""
    return reverse("web:sound_offline", args=[row.sha256[:_DIGITS]])


@require_safe
def sound_offline(request: HttpRequest, digest: str) -> HttpResponse:
    """The recording that these digits begin, to whoever reads a version that has it."""
    rows = visible(request.user, LessonSound).filter(sha256__startswith=digest)
    row = rows.first() if len(digest) == _DIGITS else None
    if row is None:
        raise Http404("no visible LessonSound")
    return sound_answer(request, row)


def sound_answer(request: HttpRequest, row: LessonSound) -> HttpResponse:
    """The recording itself, whole or in part."""
    try:
        with row.file.open("rb") as kept:
            data = kept.read()
    except FileNotFoundError:
        raise Http404("the file is gone") from None
    response = part_of(request, data, row.content_type)
    # no cache on the way: a version retired is not heard any more
    response["Cache-Control"] = "private, max-age=3600"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
