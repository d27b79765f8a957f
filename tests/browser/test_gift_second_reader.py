"""Our GIFT read by others: gift-pegjs 1.0.2 (MIT, C. Fuhrman), the grammar that Moodle editors use, in a browser.

The readers for Python do not serve: one needs Python 3.14, the other stops at an escaped sign in a feedback.
"""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from bpc.core.learning.questions import Kind, Option, Question
from bpc.datasets.training import read_training
from bpc.datasets.training_writing import moodle_gift, questions_in

_PARSER = Path(__file__).parent / "vendor" / "gift-parser.js"
_KINDS = {
    Kind.ONE: "MC", Kind.SEVERAL: "MC", Kind.TRUE_FALSE: "TF", Kind.NUMBER: "Numerical", Kind.SHORT: "Short",
    Kind.PAIRS: "Matching",
}  # fmt: skip


def _said(text: str) -> str:
    return " ".join(text.split())


def _ours(question: Question) -> dict[str, Any]:
    """What another reader should find in the question."""
    found: dict[str, Any] = {
        "kind": _KINDS[question.kind], "code": question.code, "text": _said(question.text),
        "general": _said(question.feedback),
    }  # fmt: skip
    if question.kind is Kind.TRUE_FALSE:
        return {**found, "answer": question.options[0].fraction >= 1}
    if question.kind is Kind.PAIRS:
        return {**found, "answer": [[_said(one.text), _said(one.match)] for one in question.options]}
    return {
        **found,
        "answer": [
            _answer(question.kind, one) for one in question.options if one.text or one.number is not None
        ],
    }


def _answer(kind: Kind, option: Option) -> list[Any]:
    said: Any = [option.number, option.tolerance] if kind is Kind.NUMBER else _said(option.text)
    return [said, option.fraction, _said(option.feedback)]


def _theirs(read: dict[str, Any]) -> dict[str, Any]:
    general = read.get("globalFeedback")
    found = {
        "kind": read["type"], "code": read["title"], "text": _said(read["stem"]["text"]),
        "general": _said(general["text"]) if general else "",
    }  # fmt: skip
    if read["type"] == "TF":
        return {**found, "answer": read["isTrue"]}
    if read["type"] == "Matching":
        pairs = [[_said(one["subquestion"]["text"]), _said(one["subanswer"])] for one in read["matchPairs"]]
        return {**found, "answer": pairs}
    return {**found, "answer": [_chosen(read["type"], one) for one in read["choices"]]}


def _chosen(kind: str, choice: dict[str, Any]) -> list[Any]:
    weight = choice["weight"]
    fraction = (1.0 if choice["isCorrect"] else 0.0) if weight is None else weight / 100
    said = choice["text"]
    shown: Any = [said["number"], said["range"]] if kind == "Numerical" else _said(said["text"])
    return [shown, fraction, _said(choice["feedback"]["text"]) if choice["feedback"] else ""]


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_another_reader_finds_in_our_files_what_we_wrote(browser: Browser, language: str) -> None:
    page = browser.new_page()
    page.add_script_tag(path=_PARSER)
    asked = 0
    for course in read_training().values():
        read = page.evaluate("text => giftParser.parse(text)", moodle_gift(course, language))
        theirs = [_theirs(one) for one in read if one["type"] != "Category"]
        ours = [_ours(one) for lesson in course.lessons for one in questions_in(lesson, language)]
        assert theirs == ours, course.code
        assert [one["title"] for one in read if one["type"] == "Category"] == [
            f"{course.code}/{lesson.code}" for lesson in course.lessons
        ]
        asked += len(ours)
    assert asked > 200
    page.close()
