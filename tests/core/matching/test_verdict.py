"""The verdict: order of the answers, every rule told, the subtleties of the facts with their figures."""

from datetime import date
from typing import Any

import pytest

from bpc.core.matching.facts import Interval, PastAid
from bpc.core.matching.scheme import Condition, Scheme
from bpc.core.matching.truth import Truth
from bpc.core.matching.verdict import Verdict, match, match_all
from bpc.core.matching.vocabulary import Beneficiary
from bpc.core.matching.vocabulary import Operator as Op
from tests.core.matching.cases import (
    AGADIR,
    COOPERATIVES,
    FISHERIES,
    FRAME,
    INTELAKA,
    LAAYOUNE,
    LAAYOUNE_CALL,
    START_TPE,
    TAROUDANNT_CALL,
    TODAY,
    VAT,
    cooperative,
)


def _truths(verdict: Verdict) -> dict[str, str]:
    return {reason.rule: reason.truth.value for reason in verdict.reasons}


def test_every_rule_is_told_with_the_fact_used() -> None:
    verdict = match(INTELAKA, cooperative(annual_turnover_mad=400_000), TODAY)
    assert verdict.verdict == "eligible"
    assert [(r.rule, r.field, r.truth.value) for r in verdict.reasons] == [
        ("status", "", "met"),
        ("beneficiaries", "legal_form", "met"),
        ("conditions.0", "annual_turnover_mad", "met"),
        ("conditions.1", "age_years", "met"),
    ]
    assert verdict.reasons[2].fact == 400_000
    assert verdict.reasons[2].value == 10_000_000


def test_excluded_goes_before_to_complete_and_names_every_rule() -> None:
    verdict = match(INTELAKA, {"legal_form": "association", "annual_turnover_mad": 12_000_000}, TODAY)
    assert verdict.verdict == "excluded"
    assert [reason.rule for reason in verdict.unmet] == ["beneficiaries", "conditions.0"]
    assert verdict.missing == ()


def test_to_complete_lists_the_answers_to_give() -> None:
    verdict = match(FRAME, {"legal_form": "cooperative", "sector": "crafts", "members": 12}, TODAY)
    assert verdict.verdict == "to_complete"
    assert verdict.missing == ("women_or_youth",)


def test_nothing_is_assumed_from_silence() -> None:
    for scheme in (FRAME, TAROUDANNT_CALL, INTELAKA, START_TPE, VAT, FISHERIES):
        assert match(scheme, {}, TODAY).verdict == "to_complete", scheme.id


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ({}, "eligible"),
        ({"status": "unknown"}, "to_confirm"),
        ({"confidence": "low"}, "to_confirm"),
        ({"confidence": "to_verify"}, "to_confirm"),
        ({"confidence": "medium"}, "eligible"),
        ({"uncertain": frozenset({"beneficiaries"})}, "to_confirm"),
        ({"status": "closed"}, "excluded"),
        ({"closes": date(2026, 11, 21)}, "excluded"),
        ({"closes": date(2026, 11, 22)}, "eligible"),
        ({"stages": ("idea",)}, "to_confirm"),
        ({"conditions": (Condition("stage", Op.EQ, "growth", inferred=True),)}, "to_confirm"),
    ],
)
def test_doubt_of_ours_is_never_eligible(change: dict[str, Any], verdict: str) -> None:
    scheme = Scheme(**{"id": "x", "status": "open", "beneficiaries": COOPERATIVES, **change})
    assert match(scheme, cooperative(), TODAY).verdict == verdict


def test_stage_not_known_is_not_asked() -> None:
    verdict = match(Scheme("x", "open", stages=("idea",)), {}, TODAY)
    assert (verdict.verdict, verdict.missing) == ("eligible", ())
    assert verdict.reasons[1].truth == Truth.UNKNOWN


def test_local_call_takes_the_place_of_the_frame() -> None:
    """Taroudannt 2026: 90 % up to 200,000 DH and more than half women, where the frame says 60 % and 30 %."""
    frame, call = match_all([FRAME, TAROUDANNT_CALL], cooperative(), TODAY)
    assert (frame.verdict, call.verdict) == ("excluded", "eligible")
    assert [(r.rule, r.value) for r in frame.unmet] == [("local_call", "indh-taroudant-2026")]
    assert frame.changes == ()
    frame, call = match_all([FRAME, TAROUDANNT_CALL], cooperative(commune=f"{AGADIR}.01.01"), TODAY)
    assert (frame.verdict, call.verdict) == ("eligible", "excluded")


def test_frame_does_not_come_back_for_those_the_call_refuses() -> None:
    frame, call = match_all([FRAME, TAROUDANNT_CALL], cooperative(women=10), TODAY)
    assert (frame.verdict, call.verdict) == ("excluded", "excluded")
    assert [(c.field, c.to) for c in call.changes] == [("women_share", 11 / 20)]


def test_frame_waits_for_the_province() -> None:
    answers = cooperative(commune=None)
    frame, _ = match_all([FRAME, TAROUDANNT_CALL], {**answers, "region": "09"}, TODAY)
    assert (frame.verdict, frame.missing) == ("to_complete", ("commune",))
    frame, _ = match_all([FRAME, TAROUDANNT_CALL], {**answers, "region": "01"}, TODAY)
    assert frame.verdict == "eligible"


def test_closed_call_lets_the_frame_come_back() -> None:
    frame, call = match_all([FRAME, LAAYOUNE_CALL], cooperative(commune=f"{LAAYOUNE}.01.01"), TODAY)
    assert (frame.verdict, call.verdict) == ("eligible", "excluded")
    assert "local_call" not in _truths(frame)


@pytest.mark.parametrize(
    ("people", "verdict"),
    [
        ({"women": 20, "youth": 12, "women_or_youth": 30}, "excluded"),  # 30 of 100 is not more than 30 %
        ({"women": 20, "youth": 12, "women_or_youth": 31}, "eligible"),
        ({"women": 20, "youth": 12}, "to_complete"),  # between 20 and 32 %
        ({"women": 20, "youth": 10}, "excluded"),  # at most 30 %
        ({"women": 31}, "eligible"),  # whatever the young are
        ({"women_share": 0.2, "youth_share": 0.1}, "excluded"),
        ({"women_or_youth": 55}, "eligible"),
    ],
)
def test_women_or_youth_counts_each_person_once(people: dict[str, Any], verdict: str) -> None:
    answers = {**cooperative(members=100, women=None, youth=None, commune=f"{AGADIR}.01.01"), **people}
    assert match(FRAME, answers, TODAY).verdict == verdict


@pytest.mark.parametrize(
    ("turnover", "mode", "verdict"),
    [
        (9_999_999, "processing", "eligible"),
        (10_000_000, "processing", "excluded"),
        (10_000_000, "collect_and_sell_members_raw_materials", "eligible"),
        (None, "collect_and_sell_members_raw_materials", "eligible"),
        (10_000_000, None, "to_complete"),
        (Interval(1_000_000, 9_000_000), None, "eligible"),
        (Interval(5_000_000, 12_000_000), "processing", "to_complete"),
    ],
)
def test_ten_million_cliff(turnover: Any, mode: Any, verdict: str) -> None:
    found = match(VAT, cooperative(annual_turnover_mad=turnover, activity_mode=mode), TODAY)
    assert found.verdict == verdict
    group = found.reasons[-1]
    assert (group.rule, [part.field for part in group.parts]) == (
        "any_of.0",
        ["annual_turnover_mad", "activity_mode"],
    )


@pytest.mark.parametrize(("cost", "verdict"), [(99_999, "excluded"), (100_000, "eligible")])
def test_floor_of_the_fisheries_call(cost: int, verdict: str) -> None:
    found = match(FISHERIES, cooperative(sector="fishing", project_cost_mad=cost), TODAY)
    assert found.verdict == verdict
    assert [(c.field, c.to) for c in found.changes] == (
        [] if verdict == "eligible" else [("project_cost_mad", 100_000)]
    )


def test_start_tpe_needs_an_intelaka_loan_first() -> None:
    answers = {"legal_form": "individual", "intelaka_loan_mad": 200_000}
    assert match(START_TPE, answers, TODAY).missing == ("held",)
    refused = match(START_TPE, {**answers, "held": ()}, TODAY)
    assert refused.verdict == "excluded"
    assert [(c.field, c.to) for c in refused.changes] == [("held", ("intelaka-damane-intelak",))]
    held = {**answers, "held": ("intelaka-damane-intelak",)}
    assert match(START_TPE, held, TODAY).verdict == "eligible"


def test_form_the_source_may_take_is_to_confirm() -> None:
    answers = {
        "legal_form": "cooperative_in_creation",
        "intelaka_loan_mad": 200_000,
        "held": ("intelaka-damane-intelak",),
    }
    found = match(START_TPE, answers, TODAY)
    assert found.verdict == "to_confirm"
    assert [r.rule for r in found.reasons if r.inferred] == ["beneficiaries"]


@pytest.mark.parametrize(
    ("women", "verdict"), [(20, "eligible"), (14, "to_confirm"), (10, "to_confirm"), (9, "excluded")]
)
def test_label_of_a_womens_cooperative(women: int, verdict: str) -> None:
    prize = Scheme("prize", "open", beneficiaries=(Beneficiary.WOMEN_COOPERATIVE,))
    assert match(prize, cooperative(women=women), TODAY).verdict == verdict
    whole = Scheme(
        "whole",
        "open",
        beneficiaries=(Beneficiary.WOMEN_COOPERATIVE,),
        conditions=(Condition("women_share", Op.EQ, 1.0),),
    )
    assert match(whole, cooperative(women=women), TODAY).verdict == (
        "eligible" if women == 20 else "excluded"
    )


@pytest.mark.parametrize(
    ("past", "years", "verdict"),
    [
        ((), 2, "eligible"),
        ((PastAid("old", date(2025, 1, 1), date(2025, 12, 31)),), 2, "excluded"),
        ((PastAid("old", date(2024, 1, 1), date(2024, 12, 31)),), 2, "to_complete"),
        ((PastAid("old", date(2023, 1, 1), date(2023, 12, 31)),), 2, "eligible"),
        ((PastAid("old", date(2003, 1, 1), date(2003, 12, 31)),), None, "excluded"),
        ((PastAid("other", date(2025, 1, 1), date(2025, 12, 31)),), None, "eligible"),
        ((PastAid("old"),), 2, "to_complete"),
        (None, 2, "to_complete"),
    ],
)
def test_past_aid(past: Any, years: float | None, verdict: str) -> None:
    scheme = Scheme("x", "open", past_aid_excludes=("old",), past_aid_years=years)
    assert match(scheme, {"past_aid": past}, TODAY).verdict == verdict


def test_place_listed_twice_is_the_narrowest() -> None:
    scheme = Scheme("x", "open", regions=("09", "02"), provinces=("09.541",))
    verdicts = [
        match(scheme, facts, TODAY).verdict
        for facts in ({"province": "09.541"}, {"province": "09.001"}, {"region": "09"}, {"region": "02"})
    ]
    assert verdicts == ["eligible", "excluded", "to_complete", "eligible"]


def test_preferences_only_raise_the_chances() -> None:
    scheme = Scheme("x", "open", preferences=(Condition("women_share", Op.GT, 0.9),))
    found = match(scheme, cooperative(), TODAY)
    assert found.verdict == "eligible"
    assert [(bonus.field, bonus.truth.value) for bonus in found.bonuses] == [("women_share", "unmet")]


def test_group_of_several_ages_by_year_of_registration() -> None:
    """Registered "in 2021": between 4.9 and 5.9 years on 22 November 2026, which five years do not decide."""
    year = Interval(date(2021, 1, 1), date(2021, 12, 31))
    answers = cooperative(registered_on=year, annual_turnover_mad=0)
    assert match(INTELAKA, answers, TODAY).verdict == "to_complete"
    year = Interval(date(2022, 1, 1), date(2022, 12, 31))
    assert match(INTELAKA, {**answers, "registered_on": year}, TODAY).verdict == "eligible"


@pytest.mark.parametrize(
    ("gender", "verdict"), [("female", "eligible"), ("male", "excluded"), (None, "to_complete")]
)
def test_a_woman_alone_is_all_women(gender: str | None, verdict: str) -> None:
    scheme = Scheme(
        "x",
        "open",
        beneficiaries=(Beneficiary.INDIVIDUAL_HOLDER,),
        conditions=(Condition("women_share", Op.GT, 0.5),),
    )
    found = match(scheme, {"legal_form": "individual", "founder_gender": gender}, TODAY)
    assert (found.verdict, found.missing) == (verdict, () if gender else ("founder_gender",))
