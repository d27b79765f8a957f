"""Similarity: near-duplicates are seen through spelling, order and endings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpc.core.text.similarity import nearest, similarity, trigrams
from bpc.core.text.stems import analyse

STEMS = st.lists(st.text(alphabet="abcde", min_size=1, max_size=8), max_size=12)


def test_worked_figures() -> None:
    assert trigrams(["miel"]) == {"  m", " mi", "mie", "iel", "el "}
    assert similarity(trigrams(["miel"]), trigrams(["mil"])) == pytest.approx(2 / 7)
    assert similarity(trigrams([]), trigrams([])) == 0.0


def test_duplicates_through_spelling_and_order() -> None:
    one = trigrams(analyse("Une coopérative d'élevage d'abeilles à Azilal"))
    two = trigrams(analyse("ÉLEVAGE d’abeille : cooperatives à AZILAL"))
    assert similarity(one, two) == 1.0
    arabic = similarity(
        trigrams(analyse("مشاريع النساء القرويات")), trigrams(analyse("مشروع للمرأة القروية"))
    )
    assert arabic > 0.7
    assert similarity(one, trigrams(analyse("Tissage de tapis à Tazenakht"))) < 0.15


def test_nearest_orders_and_limits() -> None:
    others = [(4, ["miel"]), (2, ["miel"]), (3, ["tapis"]), (1, ["miel", "thym"])]
    assert [key for key, _ in nearest(["miel"], others)] == [2, 4, 1]
    assert nearest(["miel"], others, limit=1) == [(2, 1.0)]
    assert nearest([], others) == []


@given(STEMS, STEMS)
def test_it_is_a_similarity(one: list[str], other: list[str]) -> None:
    left, right = trigrams(one), trigrams(other)
    assert 0.0 <= similarity(left, right) <= 1.0
    assert similarity(left, right) == similarity(right, left)
    assert similarity(left, left) == (1.0 if one else 0.0)
    assert trigrams([*reversed(one), *one]) == left
