"""A course in the parts that one page edits, as values: what each says, and the course with another in its place.

What comes out is judged as a whole by `editing.save_part`.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bpc.portal.training.contents import Content

Kind = Literal["course", "facts", "text", "diagram", "exercise", "question", "questions"]
COURSE_FIELDS = ("name", "about", "outcome", "icon", "stage", "roles")
FACTS = ("minutes", "answers", "sources")
TEXT_FIELDS = ("title", "aim", "body")


class GonePart(KeyError):
    """The lesson was taken out of the course meanwhile."""


@dataclass(frozen=True)
class Part:
    """What one page edits. `item`: the language of a text, the code of a question."""

    kind: Kind
    lesson: str = ""
    item: str = ""

    @property
    def name(self) -> str:
        """For the trail."""
        return "/".join(one for one in (self.lesson, self.kind, self.item) if one)


def lesson_in(content: Mapping[str, Any], code: str) -> dict[str, Any]:
    """The lesson of this code. Raises `GonePart`."""
    for lesson in content.get("lessons", ()):
        if lesson["code"] == code:
            found: dict[str, Any] = lesson
            return found
    raise GonePart(code)


def read_part(content: Mapping[str, Any], part: Part) -> Any:
    """What the part says; None where it says nothing yet. Raises `GonePart`."""
    if part.kind == "course":
        return {name: content[name] for name in COURSE_FIELDS if name in content}
    lesson = lesson_in(content, part.lesson)
    texts = lesson.get("texts", {})
    match part.kind:
        case "facts":
            return {name: lesson[name] for name in FACTS if name in lesson}
        case "text":
            text = texts.get(part.item)
            return text and {name: text[name] for name in TEXT_FIELDS}
        case "diagram":
            return {language: text.get("diagram") for language, text in texts.items()}
        case "question":
            return next((one for one in lesson.get("questions", ()) if one["code"] == part.item), None)
    return lesson.get(part.kind)


def write_part(content: Mapping[str, Any], part: Part, value: Any) -> Content:
    """The course where the part says `value` (None: nothing any more). Raises `GonePart`."""
    if part.kind == "course":
        return {**content, **value}
    lesson = lesson_in(content, part.lesson)
    return _with_lesson(content, {**lesson, **_written(lesson, part, value)})


def _written(lesson: Mapping[str, Any], part: Part, value: Any) -> dict[str, Any]:
    texts = lesson.get("texts", {})
    match part.kind:
        case "facts":
            return dict(value)
        case "text":
            return {"texts": {**texts, part.item: {**texts.get(part.item, {}), **value}}}
        case "diagram":
            return {"texts": {name: {**text, "diagram": value.get(name)} for name, text in texts.items()}}
        case "question":
            return {"questions": _with_question(list(lesson.get("questions", ())), part.item, value)}
    return {part.kind: value}


def _with_question(questions: list[Any], code: str, value: Any) -> list[Any]:
    known = [one["code"] for one in questions]
    if code not in known:
        return questions if value is None else [*questions, value]
    rank = known.index(code)
    return [*questions[:rank], *([] if value is None else [value]), *questions[rank + 1 :]]


def _with_lesson(content: Mapping[str, Any], lesson: Mapping[str, Any]) -> Content:
    lessons = [lesson if one["code"] == lesson["code"] else one for one in content["lessons"]]
    return {**content, "lessons": lessons}


def with_new_lesson(content: Mapping[str, Any], lesson: Mapping[str, Any]) -> Content:
    """The course with a lesson more, at the end."""
    return {**content, "lessons": [*content.get("lessons", ()), lesson]}


def without_lesson(content: Mapping[str, Any], code: str) -> Content:
    """The course with a lesson less. Raises `GonePart`."""
    lesson_in(content, code)
    return {**content, "lessons": [one for one in content["lessons"] if one["code"] != code]}


def with_lesson_moved(content: Mapping[str, Any], code: str, *, up: bool) -> Content:
    """The course with a lesson one place earlier or later; as it is at the ends. Raises `GonePart`."""
    lesson_in(content, code)
    return {**content, "lessons": moved(content["lessons"], code, up=up)}


def moved(items: list[Any], code: str, *, up: bool) -> list[Any]:
    """The items with that of this code one place earlier or later; as they are at the ends.

    >>> [one["code"] for one in moved([{"code": "a"}, {"code": "b"}], "b", up=True)]
    ['b', 'a']
    """
    items = list(items)
    at = next((rank for rank, one in enumerate(items) if one["code"] == code), None)
    to = None if at is None else at + (-1 if up else 1)
    if at is not None and to is not None and 0 <= to < len(items):
        items[at], items[to] = items[to], items[at]
    return items


def hash_part(value: Any) -> str:
    """What a page keeps of the part it was opened with, to know that somebody else changed it."""
    canonical = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
