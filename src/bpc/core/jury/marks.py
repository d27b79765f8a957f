"""The marks of a jury as arrays: one row per reading, one column per criterion.

A reading is one juror's marks for one entry. Entries without a reading are listed too: they have no merit and no rank,
which is not the last one.
"""

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.intp]

#: The scale of every criterion, each step of which has its sentence in the rules.
LOWEST, HIGHEST = 1.0, 5.0


@dataclass(frozen=True)
class Marks:
    """All the finished readings of an edition.

    `entries` (n), `jurors` (m) and `criteria` (k) are the caller's identifiers, in an order that decides nothing but
    how entries of equal merit are listed. `weights` (k) are positive and need not add up to one. Reading r is that of
    entry `entry_of[r]` by juror `juror_of[r]`, with `values[r]` (k) from 1 to 5.

    Raises ValueError that says what is wrong.

    >>> Marks(("a",), ("x",), ("impact",), np.ones(1), np.array([0]), np.array([0]), np.array([[6.0]]))
    Traceback (most recent call last):
    ValueError: marks are from 1 to 5: reading 0
    """

    entries: tuple[Hashable, ...]
    jurors: tuple[Hashable, ...]
    criteria: tuple[str, ...]
    weights: Floats
    entry_of: Integers
    juror_of: Integers
    values: Floats

    def __post_init__(self) -> None:
        for name, kind in (
            ("weights", float),
            ("values", float),
            ("entry_of", np.intp),
            ("juror_of", np.intp),
        ):
            object.__setattr__(self, name, np.asarray(getattr(self, name), dtype=kind))
        _check_lists(self)
        _check_readings(self)

    @property
    def readings(self) -> Integers:
        """How many readings each entry has, (n)."""
        return np.bincount(self.entry_of, minlength=len(self.entries)).astype(np.intp)

    @property
    def loads(self) -> Integers:
        """How many readings each juror gave, (m)."""
        return np.bincount(self.juror_of, minlength=len(self.jurors)).astype(np.intp)


def _check_lists(marks: Marks) -> None:
    for name in ("entries", "jurors", "criteria"):
        if len(set(getattr(marks, name))) != len(getattr(marks, name)):
            raise ValueError(f"{name} are listed twice")
    if marks.weights.shape != (len(marks.criteria),) or not len(marks.criteria):
        raise ValueError("one weight for each criterion, and at least one criterion")
    if not np.all(np.isfinite(marks.weights)) or np.any(marks.weights <= 0):
        raise ValueError("weights are positive")


def _check_readings(marks: Marks) -> None:
    number = len(marks.entry_of)
    if marks.entry_of.shape != (number,) or marks.juror_of.shape != (number,):
        raise ValueError("one entry and one juror for each reading")
    if marks.values.shape != (number, len(marks.criteria)):
        raise ValueError("one mark for each reading and criterion")
    for name, found, listed in (
        ("entry", marks.entry_of, marks.entries),
        ("juror", marks.juror_of, marks.jurors),
    ):
        if number and (found.min() < 0 or found.max() >= len(listed)):
            raise ValueError(f"a reading names an {name} that is not listed".replace("an j", "a j"))
    outside = ~((marks.values >= LOWEST) & (marks.values <= HIGHEST)).all(axis=1)
    if outside.any():
        raise ValueError(f"marks are from 1 to 5: reading {int(np.flatnonzero(outside)[0])}")
    if len(np.unique(marks.entry_of * max(len(marks.jurors), 1) + marks.juror_of)) != number:
        raise ValueError("a juror reads an entry once")


def weighted(marks: Marks) -> Floats:
    """The weighted mark of each reading on the scale of 1 to 5, (r).

        y = Σ w_c x_c / Σ w_c

    >>> two = Marks(("a",), ("x",), ("impact", "team"), np.array([3, 1]), [0], [0], [[5, 1]])
    >>> weighted(two).tolist()
    [4.0]
    """
    share: Floats = marks.weights / marks.weights.sum()
    return marks.values @ share
