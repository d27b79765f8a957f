"""Lessons read aloud: one file per lesson and language, judged, scanned, shared by the versions that keep it."""

import hashlib
import math
from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any

from django.conf import settings
from django.db import transaction

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.kept_files import delete_files, random_file, shown_name
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.scanning import Verdict, scan
from bpc.portal.foundation.sound_lengths import BadSound, SeenSound
from bpc.portal.foundation.sounds import Sound, measured
from bpc.portal.foundation.versions import locked_in
from bpc.portal.training.models import CourseVersion, LessonSound
from bpc.portal.training.parts import Part, hash_part, read_part
from bpc.portal.training.states import WRITE, VersionState

MAX_BYTES = 12 * 1024 * 1024  # twenty minutes of speech at 80 kbit/s
MOST_SECONDS = 20 * 60
#: Endings of what every telephone plays.
PLAYED = ("mp3", "m4a", "ogg")


class SoundRefusal(Enum):
    """Why a recording is not taken."""

    TOO_HEAVY = "too-heavy"
    TOO_LONG = "too-long"
    DAMAGED = "damaged"
    WRONG_TYPE = "wrong-type"
    FILM = "film"
    INFECTED = "infected"
    UNSCANNED = "unscanned"  # a scanner is named, and did not answer: nothing passes unseen


class RefusedSound(Exception):
    """The recording is not kept; `reason` says why."""

    def __init__(self, reason: SoundRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


class NothingToRead(Exception):
    """The lesson has no text in this language yet."""


@transaction.atomic
def give_sound(
    *, draft: CourseVersion, lesson: str, language: str, name: str, data: bytes, actor: Any, at: Any
) -> LessonSound:
    """Keep the recording of a lesson in one language, in place of the former one.

    Raises `RefusedSound`, `NothingToRead`, GonePart, IllegalMove when it is no draft any more.
    """
    check(actor, WRITE, draft)
    row = locked_in(draft, VersionState.DRAFT)
    text = read_part(row.content, Part("text", lesson, language))
    if text is None:
        raise NothingToRead(language)
    sound = received_sound(data, settings.SCANNER)
    drop_sounds(row.sounds.filter(lesson=lesson, language=language))
    kept = LessonSound.objects.create(
        version=row, lesson=lesson, language=language, file=random_file(data),
        name=shown_name(name, sound.ending, "lecture"), content_type=sound.content_type, size=len(data),
        sha256=hashlib.sha256(data).hexdigest(), seconds=min(math.ceil(sound.seconds), MOST_SECONDS),
        reads=hash_part(text), given_by=actor, given_at=at,
    )  # fmt: skip
    _changed(row, "give lesson sound", kept, actor, at)
    return kept


@transaction.atomic
def remove_sound(*, sound: LessonSound, actor: Any, at: Any) -> None:
    """Take the recording out of a draft; versions that share it keep it. Raises IllegalMove."""
    check(actor, WRITE, sound.version)
    row = locked_in(sound.version, VersionState.DRAFT)
    _changed(row, "remove lesson sound", sound, actor, at)
    drop_sounds([sound])


@transaction.atomic
def confirm_sound(*, sound: LessonSound, actor: Any, at: Any) -> None:
    """Say that the recording still reads the lesson, though its words have changed. Raises IllegalMove."""
    check(actor, WRITE, sound.version)
    row = locked_in(sound.version, VersionState.DRAFT)
    sound.reads = hash_part(read_part(row.content, Part("text", sound.lesson, sound.language)))
    sound.save(update_fields=["reads"])
    _changed(row, "confirm lesson sound", sound, actor, at)


def _changed(row: CourseVersion, verb: str, sound: LessonSound, actor: Any, at: Any) -> None:
    row.revision, row.changed_at = row.revision + 1, at
    row.save(update_fields=["revision", "changed_at"])
    row.writers.add(actor)
    data = {"lesson": sound.lesson, "language": sound.language, "sha256": sound.sha256}
    record(actor=actor, verb=verb, obj=row, at=at, data=data)


def received_sound(data: bytes, scanner: str = "") -> Sound:
    """What the recording is, shown to the `scanner` if one is named. Raises `RefusedSound`."""
    if len(data) > MAX_BYTES:
        raise RefusedSound(SoundRefusal.TOO_HEAVY)
    try:
        sound = measured(data)
    except SeenSound:
        raise RefusedSound(SoundRefusal.FILM) from None
    except BadSound:
        raise RefusedSound(SoundRefusal.DAMAGED) from None
    if sound.ending not in PLAYED:
        raise RefusedSound(SoundRefusal.WRONG_TYPE)
    if sound.seconds > MOST_SECONDS:
        raise RefusedSound(SoundRefusal.TOO_LONG)
    if scanner:
        match scan(data, scanner):
            case Verdict.FOUND:
                raise RefusedSound(SoundRefusal.INFECTED)
            case Verdict.NO_ANSWER:
                raise RefusedSound(SoundRefusal.UNSCANNED)
    return sound


def is_behind(sound: LessonSound, content: Mapping[str, Any]) -> bool:
    """Whether the words it reads have changed since it was given."""
    return sound.reads != hash_part(read_part(content, Part("text", sound.lesson, sound.language)))


def copy_sounds(source: CourseVersion, target: CourseVersion) -> None:
    """The target begins with the recordings of the source: of the lessons and languages that it has, same files."""
    for sound in source.sounds.all():
        lesson = next((one for one in target.content.get("lessons", ()) if one["code"] == sound.lesson), None)
        if lesson is not None and sound.language in lesson.get("texts", {}):
            sound.pk, sound.version = None, target
            sound._state.adding = True
            sound.save(force_insert=True)


def drop_sounds(sounds: Iterable[LessonSound]) -> None:
    """Forget these recordings; a file goes once no version reads it any more."""
    sounds = list(sounds)
    names = {str(one.file.name) for one in sounds}
    LessonSound.objects.filter(pk__in=[one.pk for one in sounds]).delete()
    shared = set(LessonSound.objects.filter(file__in=names).values_list("file", flat=True))
    delete_files(names - shared)


def sound_heard(course: int, number: int, lesson: str, language: str) -> LessonSound | None:
    """The recording of a lesson of a version, by the key of its course and its number."""
    return sounds_heard(course, number).get((lesson, language))


def sounds_heard(course: int, number: int) -> dict[tuple[str, str], LessonSound]:
    """The recordings of a version, by lesson and language; the version by the key of its course and its number."""
    found = LessonSound.objects.filter(version__course=course, version__number=number)
    return {(one.lesson, one.language): one for one in found}


def sounds_of(version: CourseVersion) -> dict[tuple[str, str], LessonSound]:
    """The recordings of a version, by lesson and language."""
    return {(one.lesson, one.language): one for one in version.sounds.all()}
