"""What is missing: above zero is always worse; ranks count from the worst off; unknown stays unknown."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpc.core.territory.shortfalls import combined, severity, shortfall, worst_ranks

figures = st.lists(st.integers(0, 50).map(float), min_size=1, max_size=60)


def test_above_zero_is_worse_whatever_the_question() -> None:
    values = np.array([50.0, 90.0])
    assert shortfall(values, np.array(80.0), "higher").tolist() == [30.0, -10.0]
    assert shortfall(values, np.array(80.0), "lower").tolist() == [-30.0, 10.0]
    for function in (severity, worst_ranks):
        with pytest.raises(ValueError, match="neither"):
            function(values, "neutral")
    with pytest.raises(ValueError, match="neither"):
        shortfall(values, values, "neutral")


@given(figures)
def test_severity_averages_to_fifty_and_follows_the_figures(values: list[float]) -> None:
    found = severity(np.array(values), "lower")
    assert found.mean() == pytest.approx(50.0)
    order = np.argsort(values, kind="stable")
    assert (np.diff(found[order]) >= 0).all()
    assert severity(np.array(values), "higher") == pytest.approx(100.0 - found)


def test_severity_and_rank_against_a_plain_loop() -> None:
    chooser = random.Random(11)
    values = [float(chooser.randint(0, 40)) for _ in range(80)]
    found = severity(np.array(values), "higher")
    ranks = worst_ranks(np.array(values), "higher")
    for place, value in enumerate(values):
        better = sum(other > value for other in values)
        alike = sum(other == value for other in values)
        assert found[place] == pytest.approx(100 * (better + alike / 2) / len(values))
        assert ranks[place] == 1 + sum(other < value for other in values)


def test_unknown_is_neither_ranked_nor_counted() -> None:
    values = np.array([1.0, np.nan, 3.0])
    assert worst_ranks(values, "lower").tolist() == [2, 0, 1]
    assert severity(values, "lower")[[0, 2]].tolist() == [25.0, 75.0]
    assert np.isnan(severity(np.array([np.nan]), "lower")).all()


def test_several_questions_make_one_where_half_of_them_is_known() -> None:
    severities = np.array([[90.0, np.nan, np.nan], [70.0, 60.0, np.nan]])
    mean, part = combined(severities)
    assert mean[:2].tolist() == [80.0, 60.0]
    assert np.isnan(mean[2])
    assert part.tolist() == [1.0, 0.5, 0.0]
