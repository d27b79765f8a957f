"""Courses there and back: from values to files and again, whatever people write."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpc.core.learning.gift import read_gift
from bpc.core.learning.gift_writing import write_gift
from bpc.core.learning.questions import Kind, Option, Question
from bpc.datasets.training import course_of_files, read_training
from bpc.datasets.training_courses import InvalidCourse, parse_course, unready
from bpc.datasets.training_quiz import DifferentQuizzes, merge_quizzes
from bpc.datasets.training_writing import moodle_gift, write_course

# a line as a person types it: any letter, signs of GIFT and YAML among them, no control, single spaces
_LETTERS = st.characters(
    codec="utf-8", exclude_categories=("C", "Z"), include_characters=" ~=#{}:\\%->&*!|'\"`@"
)
LINES = st.text(_LETTERS, min_size=1, max_size=40).map(lambda text: " ".join(text.split())).filter(bool)
WORDS = st.builds(lambda fr, ar: {"fr": fr, "ar": ar}, LINES, LINES)


@st.composite
def _questions(draw: Any) -> tuple[Any, ...]:
    kind = draw(st.sampled_from(["one", "true_false", "number", "pairs"]))
    why = draw(WORDS)

    def said(language: str) -> Question:
        match kind:
            case "true_false":
                options: tuple[Option, ...] = (Option("", 1.0, why[language]), Option("", 0.0, why[language]))
            case "number":
                options = (Option("", 1.0, why[language], number=12.5, tolerance=0.5),)
            case "pairs":
                options = tuple(Option(f"{side}.", 1.0, "", match=why[language]) for side in "ab")
            case _:
                options = (Option(why[language], 0.0, why[language]), Option("b", 1.0), Option("c", -0.5))
        feedback = why[language] if kind == "pairs" else ""
        return Question("q-1", Kind(kind), why[language], options, feedback)

    read = {language: read_gift(write_gift([said(language)])) for language in ("fr", "ar")}
    assert not any(one.problems for one in read.values())
    return merge_quizzes({language: one.questions for language, one in read.items()})


@st.composite
def _courses(draw: Any) -> dict[str, Any]:
    body = draw(st.from_regex("[a-z é.]{3,30}", fullmatch=True)).strip() or "a"
    items = [{"label": draw(LINES), "value": 12.5}, {"label": "b", "value": -3}]
    text = {
        language: {
            "title": draw(LINES), "aim": draw(LINES), "body": f"## Un\n\n{body}",
            "diagram": {"kind": "bars", "title": draw(LINES), "unit": "MAD", "items": items},
        }
        for language in draw(st.sampled_from([("fr",), ("ar",), ("fr", "ar")]))
    }  # fmt: skip
    exercise = {
        "aim": draw(WORDS),
        "fields": [
            {"code": "price", "kind": "amount", "ask": draw(WORDS), "known": "plan.unit_price"},
            {"code": "how", "kind": "choice", "ask": draw(WORDS),
             "options": [{"code": "a", "words": draw(WORDS)}, {"code": "b", "words": draw(WORDS)}]},
        ],
        "results": [{"code": "twice", "kind": "amount", "formula": "price * 2", "say": draw(WORDS)}],
        "verdicts": [{"when": "twice > 10 and not (price == 0)", "say": draw(WORDS)}],
    }  # fmt: skip
    lesson = {"code": "one", "minutes": 10, "texts": text, "answers": ["diagnosis:price"], "sources": ["own"],
              "exercise": exercise, "questions": draw(_questions())}  # fmt: skip
    return {"code": "a-course", "icon": "souk", "stage": "run", "roles": ["holder", "board"], "name": draw(WORDS),
            "about": draw(WORDS), "outcome": draw(WORDS), "updated": "2026-11-23", "lessons": [lesson]}  # fmt: skip


@settings(max_examples=25)
@given(_courses())
def test_a_course_written_then_read_is_the_same(content: dict[str, Any]) -> None:
    course = parse_course(content)
    assert course_of_files(write_course(course)) == course


@pytest.mark.parametrize("code", sorted(read_training()))
def test_every_course_of_the_bank_survives(code: str) -> None:
    course = read_training()[code]
    files = write_course(course)
    assert len(files) == 1 + 4 * len(course.lessons)
    assert course_of_files(files) == course


def test_a_language_may_lack_questions_but_has_none_of_its_own() -> None:
    one, two = (Question(code, Kind.TRUE_FALSE, "Oui ?", (Option(fraction=1), Option())) for code in "ab")
    merged = merge_quizzes({"fr": [one, two], "ar": [two]})
    assert [(question.code, sorted(question.words)) for question in merged] == [
        ("a", ["fr"]),
        ("b", ["ar", "fr"]),
    ]
    for other in ([two, one], [Question("c", Kind.TRUE_FALSE, "Oui ?", one.options)]):
        with pytest.raises(DifferentQuizzes):
            merge_quizzes({"fr": [one, two], "ar": other})


def test_the_whole_bank_is_one_file_for_moodle() -> None:
    course = read_training()["price-and-margin"]
    written = moodle_gift(course, "ar")
    assert written.count("$CATEGORY: price-and-margin/") == len(course.lessons)
    read = read_gift(written)
    assert not read.problems
    assert len(read.questions) == sum(len(lesson.questions) for lesson in course.lessons)


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"course.yaml": b"- a"},
        {"course.yaml": b"\xff\xfe"},
        {"course.yaml": b"code: a\nlessons: 3"},
        {"course.yaml": b"code: a\nlessons: [1, [2]]"},
        {"course.yaml": b"code: a\nlessons: [{code: l, exercise: {fields: [1]}}]"},
        {"course.yaml": b"code: a\nlessons: [{code: l, exercise: {fields: [{options: [2]}]}}]"},
        {"course.yaml": b"a: &a [1]\nb: *a"},
        {"course.yaml": b"code: a\nlessons: [{code: l}]", "l.fr.md": b"---\n[1\n---\n", "l.fr.gift": b"q {"},
    ],
)  # fmt: skip
def test_what_is_no_course_is_told_and_breaks_nothing(files: dict[str, bytes]) -> None:
    with pytest.raises(InvalidCourse) as refused:
        course_of_files(files)
    assert refused.value.problems


def test_the_bank_lacks_nothing() -> None:
    assert {code: list(unready(course)) for code, course in read_training().items()} == {
        code: [] for code in read_training()
    }
