"""Where jurors disagree, and which pairs part from the others together. Both only say where to look.

Marks are first corrected for each juror's severity, c = y + s_j, so that a severe juror does not disagree with
everybody. A pair that stands apart from the other readers of the same entries, always on the same side, may have
agreed to; it may also know what the others do not. Nothing here is proof, and nothing here changes a rank.
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from bpc.core.jury.marks import Floats, Integers, Marks, weighted
from bpc.core.jury.severity import Fit

#: A pair stands apart from the others on an entry when both lie this far from their mean, in points of 1 to 5.
APART = 1.0
#: It is told when it does so on this many entries at least, and on a third of those it shares with somebody else.
LEAST = 2


@dataclass(frozen=True)
class Disagreement:
    """An entry whose readers differ: `gap` in points between the highest and the lowest corrected weighted mark."""

    entry: Hashable
    gap: float
    highest: Hashable
    lowest: Hashable
    readings: int


@dataclass(frozen=True)
class Pair:
    """Two jurors apart from the others, both above (`side` 1) or both below (-1), on `entries` of `common` ones."""

    jurors: tuple[Hashable, Hashable]
    side: int
    entries: tuple[Hashable, ...]
    common: int


def disagreements(marks: Marks, found: Fit, *, limit: int) -> tuple[Disagreement, ...]:
    """The entries whose corrected marks differ most, at most `limit`, the widest first.

    >>> from bpc.core.jury.severity import fit
    >>> marks = Marks(("a", "b"), ("x", "y"), ("impact",), [1], [0, 0, 1, 1], [0, 1, 0, 1], [[5], [2], [3], [3]])
    >>> [(one.entry, one.highest, one.lowest) for one in disagreements(marks, fit(marks), limit=1)]
    [('a', 'x', 'y')]
    """
    corrected = _corrected(marks, found)
    told = []
    for entry, readings in _by_entry(marks):
        if len(readings) < 2:
            continue
        high, low = readings[corrected[readings].argmax()], readings[corrected[readings].argmin()]
        gap = round(float(corrected[high] - corrected[low]), 4)
        names = marks.jurors[marks.juror_of[high]], marks.jurors[marks.juror_of[low]]
        told.append((gap, -entry, Disagreement(marks.entries[entry], gap, *names, len(readings))))
    told.sort(key=lambda one: one[:2], reverse=True)
    return tuple(one for _gap, _entry, one in told[:limit])


def pairs_apart(marks: Marks, found: Fit) -> tuple[Pair, ...]:
    """The pairs that stand apart together, the most often first. Needs a third reader to stand apart from.

    >>> from bpc.core.jury.severity import fit
    >>> entry_of, juror_of = np.repeat(np.arange(6), 4), np.tile(np.arange(4), 6)
    >>> values = np.full((24, 1), 3.0)
    >>> values[(entry_of < 2) & (juror_of < 2)] = 5.0
    >>> marks = Marks(tuple("abcdef"), tuple("wxyz"), ("impact",), [1], entry_of, juror_of, values)
    >>> [(one.jurors, one.side, one.entries, one.common) for one in pairs_apart(marks, fit(marks))][0]
    (('w', 'x'), 1, ('a', 'b'), 6)
    """
    corrected = _corrected(marks, found)
    common: dict[tuple[int, int], int] = {}
    apart: dict[tuple[int, int, int], list[int]] = {}
    for entry, readings in _by_entry(marks):
        if len(readings) < 3:
            continue
        values, total = corrected[readings], float(corrected[readings].sum())
        for one, other in combinations(range(len(readings)), 2):
            rest = (total - values[one] - values[other]) / (len(readings) - 2)
            pair = tuple(sorted((int(marks.juror_of[readings[one]]), int(marks.juror_of[readings[other]]))))
            common[pair[0], pair[1]] = common.get((pair[0], pair[1]), 0) + 1
            nearest = min(abs(values[one] - rest), abs(values[other] - rest))
            if nearest >= APART and (values[one] > rest) == (values[other] > rest):
                side = 1 if values[one] > rest else -1
                apart.setdefault((pair[0], pair[1], side), []).append(entry)
    told = [
        Pair((marks.jurors[x], marks.jurors[y]), side, tuple(marks.entries[e] for e in entries), common[x, y])
        for (x, y, side), entries in sorted(apart.items())
        if len(entries) >= LEAST and 3 * len(entries) >= common[x, y]
    ]
    return tuple(sorted(told, key=lambda pair: -len(pair.entries)))


def _corrected(marks: Marks, found: Fit) -> Floats:
    corrected: Floats = weighted(marks) + found.severity[marks.juror_of]
    return corrected


def _by_entry(marks: Marks) -> Iterator[tuple[int, Integers]]:
    order = np.argsort(marks.entry_of, kind="stable")
    ends = np.cumsum(np.bincount(marks.entry_of, minlength=len(marks.entries)))
    for entry, end in enumerate(ends):
        readings = order[(ends[entry - 1] if entry else 0) : end]
        if len(readings):
            yield entry, readings
