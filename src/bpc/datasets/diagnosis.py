"""Reads diagnosis.yaml: the questions of the self-diagnosis, their answers from weak to strong, what would help."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, StrictInt, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from bpc.core.matching.vocabulary import FIELDS
from bpc.datasets.courses import read_courses
from bpc.datasets.funding_source_parts import Text
from bpc.datasets.paths import DATA
from bpc.datasets.project_model_fields import Id, Part, refuse_repeated
from bpc.datasets.yaml_files import read_yaml

FILE = "diagnosis.yaml"
FAMILIES = ("idea", "founders", "market", "money", "management", "law")
FEWEST_QUESTIONS, MOST_QUESTIONS = 18, 24

#: What the site may know of a project: people named, offices given, a plan, a plan with its purchases, registered.
Fact = Literal["founders", "offices", "plan", "costed", "registered"]
#: Pages of a project that an answer leads to.
Page = Literal["people", "plan", "funding"]
_Icon = Annotated[str, Field(pattern=r"^[a-z0-9-]+$", max_length=40)]


class InvalidDiagnosis(ValueError):
    """A file that holds no questionnaire; the words say every problem."""


class Option(Text):
    """One answer, a sentence."""

    id: Id


class KnownBy(Part):
    """The fact that answers, and answer by answer the value from which it holds; None: it never says so."""

    fact: Fact
    from_: tuple[StrictInt | None, ...] = Field(alias="from")


class Help(Part):
    """What would help, as an order given to the group, and the reason."""

    say: Text
    because: Text


class Helps(Part):
    """What the question feeds: a step of a path, a course, a need of the funding profile, a page of the project."""

    step: Id | None = None
    course: Id | None = None
    need: Id | None = None
    page: Page | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not any((self.step, self.course, self.need, self.page)):
            raise PydanticCustomError("feeds_nothing", "a question feeds something")
        if self.need is not None and self.need not in FIELDS:
            raise PydanticCustomError("unknown_need", "{need} is no field of a profile", {"need": self.need})
        return self


class Question(Part):
    """A question; `weight` 1 to 3: how much it matters to its family."""

    id: Id
    icon: _Icon
    weight: StrictInt = Field(ge=1, le=3)
    ask: Text
    why: Text
    article: Text | None = None
    known_by: KnownBy | None = None
    answers: tuple[Option, ...] = Field(min_length=3, max_length=4)
    help: Help
    helps: Helps

    @model_validator(mode="after")
    def _answers(self) -> Self:
        refuse_repeated("answer", [one.id for one in self.answers])
        if self.known_by is not None:
            limits = [value for value in self.known_by.from_ if value is not None]
            if len(self.known_by.from_) != len(self.answers) or not limits or limits != sorted(set(limits)):
                raise PydanticCustomError("known_by", "from: a value for each answer, rising")
        return self

    def rank_of(self, answer: str) -> int | None:
        """The place of an answer among the others, from 0; None for one that is not there."""
        return next((rank for rank, one in enumerate(self.answers) if one.id == answer), None)


class Family(Part):
    """Questions about one side of the project."""

    id: Id
    icon: _Icon
    name: Text
    about: Text
    questions: tuple[Question, ...] = Field(min_length=3)

    @model_validator(mode="after")
    def _asked(self) -> Self:
        # a family that the site could answer alone would never be shown to the group
        if all(question.known_by is not None for question in self.questions):
            raise PydanticCustomError("nothing_asked", "the group answers at least one question itself")
        return self


class Questionnaire(Part):
    """The whole file."""

    version: StrictInt = Field(ge=1)
    updated: date
    confidence: Literal["official", "sourced", "deduced", "estimate", "to_verify"]
    families: tuple[Family, ...]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if tuple(family.id for family in self.families) != FAMILIES:
            raise PydanticCustomError("families", "the families are {all}", {"all": ", ".join(FAMILIES)})
        codes = [one.id for family in self.families for one in family.questions]
        refuse_repeated("question", codes)
        if not FEWEST_QUESTIONS <= len(codes) <= MOST_QUESTIONS:
            raise PydanticCustomError("questions", "{count} questions", {"count": len(codes)})
        return self

    def questions(self) -> Iterator[tuple[Family, Question]]:
        """Every question with its family, in order."""
        for family in self.families:
            for question in family.questions:
                yield family, question

    def family(self, code: str) -> Family | None:
        """The family of this code."""
        return next((one for one in self.families if one.id == code), None)


@lru_cache(maxsize=4)
def read_diagnosis(data: Path = DATA) -> Questionnaire:
    """The questionnaire. Raises InvalidDiagnosis with every problem, UnreadableYaml, OSError.

    >>> [family.id for family in read_diagnosis().families][:2]
    ['idea', 'founders']
    """
    return parse_diagnosis(read_yaml(data / FILE))


def parse_diagnosis(content: object) -> Questionnaire:
    """The questionnaire this content describes. Raises InvalidDiagnosis with every problem."""
    try:
        return Questionnaire.model_validate(content)
    except ValidationError as error:
        lines = (f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}" for one in error.errors())
        raise InvalidDiagnosis("; ".join(lines)) from None


def known_answer(question: Question, facts: Mapping[str, int]) -> str | None:
    """The answer that the facts give, None when they say nothing of it.

    >>> number = read_diagnosis().families[1].questions[0]
    >>> known_answer(number, {"founders": 6}), known_answer(number, {})
    ('five', None)
    """
    if question.known_by is None or (value := facts.get(question.known_by.fact)) is None:
        return None
    found = None
    for option, least in zip(question.answers, question.known_by.from_, strict=True):
        if least is not None and value >= least:
            found = option.id
    return found


def unknown_courses(questionnaire: Questionnaire, data: Path = DATA) -> Iterator[str]:
    """Questions whose course is not one of courses.csv."""
    courses = read_courses(data)
    for _family, question in questionnaire.questions():
        if question.helps.course is not None and question.helps.course not in courses:
            yield f"{question.id}: no course is called {question.helps.course}"
