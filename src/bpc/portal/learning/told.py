"""What a page or a device says was done, until it is parsed: hostile until each part is known."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from math import isfinite
from typing import Any
from uuid import UUID

from bpc.core.learning.progress import Did
from bpc.core.learning.questions import UnfitAnswer, mark
from bpc.core.text.folding import fold
from bpc.datasets.training_courses import Course, Lesson
from bpc.datasets.training_exercises import Exercise, ExerciseField

MOST_AT_ONCE = 500
LONGEST_TEXT = 2000
_LARGEST = 1e12
#: Before the site existed: a device whose clock was reset says nothing of when.
_EARLIEST = datetime(2025, 1, 1, tzinfo=UTC)


class Unfit(ValueError):
    """An event that cannot be kept; the message is the code of the reason."""


@dataclass(frozen=True, slots=True)
class Noted:
    """An event that was understood."""

    key: UUID
    at: datetime
    did: Did
    lesson: str
    question: str = ""
    answer: Any = None
    version: int = 0


def parse_event(
    written: object, course: Course, *, now: datetime, version: int = 0, late: timedelta = timedelta()
) -> Noted:
    """The event that a device wrote as JSON, when it held this `version` of the course.

    `late`: by how much its clock is behind. A moment after `now`, or that no clock can have shown, becomes `now`.
    Raises `Unfit`: "event", "key", "did", "lesson" (not of this version), "question", "answer".
    """
    if not isinstance(written, Mapping):
        raise Unfit("event")
    try:
        key = UUID(str(written.get("key")))
    except ValueError:
        raise Unfit("key") from None
    try:
        did = Did(str(written.get("did")))
    except ValueError:
        raise Unfit("did") from None
    lesson = course.lesson(str(written.get("lesson")))
    if lesson is None:
        raise Unfit("lesson")
    question, answer = _said(did, lesson, written)
    at = parse_moment(written.get("at"))
    try:
        at = at + late if at is not None else now
    except OverflowError:
        at = now
    return Noted(key, at if _EARLIEST <= at <= now else now, did, lesson.code, question, answer, version)


def parse_moment(written: object) -> datetime | None:
    """The moment a device wrote, in UTC; None for what is none."""
    try:
        at = datetime.fromisoformat(str(written))
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _said(did: Did, lesson: Lesson, written: Mapping[str, Any]) -> tuple[str, Any]:
    if did is Did.ANSWERED:
        asked = lesson.question(str(written.get("question")))
        if asked is None:
            raise Unfit("question")
        answer = _unpacked(written.get("answer"))
        try:
            mark(asked.in_language(next(iter(asked.words))), answer, fold=fold)
        except (UnfitAnswer, OverflowError):
            raise Unfit("answer") from None
        if isinstance(answer, str) and len(answer) > LONGEST_TEXT:
            raise Unfit("answer")
        return asked.code, answer
    if did is Did.WROTE:
        if lesson.exercise is None or not isinstance(written.get("answer"), Mapping):
            raise Unfit("answer")
        return "", fit_fields(lesson.exercise, written["answer"])
    return "", None


def _unpacked(answer: Any) -> Any:
    """Pairs come from JSON with their ranks as text. A number that no base can keep in JSON is none."""
    if isinstance(answer, float) and not isfinite(answer):
        raise Unfit("answer")
    if isinstance(answer, Mapping):
        try:
            return {int(left): right for left, right in answer.items()}
        except (TypeError, ValueError):
            raise Unfit("answer") from None
    return answer


def fit_fields(exercise: Exercise, written: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an exercise that were written, each of its kind; None for one left empty. Raises `Unfit`."""
    known = {field.code: field for field in exercise.fields}
    if unknown := written.keys() - known.keys():
        raise Unfit(f"field {min(map(str, unknown))[:40]}")
    return {code: _fit(known[code], value) for code, value in written.items()}


def _fit(field: ExerciseField, value: Any) -> Any:
    if value is None or value == "":
        return None
    if field.kind in ("amount", "number", "percent"):
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= _LARGEST:
            raise Unfit("answer")
        return float(value)
    if field.kind == "yes_no":
        if not isinstance(value, bool):
            raise Unfit("answer")
        return value
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise Unfit("answer")
    if field.kind == "choice" and value not in {one.code for one in field.options}:
        raise Unfit("answer")
    if field.kind == "date":
        try:
            date.fromisoformat(value)
        except ValueError:
            raise Unfit("answer") from None
    return value
