"""Two contents compared leaf by leaf."""

from bpc.portal.foundation.differences import Difference, changed_fields, differences

BEFORE = {
    "slug": "a",
    "version": 1,
    "name_fr": "Miel",
    "products": [{"id": "pot", "price": {"mode": 80, "src": []}}, {"id": "cire", "unit": "kg"}],
    "ramp_up": [0.5, 1.0],
}


def test_items_are_followed_by_their_id() -> None:
    after = {
        **BEFORE,
        "version": 2,
        "products": [BEFORE["products"][1], {"id": "pot", "price": {"mode": 90}}],
    }  # type: ignore[index]
    assert differences(BEFORE, after) == [Difference("products[pot].price.mode", 80, 90)]
    assert changed_fields(BEFORE, after) == ["products"]


def test_what_came_and_went_is_told_leaf_by_leaf() -> None:
    after = {**BEFORE, "products": [BEFORE["products"][0], {"id": "gelée", "unit": "kg"}]}  # type: ignore[index]
    assert differences(BEFORE, after) == [
        Difference("products[gelée].id", None, "gelée"),
        Difference("products[gelée].unit", None, "kg"),
        Difference("products[cire].id", "cire", None),
        Difference("products[cire].unit", "kg", None),
    ]


def test_a_list_of_numbers_is_one_thing() -> None:
    assert differences(BEFORE, {**BEFORE, "ramp_up": [0.6, 1.0]}) == [
        Difference("ramp_up", [0.5, 1.0], [0.6, 1.0])
    ]


def test_nothing_differs_from_itself_whatever_its_version() -> None:
    assert differences(BEFORE, {**BEFORE, "version": 4, "slug": "b", "updated": "2026-01-01"}) == []
