"""Where random plans take their decisions from: a seed, or hypothesis, which can shrink them."""

import random
from collections.abc import Sequence
from typing import Protocol, TypeVar

from hypothesis import strategies as st

T = TypeVar("T")


class Chooser(Protocol):
    """Where a builder takes its decisions from."""

    def whole(self, low: int, high: int) -> int:
        """An integer, both ends included."""
        ...


class Seeded:
    """Decisions of a seeded generator: the same seed, the same plan."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def whole(self, low: int, high: int) -> int:
        return self._random.randint(low, high)


class Drawn:
    """Decisions hypothesis can shrink: towards the low ends, which are the plain cases."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw

    def whole(self, low: int, high: int) -> int:
        return self._draw(st.integers(low, high))


def number(choose: Chooser, low: float, high: float) -> float:
    """One of a thousand steps from low to high."""
    return round(low + (high - low) * choose.whole(0, 1000) / 1000, 6)


def chance(choose: Chooser, percent: int) -> bool:
    """True so often in a hundred; shrinks to False."""
    return choose.whole(0, 99) >= 100 - percent


def one_of(choose: Chooser, among: Sequence[T]) -> T:
    """One of them; shrinks to the first."""
    return among[choose.whole(0, len(among) - 1)]


def some(choose: Chooser, among: Sequence[T]) -> list[T]:
    """Some of them, in order, perhaps none."""
    return [each for each in among if chance(choose, 70)]


def shares(choose: Chooser) -> list[float]:
    """Twelve shares of a year: even, or with peaks and empty months."""
    weights = [1] * 12
    if chance(choose, 60):
        weights = [choose.whole(0, 4) for _ in range(12)]
        weights[choose.whole(0, 11)] += 1
    return [weight / sum(weights) for weight in weights]


def phasing(choose: Chooser) -> list[float]:
    """A multiplier for each of some years."""
    return [number(choose, 0.3, 1.2) for _ in range(choose.whole(1, 4))]
