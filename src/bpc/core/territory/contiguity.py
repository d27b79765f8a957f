"""What the neighbours do: places that share a boundary, the mean of theirs, and whether like lies beside like.

How and why: docs/methods/spillover.md, whose figures are tests.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Positions = NDArray[np.intp]


@dataclass(frozen=True)
class Contiguity:
    """Pairs of places that share a boundary, each in both directions: `here[i]` has `there[i]` for a neighbour."""

    here: Positions
    there: Positions
    count: int

    @classmethod
    def of_pairs(cls, position: Mapping[str, int], pairs: Iterable[tuple[str, str]]) -> "Contiguity":
        """From pairs of codes. Raises KeyError for an unknown code, ValueError for a place beside itself or a pair
        that is not listed in both directions.

        >>> line = Contiguity.of_pairs({"a": 0, "b": 1, "c": 2}, [("a", "b"), ("b", "a"), ("b", "c"), ("c", "b")])
        >>> line.here.tolist(), line.there.tolist()
        ([0, 1, 1, 2], [1, 0, 2, 1])
        """
        found = sorted({(position[one], position[other]) for one, other in pairs})
        if any(one == other for one, other in found):
            raise ValueError("a place is no neighbour of itself")
        if {(other, one) for one, other in found} != set(found):
            raise ValueError("neighbours go both ways")
        ends = np.array(found, dtype=np.intp).reshape(-1, 2)
        return cls(ends[:, 0], ends[:, 1], len(position))

    def lag(self, values: Floats) -> tuple[Floats, Floats]:
        """The mean of the known neighbours of each place, and how many they are; NaN where none is known.

        The row-normalised spatial lag (Anselin, *Spatial Econometrics*, 1988): each known neighbour counts alike.

        >>> line = Contiguity.of_pairs({"a": 0, "b": 1, "c": 2}, [("a", "b"), ("b", "a"), ("b", "c"), ("c", "b")])
        >>> [part.tolist() for part in line.lag(np.array([1.0, 2.0, np.nan]))]
        [[2.0, 1.0, 2.0], [1.0, 1.0, 1.0]]
        """
        theirs = values[self.there]
        known = ~np.isnan(theirs)
        here = self.here[known]
        count = np.bincount(here, minlength=self.count).astype(np.float64)
        total = np.bincount(here, weights=theirs[known], minlength=self.count)
        mean: Floats = np.divide(total, count, out=np.full(self.count, np.nan), where=count > 0)
        return mean, count

    def agreeing(self, signs: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """How many neighbours of each place share its sign (-1, 0, +1), and how many have one that is known.

        Signs other than -1, 0 and 1 (too few, unknown) neither count nor are counted.

        >>> line = Contiguity.of_pairs({"a": 0, "b": 1, "c": 2}, [("a", "b"), ("b", "a"), ("b", "c"), ("c", "b")])
        >>> [part.tolist() for part in line.agreeing(np.array([1, 1, -1]))]
        [[1, 1, 0], [1, 2, 1]]
        """
        known = np.abs(signs[self.there]) <= 1
        alike = known & (signs[self.here] == signs[self.there])
        return (
            np.bincount(self.here[alike], minlength=self.count).astype(np.int64),
            np.bincount(self.here[known], minlength=self.count).astype(np.int64),
        )


def morans_i(values: Floats, contiguity: Contiguity) -> float:
    """Moran's I: +1 when like lies beside like, about 0 by chance, below when neighbours differ.

    I = (n / Σ w_ij) · Σ w_ij·z_i·z_j / Σ z_i², with z the values less their mean and w row-normalised over known
    neighbours; places that are unknown, or have no known neighbour, are left out. By chance alone its mean is
    -1 / (n - 1). Source: P. A. P. Moran, *Biometrika* 37, 1950. NaN under three places, or where all are equal.

    Four places in a row, 1, 2, 3, 4:

    >>> row = [("a", "b"), ("b", "a"), ("b", "c"), ("c", "b"), ("c", "d"), ("d", "c")]
    >>> chain = Contiguity.of_pairs({"a": 0, "b": 1, "c": 2, "d": 3}, row)
    >>> round(morans_i(np.array([1.0, 2.0, 3.0, 4.0]), chain), 4)
    0.4
    """
    mean_beside, count = contiguity.lag(values)
    used = ~np.isnan(values) & (count > 0)
    if int(used.sum()) < 3:
        return float("nan")
    own = values[used]
    apart = own - own.mean()
    spread = float((apart**2).sum())
    # the weights of each row sum to one: their total is the number of places
    return float((apart * (mean_beside[used] - own.mean())).sum() / spread) if spread > 0 else float("nan")
