"""The ranking with what it is worth: ranks with their intervals, ties as ties, chances to be among the laureates.

An entry is *surely ahead* of another when there are at least nine chances in ten that its merit is higher. Everything
else follows from that; the definitions and figures are in docs/methods/jury-score.md.
"""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from hashlib import shake_256
from itertools import pairwise
from typing import cast

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components
from scipy.special import ndtri

from bpc.core.jury.marks import Floats, Integers, Marks, weighted
from bpc.core.jury.severity import Fit, fit

METHOD = "jury-score/1"
#: An entry is surely ahead of another when the chances are at least nine in ten: a gap of so many deviations.
SURE = 1.2815515655446004
DECIMALS = 4
DRAWS = 1000
#: An entry is not ahead of itself, whose difference has no variance.
_SAME = 1e-9
_ALIKE = 6
_ROWS = 500  # entries compared with all others at a time, for memory


@dataclass(frozen=True)
class Ranked:
    """An entry in the ranking; all but `readings` is None (and `tied_with` empty) for one that nobody read.

    `merit`, its deviation and `plain_mean` are in points of 1 to 5, `z_score` in deviations of a juror; four decimals.
    `place` is one more than the number of entries of higher merit, `rank` the place of the first of the tie it belongs
    to, `tied_with` all of that tie, itself included (empty when alone). `rank_low` is one more than the number of
    entries surely ahead, `rank_high` leaves behind those surely behind: at least nine chances in ten lie within.
    `chance_laureate` is the chance, from 0 to 1, that its merit is among the highest.
    """

    entry: Hashable
    readings: int
    merit: float | None = None
    merit_sd: float | None = None
    plain_mean: float | None = None
    z_score: float | None = None
    place: int | None = None
    rank: int | None = None
    rank_low: int | None = None
    rank_high: int | None = None
    chance_laureate: float | None = None
    tied_with: frozenset[Hashable] = frozenset()


@dataclass(frozen=True)
class JurorReport:
    """A juror: `severity` in points (positive: severe) with its deviation, `spread` (1: uses the scale as others do),
    `noise` in points: how far from what the others make of the same entries; `weight` 1: counts as much as the mean."""

    juror: Hashable
    readings: int
    severity: float
    severity_sd: float
    spread: float
    noise: float
    weight: float


@dataclass(frozen=True)
class Verdict:
    """The ranking of the entries that were read, in order, then those that were not; ties of two or more."""

    ranked: tuple[Ranked, ...]
    jurors: tuple[JurorReport, ...]
    ties: tuple[frozenset[Hashable], ...]
    components: int
    method: str = METHOD


def rank(marks: Marks, *, laureates: int) -> Verdict:
    """Ranks the entries by merit.

    >>> marks = Marks(("a", "b"), ("x", "y"), ("impact",), [1], [0, 1, 0, 1], [0, 0, 1, 1], [[5], [1], [5], [2]])
    >>> [(one.entry, one.rank, one.rank_low, one.rank_high) for one in rank(marks, laureates=1).ranked]
    [('a', 1, 1, 1), ('b', 2, 2, 2)]
    """
    if laureates < 0:
        raise ValueError("laureates are none or more")
    found = fit(marks)
    read = np.flatnonzero(marks.readings)
    merit = np.round(found.merit, DECIMALS)
    # of equal merits, the surest first: an order that hangs on no name, so that it is the same under other labels
    order = read[np.lexsort((read, found.variance[read].round(_ALIKE), -merit[read]))]
    ahead, behind, ties = _separate(found, merit, order)
    ranked = _lines(marks, found, order, ties, chances(found, order, laureates))
    for at, one in enumerate(ranked):
        ranked[at] = replace(one, rank_low=1 + int(ahead[at]), rank_high=len(order) - int(behind[at]))
    unread = [Ranked(marks.entries[at], 0) for at in np.flatnonzero(marks.readings == 0)]
    return Verdict(
        (*ranked, *unread),
        juror_reports(marks, found),
        tuple(ranked[tie[0]].tied_with for tie in ties if len(tie) > 1),
        components(marks),
    )


def _lines(marks: Marks, found: Fit, order: Integers, ties: list[range], chance: Floats) -> list[Ranked]:
    """The entries of `order` with all but their intervals."""
    readings, deviations = marks.readings, np.sqrt(found.variance)
    means, scores = plain_means(marks), z_scores(marks)
    merit = np.round(found.merit, DECIMALS)
    places = 1 + np.searchsorted(-merit[order], -merit[order])
    ranked = []
    for tie in ties:
        names = frozenset(marks.entries[order[at]] for at in tie) if len(tie) > 1 else frozenset()
        for at in tie:
            entry = order[at]
            ranked.append(
                Ranked(
                    entry=marks.entries[entry],
                    readings=int(readings[entry]),
                    merit=float(merit[entry]),
                    merit_sd=_cut(deviations[entry]),
                    plain_mean=_cut(means[entry]),
                    z_score=_cut(scores[entry]),
                    place=int(places[at]),
                    rank=int(places[tie[0]]),
                    chance_laureate=float(chance[at]),
                    tied_with=names,
                )
            )
    return ranked


def _cut(value: float) -> float:
    return round(float(value), DECIMALS)


def _separate(found: Fit, merit: Floats, order: Integers) -> tuple[Integers, Integers, list[range]]:
    """How many are surely ahead of and behind each of `order`, and the ties as runs of positions.

    From the top, an entry closes the running tie when one of its members is surely ahead.
    """
    ahead, behind = np.zeros(len(order), dtype=np.intp), np.zeros(len(order), dtype=np.intp)
    firsts: list[int] = []
    for start in range(0, len(order), _ROWS):
        rows = order[start : start + _ROWS]
        gap = merit[order][None, :] - merit[rows][:, None]
        sure = np.maximum(SURE * np.sqrt(found.difference_variance(rows, order)), _SAME)
        over = gap >= sure
        ahead[start : start + len(rows)] = over.sum(axis=1)
        behind[start : start + len(rows)] = (-gap >= sure).sum(axis=1)
        for position, row in enumerate(over, start):
            if not firsts or row[firsts[-1] : position].any():
                firsts.append(position)
    return ahead, behind, [range(*ends) for ends in pairwise([*firsts, len(order)])]


def chances(found: Fit, order: Integers, laureates: int) -> Floats:
    """The chance of each of `order` to be among the best, from draws that are always the same."""
    n, m = len(order), len(found.severity)
    if not n or laureates >= n:
        return np.ones(n)
    raw = np.frombuffer(shake_256(METHOD.encode()).digest(4 * DRAWS * (n + m)), dtype=">u4")
    normal = ndtri((raw.astype(float) + 0.5) / 2**32).reshape(DRAWS, n + m)
    moved = normal[:, n:] @ np.linalg.cholesky(found.cross).T
    draws = found.merit[order] + normal[:, :n] * np.sqrt(found.own[order]) + (found.hold[order] @ moved.T).T
    if not laureates:
        return np.zeros(n)
    bar = np.partition(draws, n - laureates, axis=1)[:, n - laureates]
    return cast(Floats, (draws >= bar[:, None]).mean(axis=0))


def plain_means(marks: Marks) -> Floats:
    """The mean of the weighted marks of each entry, (n); NaN with no reading."""
    with np.errstate(invalid="ignore"):
        return np.bincount(marks.entry_of, weighted(marks), len(marks.entries)) / marks.readings


def z_scores(marks: Marks) -> Floats:
    """The mean over readings of (y - mean of the juror) / deviation of the juror, (n); NaN with no reading."""
    y, j, m = weighted(marks), marks.juror_of, len(marks.jurors)
    loads = np.maximum(marks.loads, 1)
    gap = y - (np.bincount(j, y, m) / loads)[j]
    deviation = np.sqrt(np.bincount(j, gap**2, m) / loads)
    score = np.where(deviation[j] > 1e-9, gap / np.maximum(deviation[j], 1e-9), 0.0)
    with np.errstate(invalid="ignore"):
        return np.bincount(marks.entry_of, score, len(marks.entries)) / marks.readings


def components(marks: Marks) -> int:
    """In how many parts jurors and entries fall that no reading ties together: between parts, severities are only
    known by what jurors are like in general, and intervals are wider."""
    n, m = len(marks.entries), len(marks.jurors)
    links = csr_array(
        (np.ones(len(marks.entry_of)), (marks.entry_of, n + marks.juror_of)), shape=(n + m, n + m)
    )
    _, part = connected_components(links, directed=False)
    return len(np.unique(part[marks.entry_of]))


def juror_reports(marks: Marks, found: Fit) -> tuple[JurorReport, ...]:
    """What the fit says of each juror, in the order of `marks.jurors`."""
    loads = marks.loads
    weight = np.bincount(marks.juror_of, found.weight, len(marks.jurors)) / np.maximum(loads, 1)
    mean = found.weight.mean() if len(found.weight) else 1.0
    return tuple(
        JurorReport(
            juror,
            int(loads[at]),
            round(float(found.severity[at]), DECIMALS),
            round(float(found.severity_sd[at]), DECIMALS),
            round(float(found.spread[at]), DECIMALS),
            round(float(found.noise[at]), DECIMALS),
            round(float(weight[at] / mean), DECIMALS),
        )
        for at, juror in enumerate(marks.jurors)
    )
