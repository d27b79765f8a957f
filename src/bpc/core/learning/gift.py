"""Reads Moodle's GIFT, a text format of quiz questions (docs.moodle.org, "GIFT format").

    ::code:: Question ? { =right#why ~wrong#why ####for all }      {TRUE#if wrong#if right}      {#=14:0.5#why}
    { ~%50%a ~%50%b ~%-100%c }      { =left -> right =left -> right }      { =words =other words }

Kept: the kinds of `Kind`, feedback, general feedback, weights, missing words. Refused with the line: essays,
descriptions, broken braces. Text marked [html] becomes plain text: a page escapes all of it, nothing is ever markup.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bpc.core.learning.questions import Kind, Option, Question

LARGEST = 500_000  # characters of a file
MOST_QUESTIONS = 500
_GAP = "_____"  # what stands for the missing word
_HIDDEN = 0xE000
_SHOWN = {_HIDDEN + ord(sign): sign for sign in "~=#{}:\\"} | {_HIDDEN + ord("n"): "\n"}
_TITLE = re.compile(r"::((?:(?!::).)*)::", re.S)
_MARKUP = re.compile(r"\s*\[(html|moodle|plain|markdown)\]\s*")
_WEIGHT = re.compile(r"%(-?\d+(?:\.\d+)?)%")
_TRUTH = re.compile(r"\s*(TRUE|T|FALSE|F)\s*(?:#(.*))?$", re.S | re.I)
_NUMBER = r"[-+]?\d+(?:[.,]\d+)?(?:[eE][-+]?\d+)?"
_RANGE = re.compile(rf"({_NUMBER})\s*(?:\.\.\s*({_NUMBER})|:\s*({_NUMBER}))?$")
_TAG = re.compile(r"<[^<>]*>")
_BREAK = re.compile(r"<(?:br|/p|/li|/div)\b[^<>]*>", re.I)


@dataclass(frozen=True, slots=True)
class GiftProblem:
    """Why something was not read: `code` for the words, the line it begins on, the start of its text."""

    code: str
    line: int
    start: str = ""


@dataclass(slots=True)
class GiftFile:
    """What a file holds: its questions in order, and what was refused."""

    questions: list[Question] = field(default_factory=list)
    problems: list[GiftProblem] = field(default_factory=list)


class _Refused(ValueError):
    """The code of the problem is the message."""


def read_gift(text: str) -> GiftFile:
    """The questions of a file, and a problem for each block that is none. Without `::code::` it is named "q<n>".

    >>> file = read_gift("::half:: 1/2 ? {#=0.5:0#Oui.}")
    >>> file.questions[0].code, file.questions[0].options[0].number
    ('half', 0.5)
    >>> read_gift("Lonely {").problems
    [GiftProblem(code='brace_open', line=1, start='Lonely {')]
    """
    found = GiftFile()
    if len(text) > LARGEST:
        found.problems.append(GiftProblem("too_long", 1))
        return found
    codes: set[str] = set()
    for line, block in _blocks(_hidden(text)):
        try:
            question = _question(block, len(found.questions) + 1)
            if question.code in codes:
                raise _Refused("code_twice")
            if len(codes) == MOST_QUESTIONS:
                raise _Refused("too_many")
        except _Refused as refused:
            found.problems.append(
                GiftProblem(str(refused), line, _plain(block, "moodle").replace("\n", " ")[:60])
            )
        else:
            codes.add(question.code)
            found.questions.append(question)
    return found


def _hidden(text: str) -> str:
    """Escaped signs as letters of the private area, which nothing below takes for signs; `_plain` gives them back."""
    private = str.maketrans({chr(_HIDDEN + code): None for code in range(128)})
    return re.sub(r"\\([~=#{}:\\n])", lambda found: chr(_HIDDEN + ord(found[1])), text.translate(private))


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Each question's own lines, with the number of the first. A blank line ends it, but not inside its braces."""
    block: list[str] = []
    first = depth = 0
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        bare = line.strip()
        if bare.startswith("//") or (not block and bare.upper().startswith("$CATEGORY:")):
            continue
        if not bare and depth <= 0:
            if block:
                yield first, "\n".join(block)
            block, depth = [], 0
            continue
        if not block:
            first = number
        block.append(line)
        depth += line.count("{") - line.count("}")
    if block:
        yield first, "\n".join(block)


def _question(block: str, rank: int) -> Question:
    code, title = f"q{rank}", _TITLE.match(block.lstrip())
    if title:
        code, block = _plain(title[1], "plain") or code, block.lstrip()[title.end() :]
    markup = _MARKUP.match(block)
    style = markup[1] if markup else "moodle"
    block = block[markup.end() :] if markup else block
    opening = _first(block, "{")
    if opening is None:
        raise _Refused("no_answers")
    closing = _first(block, "}", opening)
    if closing is None:
        raise _Refused("brace_open")
    before, answers, after = block[:opening], block[opening + 1 : closing], block[closing + 1 :]
    if _first(after, "{") is not None:
        raise _Refused("two_answers")
    text = _plain(f"{before.rstrip()} {_GAP} {after.lstrip()}" if after.strip() else before, style)
    if not text:
        raise _Refused("no_text")
    body, _, general = answers.partition("####")
    kind, options = _answers(body, style)
    return Question(code, kind, text, options, _plain(general, style))


def _first(text: str, sign: str, start: int = 0) -> int | None:
    found = text.find(sign, start)
    return found if found >= 0 else None


def _answers(body: str, style: str) -> tuple[Kind, tuple[Option, ...]]:
    bare = body.strip()
    if not bare:
        raise _Refused("essay")
    if bare.startswith("#"):
        return Kind.NUMBER, _numbers(bare[1:], style)
    truth = _TRUTH.match(bare)
    if truth:
        return Kind.TRUE_FALSE, _truths(truth, style)
    pieces = _pieces(bare)
    if any(_first(text, "->") is not None for _sign, text in pieces):
        return Kind.PAIRS, _pairs(pieces, style)
    options = tuple(_option(sign, text, style) for sign, text in pieces)
    if all(sign == "=" for sign, _text in pieces):
        return Kind.SHORT, options
    best = max(option.fraction for option in options)
    if best >= 1:
        return Kind.ONE, options
    if sum(option.fraction for option in options if option.fraction > 0) < 1 - 1e-3:
        raise _Refused("no_right_answer")
    return Kind.SEVERAL, options


def _pieces(body: str) -> list[tuple[str, str]]:
    """Each answer with its sign, `=` or `~`."""
    marks = list(re.finditer("[=~]", body))
    if not marks or body[: marks[0].start()].strip():
        raise _Refused("no_sign")
    ends = [mark.start() for mark in marks[1:]] + [len(body)]
    return [(mark[0], body[mark.end() : end]) for mark, end in zip(marks, ends, strict=True)]


def _option(sign: str, text: str, style: str) -> Option:
    fraction, text = _weighed(sign, text)
    words, feedback = _explained(text, style)
    if not words:
        raise _Refused("empty_answer")
    return Option(words, fraction, feedback)


def _weighed(sign: str, text: str) -> tuple[float, str]:
    weight = _WEIGHT.match(text.lstrip())
    if weight is None:
        return (1.0 if sign == "=" else 0.0), text
    if abs(float(weight[1])) > 100:
        raise _Refused("bad_weight")
    return round(float(weight[1]) / 100, 6), text.lstrip()[weight.end() :]


def _explained(text: str, style: str) -> tuple[str, str]:
    at = _first(text, "#")
    return (
        (_plain(text, style), "") if at is None else (_plain(text[:at], style), _plain(text[at + 1 :], style))
    )


def _truths(truth: re.Match[str], style: str) -> tuple[Option, ...]:
    is_true = truth[1].upper().startswith("T")
    wrong, right = [*(truth[2] or "").split("#", maxsplit=1), ""][:2]
    feedback = {True: _plain(right, style), False: _plain(wrong, style)}
    return tuple(Option("", float(said is is_true), feedback[said is is_true]) for said in (True, False))


def _pairs(pieces: list[tuple[str, str]], style: str) -> tuple[Option, ...]:
    options = []
    for _sign, text in pieces:
        at = _first(text, "->")
        if at is None:
            raise _Refused("pair_alone")
        right, feedback = _explained(text[at + 2 :], style)
        left = _plain(text[:at], style)
        if not left or not right:
            raise _Refused("pair_alone")
        options.append(Option(left, 1.0, feedback, match=right))
    if len(options) < 2:
        raise _Refused("pair_alone")
    return tuple(options)


def _numbers(body: str, style: str) -> tuple[Option, ...]:
    bare = body.strip()
    pieces = _pieces(bare) if bare[:1] in "=~" else [("=", bare)]
    options = tuple(_numeric(sign, text, style) for sign, text in pieces)
    if not any(option.fraction >= 1 for option in options):
        raise _Refused("no_right_answer")
    return options


def _numeric(sign: str, text: str, style: str) -> Option:
    fraction, text = _weighed(sign, text)
    words, feedback = _explained(text, style)
    if sign == "~" and not words:
        return Option("", 0.0, feedback)
    found = _RANGE.match(words)
    if found is None:
        raise _Refused("no_number")
    number, last, tolerance = (float(part.replace(",", ".")) if part else None for part in found.groups())
    assert number is not None  # the first group always matches
    if last is not None:
        number, tolerance = (number + last) / 2, abs(last - number) / 2
    return Option("", fraction, feedback, number=number, tolerance=tolerance or 0.0)


def _plain(text: str, style: str) -> str:
    """Without escapes or tags, with single spaces; a line break written as such stays one."""
    text = text.replace("\n", " ")
    if style == "html":
        text = html.unescape(_TAG.sub(" ", _BREAK.sub("\n", text)))
    lines = (" ".join(line.split()) for line in text.translate(_SHOWN).split("\n"))
    return "\n".join(line for line in lines if line)
