"""Class limits: few, readable, honest about ties and unknowns."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpc.core.territory.classes import UNKNOWN, diverging_classes, sequential_classes

FIGURES = st.lists(
    st.one_of(st.none(), st.floats(min_value=-1e6, max_value=1e6).map(lambda value: round(value, 2))),
    max_size=60,
)


def test_about_equal_numbers() -> None:
    classes = sequential_classes([float(value) for value in range(1, 101)])
    assert classes is not None
    assert classes.limits == (20.0, 40.0, 60.0, 80.0)
    numbers = classes.classify(np.arange(1.0, 101.0))
    assert np.bincount(numbers).tolist() == [19, 20, 20, 20, 21]


def test_few_distinct_values_give_few_classes() -> None:
    classes = sequential_classes([3.0, 3.0, 3.0, 8.0])
    assert classes is not None
    assert (len(classes), classes.limits) == (2, (8.0,))
    single = sequential_classes([3.0, 3.0])
    assert single is not None
    assert (len(single), single.bounds()) == (1, ((3.0, 3.0),))


def test_a_heap_of_zeros_is_one_class() -> None:
    classes = sequential_classes([0.0] * 80 + [float(value) for value in range(1, 21)])
    assert classes is not None
    assert classes.class_of(0.0) == 0
    assert classes.limits[0] == 1.0
    assert len(classes) == 5


def test_unknown_is_apart() -> None:
    classes = sequential_classes([None, math.nan, 1.0, 2.0])
    assert classes is not None
    assert classes.class_of(None) == classes.class_of(math.nan) == UNKNOWN
    assert classes.classify(np.array([np.nan, 1.0, 2.0])).tolist() == [UNKNOWN, 0, 1]
    assert sequential_classes([None, math.nan]) is None
    assert diverging_classes([]) is None


def test_diverging_mirrors_around_the_nation() -> None:
    classes = diverging_classes([10.0, 14.0, 21.3, 25.0, 30.0, 60.0], centre=21.3)
    assert classes is not None
    middle = classes.limits.index(21.3)
    below = [21.3 - limit for limit in classes.limits[:middle]]
    above = [limit - 21.3 for limit in classes.limits[middle + 1 :]]
    assert [round(gap, 9) for gap in reversed(below)] == [round(gap, 9) for gap in above]


def test_bad_requests() -> None:
    with pytest.raises(ValueError, match="at least one class"):
        sequential_classes([1.0], count=0)
    with pytest.raises(ValueError, match="finite"):
        diverging_classes([1.0], centre=math.nan)


@given(FIGURES, st.integers(min_value=1, max_value=7))
def test_every_known_value_has_a_class_that_is_not_empty(values: list[float | None], count: int) -> None:
    classes = sequential_classes(values, count)
    known = [value for value in values if value is not None]
    if classes is None:
        assert not known
        return
    assert len(classes) <= count
    assert list(classes.limits) == sorted(set(classes.limits))
    numbers = [classes.class_of(value) for value in known]
    assert set(numbers) == set(range(len(classes)))


@given(FIGURES)
def test_a_diverging_scale_keeps_the_sides_apart(values: list[float | None]) -> None:
    classes = diverging_classes(values)
    if classes is None:
        return
    zero = classes.limits.index(0.0)
    for value in values:
        if value is not None:
            assert (classes.class_of(value) > zero) == (value >= 0)
