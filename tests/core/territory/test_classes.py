"""Class limits: few, readable, honest about ties and unknowns."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpc.core.territory.classes import UNKNOWN, class_starts, gap_classes, value_classes

FIGURES = st.lists(
    st.one_of(st.none(), st.floats(min_value=-1e6, max_value=1e6).map(lambda value: round(value, 2))),
    max_size=60,
)


def test_about_equal_numbers() -> None:
    classes = value_classes([float(value) for value in range(1, 101)])
    assert classes is not None
    assert classes.limits == (20.0, 40.0, 60.0, 80.0)
    numbers = [classes.class_of(value) for value in range(1, 101)]
    assert np.bincount(numbers).tolist() == [19, 20, 20, 20, 21]


def test_few_distinct_values_give_few_classes() -> None:
    classes = value_classes([3.0, 3.0, 3.0, 8.0])
    assert classes is not None
    assert classes.limits == (5.0,)
    single = value_classes([3.0, 3.0])
    assert single is not None
    assert (len(single), single.limits, single.low, single.high) == (1, (), 3.0, 3.0)


def test_a_heap_of_zeros_is_one_class() -> None:
    classes = value_classes([0.0] * 80 + [float(value) for value in range(1, 21)])
    assert classes is not None
    assert classes.class_of(0.0) == 0
    assert classes.limits[0] == 1.0
    assert len(classes) == 5


def test_a_heap_of_full_marks_is_one_class() -> None:
    classes = value_classes([float(value) for value in range(80, 100)] + [100.0] * 80)
    assert classes is not None
    assert classes.limits[-1] == 100.0
    assert classes.class_of(99.0) == len(classes) - 2


def test_a_figure_on_a_limit_is_in_the_class_that_begins_there() -> None:
    classes = value_classes([18.8, 19.6, 19.7, 19.8, 20.0, 22.2, 23.3, 25.0, 26.6, 26.8])
    assert classes is not None
    for number, limit in enumerate(classes.limits):
        assert classes.class_of(limit) == number + 1
        assert classes.class_of(np.nextafter(limit, -math.inf)) == number


def test_unknown_is_apart() -> None:
    classes = value_classes([None, math.nan, 1.0, 2.0])
    assert classes is not None
    assert [classes.class_of(value) for value in (None, math.nan, 1.0, 2.0)] == [UNKNOWN, UNKNOWN, 0, 1]
    gaps = gap_classes([None, math.nan, -1.0, 2.0])
    assert gaps is not None
    assert gaps.class_of(None) == gaps.class_of(math.nan) == UNKNOWN
    assert value_classes([None, math.nan]) is None
    assert gap_classes([]) is None


def test_gaps_of_zero_only_are_neither_lower_nor_higher() -> None:
    classes = gap_classes([0.0, 0.0, -0.0])
    assert classes is not None
    assert classes.steps == ()
    assert classes.class_of(-0.0) == classes.class_of(0.0) == classes.side == 1


def test_bad_requests() -> None:
    with pytest.raises(ValueError, match="at least one class"):
        value_classes([1.0], count=0)
    with pytest.raises(ValueError, match="each side"):
        gap_classes([1.0], side=0)


@given(FIGURES, st.integers(min_value=1, max_value=7))
def test_every_known_value_has_a_class_and_no_class_is_empty(values: list[float | None], count: int) -> None:
    classes = value_classes(values, count)
    known = [value for value in values if value is not None]
    if classes is None:
        assert not known
        return
    assert len(classes) <= count
    assert list(classes.limits) == sorted(set(classes.limits))
    assert {classes.class_of(value) for value in known} == set(range(len(classes)))


@given(FIGURES, st.integers(min_value=1, max_value=5))
def test_gaps_mirror_each_other(values: list[float | None], side: int) -> None:
    classes = gap_classes(values, side)
    if classes is None:
        return
    assert classes.side <= side
    for value in values:
        if value is None:
            continue
        number = classes.class_of(value)
        assert (number > classes.side, number < classes.side) == (value > 0, value < 0)
        assert classes.class_of(-value) == 2 * classes.side - number


@given(
    st.lists(st.integers(min_value=0, max_value=30).map(float), min_size=1, max_size=60).map(sorted),
    st.integers(min_value=1, max_value=7),
)
def test_a_class_never_begins_amid_equal_values(known: list[float], count: int) -> None:
    starts = class_starts(known, count)
    assert len(starts) < count
    assert all(low < high for low, high in pairwise([0, *starts, len(known)]))
    assert all(known[start - 1] < known[start] for start in starts)
