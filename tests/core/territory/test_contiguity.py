"""Neighbours: the worked example of a square of four, symmetry, what is refused."""

import math

import numpy as np
import pytest

from bpc.core.territory.contiguity import Contiguity, morans_i

# a 3 x 3 board, each cell beside those it shares a side with
CELLS = {f"{row}{column}": 3 * row + column for row in range(3) for column in range(3)}
SIDES = [
    (f"{row}{column}", f"{row + down}{column + right}")
    for row in range(3)
    for column in range(3)
    for down, right in ((0, 1), (1, 0), (0, -1), (-1, 0))
    if 0 <= row + down < 3 and 0 <= column + right < 3
]
BOARD = Contiguity.of_pairs(CELLS, SIDES)


def plain_morans_i(values: list[float]) -> float:
    """By the definition, with loops: nothing of numpy."""
    mean = sum(values) / len(values)
    beside: dict[int, list[int]] = {}
    for one, other in SIDES:
        beside.setdefault(CELLS[one], []).append(CELLS[other])
    over = sum(
        (values[here] - mean) * (values[there] - mean) / len(held)
        for here, held in beside.items()
        for there in held
    )
    return over / sum((value - mean) ** 2 for value in values)


def test_a_chessboard_repels_and_a_slope_attracts() -> None:
    chessboard = [float((row + column) % 2) for row in range(3) for column in range(3)]
    assert morans_i(np.array(chessboard), BOARD) == pytest.approx(-1.0)
    slope = [float(row) for row in range(3) for column in range(3)]
    assert morans_i(np.array(slope), BOARD) == pytest.approx(plain_morans_i(slope))
    # by hand: z = -1, 0, 1; the six outer cells have lags -2/3 in corners and -1/2... in the middle of a side
    assert plain_morans_i(slope) == pytest.approx((4 * 0.5 + 2 * (2 / 3)) / 6)


def test_against_the_definition_on_drawn_boards() -> None:
    generator = np.random.default_rng(2)
    for _ in range(20):
        values = generator.normal(size=9).tolist()
        assert morans_i(np.array(values), BOARD) == pytest.approx(plain_morans_i(values))


def test_by_chance_its_mean_is_a_little_below_zero() -> None:
    generator = np.random.default_rng(8)
    drawn = [morans_i(generator.permutation(9).astype(float), BOARD) for _ in range(4000)]
    assert np.mean(drawn) == pytest.approx(-1 / 8, abs=0.02)


def test_unknown_neighbours_are_left_out() -> None:
    values = np.arange(9.0)
    values[1] = np.nan
    mean, count = BOARD.lag(values)
    assert (mean[0], count[0]) == (3.0, 1.0)
    assert math.isnan(morans_i(np.full(9, np.nan), BOARD))
    assert math.isnan(morans_i(np.ones(9), BOARD))


def test_agreement_counts_only_what_is_told() -> None:
    signs = np.array([1, 1, 9, 1, -1, 0, 9, 9, 9])
    alike, known = BOARD.agreeing(signs)
    assert (alike[0], known[0]) == (2, 2)
    assert (alike[4], known[4]) == (0, 3)
    assert alike[2] == 0  # an unknown place agrees with nobody


def test_wrong_pairs_are_refused() -> None:
    with pytest.raises(ValueError, match="both ways"):
        Contiguity.of_pairs({"a": 0, "b": 1}, [("a", "b")])
    with pytest.raises(ValueError, match="itself"):
        Contiguity.of_pairs({"a": 0}, [("a", "a")])
    with pytest.raises(KeyError):
        Contiguity.of_pairs({"a": 0}, [("a", "z"), ("z", "a")])
