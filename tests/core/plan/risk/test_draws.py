"""Draws: the triangular distribution, ranks that correlate as asked, years that persist."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpc.core.plan.arrays import Floats
from bpc.core.plan.risk.correlation import Correlation, correlation_matrix
from bpc.core.plan.risk.draws import YearlyShock, draw_factors, draw_shocks, normal_share, triangular
from bpc.core.plan.risk.drivers import Driver


def _ranks(values: Floats) -> Floats:
    return np.argsort(np.argsort(values)).astype(np.float64)


def _spearman(one: Floats, other: Floats) -> float:
    return float(np.corrcoef(_ranks(one), _ranks(other))[0, 1])


def _drawn(low: float, mode: float, high: float, spearman: float, draws: int = 20_000) -> list[Floats]:
    drivers = tuple(Driver(name, mode, low, high, "E") for name in "ab")
    matrix = correlation_matrix(["a", "b"], [Correlation("a", "b", spearman)])
    factors = draw_factors(drivers, matrix, draws, np.random.Generator(np.random.PCG64(1)))
    return [np.asarray(factors[name]) for name in "ab"]


@given(st.floats(0.0, 10.0), st.floats(0.0, 10.0), st.floats(0.0, 10.0), st.floats(0.0, 1.0))
def test_triangular_inverts_its_distribution(low: float, rise: float, fall: float, u: float) -> None:
    mode, high = low + rise, low + rise + fall
    x = float(triangular(np.array([u]), np.array(low), np.array(mode), np.array(high))[0])
    assert low - 1e-9 <= x <= high + 1e-9
    if rise > 0.01 and fall > 0.01:
        share = (
            (x - low) ** 2 / ((high - low) * rise)
            if x < mode
            else 1 - (high - x) ** 2 / ((high - low) * fall)
        )
        assert share == pytest.approx(u, abs=1e-6)


def test_mean_and_variance_of_the_triangular() -> None:
    a, c, b = 0.6, 1.0, 1.3
    (factors, _) = _drawn(a, c, b, 0.0)
    assert factors.mean() == pytest.approx((a + b + c) / 3, abs=1e-3)
    assert factors.var() == pytest.approx((a * a + b * b + c * c - a * b - a * c - b * c) / 18, rel=0.02)


@pytest.mark.parametrize("spearman", [0.8, 0.6, -0.4, 0.0])
def test_ranks_correlate_as_asked(spearman: float) -> None:
    one, other = _drawn(0.5, 1.0, 1.2, spearman)
    assert _spearman(one, other) == pytest.approx(spearman, abs=0.02)


def test_antithetic_pairs_mirror_each_other() -> None:
    (factors, _) = _drawn(0.5, 1.0, 1.5, 0.0, draws=1001)
    assert len(factors) == 1001
    assert factors[0:1000:2] + factors[1:1000:2] == pytest.approx(2.0)


def test_phi_is_exact() -> None:
    z = np.array([[-8.0, -1.0], [0.0, 2.5]])
    expected = [[6.220960574271786e-16, 0.15865525393145707], [0.5, 0.9937903346742238]]
    assert normal_share(z) == pytest.approx(np.array(expected), rel=1e-14)


def test_years_have_mean_one_and_the_spread_asked() -> None:
    shock = YearlyShock("volume", spread=0.2, rain=0.6, persistence=0.5)
    factors = np.asarray(draw_shocks((shock,), 10, 20_000, np.random.Generator(np.random.PCG64(2)))["volume"])
    assert factors.shape == (120, 20_000)
    logs = np.log(factors[::12])
    assert (factors[0] == factors[11]).all()
    assert factors.mean() == pytest.approx(1.0, abs=0.005)
    assert logs.std(axis=1) == pytest.approx(0.2, rel=0.03)
    lagged = [np.corrcoef(logs[year], logs[year + 1])[0, 1] for year in range(9)]
    assert lagged == pytest.approx([0.5] * 9, abs=0.03)


def test_shocks_share_the_rain_of_the_year() -> None:
    shocks = (YearlyShock("volume", 0.2, rain=0.6), YearlyShock("input_price", 0.1, rain=-0.6))
    factors = draw_shocks(shocks, 3, 20_000, np.random.Generator(np.random.PCG64(3)))
    volume, price = (np.asarray(factors[name])[0] for name in ("volume", "input_price"))
    assert np.corrcoef(np.log(volume), np.log(price))[0, 1] == pytest.approx(-(0.618034**2), abs=0.02)
    assert draw_shocks((), 3, 10, np.random.Generator(np.random.PCG64(3))) == {}
