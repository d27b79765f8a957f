"""The questions of a lesson in several languages: one structure, words per language."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Self

from pydantic import Field, FiniteFloat, model_validator
from pydantic_core import PydanticCustomError

from bpc.core.learning.questions import Kind, Option, Question
from bpc.datasets.project_model_fields import Part

Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
#: What a lesson must be written in before it is published.
LANGUAGES = ("fr", "ar")
Code = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Line = Annotated[str, Field(min_length=1, max_length=600, pattern=r"\S")]


class OptionWords(Part):
    """An option in one language; a number has no text of its own."""

    text: str = Field(default="", max_length=600)
    match: str = Field(default="", max_length=600)
    feedback: str = Field(default="", max_length=1000)


class QuizOption(Part):
    """What an option is worth, and its words in each language."""

    fraction: FiniteFloat = Field(ge=-1, le=1)
    number: FiniteFloat | None = None
    tolerance: FiniteFloat = Field(default=0, ge=0)
    words: Mapping[Language, OptionWords]


class QuestionWords(Part):
    """The question in one language, and what is explained whatever the answer."""

    text: Line
    feedback: str = Field(default="", max_length=1000)


class QuizQuestion(Part):
    """One question. Every language has the same options in the same order, worth the same."""

    code: Code
    kind: Kind
    words: Mapping[Language, QuestionWords] = Field(min_length=1)
    options: tuple[QuizOption, ...] = Field(min_length=1, max_length=12)

    @model_validator(mode="after")
    def _same_languages(self) -> Self:
        for option in self.options:
            if option.words.keys() != self.words.keys():
                raise PydanticCustomError("quiz_languages", "an option lacks a language of its question")
        return self

    def in_language(self, language: str) -> Question:
        """The question as a page asks it. Raises KeyError for a language it is not written in."""
        said = self.words[language]
        return Question(
            self.code, self.kind, said.text, tuple(_option(one, language) for one in self.options), said.feedback
        )  # fmt: skip

    def unexplained(self, language: str) -> bool:
        """Whether an answer is left without a word in this language."""
        asked = self.in_language(language)
        if asked.feedback:
            return False
        return any(not one.feedback for one in asked.options if one.number is None or one.fraction > 0)


def _option(option: QuizOption, language: str) -> Option:
    said = option.words[language]
    return Option(said.text, option.fraction, said.feedback, said.match, option.number, option.tolerance)


class DifferentQuizzes(ValueError):
    """Two languages do not ask the same; the words say where."""


def merge_quizzes(quizzes: Mapping[str, Iterable[Question]]) -> tuple[QuizQuestion, ...]:
    """One quiz of several languages, from the questions read in each. Raises `DifferentQuizzes`.

    A language may lack some questions, not yet translated; it has none of its own, and the same order.

    >>> one = Question("a", Kind.TRUE_FALSE, "Oui ?", (Option(fraction=1), Option()))
    >>> merge_quizzes({"fr": [one], "ar": []})[0].words["fr"].text
    'Oui ?'
    """
    lists = {language: {one.code: one for one in questions} for language, questions in quizzes.items()}
    whole = max(lists, key=lambda language: len(lists[language]), default="")
    for language, questions in lists.items():
        if list(questions) != [code for code in lists[whole] if code in questions]:
            here, there = (", ".join(lists[name]) for name in (whole, language))
            raise DifferentQuizzes(f"{whole}: {here}; {language}: {there}")
    return tuple(
        _merged({name: one[code] for name, one in lists.items() if code in one})
        for code in lists.get(whole, {})
    )


def _merged(asked: Mapping[str, Question]) -> QuizQuestion:
    shapes = {language: _shape(question) for language, question in asked.items()}
    if len(set(shapes.values())) > 1:
        raise DifferentQuizzes(f"{next(iter(asked.values())).code}: kind, options or right answers differ")
    shape = next(iter(asked.values()))
    options = tuple(
        QuizOption(
            fraction=option.fraction, number=option.number, tolerance=option.tolerance,
            words={language: _words(question.options[rank]) for language, question in asked.items()},
        )
        for rank, option in enumerate(shape.options)
    )  # fmt: skip
    words = {name: QuestionWords(text=one.text, feedback=one.feedback) for name, one in asked.items()}
    return QuizQuestion(code=shape.code, kind=shape.kind, words=words, options=options)


def _shape(question: Question) -> tuple[object, ...]:
    return question.kind, tuple((one.fraction, one.number, one.tolerance) for one in question.options)


def _words(option: Option) -> OptionWords:
    return OptionWords(text=option.text, match=option.match, feedback=option.feedback)
