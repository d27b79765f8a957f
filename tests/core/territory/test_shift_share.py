"""The three parts of a change sum to it, whatever the counts; what was not asked alike is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bpc.core.territory.shift_share import CountsTwice, NotAskedAlikeError, sampling_error, shift_share

cells = st.integers(0, 100_000).map(float)
pairs = st.tuples(st.integers(1, 6), st.integers(1, 5)).flatmap(
    lambda shape: st.tuples(
        arrays(np.float64, shape, elements=cells), arrays(np.float64, shape, elements=cells)
    )
)


@given(pairs)
def test_the_parts_sum_to_the_change(tables: tuple[np.ndarray, np.ndarray]) -> None:
    before, after = tables
    reference = before.sum(axis=0) + 1.0
    parts = shift_share(CountsTwice("x", True, before, after), reference, after.sum(axis=0) + 2.0)
    assert parts.change == pytest.approx(after.sum(axis=1) - before.sum(axis=1))
    assert parts.national + parts.mix + parts.local == pytest.approx(parts.change, abs=1e-5)


@given(pairs)
def test_the_whole_has_neither_mix_nor_local_part(tables: tuple[np.ndarray, np.ndarray]) -> None:
    before, after = (table + 1.0 for table in tables)
    parts = shift_share(CountsTwice("x", True, before, after), before.sum(axis=0), after.sum(axis=0))
    assert parts.local.sum() == pytest.approx(0.0, abs=1e-4)
    assert parts.mix.sum() == pytest.approx(0.0, abs=1e-4)
    assert parts.national.sum() == pytest.approx(parts.change.sum(), abs=1e-4)


def test_what_was_not_asked_alike_is_refused() -> None:
    with pytest.raises(NotAskedAlikeError, match="members"):
        CountsTwice("members", False, np.ones((1, 1)), np.ones((1, 1)))


def test_wrong_tables_are_refused() -> None:
    with pytest.raises(ValueError, match="against"):
        CountsTwice("x", True, np.ones((1, 2)), np.ones((1, 1)))
    with pytest.raises(ValueError, match="negative"):
        CountsTwice("x", True, -np.ones((1, 1)), np.ones((1, 1)))
    counts = CountsTwice("x", True, np.ones((1, 2)), np.ones((1, 2)))
    with pytest.raises(ValueError, match="empty or unknown"):
        shift_share(counts, np.array([1.0, 0.0]), np.ones(2))


def test_an_unknown_group_leaves_the_place_unknown() -> None:
    counts = CountsTwice("x", True, np.array([[1.0, np.nan], [1.0, 2.0]]), np.array([[1.0, 1.0], [2.0, 2.0]]))
    parts = shift_share(counts, np.array([2.0, 2.0]), np.array([2.0, 2.0]))
    assert [bool(np.isnan(part[0])) for part in (parts.change, parts.national, parts.local)] == [True] * 3
    assert parts.local[1] == pytest.approx(1.0)


def test_the_error_of_a_sample_is_that_of_drawn_samples() -> None:
    generator = np.random.default_rng(3)
    drawn = generator.hypergeometric(400, 600, 200, 100_000) * 5.0
    told = sampling_error(np.array([400.0]), np.array([1000.0]), np.array([0.2]))[0]
    assert drawn.std() == pytest.approx(told, rel=0.01)
