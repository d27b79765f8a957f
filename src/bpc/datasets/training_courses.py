"""A course of the platform as values: lessons, their words per language; what it lacks to be published."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import Field, FiniteFloat, StrictInt, StringConstraints, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from bpc.datasets.lesson_body import faults_of_body
from bpc.datasets.project_model_fields import Part, refuse_repeated
from bpc.datasets.training_exercises import Exercise, Words
from bpc.datasets.training_quiz import LANGUAGES, Code, Language, Line, QuizQuestion

Stage = Literal["start", "run", "grow"]
Role = Literal["holder", "cooperative", "board", "advisor"]
FEWEST_LESSONS, MOST_LESSONS = 3, 6
FEWEST_QUESTIONS = 3
#: A lack that a lesson answers: where it is seen, and its code there.
Answered = Annotated[
    str, Field(pattern=r"^(plan|diagnosis|law|step|piece|need|criterion):[A-Za-z0-9_]+$", max_length=80)
]
Source = Annotated[
    str, Field(pattern=r"^(own|(model|law|param|funding|step|diagnosis):[a-z0-9_-]+)$", max_length=80)
]
_Label = Annotated[str, Field(min_length=1, max_length=60, pattern=r"\S")]


class DiagramItem(Part):
    """One part of a diagram."""

    label: _Label
    text: str = Field(default="", max_length=160)
    value: FiniteFloat | None = None
    side: Literal["good", "bad"] | None = None
    icon: Annotated[str, Field(pattern=r"^[a-z0-9-]+$", max_length=40)] | None = None


class Diagram(Part):
    """A picture told as data: drawn by the page in either direction, read aloud as a list."""

    kind: Literal["steps", "cycle", "bars", "split", "compare", "months", "roles"]
    title: Annotated[str, Field(min_length=1, max_length=160)]
    unit: str = Field(default="", max_length=20)
    items: tuple[DiagramItem, ...] = Field(min_length=2, max_length=12)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.kind in ("bars", "split", "months") and any(one.value is None for one in self.items):
            raise PydanticCustomError("diagram_values", "each item of this diagram has a value")
        if self.kind == "split" and any((one.value or 0) < 0 for one in self.items):
            raise PydanticCustomError("diagram_parts", "a part of a whole is not negative")
        if self.kind == "compare" and any(one.side is None for one in self.items):
            raise PydanticCustomError("diagram_sides", "each item of this diagram has a side")
        if self.kind == "months" and len(self.items) != 12:
            raise PydanticCustomError("diagram_months", "a year has twelve months")
        return self


class LessonText(Part):
    """A lesson in one language; the body in the small Markdown of `lesson_body`."""

    title: Annotated[str, Field(min_length=1, max_length=120)]
    aim: Line
    diagram: Diagram | None = None
    body: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]

    @model_validator(mode="after")
    def _plain(self) -> Self:
        if faults := list(faults_of_body(self.body)):
            raise PydanticCustomError("lesson_body", "{faults}", {"faults": "; ".join(faults)})
        return self


class Lesson(Part):
    """Ten minutes: an aim, a text, a picture, an exercise on one's own project, a short quiz."""

    code: Code
    minutes: StrictInt = Field(ge=3, le=30)
    answers: tuple[Answered, ...] = Field(default=(), max_length=12)
    sources: tuple[Source, ...] = ()
    texts: Mapping[Language, LessonText] = Field(min_length=1)
    exercise: Exercise | None = None
    questions: tuple[QuizQuestion, ...] = Field(default=(), max_length=12)

    @model_validator(mode="after")
    def _once(self) -> Self:
        refuse_repeated("question", [one.code for one in self.questions])
        return self

    def question(self, code: str) -> QuizQuestion | None:
        """The question of this code."""
        return next((one for one in self.questions if one.code == code), None)


class Course(Part):
    """A course. `outcome`: what one leaves with. What is not yet translated lacks the language: see `unready`."""

    code: Code
    icon: Annotated[str, Field(pattern=r"^[a-z0-9-]+$", max_length=40)]
    stage: Stage
    rank: StrictInt = Field(
        default=99, ge=1, le=99
    )  # among the courses of its stage, in the order one learns
    roles: tuple[Role, ...] = Field(min_length=1)
    name: Words
    about: Words
    outcome: Words
    updated: date | None = None
    lessons: tuple[Lesson, ...] = Field(default=(), max_length=12)

    @model_validator(mode="after")
    def _once(self) -> Self:
        refuse_repeated("lesson", [one.code for one in self.lessons])
        return self

    def lesson(self, code: str) -> Lesson | None:
        """The lesson of this code."""
        return next((one for one in self.lessons if one.code == code), None)

    @property
    def minutes(self) -> int:
        """Of all lessons."""
        return sum(one.minutes for one in self.lessons)


class InvalidCourse(ValueError):
    """A course that is not one; `problems`: pairs of a path and what is wrong there."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{where}: {what}" for where, what in problems))


def parse_course(content: object) -> Course:
    """The course this content describes. Raises `InvalidCourse` with every problem."""
    try:
        return Course.model_validate(content)
    except ValidationError as error:
        problems = [(".".join(map(str, one["loc"])), one["msg"]) for one in error.errors()]
        raise InvalidCourse(problems) from None


class Unready(NamedTuple):
    """One thing missing before a course is published: `code` for the words, where, and in which language."""

    code: str
    lesson: str = ""
    language: str = ""
    item: str = ""


def unready(course: Course) -> Iterator[Unready]:
    """What keeps a course from being published: lessons, languages, exercises, questions, explanations.

    >>> words = {"fr": "Les prix", "ar": "الأثمان"}
    >>> made = {"code": "a", "icon": "souk", "stage": "run", "roles": ["holder"]}
    >>> list(unready(parse_course({**made, "name": words, "about": words, "outcome": words})))
    [Unready(code='few_lessons', lesson='', language='', item='')]
    """
    for language in LANGUAGES:
        if any(language not in words for words in (course.name, course.about, course.outcome)):
            yield Unready("course_words", language=language)
    if not FEWEST_LESSONS <= len(course.lessons) <= MOST_LESSONS:
        yield Unready("few_lessons" if len(course.lessons) < FEWEST_LESSONS else "many_lessons")
    for lesson in course.lessons:
        yield from _unready_lesson(lesson)


def _unready_lesson(lesson: Lesson) -> Iterator[Unready]:
    if lesson.exercise is None:
        yield Unready("no_exercise", lesson.code)
    if len(lesson.questions) < FEWEST_QUESTIONS:
        yield Unready("few_questions", lesson.code)
    for language in LANGUAGES:
        text = lesson.texts.get(language)
        if text is None:
            yield Unready("no_text", lesson.code, language)
        elif text.diagram is None:
            yield Unready("no_diagram", lesson.code, language)
        if lesson.exercise is not None and not _is_said(lesson.exercise, language):
            yield Unready("exercise_words", lesson.code, language)
        for question in lesson.questions:
            if language not in question.words:
                yield Unready("question_words", lesson.code, language, question.code)
            elif question.unexplained(language):
                yield Unready("unexplained", lesson.code, language, question.code)


def _is_said(exercise: Exercise, language: str) -> bool:
    said = [exercise.aim, *(one.say for one in exercise.results), *(one.say for one in exercise.verdicts)]
    for field in exercise.fields:
        said += [field.ask, *(one.words for one in field.options), *([field.hint] if field.hint else [])]
    return all(language in words for words in said)
