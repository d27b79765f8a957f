"""GIFT in and out: what Moodle's documentation shows, what is refused with its line, and there and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpc.core.learning.gift import LARGEST, GiftProblem, read_gift
from bpc.core.learning.gift_writing import write_gift
from bpc.core.learning.questions import Kind, Option, Question

# shapes of the questions in Moodle's page on GIFT, in our own words
SAMPLE = """
// a comment, then a category: neither is a question
$CATEGORY: law/members

::five:: How many founders? { ~4 =5#Right. ~%50%6#More is fine too. }

Honey is sold { =by weight ~by colour } at the souk.

::truth::[html]<p>One member &amp; one vote</p> {T#Article 38 says so.#Yes.}

{=lost}

::several:: Variable costs? {
  ~%50%jars
  ~%50%labels

  ~%-100%rent
}

::range:: A percentage? {#10..20#Between.}
::joined:: to the one above { =x ~y }

::many:: Near 3? {#=3:0#exactly =%50%3:2#nearly ~#far}

::pairs:: Who? { =president -> calls =treasurer -> pays ####See the statutes. }

::words:: The yearly meeting? { =assembly =general assembly }

An essay {}
"""


def test_every_kind_is_read_and_the_rest_is_refused_with_its_line() -> None:
    file = read_gift(SAMPLE)
    assert [(one.code, one.kind) for one in file.questions] == [
        ("five", Kind.ONE), ("q2", Kind.ONE), ("truth", Kind.TRUE_FALSE), ("several", Kind.SEVERAL),
        ("many", Kind.NUMBER), ("pairs", Kind.PAIRS), ("words", Kind.SHORT),
    ]  # fmt: skip
    assert [(one.code, one.line) for one in file.problems] == [
        ("no_text", 11),
        ("two_answers", 20),
        ("essay", 29),
    ]
    five, gap, truth, several, many, pairs, _words = file.questions
    assert [option.fraction for option in five.options] == [0.0, 1.0, 0.5]
    assert gap.text == "Honey is sold _____ at the souk."
    assert (truth.text, truth.options[1].feedback) == ("One member & one vote", "Article 38 says so.")
    assert [option.text for option in several.options] == ["jars", "labels", "rent"]
    assert [(one.number, one.tolerance) for one in many.options] == [(3, 0), (3, 2), (None, 0)]
    assert (pairs.options[1].match, pairs.feedback) == ("pays", "See the statutes.")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("no braces", "no_answers"),
        ("a {=b", "brace_open"),
        ("a {b}", "no_sign"),
        ("a {=b ~}", "empty_answer"),
        ("a {~b ~c}", "no_right_answer"),
        ("a {~%300%b}", "bad_weight"),
        ("a {#many}", "no_number"),
        ("a {#~#never}", "no_right_answer"),
        ("a {=b -> c}", "pair_alone"),
        ("a {=b -> c =d}", "pair_alone"),
        ("x" * (LARGEST + 1), "too_long"),
    ],
)
def test_what_is_broken_is_refused_with_a_reason(text: str, code: str) -> None:
    file = read_gift(text)
    assert [one.code for one in file.problems] == [code]
    assert not file.questions


def test_a_code_is_taken_once() -> None:
    assert read_gift("::a::b {T}\n\n::a::c {T}").problems == [GiftProblem("code_twice", 3, "::a::c {T}")]


_words = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.sampled_from("~=#{}:\\/[]<>&-%"),
    min_size=1,
    max_size=12,
).filter(lambda text: text.strip() == text and not text.startswith(("//", "$")))


def _choice(texts: list[str], right: int, why: str) -> Question:
    options = tuple(
        Option("a" + text, float(rank == right), why if rank else "") for rank, text in enumerate(texts)
    )
    return Question("code", Kind.ONE, "q " + texts[0], options, why)


@given(st.lists(_words, min_size=2, max_size=5, unique=True), st.integers(0, 1), _words)
def test_any_choice_comes_back_as_it_was_written(texts: list[str], right: int, why: str) -> None:
    asked = _choice(texts, right, why)
    file = read_gift(write_gift([asked]))
    assert (file.questions, file.problems) == ([asked], [])


@given(st.text(max_size=200))
def test_any_text_is_read_without_failing(text: str) -> None:
    file = read_gift(text)
    assert read_gift(write_gift(file.questions)).questions == file.questions
