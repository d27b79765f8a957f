"""Correlations: of ranks, possible, and by default along what products share."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpc.core.plan.risk.correlation import (
    Correlation,
    correlation_matrix,
    default_correlations,
    gaussian,
    nearest_possible,
)
from bpc.core.plan.risk.drivers import drivers_of
from bpc.core.plan.solvers.example import EXAMPLE
from tests.core.plan.random_plans import seeded_plan


def test_ranks_to_normals_at_known_points() -> None:
    assert gaussian(0.0) == 0.0
    assert gaussian(1.0) == pytest.approx(1.0)
    assert gaussian(-1.0) == pytest.approx(-1.0)
    assert gaussian(0.5) == pytest.approx(0.517638, abs=1e-6)


def test_defaults_are_flagged_estimates() -> None:
    pairs = default_correlations(EXAMPLE, drivers_of(EXAMPLE))
    assert {(pair.first, pair.second): pair.spearman for pair in pairs} == {
        ("price.oil", "input_price.olives"): 0.8,
        ("price.oil", "volume.oil"): -0.4,
    }
    assert all(pair.estimate for pair in pairs)


def test_only_pairs_that_both_move_are_correlated() -> None:
    alone = tuple(driver for driver in drivers_of(EXAMPLE) if driver.name == "price.oil")
    assert default_correlations(EXAMPLE, alone) == ()


def test_a_chain_carries_the_product_of_its_links() -> None:
    pairs = default_correlations(EXAMPLE, drivers_of(EXAMPLE))
    found = correlation_matrix(["volume.oil", "price.oil", "input_price.olives", "assets.press"], pairs)
    assert found.moved == 0.0
    assert found.matrix[0, 2] == pytest.approx(gaussian(-0.4) * gaussian(0.8))
    assert found.matrix[3].tolist() == [0.0, 0.0, 0.0, 1.0]


def test_defaults_of_random_plans_are_always_possible() -> None:
    for seed in range(60):
        plan = seeded_plan(seed)
        drivers = drivers_of(plan)
        found = correlation_matrix([d.name for d in drivers], default_correlations(plan, drivers))
        assert np.allclose(np.diag(found.matrix), 1.0)
        assert np.linalg.eigvalsh(found.matrix).min(initial=1.0) >= -1e-12


def test_contradictory_wishes_are_moved_to_something_possible() -> None:
    pairs = [Correlation("a", "b", 0.9), Correlation("b", "c", 0.9), Correlation("a", "c", -0.9)]
    found = correlation_matrix(["a", "b", "c"], pairs)
    assert found.moved > 0.3
    assert np.linalg.eigvalsh(found.matrix).min() > 0
    assert np.allclose(np.diag(found.matrix), 1.0)


@given(st.integers(1, 8), st.integers(0, 10_000))
def test_the_nearest_matrix_is_one(size: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    wished = np.triu(random.uniform(-1, 1, (size, size)), 1)
    wished = wished + wished.T + np.eye(size)
    found = nearest_possible(wished).matrix
    assert np.allclose(found, found.T)
    assert np.allclose(np.diag(found), 1.0)
    np.linalg.cholesky(found)


def test_a_correlation_beyond_one_is_refused() -> None:
    with pytest.raises(ValueError, match="not a correlation"):
        correlation_matrix(["a", "b"], [Correlation("a", "b", 1.2)])
