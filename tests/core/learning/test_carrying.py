"""Answers carried from one wording of a question to the next."""

from bpc.core.learning.carrying import carry
from bpc.core.learning.questions import Kind, Option, Question


def _asked(kind: Kind, *options: Option) -> Question:
    return Question("q", kind, "?", options)


RENT, GLUE, SALT = Option("loyer", 1), Option("colle"), Option("sel")


def test_an_option_is_found_by_its_words_wherever_it_went() -> None:
    former, present = _asked(Kind.SEVERAL, RENT, GLUE), _asked(Kind.SEVERAL, SALT, GLUE, RENT)
    assert carry([0, 1], former, present) == [2, 1]
    assert carry([], former, present) == []


def test_reworded_options_are_found_by_their_rank_when_all_is_worth_the_same() -> None:
    reworded = _asked(Kind.ONE, Option("le loyer", 1), GLUE)
    assert carry(0, _asked(Kind.ONE, RENT, GLUE), reworded) == 0
    swapped = _asked(Kind.ONE, Option("la colle"), Option("le loyer", 1))
    assert carry(0, _asked(Kind.ONE, RENT, GLUE), swapped) is None
    assert carry([0, 1], _asked(Kind.SEVERAL, RENT, GLUE), _asked(Kind.SEVERAL, SALT, RENT, SALT)) is None


def test_pairs_are_carried_side_by_side() -> None:
    former = _asked(Kind.PAIRS, Option("présidente", match="signe"), Option("trésorière", match="paie"))
    present = _asked(Kind.PAIRS, Option("trésorière", match="paie"), Option("présidente", match="signe"))
    assert carry({0: 0, 1: 0}, former, present) == {1: 1, 0: 1}
    gone = _asked(Kind.PAIRS, Option("présidente", 1, match="signe"))
    assert carry({1: 1}, former, gone) is None


def test_numbers_words_and_truth_are_what_they_are() -> None:
    for kind, answer in ((Kind.NUMBER, 4.5), (Kind.SHORT, "loyer"), (Kind.TRUE_FALSE, 1)):
        assert carry(answer, _asked(kind, Option(), Option(fraction=1)), _asked(kind, Option())) == answer
    assert carry(0, _asked(Kind.ONE, RENT), _asked(Kind.SEVERAL, RENT)) is None
