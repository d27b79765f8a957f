"""What the page of a course taken on a telephone shows, and what its scripts need to mark and to reckon."""

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from bpc.core.learning.formulas import parse
from bpc.core.learning.questions import Option, Question
from bpc.datasets.training_courses import Course, Lesson
from bpc.datasets.training_exercises import Exercise
from bpc.portal.journeys.exercise_facts import Known, facts_of
from bpc.portal.projects.models import Project
from bpc.portal.training.catalogue import Published
from bpc.portal.training.rendering import render_body, spaced
from bpc.portal.web.training.exercise_form import ExerciseForm
from bpc.portal.web.training.lesson_page import diagram_of, lesson_address
from bpc.portal.web.training.offline_pack import digest, most_bytes, shared_files
from bpc.portal.web.training.offline_words import script_words, written_size
from bpc.portal.web.training.quiz_form import QuizForm, solution
from bpc.portal.web.training.sounds import CourseSounds, sounds_in_pack
from bpc.portal.web.training.words import language_of, quiz_language, said, text_of

_LANGUAGES = {"fr": "Français", "ar": "العربية"}


def course_context(entry: Published, person: Any, project: Project | None) -> dict[str, Any]:
    """The whole course in the language of the page; the exercises filled with what is known of the project."""
    course = entry.course
    wanted = {
        field.known for lesson in course.lessons if lesson.exercise for field in lesson.exercise.fields
        if field.known is not None
    }  # fmt: skip
    known = facts_of(project, person, wanted) if project is not None and wanted else {}
    here = get_language() or "fr"
    sounds = sounds_in_pack(entry, [here, *(one for one in _LANGUAGES if one != here)])
    return {
        "entry": entry, "course": course, "name": said(course.name), "language": language_of(course),
        "lessons": [
            _lesson(course, rank, known) | {"sound": sounds.of_lesson(here, one.code)}
            for rank, one in enumerate(course.lessons)
        ],
        "pack": _pack(entry, project, sounds), "told": _told(entry), "words": script_words(),
        "has_sounds": any(sounds.packed(one) for one in _LANGUAGES),
        "unheard": [{"code": one, "name": _LANGUAGES[one]} for one in sounds.left_out()],
        "most": written_size(most_bytes(len(course.lessons))),
    }  # fmt: skip


def _lesson(course: Course, rank: int, known: dict[str, Known]) -> dict[str, Any]:
    lesson = course.lessons[rank]
    text = text_of(lesson)
    exercise = lesson.exercise
    form = exercise and ExerciseForm(exercise=exercise, kept={}, known=known, prefix=f"x-{lesson.code}")
    quiz = QuizForm(questions=lesson.questions, answers={}, prefix=lesson.code)
    codes = [one.code for one in course.lessons]
    return {
        "code": lesson.code, "rank": rank + 1, "minutes": lesson.minutes, "title": spaced(text.title),
        "aim": spaced(text.aim), "text_language": quiz_language(lesson.texts), "diagram": diagram_of(lesson),
        "body": render_body(text.body, lambda code, other: _address(course, code, other)),
        "exercise_aim": said(exercise.aim) if exercise else "",
        "fields": list(form.rows()) if form else [], "rows": list(quiz.rows(marked=False)),
        "previous": codes[rank - 1] if rank else "", "following": codes[rank + 1] if rank + 1 < len(codes) else "",
    }  # fmt: skip


def _address(course: Course, code: str, lesson: str) -> str:
    """Of the same course: on this page. Of another: on the site, when there is network."""
    if code == course.code and course.lesson(lesson) is not None:
        return f"#lecon-{lesson}"
    return lesson_address(code, lesson)


def _pack(entry: Published, project: Project | None, sounds: CourseSounds) -> dict[str, Any]:
    """What its script takes onto the device; sizes in bytes."""
    here = get_language() or "fr"
    others = [
        {"language": code, "name": name, **_place(entry, code, project, sounds)}
        for code, name in _LANGUAGES.items()
        if code != here
    ]
    return {
        "course": entry.code, "version": entry.version, "digest": digest(), "language": here,
        **_place(entry, here, project, sounds), "others": others,
        "files": [one.told() for one in shared_files()],
    }  # fmt: skip


def _place(entry: Published, language: str, project: Project | None, sounds: CourseSounds) -> dict[str, Any]:
    """In one language: the page as it is kept and as it is asked for, the list of courses, the worker, the sounds."""
    with override(language):
        page = reverse("web:course_offline", args=[entry.code])
        return {
            "page": page, "source": f"{page}?projet={project.reference}" if project else page,
            "list": reverse("web:courses_offline"), "worker": reverse("web:courses_worker"),
            "sounds": [one.told() for one in sounds.packed(language)],
        }  # fmt: skip


def _told(entry: Published) -> list[dict[str, Any]]:
    """Of each lesson: what its questions are worth and what its exercise reckons."""
    return [_lesson_told(lesson) for lesson in entry.course.lessons]


def _lesson_told(lesson: Lesson) -> dict[str, Any]:
    questions = [one.in_language(quiz_language(one.words)) for one in lesson.questions]
    return {
        "code": lesson.code, "title": spaced(text_of(lesson).title),
        "questions": [question_told(one) for one in questions],
        "exercise": exercise_told(lesson.exercise) if lesson.exercise else None,
    }  # fmt: skip


def question_told(question: Question) -> dict[str, Any]:
    """A question as `course-marks.js` marks it."""
    return {
        "code": question.code, "kind": str(question.kind), "feedback": spaced(question.feedback),
        "options": [_option_told(one) for one in question.options], "solution": solution(question),
    }  # fmt: skip


def _option_told(option: Option) -> dict[str, Any]:
    return {
        "text": spaced(option.text), "match": spaced(option.match), "fraction": option.fraction,
        "feedback": spaced(option.feedback), "number": option.number, "tolerance": option.tolerance,
    }  # fmt: skip


def exercise_told(exercise: Exercise) -> dict[str, Any]:
    """An exercise as `course-formulas.js` reckons it: formulas as trees."""
    return {
        "fields": [{"code": one.code, "kind": one.kind} for one in exercise.fields],
        "results": [
            {"code": one.code, "kind": one.kind, "say": said(one.say), "tree": parse(one.formula)}
            for one in exercise.results
        ],
        "verdicts": [{"say": said(one.say), "tree": parse(one.when)} for one in exercise.verdicts],
    }


def list_context(known: Any) -> dict[str, Any]:
    """The courses that can be taken, by the order one learns."""
    rows = [
        {
            "code": one.code, "icon": one.course.icon, "name": said(one.course.name), "version": one.version,
            "language": language_of(one.course), "lessons": len(one.course.lessons), "minutes": one.course.minutes,
        }
        for one in known.values()
    ]  # fmt: skip
    return {"rows": rows, "words": script_words(), "title": _("Cours sur ce téléphone")}
