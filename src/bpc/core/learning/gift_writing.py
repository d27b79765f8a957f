"""Writes questions as Moodle's GIFT; `read_gift` of it gives the same questions back."""

import re
from collections.abc import Iterable, Iterator

from bpc.core.learning.questions import Kind, Option, Question


def write_gift(questions: Iterable[Question]) -> str:
    """A file of these questions, for any Moodle.

    >>> print(write_gift([Question("half", Kind.NUMBER, "1/2 = ?", (Option(fraction=1, number=0.5),))]), end="")
    ::half::1/2 \\= ? {#
      =0.5:0
    }
    """
    return "\n".join("\n".join(_lines(question)) + "\n" for question in questions)


def _lines(question: Question) -> Iterator[str]:
    head = f"::{_escaped(question.code)}::{_escaped(question.text)} "
    if question.kind is Kind.TRUE_FALSE:
        yield f"{head}{{{_truth(question)}{_general(question)}}}"
        return
    yield head + ("{#" if question.kind is Kind.NUMBER else "{")
    for option in question.options:
        yield f"  {_answer(question.kind, option)}{_why(option)}"
    if question.feedback:
        yield f"  {_general(question)}"
    yield "}"


def _truth(question: Question) -> str:
    said_true, said_false = question.options
    is_true = said_true.fraction >= 1
    right, wrong = (said_true, said_false) if is_true else (said_false, said_true)
    return f"{'TRUE' if is_true else 'FALSE'}#{_escaped(wrong.feedback)}#{_escaped(right.feedback)}"


def _answer(kind: Kind, option: Option) -> str:
    if kind is Kind.PAIRS:
        return f"={_escaped(option.text)} -> {_escaped(option.match)}"
    sign, weight = ("=", "") if option.fraction >= 1 else ("~", f"%{option.fraction * 100:g}%")
    if kind is Kind.NUMBER:
        if option.number is None:
            return "~"
        return f"={weight}{option.number:.12g}:{option.tolerance:.12g}"
    if kind is Kind.SHORT:
        return f"={weight}{_escaped(option.text)}"
    return f"{sign}{weight if option.fraction else ''}{_escaped(option.text)}"


def _why(option: Option) -> str:
    return f"#{_escaped(option.feedback)}" if option.feedback else ""


def _general(question: Question) -> str:
    return f"####{_escaped(question.feedback)}" if question.feedback else ""


def _escaped(text: str) -> str:
    return re.sub(r"([~=#{}:\\])", r"\\\1", text).replace("\n", "\\n")
