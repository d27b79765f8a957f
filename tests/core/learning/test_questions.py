"""What answers are worth, kind by kind, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpc.core.learning.questions import Kind, Option, Question, UnfitAnswer, mark
from bpc.core.text.folding import fold


def _question(kind: Kind, *options: Option, feedback: str = "") -> Question:
    return Question("code", kind, "?", options, feedback)


SEVERAL = _question(
    Kind.SEVERAL,
    Option("a", 0.5, "A."),
    Option("b", 0.5, "B."),
    Option("c", -1.0, "C."),
    feedback="Toujours.",
)
PAIRS = _question(Kind.PAIRS, Option("a", 1, match="x"), Option("b", 1, match="y"), Option("c", 1, match="x"))
NEAR = _question(
    Kind.NUMBER, Option(fraction=1, number=10, feedback="Oui"), Option(fraction=0.5, number=10, tolerance=2),
    Option(feedback="Non"),
)  # fmt: skip
WORDS = _question(Kind.SHORT, Option("assemblée générale", 1, "Oui"), Option("réunion", 0.5))


@pytest.mark.parametrize(
    ("question", "answer", "score", "explained"),
    [
        (SEVERAL, [0, 1], 1.0, ("A.", "B.", "Toujours.")),
        (SEVERAL, [1, 0, 0], 1.0, ("B.", "A.", "Toujours.")),
        (SEVERAL, [0], 0.5, ("A.", "Toujours.")),
        (SEVERAL, [0, 1, 2], 0.0, ("A.", "B.", "C.", "Toujours.")),
        (SEVERAL, [], 0.0, ("Toujours.",)),
        (PAIRS, {0: 0, 1: 1, 2: 2}, 1.0, ()),
        (PAIRS, {0: 2, 1: 1, 2: 0}, 1.0, ()),
        (PAIRS, {0: 1, 1: 1}, 0.333333, ()),
        (NEAR, 10, 1.0, ("Oui",)),
        (NEAR, 11.5, 0.5, ()),
        (NEAR, 13, 0.0, ("Non",)),
        (WORDS, " ASSEMBLEE  generale", 1.0, ("Oui",)),
        (WORDS, "réunion", 0.5, ()),
        (WORDS, "souk", 0.0, ()),
    ],
)
def test_an_answer_is_worth_what_its_options_are(
    question: Question, answer: object, score: float, explained: tuple[str, ...]
) -> None:
    found = mark(question, answer, fold=fold)  # type: ignore[arg-type]
    assert (found.score, found.explained) == (score, explained)
    assert found.right == (score == 1.0)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (SEVERAL, "01"), (SEVERAL, 0), (SEVERAL, [3]), (SEVERAL, [-1]), (SEVERAL, [True]), (PAIRS, [0, 1]),
        (PAIRS, {0: 9}), (PAIRS, {9: 0}), (NEAR, "10"), (NEAR, True), (NEAR, float("nan")), (WORDS, 3),
        (_question(Kind.ONE, Option("a", 1)), 1), (_question(Kind.TRUE_FALSE, Option("", 1), Option()), None),
    ],
)  # fmt: skip
def test_an_answer_of_another_kind_is_refused(question: Question, answer: object) -> None:
    with pytest.raises(UnfitAnswer):
        mark(question, answer)  # type: ignore[arg-type]


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=6), st.sets(st.integers(0, 5)))
def test_a_score_stays_between_nothing_and_everything(fractions: list[float], chosen: set[int]) -> None:
    question = _question(Kind.SEVERAL, *(Option(str(rank), one) for rank, one in enumerate(fractions)))
    assert 0 <= mark(question, sorted(one for one in chosen if one < len(fractions))).score <= 1
