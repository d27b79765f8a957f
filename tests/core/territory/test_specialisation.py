"""Location quotients: their weighted mean is one; what may be said follows the interval, on both sides alike."""

import math
from typing import get_type_hints

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bpc.core.territory.diversity import effective_number, entropy, evenness
from bpc.core.territory.specialisation import (
    CLEAR,
    SLIGHT,
    EmploymentQuotients,
    EstablishmentQuotients,
    Verdict,
    location_quotients,
    verdicts,
)

tables = st.tuples(st.integers(1, 8), st.integers(2, 6)).flatmap(
    lambda shape: arrays(np.float64, shape, elements=st.integers(1, 10_000).map(float))
)


@given(tables)
def test_the_mean_of_quotients_weighted_by_the_reference_is_one(counts: np.ndarray) -> None:
    shares = counts / counts.sum(axis=1, keepdims=True)
    reference = counts.sum(axis=0) / counts.sum()
    quotients = location_quotients(shares, reference)
    # within a place, over activities; and within an activity, over places by their size
    assert (quotients * reference).sum(axis=1) == pytest.approx(np.ones(len(counts)))
    weights = counts.sum(axis=1) / counts.sum()
    assert weights @ quotients == pytest.approx(np.ones(counts.shape[1]))


def test_quotients_want_as_many_activities_on_both_sides() -> None:
    with pytest.raises(ValueError, match="3 activities against 2"):
        location_quotients(np.ones((2, 3)), np.ones(2))


def test_an_activity_the_reference_does_not_know_has_no_quotient() -> None:
    assert np.isnan(location_quotients(np.array([[0.1]]), np.array([0.0]))[0, 0])


def test_the_two_measures_cannot_be_subtracted() -> None:
    empty = np.zeros((1, 1))
    employment = EmploymentQuotients(("a",), empty, empty, empty, empty, np.zeros(1))
    establishments = EstablishmentQuotients(("a",), empty, empty, empty, empty, np.zeros(1))
    with pytest.raises(TypeError):
        employment - establishments  # type: ignore[operator]
    with pytest.raises(TypeError):
        employment - employment  # type: ignore[operator]
    assert (employment.year, establishments.year) == (2014, 2024)
    assert not isinstance(employment, EstablishmentQuotients)
    assert "year" in get_type_hints(EmploymentQuotients)


def said(estimate: float, low: float, high: float, size: float = 500.0) -> Verdict:
    columns = (np.array([number]) for number in (estimate, low, high, size))
    return Verdict(int(verdicts(*columns)[0]))


@given(st.floats(0.05, 20), st.floats(1.0001, 5), st.floats(1.0001, 5))
def test_what_is_said_is_mirrored(estimate: float, below: float, above: float) -> None:
    low, high = estimate / below, estimate * above
    limits = (1.0, SLIGHT, 1 / SLIGHT, CLEAR, 1 / CLEAR)
    # at a limit itself, binary dust decides
    assume(all(abs(number - limit) > 1e-6 for number in (estimate, low, high) for limit in limits))
    found = said(estimate, low, high)
    mirrored = said(1 / estimate, 1 / estimate / above, 1 / estimate * below)
    if found in {Verdict.TOO_FEW, Verdict.ALIKE}:
        assert mirrored in {Verdict.TOO_FEW, Verdict.ALIKE}
    else:
        assert mirrored == -found


def test_what_is_said_at_the_limits() -> None:
    assert said(1.6, 1.05, 2.4) is Verdict.MORE  # half as much again, but it may be little
    assert said(1.09, 1.05, 1.12) is Verdict.ALIKE  # sure, but too little to speak of
    assert said(1.3, 0.99, 1.49) is Verdict.ALIKE
    assert said(1.3, 0.9, 1.9) is Verdict.TOO_FEW
    assert said(5.0, 3.0, 9.0, size=29.0) is Verdict.TOO_FEW
    assert said(math.nan, math.nan, math.nan) is Verdict.UNKNOWN


@given(tables)
def test_diversity_lies_between_one_and_the_number_of_activities(counts: np.ndarray) -> None:
    kinds = counts.shape[1]
    number = effective_number(counts)
    assert (number >= 1 - 1e-9).all()
    assert (number <= kinds + 1e-9).all()
    assert evenness(counts) == pytest.approx(np.log(number) / math.log(kinds), abs=1e-9)


@given(st.integers(2, 12))
def test_equal_activities_count_for_as_many(kinds: int) -> None:
    assert effective_number(np.ones((1, kinds)))[0] == pytest.approx(kinds)
    assert effective_number(np.eye(kinds))[0] == pytest.approx(1.0)


def test_diversity_of_the_unknown_is_unknown() -> None:
    assert np.isnan(entropy(np.array([[0.5, np.nan], [0.0, 0.0], [0.7, -0.1]]))).all()
