"""Writes a course as the files of `data/training/<code>/`; reading them back gives the same course."""

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from bpc.core.learning.gift_writing import write_gift
from bpc.core.learning.questions import Question
from bpc.datasets.training import COURSE_FILE
from bpc.datasets.training_courses import Course, Lesson

_WIDTH = 110


def write_course(course: Course) -> dict[str, bytes]:
    """The files by their names: `course.yaml`, and for each lesson and language what is written in it."""
    files = {COURSE_FILE: _yaml(_written(course)).encode()}
    for lesson in course.lessons:
        for language, text in lesson.texts.items():
            front = _plain(text, without=("body",))
            files[f"{lesson.code}.{language}.md"] = f"---\n{_yaml(front)}---\n{text.body.strip()}\n".encode()
        for language in _languages(lesson):
            files[f"{lesson.code}.{language}.gift"] = write_gift(questions_in(lesson, language)).encode()
    return files


def questions_in(lesson: Lesson, language: str) -> list[Question]:
    """Its questions written in this language, in order."""
    return [one.in_language(language) for one in lesson.questions if language in one.words]


def moodle_gift(course: Course, language: str) -> str:
    """Every question of a course in one language, each lesson a category of Moodle's question bank."""
    parts = []
    for lesson in course.lessons:
        if questions := questions_in(lesson, language):
            parts.append(f"$CATEGORY: {course.code}/{lesson.code}\n\n{write_gift(questions)}")
    return "\n".join(parts)


def _languages(lesson: Lesson) -> list[str]:
    return sorted({language for question in lesson.questions for language in question.words})


def _written(course: Course) -> dict[str, Any]:
    lessons = [
        {**_plain(lesson, without=("texts", "questions", "exercise")), **_exercise(lesson)}
        for lesson in course.lessons
    ]
    return {**_plain(course, without=("lessons",)), "lessons": lessons}


def _exercise(lesson: Lesson) -> dict[str, Any]:
    """As the files have it: a fact is called `from`, the words of an option stand beside its code."""
    if lesson.exercise is None:
        return {}
    exercise = _plain(lesson.exercise)
    return {"exercise": {**exercise, "fields": [dict(_field(one)) for one in exercise["fields"]]}}


def _field(field: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in field.items():
        if key == "options":
            yield key, [{"code": one["code"], **one["words"]} for one in value]
        else:
            yield ("from" if key == "known" else key), value


def _plain(part: Any, without: tuple[str, ...] = ()) -> dict[str, Any]:
    dumped: dict[str, Any] = part.model_dump(
        mode="json", exclude_none=True, exclude_defaults=True, exclude=set(without)
    )
    return dumped


class _Dumper(yaml.SafeDumper):
    """Writes a value that comes twice twice: what reads these files refuses aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _yaml(values: Mapping[str, Any]) -> str:
    return yaml.dump(values, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH)
