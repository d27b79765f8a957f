"""What is written in a draft, part by part: two people on two parts never meet, on the same one they are told."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from bpc.core.learning.gift import read_gift
from bpc.core.learning.gift_writing import write_gift
from bpc.datasets.training_courses import parse_course
from bpc.datasets.training_quiz import LANGUAGES, QuizQuestion, merge_quizzes
from bpc.portal.foundation.addresses import slug_of
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.versions import StaleDraft, locked_in
from bpc.portal.training.contents import Content, hash_content, write_content
from bpc.portal.training.models import CourseVersion
from bpc.portal.training.parts import (
    Part,
    hash_part,
    read_part,
    with_lesson_moved,
    with_new_lesson,
    without_lesson,
    write_part,
)
from bpc.portal.training.sounds import drop_sounds
from bpc.portal.training.states import WRITE, VersionOrigin, VersionState

#: Pages that stand where a lesson would, of the desk and of the course.
_RESERVED = frozenset({"nouvelle", "commencer", "retirer", "monter", "descendre"})


class Unwritable(ValueError):
    """A question that the GIFT format could not give back as it is: `code` says why, as `gift.py` names it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def save_part(
    *, draft: CourseVersion, part: Part, value: Any, base: str, actor: Any, at: Any
) -> CourseVersion:
    """Replace what one part of a draft says, whole or not at all.

    `base` is the `hash_part` of what it said when it was opened. Raises InvalidCourse with the path of every
    problem, StaleDraft when somebody else changed this part since, GonePart when its lesson is no more, IllegalMove
    when it is no draft any more.
    """
    check(actor, WRITE, draft)
    row = locked_in(draft, VersionState.DRAFT)
    stored = read_part(row.content, part)
    if hash_part(stored) != base and stored != value:
        raise StaleDraft(row)
    return keep(row, write_part(row.content, part, value), said=part.name, actor=actor, at=at)


@transaction.atomic
def add_lesson(
    *, draft: CourseVersion, language: str, text: Mapping[str, Any], minutes: int, actor: Any, at: Any
) -> str:
    """A lesson more at the end, written in one language first; its code, made from its title.

    Raises InvalidCourse, IllegalMove.
    """
    check(actor, WRITE, draft)
    row = locked_in(draft, VersionState.DRAFT)
    taken = {*_RESERVED, *(one["code"] for one in row.content.get("lessons", ()))}
    code = slug_of(str(text["title"]), taken, "lecon")
    lesson = {"code": code, "minutes": minutes, "texts": {language: dict(text)}}
    keep(row, with_new_lesson(row.content, lesson), said=f"{code}/added", actor=actor, at=at)
    return code


@transaction.atomic
def move_lesson(*, draft: CourseVersion, lesson: str, up: bool, actor: Any, at: Any) -> CourseVersion:
    """One place earlier or later. Raises GonePart, IllegalMove."""
    check(actor, WRITE, draft)
    row = locked_in(draft, VersionState.DRAFT)
    content = with_lesson_moved(row.content, lesson, up=up)
    return keep(row, content, said=f"{lesson}/moved", actor=actor, at=at)


@transaction.atomic
def remove_lesson(*, draft: CourseVersion, lesson: str, actor: Any, at: Any) -> CourseVersion:
    """Take a lesson out, with its recordings; the trail keeps what it said. Raises GonePart, IllegalMove."""
    check(actor, WRITE, draft)
    row = locked_in(draft, VersionState.DRAFT)
    gone = read_part(row.content, Part("text", lesson, "fr")) or read_part(
        row.content, Part("text", lesson, "ar")
    )
    drop_sounds(row.sounds.filter(lesson=lesson))
    content = without_lesson(row.content, lesson)
    title = (gone or {}).get("title", "")
    return keep(row, content, said=f"{lesson}/removed", actor=actor, at=at, title=title)


def keep(
    row: CourseVersion, content: Content, *, said: str, actor: Any, at: Any, **data: Any
) -> CourseVersion:
    """Store what a locked draft now says, as a person's words; nothing when it says the same. Raises InvalidCourse."""
    written = write_content(parse_course({**content, "code": row.content["code"], "updated": at.date()}))
    digest = hash_content(written)
    if digest == row.content_hash:
        return row
    row.content, row.content_hash = written, digest
    row.origin = VersionOrigin.PERSON
    row.revision, row.changed_at = row.revision + 1, at
    row.save(update_fields=["content", "content_hash", "origin", "revision", "changed_at"])
    row.writers.add(actor)
    record(actor=actor, verb="edit course", obj=row, at=at, data={"part": said, **data})
    return row


def kept_question(question: QuizQuestion) -> QuizQuestion:
    """The question as it comes back from the files, so that it can always go out. Raises `Unwritable`.

    >>> from bpc.core.learning.questions import Kind, Option, Question
    >>> asked = Question("a", Kind.ONE, "Oui ?", (Option("oui", 1.0), Option("non  peut-être")))
    >>> kept_question(merge_quizzes({"fr": [asked]})[0]).options[1].words["fr"].text
    'non peut-être'
    """
    read = {}
    for language in question.words:
        file = read_gift(write_gift([question.in_language(language)]))
        if file.problems or len(file.questions) != 1:
            raise Unwritable(file.problems[0].code if file.problems else "two_answers")
        if file.questions[0].kind != question.kind or file.questions[0].code != question.code:
            raise Unwritable("other_kind")
        if len(file.questions[0].options) != len(question.options):
            raise Unwritable("other_options")
        read[language] = file.questions
    return merge_quizzes({language: read[language] for language in sorted(read, key=_order)})[0]


def _order(language: str) -> int:
    return LANGUAGES.index(language) if language in LANGUAGES else len(LANGUAGES)
