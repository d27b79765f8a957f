"""What a place does more, or less, than a reference: location quotients, with what their small numbers allow to say.

LQ = (share of an activity here) / (share of the activity in the reference). 1: as in the reference; 2: twice as much.
How and why: docs/methods/specialisation.md, whose figures are tests.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from bpc.core.territory.shrinkage import FEW, Shrunk

Floats = NDArray[np.float64]

#: "Clearly" begins at half as much again, "a little" at a tenth more, and alike on the other side.
CLEAR, SLIGHT = 1.5, 1.1


class Verdict(IntEnum):
    """What may be said of a ratio, from far less than the reference to far more."""

    FAR_LESS = -2
    LESS = -1
    ALIKE = 0
    MORE = 1
    FAR_MORE = 2
    TOO_FEW = 8
    UNKNOWN = 9


@dataclass(frozen=True)
class Quotients:
    """Location quotients of P places (rows) in K activities (columns); NaN where unknown.

    Not to be used itself: the two measures below are of two questions, put to two kinds of units, ten years apart.
    They are shown side by side; no operation takes one from the other.
    """

    activities: tuple[str, ...]
    raw: Floats
    estimate: Floats
    low: Floats
    high: Floats
    size: Floats


@dataclass(frozen=True)
class EmploymentQuotients(Quotients):
    """By the people who work, where they live, by sector or profession: census of 2014."""

    year: ClassVar[Literal[2014]] = 2014


@dataclass(frozen=True)
class EstablishmentQuotients(Quotients):
    """By the businesses that have premises, where these are, farming left out: count of 2024."""

    year: ClassVar[Literal[2024]] = 2024


def location_quotients(shares: Floats, reference: Floats) -> Floats:
    """The shares of places (P, K) over those of the reference (K, or P rows of their own); NaN where it has none.

    Source: P. S. Florence, *Investment, Location, and Size of Plant*, 1948. Errors: ValueError when the numbers of
    activities differ.

    >>> location_quotients(np.array([[0.4, 0.6], [0.1, 0.9]]), np.array([0.2, 0.8])).round(3).tolist()
    [[2.0, 0.75], [0.5, 1.125]]
    """
    if shares.shape[-1] != reference.shape[-1]:
        raise ValueError(f"{shares.shape[-1]} activities against {reference.shape[-1]}")
    under = np.broadcast_to(reference, shares.shape)
    quotients: Floats = np.divide(shares, under, out=np.full(shares.shape, np.nan), where=under > 0)
    return quotients


def quotient_bounds(shrunk: Shrunk, reference: Floats) -> tuple[Floats, Floats, Floats]:
    """Estimate, low and high bounds of the quotients of one activity, whose reference share is held to be exact.

    >>> from bpc.core.territory.shrinkage import shrink_shares
    >>> few = shrink_shares(np.array([0.3]), np.array([100.0]), np.array([0.2]), 100.0)
    >>> [bound.round(2).tolist() for bound in quotient_bounds(few, np.array([0.2]))]
    [[1.25], [1.0], [1.51]]
    """
    bounds = (shrunk.mean, shrunk.low, shrunk.high)
    estimate, low, high = (
        location_quotients(bound[:, None], np.broadcast_to(reference, bound.shape)[:, None])[:, 0]
        for bound in bounds
    )
    return estimate, low, high


def verdicts(estimate: Floats, low: Floats, high: Floats, size: Floats) -> NDArray[np.int64]:
    """What may be said of each ratio to a reference, as `Verdict` numbers.

    More: the estimate is a tenth above 1 at least, and the whole interval above 1. Clearly more: half as much again,
    and the interval above one and a tenth. Alike: the interval lies within two thirds and one and a half. Else, and
    under thirty people, there are too few to tell. Mirrored below 1.

    >>> bounds = np.array([[2.0, 1.6, 2.5], [1.2, 1.05, 1.4], [1.2, 0.9, 1.4], [1.2, 0.5, 3.0], [0.3, 0.2, 0.5]])
    >>> [Verdict(v).name for v in verdicts(*bounds.T, np.full(5, 200.0))]
    ['FAR_MORE', 'MORE', 'ALIKE', 'TOO_FEW', 'FAR_LESS']
    """
    unknown = np.isnan(estimate) | np.isnan(low) | np.isnan(high)
    found = np.select(
        [
            unknown,
            ~(size >= FEW),
            (estimate >= CLEAR) & (low > SLIGHT),
            (estimate <= 1 / CLEAR) & (high < 1 / SLIGHT),
            (estimate >= SLIGHT) & (low > 1),
            (estimate <= 1 / SLIGHT) & (high < 1),
            (low >= 1 / CLEAR) & (high <= CLEAR),
        ],
        [Verdict.UNKNOWN, Verdict.TOO_FEW, Verdict.FAR_MORE, Verdict.FAR_LESS, Verdict.MORE, Verdict.LESS,
         Verdict.ALIKE],
        default=Verdict.TOO_FEW,
    )  # fmt: skip
    return found.astype(np.int64)
