"""Fill the courses from `data/training`: a changed file makes a new version, and never undoes what a person did."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from bpc.datasets.training import read_training
from bpc.datasets.training_courses import Course as CourseFile
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.foundation.states import move
from bpc.portal.reference.loading import Say
from bpc.portal.reference.models import LoadedFile
from bpc.portal.training.catalogue import GENERATION
from bpc.portal.training.contents import hash_content, write_content
from bpc.portal.training.models import Course, CourseVersion
from bpc.portal.training.sounds import copy_sounds, drop_sounds, is_behind
from bpc.portal.training.states import VERSION_MOVES, VersionOrigin, VersionState

FOLDER = "training/"


def load_training(say: Say, *, force: bool = False) -> None:
    """Bring the courses up to date with the files, unless nothing has changed since the last time."""
    digest = _digest(settings.DATA / "training")
    if (
        not force
        and LoadedFile.objects.filter(name=FOLDER, sha256=digest).exists()
        and Course.objects.exists()
    ):
        return
    with transaction.atomic():
        courses = read_training(settings.DATA / "training")
        for course in courses.values():
            load_course(course)
        loaded = {"sha256": digest, "loaded_at": timezone.now()}
        LoadedFile.objects.update_or_create(name=FOLDER, defaults=loaded)
        outdate(GENERATION)
    say(f"  {FOLDER}: {len(courses)}")


def load_course(file: CourseFile) -> CourseVersion | None:
    """A new version when the file says something new; None otherwise.

    It is published at once, unless a person has written something since: then it waits as a draft. While a draft
    is open the file waits for it to be published or thrown away.
    """
    course, _ = Course.objects.get_or_create(code=file.code)
    content = write_content(file)
    digest = hash_content(content)
    versions = course.versions.all()
    if (
        course.file_hash == digest
        or versions.filter(state__in=(VersionState.DRAFT, VersionState.REVIEW)).exists()
    ):
        return None
    by_person = course.retired_at is not None or versions.filter(origin=VersionOrigin.PERSON).exists()
    now = timezone.now()
    version = CourseVersion.objects.create(
        course=course, number=(versions.aggregate(last=Max("number"))["last"] or 0) + 1, content=content,
        content_hash=digest, origin=VersionOrigin.FILE, made_at=now, changed_at=now,
    )  # fmt: skip
    course.file_hash = digest
    course.save(update_fields=["file_hash"])
    if (former := versions.filter(state=VersionState.PUBLISHED).first()) is not None:
        copy_sounds(former, version)
        drop_sounds(one for one in version.sounds.all() if is_behind(one, content))
    if not by_person:
        _publish(version)
    return version


def _publish(version: CourseVersion) -> None:
    now = timezone.now()
    for former in version.course.versions.filter(state=VersionState.PUBLISHED):
        move(former, VERSION_MOVES, "supersede", actor=None, at=now)
    version.published_at = now
    version.save(update_fields=["published_at"])
    move(version, VERSION_MOVES, "load", actor=None, at=now)


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
