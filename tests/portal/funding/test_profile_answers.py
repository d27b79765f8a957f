"""Answers as strangers send them: read, or refused with the path of each field."""

from datetime import date
from typing import Any

import pytest

from bpc.core.matching.facts import Interval
from bpc.portal.funding.profile_answers import InvalidAnswers, facts_of, read_profile

pytestmark = pytest.mark.django_db


def faults(document: Any) -> dict[str, str]:
    """Why a profile is refused, by path."""
    with pytest.raises(InvalidAnswers) as refused:
        read_profile(document)
    return dict(refused.value.faults)


def test_places_and_sectors_by_code_or_by_name() -> None:
    assert read_profile({"region": "09", "province": "Taroudant", "sector": "peche"}) == {
        "region": "09",
        "province": "09.541",
        "sector": "fishing",
    }
    assert read_profile({"province": "تارودانت"}) == {"province": "09.541"}
    assert read_profile({"commune": "09.541.01.13"}) == {"commune": "09.541.01.13"}
    assert read_profile({"sector": "agriculture"}) == {"sector": "agriculture"}


def test_what_is_not_known_is_left_out() -> None:
    assert read_profile({"members": None, "women": 3, "rural": False}) == {"women": 3, "rural": False}


def test_days_become_days_for_the_engine() -> None:
    answers = read_profile({"registered_on": "2021-02-28", "held": ["indh-p3-ess", "indh-p3-ess"]})
    assert answers == {"registered_on": "2021-02-28", "held": ["indh-p3-ess"]}
    facts = facts_of(answers)
    assert (facts["registered_on"].year, facts["held"]) == (2021, ("indh-p3-ess",))


def test_a_year_alone_is_every_day_it_may_be() -> None:
    answers = read_profile({"registered_on": "2024", "created_on": "2024-02"})
    assert answers == {"registered_on": "2024", "created_on": "2024-02"}
    facts = facts_of(answers)
    assert facts["registered_on"] == Interval(date(2024, 1, 1), date(2024, 12, 31))
    assert facts["created_on"] == Interval(date(2024, 2, 1), date(2024, 2, 29))


@pytest.mark.parametrize(
    ("document", "paths"),
    [
        ([], {""}),
        ("non", {""}),
        ({"nom": "x"}, {"nom"}),
        ({"rural": "oui", "members": True, "women_share": 1.2}, {"rural", "members", "women_share"}),
        ({"members": 10**400, "project_cost_mad": float("inf"), "women": float("nan")},
         {"members", "project_cost_mad", "women"}),
        ({"members": -1, "registered_on": "2021-02-30", "created_on": "hier"},
         {"members", "registered_on", "created_on"}),
        ({"legal_form": "club", "sector": ["peche"], "stage": {}}, {"legal_form", "sector", "stage"}),
        ({"commune": "Nulle part", "province": 9, "region": "99"}, {"commune", "province", "region"}),
        ({"held": ["a"] * 500}, {"held"}),
        ({"members": 5, "women": 6}, {"women"}),
        ({"region": "02", "province": "09.541"}, {"province"}),
    ],
)  # fmt: skip
def test_hostile_or_contradictory_answers_are_refused_with_their_paths(
    document: Any, paths: set[str]
) -> None:
    assert set(faults(document)) == paths
