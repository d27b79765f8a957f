"""What would lift a refusal: always checked by judging again, never longer than it need be."""

from collections.abc import Iterator, Mapping
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpc.core.matching.facts import Interval, change, derive
from bpc.core.matching.scheme import Condition, Scheme
from bpc.core.matching.verdict import match
from bpc.core.matching.vocabulary import Beneficiary, LegalForm
from bpc.core.matching.vocabulary import Operator as Op
from tests.core.matching.cases import FRAME, INTELAKA, LAAYOUNE_CALL, TAROUDANNT_CALL, TODAY, VAT, cooperative

#: Every value a small group may have, each on both sides of the bounds used below.
GRID: Mapping[str, tuple[Any, ...]] = {
    "legal_form": ("cooperative", "union", "association", "individual"),
    "age_years": (0.0, 1.0, 2.0, 3.0, 6.0),
    "women_share": (0.0, 0.3, 0.31, 0.5, 0.51, 1.0),
    "sector": ("crafts", "food", "other"),
    "annual_turnover_mad": (0, 999_999, 1_000_000, 9_999_999, 10_000_000),
    "province": ("09.541", "09.001", "01.051"),
}
COLLECT = "collect_and_sell_members_raw_materials"
_BOUNDS = {
    "age_years": (2, 3),
    "women_share": (0.3, 0.5, 1.0),
    "annual_turnover_mad": (1_000_000, 10_000_000),
}


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    name = draw(st.sampled_from(["age_years", "women_share", "annual_turnover_mad", "sector", "legal_form"]))
    if name in _BOUNDS:
        op = draw(st.sampled_from([Op.LT, Op.LTE, Op.GTE, Op.GT]))
        value = draw(st.sampled_from(_BOUNDS[name]))
        if (name, op, value) == ("women_share", Op.GT, 1.0):
            value = 0.5  # nobody is more than all
        return Condition(name, op, value)
    some = draw(st.lists(st.sampled_from(GRID[name]), min_size=1, max_size=2, unique=True))
    return Condition(name, Op.IN, tuple(some))


@st.composite
def schemes(draw: st.DrawFn) -> Scheme:
    who = st.sampled_from(
        [Beneficiary.EXISTING_COOPERATIVE, Beneficiary.WOMEN_COOPERATIVE, Beneficiary.UNION]
    )
    return Scheme(
        "x",
        "open",
        provinces=draw(st.sampled_from([(), ("09.541",)])),
        beneficiaries=tuple(draw(st.lists(who, max_size=2, unique=True))),
        conditions=tuple(draw(st.lists(conditions(), max_size=2))),
        any_of=tuple(draw(st.lists(st.tuples(conditions(), conditions()), max_size=1))),
    )


def _shorter(scheme: Scheme, facts: Mapping[str, Any], limit: int) -> Iterator[tuple[tuple[str, Any], ...]]:
    """Every set of fewer than `limit` changes of the grid after which nothing refuses, all known as before."""
    for size in range(1, limit):
        for names in combinations(GRID, size):
            for values in product(*(GRID[name] for name in names)):
                pairs = tuple(zip(names, values, strict=True))
                if match(scheme, change(facts, pairs, TODAY), TODAY).verdict in ("eligible", "to_confirm"):
                    yield pairs


@settings(max_examples=80)
@given(schemes(), st.tuples(*(st.sampled_from(values) for values in GRID.values())))
def test_no_set_of_changes_is_shorter(scheme: Scheme, values: tuple[Any, ...]) -> None:
    facts = derive(dict(zip(GRID, values, strict=True)), TODAY)
    verdict = match(scheme, facts, TODAY)
    if verdict.verdict != "excluded":
        assert verdict.changes == ()
        return
    pairs = [(one.field, one.to) for one in verdict.changes]
    if pairs:
        assert match(scheme, change(facts, pairs, TODAY), TODAY).verdict != "excluded"
    assert not list(_shorter(scheme, facts, len(pairs) or 3)), pairs


@pytest.mark.parametrize(
    ("scheme", "answers", "changes"),
    [
        (
            VAT,
            {"annual_turnover_mad": 10_000_000, "activity_mode": "trade"},
            {"activity_mode": "collect_and_sell_members_raw_materials"},
        ),
        (INTELAKA, {"annual_turnover_mad": 10_000_001}, {"annual_turnover_mad": 10_000_000}),
        (FRAME, {"women_or_youth": 6}, {"women_or_youth_share": 7 / 20}),
        (
            FRAME,
            {"women": 3, "youth": 2, "sector": "other"},
            {"women_or_youth_share": 7 / 20, "sector": "agriculture"},
        ),
        (TAROUDANNT_CALL, {"women": 10}, {"women_share": 11 / 20}),
        (LAAYOUNE_CALL, {}, {}),  # closed: nothing the group does opens it
    ],
)
def test_nearest_value_that_will_do(scheme: Scheme, answers: dict[str, Any], changes: dict[str, Any]) -> None:
    found = match(scheme, cooperative(**answers), TODAY).changes
    assert {one.field: one.to for one in found} == changes


def test_what_a_group_cannot_do_is_said() -> None:
    old = match(INTELAKA, cooperative(registered_on=TODAY.replace(year=2015), annual_turnover_mad=0), TODAY)
    assert [(one.field, one.to, one.within_reach) for one in old.changes] == [("age_years", 5, False)]
    assert not old.within_reach
    elsewhere = match(TAROUDANNT_CALL, cooperative(commune="01.051.01.01"), TODAY)
    assert [(one.field, one.to, one.within_reach) for one in elsewhere.changes] == [
        ("province", "09.541", False)
    ]
    young = Scheme("x", "open", conditions=(Condition("age_years", Op.GTE, 4),))
    (wait,) = match(young, cooperative(), TODAY).changes
    assert (wait.field, wait.to, wait.within_reach) == ("age_years", 4, True)


def test_new_form_is_a_new_group() -> None:
    """An association that founds a cooperative is of age 0, whatever its own age."""
    facts = derive({"legal_form": "association", "registered_on": TODAY.replace(year=2010)}, TODAY)
    changed = change(facts, [("legal_form", LegalForm.COOPERATIVE)], TODAY)
    assert (changed["age_years"], changed["registered_on"]) == (0.0, TODAY)
    found = match(INTELAKA, {**facts, "annual_turnover_mad": 0}, TODAY).changes
    assert [(one.field, one.to) for one in found] == [("legal_form", LegalForm.COOPERATIVE)]


def test_forgetting_is_no_change() -> None:
    """Another region would make the province unknown: the answer is the province."""
    scheme = Scheme("x", "open", regions=("09",), provinces=("09.541",))
    found = match(scheme, {"province": "01.051"}, TODAY).changes
    assert [one.field for one in found] == ["province"]


def test_bounds_are_changed_from_what_is_known() -> None:
    scheme = Scheme("x", "open", conditions=(Condition("annual_turnover_mad", Op.LT, 1_000_000),))
    found = match(scheme, {"annual_turnover_mad": Interval(1_000_000, 2_000_000)}, TODAY).changes
    assert [(one.field, one.to) for one in found] == [("annual_turnover_mad", 999_999)]
