"""Cases drawn at random for what a page of a course reckons by itself: what the site reckons of each is beside it."""

import random
from datetime import date, datetime, timedelta
from math import isfinite
from typing import Any

from bpc.core.learning import formulas, review
from bpc.core.learning.progress import Did, Event, fold
from bpc.core.learning.questions import Kind, Option, Question, UnfitAnswer, mark
from bpc.core.text.folding import fold as fold_words
from bpc.portal.foundation.writing import written_number
from bpc.portal.web.plans.typed_numbers import NotANumber, read_number

_NAMES = ("price", "units", "fixed", "share")
_WORDS = (
    "loyer",
    "Élève",
    "œuvre",
    "l’eau",
    "مُقَاولــة",
    "نِسائيّة",
    "٢٠٢٤",
    "ⴰⵎⴰⵏ",
    "Straße",
    "",
    "ﬁn",
    "أجر",
    "اجر",
)


def formula(dice: random.Random, depth: int = 0) -> formulas.Tree:
    """A tree of any of the operations."""
    if depth > 3 or dice.random() < 0.3:
        return dice.choice([f"={dice.choice(_NAMES)}", float(dice.choice([0, 1, -3, 0.1, 12.5, 1e9, 1e-9]))])
    many = dice.choice(["and", "or", "min", "max"])
    operation = dice.choice(["+", "-", "*", "/", "<", "<=", ">", ">=", "==", "not", "negative", many])
    count = {"not": 1, "negative": 1}.get(operation, dice.randint(1, 3) if operation == many else 2)
    return [operation, *(formula(dice, depth + 1) for _ in range(count))]


def formula_cases(dice: random.Random, count: int) -> list[dict[str, Any]]:
    """Trees with what is known, and their value."""
    cases = []
    for _ in range(count):
        tree = formula(dice)
        known = {name: dice.choice([0.0, 1.0, -2.5, 1e6, 0.3]) for name in _NAMES if dice.random() < 0.8}
        found = formulas.value(tree, known)
        if found is None or isfinite(found):  # JSON has no infinity
            cases.append({"tree": tree, "known": known, "value": found})
    return cases


def question(dice: random.Random) -> Question:
    """A question of any kind, with as many options as it likes."""
    kind = dice.choice(list(Kind))
    fractions = [1, 0, 0.5, -0.5, 0.333333, -1, 0.25]
    options = tuple(
        Option(
            text=f"{dice.choice(_WORDS)} {dice.choice(_WORDS)}", match=dice.choice("abc"),
            fraction=dice.choice(fractions), feedback=dice.choice(["", "Oui.", f"Non, {rank}."]),
            number=dice.choice([None, 0, 12.5, -3]) if kind is Kind.NUMBER else None,
            tolerance=dice.choice([0, 0.5]),
        )
        for rank in range(2 if kind is Kind.TRUE_FALSE else dice.randint(1, 5))
    )  # fmt: skip
    return Question("q", kind, "?", options, dice.choice(["", "Voir la loi."]))


def answer(dice: random.Random, asked: Question) -> Any:
    """An answer, mostly one that fits."""
    if dice.random() < 0.1:
        return dice.choice([None, "", -1, 99, [99], {"0": 99}, True, 0.5, "loyer", [], {}])
    rank = lambda: dice.randrange(len(asked.options))  # noqa: E731
    if asked.kind is Kind.SEVERAL:
        return [rank() for _ in range(dice.randint(0, 4))]
    if asked.kind is Kind.NUMBER:
        return dice.choice([0, 12.5, 12.9, -3, -3.5, 7])
    if asked.kind is Kind.SHORT:
        words = dice.choice(asked.options).text
        return dice.choice([words, words.upper(), f" {words}  ", dice.choice(_WORDS)])
    if asked.kind is Kind.PAIRS:
        return {str(rank()): rank() for _ in range(dice.randint(0, 4))}
    return rank()


def mark_cases(dice: random.Random, count: int) -> list[dict[str, Any]]:
    """Questions with an answer and its mark, None for one that does not fit."""
    return [_mark_case(dice) for _ in range(count)]


def _mark_case(dice: random.Random) -> dict[str, Any]:
    asked = question(dice)
    given = answer(dice, asked)
    read = {int(left): right for left, right in given.items()} if isinstance(given, dict) else given
    try:
        found = mark(asked, read, fold=fold_words)
        said = {"score": found.score, "right": found.right, "explained": list(dict.fromkeys(found.explained))}
    except UnfitAnswer:
        said = None
    return {"question": question_told(asked), "answer": given, "mark": said}


def question_told(asked: Question) -> dict[str, Any]:
    """As the page holds it."""
    options = [
        {"text": one.text, "fraction": one.fraction, "feedback": one.feedback, "match": one.match,
         "number": one.number, "tolerance": one.tolerance} for one in asked.options
    ]  # fmt: skip
    return {"code": asked.code, "kind": str(asked.kind), "options": options, "feedback": asked.feedback}


def fold_cases() -> list[list[str]]:
    """Every sign of the scripts people write here, and what it becomes."""
    ranges = (
        (0x20, 0x250), (0x2B0, 0x345), (0x346, 0x370), (0x600, 0x700), (0x1E00, 0x1F00), (0x2000, 0x2070),
        (0x2D30, 0x2D80), (0xFB00, 0xFB07), (0xFB50, 0xFC00), (0xFE70, 0xFEFF),
    )  # fmt: skip
    signs = (chr(code) for low, high in ranges for code in range(low, high))
    return [[f"a{sign}b", fold_words(f"a{sign}b")] for sign in signs]


def number_cases(dice: random.Random, count: int) -> list[list[Any]]:
    """Numbers with their decimals, and how the site writes them."""
    drawn = [round(dice.uniform(-1e6, 1e6), dice.randint(0, 4)) for _ in range(count)]
    drawn += [0.5, 1.5, 2.675, 0.125, -0.3, 999.995, 1e15, 0.05]
    return [[one, places, written_number(one, places)] for one in drawn for places in (0, 1, 2)]


def typed_cases() -> list[list[Any]]:
    """What people type in a box, and the number read; "no" for none."""
    typed = ["", "12", "1 200,50 MAD", "١٢٠٠٫٥", "12%", "12 %", "1.200", "0,000", "12.500.000", "-3", "−3", "3,", ",5",
             "abc", "1e5", "12 dh", "۱۲", "1’200", "--2", "99999999999999999999999999", "MAD", "1,2,3"]  # fmt: skip
    return [[one, _read(one)] for one in typed]


def _read(typed: str) -> float | str | None:
    try:
        return read_number(typed) if typed.strip() else None
    except NotANumber:
        return "no"


def event_cases(dice: random.Random, count: int) -> list[dict[str, Any]]:
    """Events of several devices in any order, some of them twice, and the state of each lesson."""
    return [_event_case(dice) for _ in range(count)]


def _event_case(dice: random.Random) -> dict[str, Any]:
    day = date(2026, 3, 1)
    told = []
    for rank in range(dice.randint(1, 30)):
        on = day + timedelta(days=dice.randrange(60))
        did = dice.choice(list(Did))
        given = {dice.choice("xyz"): dice.randrange(9)} if did is Did.WROTE else dice.randrange(2)
        told.append({
            "key": f"{dice.randrange(10**6):06d}-{rank}", "day": str(on),
            "at": f"{on}T0{dice.randrange(9)}:00:00.000000Z",
            "did": str(did), "lesson": dice.choice("ab"), "question": dice.choice("qr"), "answer": given,
        })  # fmt: skip
    events = [
        Event(one["key"], _moment(one["at"]), Did(one["did"]), one["lesson"], one["question"], one["answer"])
        for one in told
    ]
    states = {
        code: {"answers": dict(state.answers), "fields": dict(state.fields), "wrote": state.wrote_at is not None,
               "read": state.read_at is not None, "reviews": _reviews(code, events)}
        for code, state in fold(events).items()
    }  # fmt: skip
    dice.shuffle(told)
    return {"events": told, "states": states}


def _moment(written: str) -> datetime:
    return datetime.fromisoformat(written)


def _reviews(lesson: str, events: list[Event]) -> dict[str, list[Any]]:
    """Of questions whose right answer is 1."""
    found = {}
    for question in "qr":
        tries = [
            review.Attempt(one.at.date(), one.answer == 1)
            for one in sorted(events, key=lambda one: (one.at, one.id))
            if one.did is Did.ANSWERED and (one.lesson, one.question) == (lesson, question)
        ]
        standing = review.standing(tries)
        if standing.due is not None:
            found[question] = [standing.box, str(standing.due)]
    return found
