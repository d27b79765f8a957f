"""The ranking: what it corrects, how sure it is, and what it says when it cannot tell."""

from dataclasses import replace

import numpy as np
import pytest

from bench.jury import average, faults, judge, read_again
from bench.jury_worlds import make_world
from bpc.core.jury.marks import Marks
from bpc.core.jury.ranking import rank
from bpc.core.jury.severity import fit


def make_marks(rows: list[tuple[str, str, float]], unread: tuple[str, ...] = ()) -> Marks:
    """One criterion; (entry, juror, mark)."""
    entries = tuple(sorted({row[0] for row in rows} | set(unread)))
    jurors = tuple(sorted({row[1] for row in rows}))
    return Marks(
        entries,
        jurors,
        ("impact",),
        np.ones(1),
        np.array([entries.index(row[0]) for row in rows], dtype=np.intp),
        np.array([jurors.index(row[1]) for row in rows], dtype=np.intp),
        np.array([[row[2]] for row in rows]).reshape(-1, 1),
    )


def test_a_severe_jury_does_not_sink_its_entries() -> None:
    """Two entries of equal worth, one read by the two severe jurors: the plain mean parts them by 1.5 point."""
    rows = [
        (f"c{at}", juror, mark) for at in range(8) for juror, mark in (("s", 2), ("t", 2), ("g", 4), ("h", 4))
    ]
    rows = [(entry, juror, mark + (int(entry[1]) % 2)) for entry, juror, mark in rows]
    rows += [("a", "s", 3), ("a", "t", 3), ("b", "g", 4), ("b", "h", 5)]
    verdict = rank(make_marks(rows), laureates=1)
    found = {one.entry: one for one in verdict.ranked}
    assert found["b"].plain_mean - found["a"].plain_mean == 1.5
    assert found["a"].merit > found["b"].merit
    severity = {one.juror: one.severity for one in verdict.jurors}
    assert severity["s"] > 0.6
    assert severity["g"] < -0.6


def test_a_noisy_juror_counts_less() -> None:
    random = np.random.default_rng(6)
    merits = 3 + 0.8 * random.standard_normal(40)
    rows = [(f"{at:02}", juror, merits[at] + noise * random.standard_normal())
            for at in range(40) for juror, noise in (("a", 0.2), ("b", 0.2), ("c", 1.2))]  # fmt: skip
    marks = make_marks([(entry, juror, float(np.clip(mark, 1, 5))) for entry, juror, mark in rows])
    reports = {one.juror: one for one in rank(marks, laureates=3).jurors}
    assert reports["c"].noise > 2 * reports["a"].noise
    assert reports["c"].weight < 0.35 * reports["a"].weight


def test_readings_narrow_the_interval() -> None:
    few, many = (judge(make_world(5, 20, 60, readings)) for readings in (2, 6))
    assert many.width < 0.7 * few.width


def test_an_unread_entry_has_no_rank_and_is_not_the_last() -> None:
    verdict = rank(make_marks([("a", "x", 4), ("b", "x", 2)], unread=("c",)), laureates=1)
    *read, unread = verdict.ranked
    assert [one.entry for one in read] == ["a", "b"]
    assert (unread.entry, unread.rank, unread.rank_low, unread.rank_high, unread.merit) == (
        "c",
        None,
        None,
        None,
        None,
    )
    assert max(one.rank_high for one in read) == 2


def test_equal_marks_are_one_tie() -> None:
    verdict = rank(make_marks([(entry, juror, 3) for entry in "abcd" for juror in "xy"]), laureates=1)
    assert verdict.ties == (frozenset("abcd"),)
    assert {(one.rank, one.place, one.rank_low, one.rank_high) for one in verdict.ranked} == {(1, 1, 1, 4)}
    assert all(one.tied_with == frozenset("abcd") for one in verdict.ranked)


def test_no_member_of_a_tie_is_surely_ahead_of_another_and_ranks_follow() -> None:
    verdict = rank(make_world(3, 20, 60).marks, laureates=3)
    by_entry = {one.entry: one for one in verdict.ranked}
    assert len(verdict.ties) > 1
    for tie in verdict.ties:
        members = [by_entry[name] for name in tie]
        assert len({one.rank for one in members}) == 1
        assert min(one.place for one in members) == members[0].rank
        assert all(one.rank_low <= other.place for one in members for other in members)
    alone = [one for one in verdict.ranked if not one.tied_with]
    assert all(one.rank == one.place for one in alone)
    assert all(one.rank_low <= one.place <= one.rank_high for one in verdict.ranked)


@pytest.mark.parametrize(
    "rows", [[("a", "x", 4)], [("a", "x", 5), ("a", "y", 1)], [("a", "x", 5), ("b", "x", 1)], []]
)
def test_tiny_juries(rows: list[tuple[str, str, float]]) -> None:
    verdict = rank(make_marks(rows, unread=("z",)), laureates=1)
    assert [one.entry for one in verdict.ranked] == [*sorted({row[0] for row in rows}), "z"]
    assert all(np.isfinite(one.merit) for one in verdict.ranked[:-1])


def test_one_mark_against_another_is_not_sure() -> None:
    verdict = rank(make_marks([("a", "x", 4), ("b", "y", 3)]), laureates=1)
    assert verdict.ranked[0].tied_with == {"a", "b"}
    assert 0.5 < verdict.ranked[0].chance_laureate < 0.9


def test_parts_without_a_common_juror_are_told_and_less_sure() -> None:
    """Two juries of three, one a point and a half more severe; one reading across ties them together."""
    rows = [
        (
            f"{part}{at:02}",
            f"{part}{juror}",
            2 + 1.5 * (part == "b") + (at * 7 % 3) / 2 + juror * (at % 2) / 4,
        )
        for part in "ab"
        for at in range(15)
        for juror in range(3)
    ]
    apart, tied = make_marks(rows), make_marks([*rows, ("a00", "b0", 3.5)])
    assert rank(apart, laureates=3).components == 2
    assert rank(tied, laureates=3).components == 1
    first, same, other = np.array([0]), np.array([1]), np.array([16])
    alone, joined = fit(apart), fit(tied)
    assert alone.difference_variance(first, other)[0, 0] > 2 * alone.difference_variance(first, same)[0, 0]
    assert alone.difference_variance(first, other)[0, 0] > joined.difference_variance(first, other)[0, 0]


def test_the_order_of_readings_changes_nothing() -> None:
    marks = make_world(4, 12, 40).marks
    turned = np.random.default_rng(1).permutation(len(marks.entry_of))
    again = replace(
        marks, entry_of=marks.entry_of[turned], juror_of=marks.juror_of[turned], values=marks.values[turned]
    )
    assert [one.entry for one in rank(again, laureates=3).ranked] == [
        one.entry for one in rank(marks, laureates=3).ranked
    ]


def test_chances_add_up_to_the_laureates_and_are_always_the_same() -> None:
    marks = make_world(4, 12, 40).marks
    first, second = (rank(marks, laureates=5) for _ in range(2))
    assert first == second
    assert sum(one.chance_laureate for one in first.ranked) == pytest.approx(5)


def test_simulated_juries_against_their_rivals() -> None:
    """The bench in small: 20 worlds of 50 jurors and 200 entries, three of whom collude."""
    score = average([judge(make_world(seed)) for seed in range(700, 720)])
    assert faults("50 × 200", score) == []
    assert score.podium > 0.8
    assert score.everyone > 0.9
    assert score.width < 130


def test_proposed_readings_are_worth_more_than_any() -> None:
    before, useful, anywhere = np.mean(
        [read_again(seed, jurors=20, entries=80) for seed in range(24)], axis=0
    )
    assert useful < anywhere
    assert useful < 0.85 * before
