"""Small numbers: estimates lie between the place and its parent, the more its own the more people it has."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpc.core.territory.shrinkage import (
    STRONGEST,
    effective_sizes,
    prior_strength,
    ratio_strength,
    sampled_fraction,
    shrink_ratios,
    shrink_shares,
)

shares = st.floats(0.0, 1.0)
counts = st.floats(1.0, 1e6)


def one(value: float) -> np.ndarray:
    return np.array([value])


def beta_chance_below(x: float, a: float, b: float, steps: int = 20_000) -> float:
    """P(X < x) for X ~ Beta(a, b), by the midpoint rule: nothing of scipy."""
    constant = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    width = x / steps
    middles = ((place + 0.5) * width for place in range(steps))
    return width * sum(math.exp(constant + (a - 1) * math.log(m) + (b - 1) * math.log1p(-m)) for m in middles)


@given(shares, counts, shares, st.floats(2.0, 1e4))
def test_the_estimate_lies_between_the_place_and_its_parent(
    share: float, size: float, prior: float, strength: float
) -> None:
    found = shrink_shares(one(share), one(size), one(prior), strength)
    low, high = sorted((share, min(max(prior, 0.0005), 0.9995)))
    assert low - 1e-9 <= found.mean[0] <= high + 1e-9
    assert 0.0 <= found.low[0] <= found.high[0] <= 1.0
    if min(found.first[0], found.second[0]) >= 1.0:  # next to nothing known: the mean may lie outside
        assert found.low[0] <= found.mean[0] <= found.high[0]


@given(st.floats(0.05, 0.95), st.floats(10.0, 1e4), st.floats(0.05, 0.95), st.floats(2.0, 500.0))
def test_more_people_move_the_estimate_toward_the_place(
    share: float, size: float, prior: float, strength: float
) -> None:
    few = shrink_shares(one(share), one(size), one(prior), strength)
    many = shrink_shares(one(share), one(size * 100), one(prior), strength)
    assert abs(many.mean[0] - share) <= abs(few.mean[0] - share) + 1e-12
    assert many.own_weight[0] > few.own_weight[0]


@given(st.floats(0.05, 0.95), st.floats(10.0, 1e4), st.floats(2.0, 500.0))
def test_more_people_narrow_the_interval(share: float, size: float, strength: float) -> None:
    few = shrink_shares(one(share), one(size), one(share), strength)
    many = shrink_shares(one(share), one(size * 100), one(share), strength)
    assert many.high[0] - many.low[0] < few.high[0] - few.low[0]


def test_bounds_leave_one_chance_in_twenty_on_either_side() -> None:
    found = shrink_shares(one(0.2), one(50.0), one(0.3), 20.0, rounding=0.0)
    a, b = 50 * 0.2 + 20 * 0.3, 50 * 0.8 + 20 * 0.7
    assert found.mean[0] == pytest.approx(a / (a + b))
    assert beta_chance_below(float(found.low[0]), a, b) == pytest.approx(0.05, abs=1e-6)
    assert beta_chance_below(float(found.high[0]), a, b) == pytest.approx(0.95, abs=1e-6)


def test_bounds_of_ratios_are_those_of_drawn_ratios() -> None:
    found = shrink_ratios(one(6.0), one(2.0), one(1.0), 4.0)
    drawn = np.random.default_rng(20).gamma(6.0 + 4.0, 1.0 / (2.0 + 4.0), 400_000)
    assert np.quantile(drawn, [0.05, 0.95]) == pytest.approx([found.low[0], found.high[0]], rel=5e-3)


@pytest.mark.parametrize(
    "hidden", [(math.nan, 10.0, 0.5), (0.5, 0.0, 0.5), (0.5, math.nan, 0.5), (0.5, 10.0, math.nan)]
)
def test_unknown_stays_unknown(hidden: tuple[float, float, float]) -> None:
    share, size, prior = hidden
    found = shrink_shares(one(share), one(size), one(prior), 10.0)
    assert all(math.isnan(part[0]) for part in (found.mean, found.low, found.high))
    ratio = shrink_ratios(one(share), one(size), one(prior), 10.0)
    assert all(math.isnan(part[0]) for part in (ratio.mean, ratio.low, ratio.high))


def test_strength_is_found_again_in_drawn_places() -> None:
    generator = np.random.default_rng(4)
    sizes = generator.integers(50, 5000, 4000).astype(float)
    true = generator.beta(0.2 * 40, 0.8 * 40, 4000)
    drawn = generator.binomial(sizes.astype(int), true) / sizes
    assert prior_strength(drawn, sizes, np.full(4000, 0.2)) == pytest.approx(40, rel=0.1)
    alike = generator.binomial(sizes.astype(int), 0.2) / sizes
    assert prior_strength(alike, sizes, np.full(4000, 0.2)) > 2000


def test_strength_of_ratios_is_found_again_in_drawn_places() -> None:
    generator = np.random.default_rng(5)
    expected = generator.uniform(0.5, 60, 6000)
    true = generator.gamma(3.0, 1 / 3.0, 6000)
    observed = generator.poisson(expected * true).astype(float)
    assert ratio_strength(observed, expected, np.ones(6000)) == pytest.approx(3.0, rel=0.15)
    assert ratio_strength(np.array([math.nan]), one(1.0), one(1.0)) == STRONGEST


@given(st.lists(st.tuples(st.floats(1, 1e5), st.sampled_from([0.2, 1.0])), min_size=1, max_size=20))
def test_effective_size_lies_between_all_and_a_fifth(strata: list[tuple[float, float]]) -> None:
    units, fractions = (np.array(part) for part in zip(*strata, strict=True))
    owner = np.zeros(len(strata), dtype=np.intp)
    found = float(effective_sizes(units, fractions, owner, 1)[0])
    assert 0.2 * units.sum() - 1e-6 <= found <= units.sum() + 1e-6
    assert found == pytest.approx(units.sum() ** 2 / sum(n / f for n, f in strata))


def test_the_long_questionnaire_was_put_to_all_under_two_thousand_households() -> None:
    assert sampled_fraction(np.array([10.0, 1999.0, 2000.0, 50_000.0])).tolist() == [1.0, 1.0, 0.2, 0.2]
