"""The next question: the one that decides the most, once, and none when nothing is left to decide."""

from bpc.core.matching.next_question import next_question, next_screen
from bpc.core.matching.scheme import Condition, Scheme
from bpc.core.matching.verdict import match_all
from bpc.core.matching.vocabulary import Beneficiary
from bpc.core.matching.vocabulary import Operator as Op
from tests.core.matching.cases import FRAME, INTELAKA, START_TPE, TAROUDANNT_CALL, TODAY, VAT, cooperative

SOURCES = [FRAME, TAROUDANNT_CALL, INTELAKA, START_TPE, VAT]


def test_legal_form_comes_first() -> None:
    assert next_question(SOURCES, {}, TODAY) == "legal_form"


def test_question_that_decides_more_goes_first() -> None:
    rural = [Scheme(f"rural{at}", "open", conditions=(Condition("rural", Op.EQ, True),)) for at in range(2)]
    dear = Scheme("dear", "open", conditions=(Condition("project_cost_mad", Op.GTE, 100_000),))
    assert next_question([dear, *rural], {}, TODAY) == "commune"
    assert next_question([dear, *rural], {"commune": "09.541.05.01"}, TODAY) == "rural"
    assert (
        next_question([dear, *rural], {"commune": "09.541.05.01", "rural": True}, TODAY) == "project_cost_mad"
    )


def test_tie_goes_to_the_easier_answer() -> None:
    dear = Scheme("dear", "open", conditions=(Condition("annual_turnover_mad", Op.LT, 10_000_000),))
    service = Scheme("service", "open", conditions=(Condition("industrial_activity", Op.EQ, True),))
    assert next_question([dear, service], {}, TODAY) == "industrial_activity"


def test_nothing_is_asked_of_what_is_decided() -> None:
    answers = {"legal_form": "association", "held": ()}
    assert {one.verdict for one in match_all(SOURCES, answers, TODAY)} == {"excluded"}
    assert next_question(SOURCES, answers, TODAY) is None


def test_composition_is_one_screen() -> None:
    womens = Scheme("w", "open", beneficiaries=(Beneficiary.WOMEN_COOPERATIVE,))
    assert next_screen([FRAME, womens], cooperative(members=None, women=None, youth=None), TODAY) == (
        "members",
        "women",
        "women_or_youth",
    )


def test_skipped_answer_is_asked_another_way_then_left() -> None:
    womens = [Scheme("w", "open", beneficiaries=(Beneficiary.WOMEN_COOPERATIVE,))]
    answers = {"legal_form": "cooperative"}
    assert next_screen(womens, answers, TODAY) == ("members", "women")
    assert next_screen(womens, answers, TODAY, skipped={"members", "women"}) == ("women_share",)
    assert next_screen(womens, answers, TODAY, skipped={"members", "women", "women_share"}) == ()


def test_age_of_somebody_alone_is_asked_in_years() -> None:
    source = [Scheme("x", "open", conditions=(Condition("age_years", Op.LTE, 5),))]
    assert next_question(source, {"legal_form": "individual"}, TODAY) == "age_years"
    assert next_question(source, {"legal_form": "gie"}, TODAY) == "registered_on"
    assert next_question(source, {"legal_form": "cooperative_in_creation"}, TODAY) is None
