"""A question of a quiz, in one language, and what an answer to it is worth."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

#: An answer as a page or a device sends it: ranks of options, a number, words, or for pairs left rank → right rank.
Answer = int | float | str | Sequence[int] | Mapping[int, int]


class Kind(StrEnum):
    """How one answers."""

    ONE = "one"  # one option
    SEVERAL = "several"  # any options
    TRUE_FALSE = "true_false"  # two options: true, then false
    NUMBER = "number"
    SHORT = "short"  # a few words
    PAIRS = "pairs"  # each left with its right


@dataclass(frozen=True, slots=True)
class Option:
    """An answer foreseen. `fraction`: what it is worth, -1 to 1. `feedback` explains it.

    `text`: of a pair its left side, `match` its right. `number` ± `tolerance`: of a question whose answer is a number.
    """

    text: str = ""
    fraction: float = 0.0
    feedback: str = ""
    match: str = ""
    number: float | None = None
    tolerance: float = 0.0


@dataclass(frozen=True, slots=True)
class Question:
    """`code` is the same in every language. `feedback`: said whatever the answer."""

    code: str
    kind: Kind
    text: str
    options: tuple[Option, ...]
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """`score` 0 to 1; `right` only for a whole score; `explained`: the feedback of what was answered, in order."""

    score: float
    explained: tuple[str, ...] = ()

    @property
    def right(self) -> bool:
        """Whether nothing was missed."""
        return self.score > 1 - 1e-9


class UnfitAnswer(ValueError):
    """The answer is not of the kind that the question asks, or points to an option that is not there."""


def mark(question: Question, answer: Answer, *, fold: Callable[[str], str] = str.casefold) -> Mark:
    """What `answer` is worth.

    Several options: the sum of the fractions chosen, held within 0 and 1. Pairs: the share of the left sides that have
    theirs; a right side shared by two lefts counts for both. Words are compared as `fold` makes them (the portal gives
    the one of `core.text`). Raises `UnfitAnswer`.

    >>> sums = Question("half", Kind.NUMBER, "1/2 ?", (Option(fraction=1, number=0.5, feedback="Oui"),))
    >>> mark(sums, 0.5).right, mark(sums, 0.6).score
    (True, 0.0)
    """
    marked = (
        _short(question, answer, fold)
        if question.kind is Kind.SHORT
        else _MARKS[question.kind](question, answer)
    )
    if question.feedback:
        return Mark(marked.score, (*marked.explained, question.feedback))
    return marked


def _one(question: Question, answer: Answer) -> Mark:
    option = _option(question, answer)
    return Mark(max(option.fraction, 0.0), _said(option))


def _several(question: Question, answer: Answer) -> Mark:
    if isinstance(answer, str | Mapping) or not isinstance(answer, Sequence):
        raise UnfitAnswer(question.code)
    chosen = [_option(question, rank) for rank in dict.fromkeys(answer)]
    score = sum(option.fraction for option in chosen)
    return Mark(min(max(round(score, 6), 0.0), 1.0), tuple(text for one in chosen for text in _said(one)))


def _number(question: Question, answer: Answer) -> Mark:
    if isinstance(answer, bool) or not isinstance(answer, int | float) or answer != answer:
        raise UnfitAnswer(question.code)
    near = [
        option
        for option in question.options
        if option.number is not None and abs(answer - option.number) <= option.tolerance + 1e-9
    ]
    best = max(near, key=lambda option: option.fraction, default=None)
    if best is not None:
        return Mark(max(best.fraction, 0.0), _said(best))
    others = next((option for option in question.options if option.number is None), Option())
    return Mark(0.0, _said(others))


def _short(question: Question, answer: Answer, fold: Callable[[str], str]) -> Mark:
    if not isinstance(answer, str):
        raise UnfitAnswer(question.code)
    words = fold(answer).split()
    found = next((option for option in question.options if fold(option.text).split() == words), None)
    return Mark(max(found.fraction, 0.0), _said(found)) if found else Mark(0.0)


def _pairs(question: Question, answer: Answer) -> Mark:
    if not isinstance(answer, Mapping):
        raise UnfitAnswer(question.code)
    right = 0
    for left, chosen in answer.items():
        right += _option(question, left).match == _option(question, chosen).match
    explained = tuple(text for option in question.options for text in _said(option))
    return Mark(round(right / len(question.options), 6), explained)


def _option(question: Question, rank: object) -> Option:
    if isinstance(rank, bool) or not isinstance(rank, int) or not 0 <= rank < len(question.options):
        raise UnfitAnswer(question.code)
    return question.options[rank]


def _said(option: Option) -> tuple[str, ...]:
    return (option.feedback,) if option.feedback else ()


_MARKS = {
    Kind.ONE: _one,
    Kind.TRUE_FALSE: _one,
    Kind.SEVERAL: _several,
    Kind.NUMBER: _number,
    Kind.PAIRS: _pairs,
}
