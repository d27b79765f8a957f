"""Paths into a plan's document: read, set, taken out, compared; whatever is hostile refused with its path."""

import copy
import json
from typing import Any

import pytest

from bpc.core.plan.problems import InvalidPlan
from bpc.portal.plans.paths import (
    MISSING,
    MOST_DEPTH,
    MOST_ITEMS,
    MOST_TEXT,
    Difference,
    check_value,
    differences,
    overlap,
    split_path,
    value_at,
    with_changes,
)
from bpc.portal.plans.reckoning import MOST_BYTES, reckon
from tests.portal.plans.plan_world import TWELFTHS, small_document


def refused(call: Any, *args: Any) -> list[tuple[str, str]]:
    with pytest.raises(InvalidPlan) as caught:
        call(*args)
    return [(problem.code, problem.path) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("products.oil.price", 100),
        ("products.oil.price.mode", 100),
        ("inputs.nuts.qty_per_unit.oil", 1),
        ("loans.bank.draws.0.amount", 30_000),
        ("shares.subscriptions.0.members", 10),
        ("products.oil.seasonality.11", 1 / 12),
        ("years", 5),
        ("products.wine.price", MISSING),
        ("loans.bank.draws.1.amount", MISSING),
        ("products.0.price", MISSING),  # an item with an id is never reached by its rank
        ("years.mode.mode", 5),
        ("overdraft.limit", MISSING),
    ],
)
def test_what_stands_at_a_path(path: str, value: Any) -> None:
    assert value_at(small_document(), path) == value


HOSTILE = (
    "", ".", "products.", ".products", "products..price", "../etc/passwd", "__proto__\n", "a b", "PRODUCTS", "é",
    "products.oil.price\x00", "+", "products.+.price", "+.price", ".".join("abcdefghi"), "a" * 41, "a." * 100,
    "products.+1000", "٣", "price%s", "{x}",
)  # fmt: skip


@pytest.mark.parametrize("path", HOSTILE)
def test_what_is_no_path_is_refused(path: str) -> None:
    assert refused(split_path, path) == [("E_bad_path", "")]
    assert refused(with_changes, small_document(), {path: 1}) == [("E_bad_path", "")]


@pytest.mark.parametrize("path", [None, 3, b"years", ["years"], ("a", "b")])
def test_a_path_is_a_text(path: Any) -> None:
    assert refused(split_path, path) == [("E_bad_path", "")]


def test_a_python_name_reaches_nothing_of_python() -> None:
    changed = with_changes(small_document(), {"__class__": 1, "products.oil.__dict__": 2})
    assert (changed["__class__"], changed["products"][0]["__dict__"]) == (1, 2)
    assert refused(reckon, changed) == [
        ("E_extra_forbidden", "products.oil.__dict__"),
        ("E_extra_forbidden", "__class__"),
    ]


def test_setting_leaves_the_document_given_as_it_was() -> None:
    document = small_document()
    before = copy.deepcopy(document)
    item = {"id": "cake", "capacity": 1, "price": 1, "seasonality": TWELFTHS}
    changed = with_changes(
        document, {"products.oil.price": 120, "working_capital.stock_days": 30, "products.+": item}
    )
    assert document == before
    assert value_at(changed, "products.oil.price") == 120
    assert changed["working_capital"] == {"stock_days": 30}
    item["price"] = 9
    assert value_at(changed, "products.cake.price") == 1


def test_a_part_of_a_range_makes_a_range_of_a_plain_number() -> None:
    changed = with_changes(small_document(), {"products.oil.price.low": 80, "products.oil.price.high": 130})
    assert value_at(changed, "products.oil.price") == {"mode": 100, "low": 80, "high": 130}
    again = with_changes(changed, {"products.oil.price.mode": 110})
    assert value_at(again, "products.oil.price") == {"mode": 110, "low": 80, "high": 130}


def test_items_come_and_go() -> None:
    document = small_document()
    added = with_changes(document, {"loans.+": {"name": "Deux"}, "loans.+2": {"name": "Trois"}})
    assert [loan["id"] for loan in added["loans"]] == ["bank", "loans_1", "loans_2"]
    assert with_changes(added, {"loans.loans_1": None})["loans"] == [added["loans"][0], added["loans"][2]]
    without = with_changes(document, {"inputs.nuts.qty_per_unit.oil": None, "overdraft": None})
    assert without["inputs"][0]["qty_per_unit"] == {}
    assert without["overdraft"] is None
    land = with_changes(document, {"assets.press.life_years": None})
    assert value_at(land, "assets.press.life_years") is None
    draws = with_changes(
        document, {"loans.bank.draws.+": {"month": 1, "amount": 5}, "loans.bank.draws.0": None}
    )
    assert draws["loans"][0]["draws"] == [{"month": 1, "amount": 5}]
    new_list = with_changes({}, {"opening.assets.+": {"book_value": 1, "years_left": None}})
    assert new_list == {"opening": {"assets": [{"id": "assets_1", "book_value": 1, "years_left": None}]}}


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"products.wine.price": 1}, ("E_unknown_item", "products.wine.price")),
        ({"products.wine": None}, ("E_unknown_item", "products.wine")),
        ({"products.0": None}, ("E_unknown_item", "products.0")),
        ({"loans.bank.draws.7.amount": 1}, ("E_unknown_item", "loans.bank.draws.7.amount")),
        ({"years.+": 1}, ("E_unknown_item", "years.+")),
        ({"members.+": 1}, ("E_not_a_list", "members.+")),
        ({"products.+": None}, ("E_bad_path", "products.+")),
        ({"start.month": 1}, ("E_unknown_item", "start.month")),
    ],
)
def test_what_is_not_there_is_told(changes: dict[str, Any], problem: tuple[str, str]) -> None:
    assert refused(with_changes, small_document(), changes) == [problem]


def test_every_refusal_of_a_batch_is_told_at_once() -> None:
    changes = {"products.wine.price": 1, "a b": 2, "years": float("nan"), "cash_floor": 5}
    assert refused(with_changes, small_document(), changes) == [
        ("E_unknown_item", "products.wine.price"),
        ("E_bad_path", ""),
        ("E_finite_number", "years"),
    ]


def nested(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (nested(MOST_DEPTH + 1), "E_too_deep"),
        (nested(100_000), "E_too_deep"),
        ({"a": nested(50)}, "E_too_deep"),
        ([0] * (MOST_ITEMS + 1), "E_too_long"),
        ([[0] * MOST_ITEMS] * 30, "E_too_large"),
        ("x" * (MOST_TEXT + 1), "E_string_too_long"),
        ("half \ud83d letter", "E_bad_text"),
        ("nul\x00", "E_bad_text"),
        ({"nul\x00": 1}, "E_bad_text"),
        (float("nan"), "E_finite_number"),
        ([float("-inf")], "E_finite_number"),
        (10**400, "E_too_large"),
        (b"bytes", "E_not_json"),
        ({1, 2}, "E_not_json"),
        (object(), "E_not_json"),
    ],
)
def test_values_no_plan_holds(value: Any, code: str) -> None:
    assert refused(check_value, value, "years") == [(code, "years")]


def test_a_document_has_a_size() -> None:
    many = [{"id": f"l{rank}", "name": "é" * 160, "months": 0} for rank in range(600)]
    document = small_document(phases=many)
    assert len(json.dumps(document, ensure_ascii=False).encode()) > MOST_BYTES
    assert refused(reckon, document) == [("E_too_large", "")]
    for other in ([], "x", None, 5):
        assert refused(reckon, other) == [("E_not_json", "")]


def test_ten_thousand_products_are_refused_before_any_work() -> None:
    items = [{"id": f"p{rank}"} for rank in range(10_000)]
    assert refused(reckon, small_document(products=items)) == [("E_too_long", "")]


def test_overlap_is_of_whole_steps() -> None:
    assert overlap("products.oil", "products.oil")
    assert overlap("products.oil.price.mode", "products.oil.price")
    assert not overlap("products.oil", "products.oil2.price")
    assert not overlap("products.+", "products.oil")


def test_documents_are_compared_by_ids_whatever_the_order() -> None:
    old, new = small_document(), small_document()
    new["products"] = [
        {"id": "cake", "capacity": 5, "price": 2, "seasonality": TWELFTHS},
        {**old["products"][0], "price": {"mode": 100, "low": 90, "high": 110}},
    ]
    new["inputs"][0]["qty_per_unit"] = {"oil": 2, "cake": 1}
    new["loans"] = []
    new["years"] = 6
    assert differences(old, old) == []
    assert differences(old, new) == [
        Difference("years", 5, 6),
        Difference("products.oil.price", 100, {"mode": 100, "low": 90, "high": 110}),
        Difference("products.cake", None, new["products"][0]),
        Difference("inputs.nuts.qty_per_unit.oil", 1, 2),
        Difference("inputs.nuts.qty_per_unit.cake", None, 1),
        Difference("loans.bank", old["loans"][0], None),
    ]
