"""Roots: all crossings of a measure, wherever the grid sees them."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpc.core.plan.solvers.roots import find_roots

GRID = np.linspace(0.0, 3.0, 31)


def test_every_crossing_is_found_with_its_direction() -> None:
    scan = find_roots(lambda x, lever: np.sin(4 * x), GRID + 0.05)[0]
    expected = [np.pi / 4, np.pi / 2, 3 * np.pi / 4]
    assert [root.x for root in scan.roots] == pytest.approx(expected, abs=1e-11)
    assert [root.rising for root in scan.roots] == [False, True, False]
    assert scan.reason is None


@given(st.floats(0.01, 2.99), st.floats(0.2, 5.0), st.booleans())
def test_a_curve_of_any_bend_is_narrowed_on_the_side_that_holds(at: float, bend: float, rising: bool) -> None:
    sign = 1.0 if rising else -1.0

    def measure(x: Any, lever: Any) -> Any:
        return sign * (np.exp(bend * x) - np.exp(bend * at))

    (root,) = find_roots(measure, GRID)[0].roots
    assert root.x == pytest.approx(at, abs=1e-10)
    assert root.rising is rising
    assert not root.jump
    assert measure(np.array([root.x]), None)[0] >= 0


def test_several_levers_are_sought_in_one_batch_each_with_its_own_measure() -> None:
    targets = np.array([0.3, 1.7, 9.0])
    calls: list[int] = []

    def measure(x: Any, lever: Any) -> Any:
        calls.append(len(x))
        return x - targets[lever]

    scans = find_roots(measure, GRID, levers=3)
    assert [[root.x for root in scan.roots] for scan in scans] == [
        [pytest.approx(0.3)],
        [pytest.approx(1.7)],
        [],
    ]
    assert calls[0] == 3 * len(GRID)
    assert len(calls) <= 4, "a straight line is found at once"


def test_a_leap_over_zero_is_said_to_be_one() -> None:
    (root,) = find_roots(lambda x, lever: np.where(x < 1.234, -5.0, 7.0), GRID)[0].roots
    assert root.x == pytest.approx(1.234, abs=1e-11)
    assert root.jump


def test_a_root_exactly_on_the_grid_is_found_once() -> None:
    scan = find_roots(lambda x, lever: x - 1.0, GRID)[0]
    assert [root.x for root in scan.roots] == [pytest.approx(1.0, abs=1e-12)]


def test_a_plateau_at_zero_counts_as_reached() -> None:
    (root,) = find_roots(lambda x, lever: np.minimum(x - 1.0, 0.0), GRID)[0].roots
    assert root.x == pytest.approx(1.0, abs=1e-9)
    assert root.rising


@pytest.mark.parametrize(
    ("measure", "reason"),
    [
        (lambda x: x + 1.0, "holds_everywhere"),
        (lambda x: -x - 1.0, "never_holds"),
        (lambda x: 0.0 * x - 3.0, "no_effect"),
        (lambda x: x * np.nan, "undefined"),
    ],
)
def test_no_root_has_a_reason(measure: Any, reason: str) -> None:
    scan = find_roots(lambda x, lever: measure(x), GRID)[0]
    assert scan.roots == ()
    assert scan.reason == reason
