"""The two criteria that would have moved an entry most, and where one more reading is worth most."""

from dataclasses import replace

import numpy as np
import pytest

from bench.jury_worlds import make_world
from bpc.core.jury.improvements import improvements
from bpc.core.jury.next_reading import most_useful
from bpc.core.jury.ranking import rank
from bpc.core.jury.severity import fit


def test_the_heaviest_criteria_come_first_unless_already_at_five() -> None:
    marks = make_world(2, 12, 40).marks
    own = marks.entry_of == 7
    low = replace(marks, values=np.where(own[:, None], [2, 2, 2, 2], marks.values))
    assert [one.criterion for one in improvements(low, "E0007")] == ["impact", "feasibility"]
    high = replace(marks, values=np.where(own[:, None], [5, 2, 2, 4], marks.values))
    told = improvements(high, "E0007")
    assert [(one.criterion, one.from_mean, one.to) for one in told] == [("feasibility", 2, 3), ("team", 2, 3)]
    assert improvements(replace(marks, values=np.where(own[:, None], 5, marks.values)), "E0007") == ()


def test_places_are_those_of_the_ranking_and_near_a_new_one() -> None:
    """The merit follows at once; the whole ranking made anew, variances too, tells nearly the same."""
    marks = make_world(2, 12, 40).marks
    before = {one.entry: one.place for one in rank(marks, laureates=3).ranked}
    for entry in ("E0003", "E0011", "E0030"):
        best = improvements(marks, entry, fit(marks))[0]
        assert best.rank_before == before[entry]
        raised = marks.values.copy()
        at = marks.criteria.index(best.criterion)
        own = marks.entry_of == marks.entries.index(entry)
        raised[own, at] = np.minimum(raised[own, at] + 1, 5)
        again = {one.entry: one.place for one in rank(replace(marks, values=raised), laureates=3).ranked}
        assert abs(again[entry] - best.rank_after) <= 2
        assert best.rank_after <= best.rank_before


def test_nothing_is_told_of_an_entry_nobody_read() -> None:
    marks = make_world(2, 12, 40).marks
    assert improvements(replace(marks, entries=(*marks.entries, "late")), "late") == ()


def test_readings_are_asked_near_the_bar_of_those_who_may() -> None:
    marks = make_world(8, 12, 40, 2).marks
    possible = np.ones((40, 12), dtype=bool)
    possible[:, 0] = False
    told = most_useful(marks, possible, 10, laureates=5)
    done = {(marks.entries[e], marks.jurors[j]) for e, j in zip(marks.entry_of, marks.juror_of, strict=True)}
    assert len(told) == 10
    assert not {(one.entry, one.juror) for one in told} & done
    assert "J000" not in {one.juror for one in told}
    assert [one.gain for one in told] == sorted((one.gain for one in told), reverse=True)
    places = {one.entry: one.place for one in rank(marks, laureates=5).ranked}
    assert np.mean([places[one.entry] for one in told]) < 14


def test_the_gain_is_what_the_next_reading_leaves() -> None:
    """The expected fall of p(1 - p), held against 4,000 readings drawn from the model itself."""
    marks = make_world(8, 6, 12, 2, 0).marks
    told = most_useful(marks, np.ones((12, 6), bool), 1, laureates=3)[0]
    found, random = fit(marks), np.random.default_rng(1)
    e, j = marks.entries.index(told.entry), marks.jurors.index(told.juror)
    joint = -(found.hold @ found.cross)[e, j]
    a, variance = found.spread[j], found.variance[e]
    total = a * a * variance + 2 * a * joint + found.cross[j, j] + found.noise[j] ** 2
    slope = (a * variance + joint) / total
    falling = np.sort(found.merit)[::-1]
    far = found.merit[e] - (falling[2] + falling[3]) / 2
    after = far + slope * np.sqrt(total) * random.standard_normal(4000)
    chance = _normal(after / np.sqrt(variance - slope**2 * total))
    before = _normal(np.array([far / np.sqrt(variance)]))[0]
    assert told.gain == pytest.approx(before * (1 - before) - (chance * (1 - chance)).mean(), abs=0.005)


def _normal(at: np.ndarray) -> np.ndarray:
    draws = np.sort(np.random.default_rng(2).standard_normal(400_000))
    return np.searchsorted(draws, at) / len(draws)


def test_nothing_to_ask_when_all_or_none_are_laureates() -> None:
    marks = make_world(8, 6, 12, 2).marks
    every = np.ones((12, 6), bool)
    assert most_useful(marks, every, 5, laureates=0) == ()
    assert most_useful(marks, every, 5, laureates=12) == ()
    assert most_useful(marks, ~every, 5, laureates=3) == ()
