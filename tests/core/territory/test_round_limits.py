"""Rounded limits: fewer digits, every class kept, and the figures still told apart."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpc.core.territory.classes import class_starts, value_classes
from bpc.core.territory.round_limits import GOOD_FIT, MOVABLE, Fit, decimals_of_all, digits_of, round_limits

ONE_DECIMAL = st.integers(min_value=-9999, max_value=9999).map(lambda tenths: tenths / 10)
SORTED = st.lists(ONE_DECIMAL, min_size=6, max_size=80, unique=True).map(sorted)


def ranks_of(known: list[float], limits: tuple[float, ...]) -> list[int]:
    return [sum(value < limit for value in known) for limit in limits]


@pytest.mark.parametrize(
    ("known", "starts", "limits"),
    [
        ([19.61, 19.66, 21.0, 24.0], [1, 2, 3], (19.65, 20.0, 22.0)),
        ([3.0, 480.0, 520.0, 9000.0], [2], (500.0,)),
        ([1.0, 2.0, 3.0, 4.0], [2], (3.0,)),
        ([-9.4, -2.1, 0.4, 7.7], [1, 2, 3], (-5.0, 0.0, 5.0)),
    ],
)
def test_without_moving_a_place(known: list[float], starts: list[int], limits: tuple[float, ...]) -> None:
    assert round_limits(known, starts, 0) == limits


def test_two_limits_never_round_to_the_same_number() -> None:
    known = [19.6, 19.7, 19.8, 19.9, 20.1, 20.2, 20.3, 20.4]
    limits = round_limits(known, [2, 4, 6], 2)
    assert limits[1] == 20.0
    assert len(set(limits)) == 3


def test_a_limit_that_would_blur_the_figures_keeps_its_digits() -> None:
    # 20 would be rounder, but moves 24.9 to the low figures
    known = [1.0, 1.1, 1.2, 1.3, 19.0, 24.9, 25.0, 25.1, 25.2, 25.3]
    exact = Fit(np.array(known)).of([5])
    limits = round_limits(known, [5], 5)
    assert Fit(np.array(known)).of(ranks_of(known, limits)) >= GOOD_FIT * exact
    assert limits == (20.0,)


@given(SORTED, st.integers(min_value=2, max_value=6))
def test_rounded_classes_keep_their_places_and_their_fit(known: list[float], count: int) -> None:
    starts = class_starts(known, count)
    limits = round_limits(known, starts, len(known) / count)
    ranks = ranks_of(known, limits)
    most = max(1, int(MOVABLE * len(known) / count))
    assert all(abs(rank - start) <= most for rank, start in zip(ranks, starts, strict=True))
    assert all(low < high for low, high in zip([0, *ranks], [*ranks, len(known)], strict=True))
    fit = Fit(np.array(known))
    assert fit.of(ranks) >= GOOD_FIT * fit.of(starts) - 1e-12


@given(SORTED, st.integers(min_value=2, max_value=6))
def test_limits_never_have_more_digits_than_the_exact_ones(known: list[float], count: int) -> None:
    starts = class_starts(known, count)
    limits = round_limits(known, starts, len(known) / count)
    assert sum(map(digits_of, limits)) <= sum(digits_of(known[start]) for start in starts)
    assert all(round(limit, 1) == limit for limit in limits)


@given(st.lists(st.integers(min_value=0, max_value=10**7).map(float), max_size=60))
def test_whole_figures_have_whole_limits(values: list[float]) -> None:
    classes = value_classes(values)
    assert classes is None or all(limit.is_integer() for limit in classes.limits)


def test_fit_is_the_share_of_variance_between_classes() -> None:
    known = np.array([1.0, 2.0, 6.0, 7.0, 20.0])
    inside = sum(((part - part.mean()) ** 2).sum() for part in (known[:2], known[2:4], known[4:]))
    total = ((known - known.mean()) ** 2).sum()
    assert Fit(known).of([2, 4]) == pytest.approx(1 - inside / total)


def test_decimals_are_those_written() -> None:
    assert decimals_of_all(np.array([19.7, 0.35])) == 2
    assert decimals_of_all(np.array([0.1 + 0.2])) == 1
    assert decimals_of_all(np.array([36828330.0, 0.0])) == 0
