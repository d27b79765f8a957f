"""What is expected of who works there: by hand, and against a plain loop."""

import random

import numpy as np
import pytest

from bpc.core.territory.membership import (
    Membership2014,
    Membership2024,
    expected_shares,
    group_rates,
    membership_ratios,
)


def test_expected_by_hand() -> None:
    # 600 men of a town at 3 %, 400 women of the country at 1 %: 22 members of 1,000
    assert expected_shares(
        np.array([[600.0, 0.0, 0.0, 400.0]]), np.array([0.03, 0.01, 0.02, 0.01])
    ).tolist() == [0.022]


def test_against_a_plain_loop() -> None:
    chooser = random.Random(7)
    workers = [[float(chooser.randint(0, 500)) for _ in range(4)] for _ in range(30)]
    rates = [0.03, 0.009, 0.021, 0.01]
    found = expected_shares(np.array(workers), np.array(rates))
    for row, share in zip(workers, found.tolist(), strict=True):
        assert share == pytest.approx(sum(w * r for w, r in zip(row, rates, strict=True)) / sum(row))


def test_rates_make_observed_and_expected_sum_alike() -> None:
    generator = np.random.default_rng(1)
    workers = generator.integers(1, 900, (50, 4)).astype(float)
    members = workers * generator.uniform(0, 0.1, (50, 4))
    expected = expected_shares(workers, group_rates(members, workers)) * workers.sum(axis=1)
    assert expected.sum() == pytest.approx(members.sum())


def test_ratios_are_pulled_toward_the_parent_and_unknown_stays_unknown() -> None:
    shares = np.array([0.02, 0.02, 0.10, 0.0, np.nan])
    expected = np.full(5, 0.02)
    sizes = np.array([1e6, 1e5, 60.0, 60.0, 60.0])
    parent, level = np.array([0, 0, 1, 1, 1]), np.array([0, 1, 2, 2, 2])
    found = membership_ratios(Membership2024(shares), expected, sizes, parent, level)
    assert found.raw[:4] == pytest.approx([1.0, 1.0, 5.0, 0.0])
    assert found.mean[0] == pytest.approx(1.0)
    assert 1.0 < found.mean[2] < 5.0
    assert 0.0 < found.mean[3] < 1.0
    assert found.low[3] < found.mean[3] < found.high[3]
    assert np.isnan(found.mean[4])


def test_the_two_questions_are_two_types() -> None:
    now, before = Membership2024(np.array([0.02])), Membership2014(np.array([0.01]))
    with pytest.raises(TypeError):
        now - before  # type: ignore[operator]
    assert (now.year, before.year) == (2024, 2014)
