"""What is done to courses as wholes: begin, draft, throw away, submit, send back, publish, retire, take up again."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from bpc.datasets.training_courses import Course as Written
from bpc.datasets.training_courses import parse_course
from bpc.portal.foundation.addresses import slug_of
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import IllegalMove, move
from bpc.portal.foundation.versions import (
    DraftOpen,
    NothingNew,
    last_in,
    lock,
    locked_in,
    take_the_place,
    to_publish,
)
from bpc.portal.training.catalogue import GENERATION
from bpc.portal.training.contents import Content, hash_content, write_content
from bpc.portal.training.models import Course, CourseVersion
from bpc.portal.training.notices import tell_reviewers, tell_writers
from bpc.portal.training.readiness import refuse_unready
from bpc.portal.training.sounds import copy_sounds, drop_sounds
from bpc.portal.training.states import DISCARD, REVIEW, VERSION_MOVES, WRITE, VersionOrigin, VersionState

OPEN = (VersionState.DRAFT, VersionState.REVIEW)
#: Pages of the desk that no course may have the address of.
_RESERVED = frozenset({"nouveau", "importer"})


@transaction.atomic
def start_course(*, words: Mapping[str, Any], actor: Any, at: Any) -> CourseVersion:
    """A course of its own, as a draft without a lesson; its code is made from its name. Raises InvalidCourse.

    `words`: name, about and outcome by language, icon, stage, roles.
    """
    check(actor, WRITE)
    name = words["name"].get("fr") or next(iter(words["name"].values()), "")
    code = slug_of(name, {*_RESERVED, *Course.objects.values_list("code", flat=True)}, "cours")
    written = write_content(parse_course({**words, "code": code, "updated": at.date()}))
    return _drafted(Course.objects.create(code=code, created_at=at), written, actor, at, came="site")


@transaction.atomic
def import_course(*, course: Written, actor: Any, at: Any) -> CourseVersion:
    """A course given as files, as a draft: a new course, or the next version of the one of this code.

    Raises `DraftOpen`: what somebody writes is not overwritten.
    """
    check(actor, WRITE)
    row, made = Course.objects.get_or_create(code=course.code, defaults={"created_at": at})
    if not made:
        lock(row)
        _refuse_open(row)
    content = write_content(course.model_copy(update={"updated": at.date()}))
    return _drafted(row, content, actor, at, came="files")


@transaction.atomic
def start_draft(*, course: Course, actor: Any, at: Any) -> CourseVersion:
    """The open version of the course, or a new draft that begins as the one everybody reads (or last read)."""
    check(actor, WRITE, course)
    lock(course)
    if (opened := course.versions.filter(state__in=OPEN).first()) is not None:
        return opened
    shown = course.versions.filter(state__in=(VersionState.PUBLISHED, VersionState.RETIRED))
    return _copied(shown.order_by("-number")[0], actor, at)


@transaction.atomic
def take_up_version(*, version: CourseVersion, actor: Any, at: Any) -> CourseVersion:
    """A new draft that says what a former version said, with its recordings. Raises `DraftOpen`."""
    check(actor, WRITE, version)
    lock(version.course)
    _refuse_open(version.course)
    return _copied(version, actor, at)


@transaction.atomic
def discard_draft(*, draft: CourseVersion, actor: Any, at: Any) -> None:
    """Throw a draft away; a course that was never published goes with its only draft. Raises IllegalMove."""
    check(actor, DISCARD, draft)
    row = locked_in(draft, VersionState.DRAFT)
    course = row.course
    record(actor=actor, verb="discard course draft", obj=row, at=at, data={"course": course.code})
    drop_sounds(row.sounds.all())
    row.delete()
    if not course.versions.exists():
        course.delete()


@transaction.atomic
def submit(*, draft: CourseVersion, actor: Any, at: Any) -> CourseVersion:
    """Give the draft to be read by somebody else. Raises `NotReady` with all that it lacks, NothingNew, IllegalMove."""
    check(actor, WRITE, draft)
    row = locked_in(draft, VersionState.DRAFT)
    refuse_unready(row)
    _refuse_same(row, _published(row.course))
    row.submitted_at = at
    row.save(update_fields=["submitted_at"])
    move(row, VERSION_MOVES, "submit", actor=actor, at=at)
    tell_reviewers(row, actor=actor, at=at)
    return row


@transaction.atomic
def take_back(*, version: CourseVersion, actor: Any, at: Any) -> CourseVersion:
    """Back from review to go on writing. Raises IllegalMove."""
    row = locked_in(version, VersionState.REVIEW)
    move(row, VERSION_MOVES, "take back", actor=actor, at=at)
    return row


@transaction.atomic
def send_back(*, version: CourseVersion, reason: str, actor: Any, at: Any) -> CourseVersion:
    """Back to those who wrote it, with the reason. Raises ReasonMissing, PermissionDenied to them, IllegalMove."""
    row = locked_in(version, VersionState.REVIEW)
    move(row, VERSION_MOVES, "send back", actor=actor, at=at, reason=reason.strip())
    row.note = reason.strip()[:500]
    row.save(update_fields=["note"])
    tell_writers(row, "training.sent_back", reason=row.note, at=at)
    return row


@transaction.atomic
def publish(*, version: CourseVersion, revision: int, note: str, actor: Any, at: Any) -> CourseVersion:
    """Make a version read the one everybody learns from; the former one is kept. Never by one of its writers.

    Raises ReasonMissing without a note, StaleDraft when it is not what was read, `NotReady`, NothingNew,
    PermissionDenied, IllegalMove for a retired course.
    """
    check(actor, REVIEW, version)
    row = locked_in(version, VersionState.REVIEW)
    to_publish(row, revision=revision, note=note)
    lock(row.course)
    if row.course.retired_at is not None:
        raise IllegalMove("publish: the course is retired")
    refuse_unready(row)
    former = _published(row.course)
    _refuse_same(row, former)
    take_the_place(row, former, VERSION_MOVES, note=note, actor=actor, at=at)
    tell_writers(row, "training.published", at=at)
    outdate(GENERATION)
    return row


@transaction.atomic
def retire(*, course: Course, reason: str, actor: Any, at: Any) -> None:
    """Take the course off the site; what people learned stays theirs. Raises ReasonMissing, IllegalMove."""
    lock(course)
    row = last_in(course, VersionState.PUBLISHED, "retire")
    move(row, VERSION_MOVES, "retire", actor=actor, at=at, reason=reason.strip())
    _set_retired(course, at)


@transaction.atomic
def bring_back(*, course: Course, actor: Any, at: Any) -> None:
    """Put a retired course back on the site, as it was. Raises IllegalMove when it is not retired."""
    lock(course)
    row = last_in(course, VersionState.RETIRED, "bring back")
    move(row, VERSION_MOVES, "bring back", actor=actor, at=at)
    _set_retired(course, None)


def _copied(source: CourseVersion, actor: Any, at: Any) -> CourseVersion:
    content = {**source.content, "updated": at.date().isoformat()}
    draft = _drafted(source.course, content, actor, at, came=f"version {source.number}")
    copy_sounds(source, draft)
    return draft


def _drafted(course: Course, content: Content, actor: Any, at: Any, *, came: str) -> CourseVersion:
    last = course.versions.aggregate(last=Max("number"))["last"] or 0
    draft = CourseVersion.objects.create(
        course=course, number=last + 1, content=content, content_hash=hash_content(content),
        origin=VersionOrigin.PERSON, made_by=actor, made_at=at, changed_at=at,
    )  # fmt: skip
    record(actor=actor, verb="draft course", obj=draft, at=at, data={"course": course.code, "from": came})
    return draft


def _refuse_open(course: Course) -> None:
    if course.versions.filter(state__in=OPEN).exists():
        raise DraftOpen(course.code)


def _published(course: Course) -> CourseVersion | None:
    return course.versions.filter(state=VersionState.PUBLISHED).first()


def _refuse_same(row: CourseVersion, former: CourseVersion | None) -> None:
    """Raises NothingNew where neither the words nor the recordings differ."""
    if former is None or former.content_hash != row.content_hash:
        return
    heard, before = (
        {(one.lesson, one.language): one.sha256 for one in side.sounds.all()} for side in (row, former)
    )
    if heard == before:
        raise NothingNew(str(row))


def _set_retired(course: Course, at: Any) -> None:
    course.retired_at = at
    course.save(update_fields=["retired_at"])
    outdate(GENERATION)
