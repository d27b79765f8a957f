"""Scoring: coverage first, then where and how often; the same everywhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpc.core.text.scoring import score
from bpc.core.text.stems import analyse

STEMS = st.lists(st.sampled_from("abcdef"), max_size=30)


def test_worked_figures() -> None:
    assert score(["miel"], ["miel"], []) == pytest.approx(1 + 5 / 6.2)
    assert score(["miel"], [], ["miel"]) == pytest.approx(1 + 1 / 2.2)
    assert score(["miel", "thym"], ["thym"], ["miel", "miel"]) == pytest.approx(2 + (5 / 6.2 + 2 / 3.2) / 2)
    assert score(["miel"], ["laine"], ["tapis"]) == 0.0
    assert score([], ["miel"], ["miel"]) == 0.0


def test_title_precedes_body_and_coverage_precedes_both() -> None:
    query = analyse("miel de thym")
    in_title = score(query, analyse("Miel de thym"), analyse("Une coopérative"))
    in_body = score(query, analyse("Une coopérative"), analyse("Du miel de thym"))
    half, all_title = score(query, ["miel"] * 50, ["miel"] * 500), analyse("Miel")
    assert in_title > in_body > half > score(query, all_title, []) > 0


def test_a_query_in_one_spelling_ranks_a_text_in_another() -> None:
    assert score(analyse("مشاريع النسا"), analyse("مشروع"), []) == pytest.approx(1 + 5 / 6.2 / 2)
    assert score(analyse("COOPERATIVE"), analyse("Les coopératives"), []) == pytest.approx(1 + 5 / 6.2)


@given(STEMS, STEMS, STEMS)
def test_bounds_and_coverage(query: list[str], title: list[str], body: list[str]) -> None:
    covered = len(set(query) & {*title, *body})
    value = score(query, title, body)
    assert int(value) == covered
    assert (value == 0) == (covered == 0)


@given(STEMS, STEMS, STEMS)
def test_order_and_repetition_of_the_query_do_not_count(
    query: list[str], title: list[str], body: list[str]
) -> None:
    assert score([*reversed(query), *query], title, body) == score(query, title, body)
    assert score(sorted(query), title, body) == score(query, title, body)


@given(STEMS, STEMS, STEMS, st.sampled_from("abcdef"))
def test_one_more_occurrence_never_lowers(
    query: list[str], title: list[str], body: list[str], more: str
) -> None:
    assert score(query, title, [*body, more]) >= score(query, title, body)
    assert score(query, [*title, more], body) >= score(query, title, [*body, more])
