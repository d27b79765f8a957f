"""Figures counted together: nothing below five, nothing found by subtraction along any sum, unknown is not zero."""

import itertools
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from bpc.portal.foundation.small_cells import Cell, hidden_cells
from bpc.portal.results.counting import MEASURES, Row, Told, count

A, B, C = ("09", "09.541", "09.541.01.13"), ("02", "02.411", "02.411.01.01"), ("06", "06.111", "06.111.01.01")


def told(number: int, places: tuple[str, ...] = A, sector: str = "food", **figures: int) -> list[Told]:
    return [
        Told(places, sector, True, "yes", 12, {"members": 10, "women": 5, **figures}) for _ in range(number)
    ]


def by_group(rows: Sequence[Row]) -> dict[tuple[str, str], Row]:
    return {(row.place, row.sector): row for row in rows}


def test_a_small_region_hides_itself_and_the_smallest_other_down_to_its_communes() -> None:
    rows = by_group(count([*told(7, A), *told(3, B), *told(9, C)]))
    assert rows["MA", ""].figures["members"].value == 190
    shown = {place: rows[place, ""].answered for place in ("09", "02", "06")}
    assert shown == {"09": None, "02": None, "06": 9}
    # a hidden region is not found again in its province, its commune or its sector
    assert [rows[place, ""].answered for place in (*A, *B)] == [None] * 6
    assert rows["09", "food"].answered is None
    assert rows["06.111.01.01", ""].figures["members"].value == 90


def test_below_five_projects_nothing_is_told_at_all() -> None:
    for row in count(told(4)):
        assert row.answered is None
        assert [name for name, figure in row.figures.items() if figure.value is not None] == [
            "silent"
        ]  # nobody is


def test_few_people_in_many_projects_are_hidden_too_and_so_are_the_few_others() -> None:
    few_women = [*told(5, women=0), *told(1, women=3)]
    (figures,) = {
        id(row): row.figures for row in count(few_women) if row.place == "MA" and not row.sector
    }.values()
    assert (figures["women"].hidden, figures["members"].value) == (True, 60)
    few_men = by_group(count([*told(5, women=10), *told(1, women=8)]))
    assert few_men["MA", ""].figures["women"].hidden
    assert by_group(count(told(6, women=6)))["MA", ""].figures["women"].value == 36


def test_unknown_is_not_zero_silence_is_counted_and_a_quarter_is_no_year() -> None:
    rows = [one for amount in (1, 2, 30, 4000, 50000) for one in told(1, turnover_mad=amount)]
    rows += [Told(A, "food", True, "yes", 3, {"turnover_mad": 10**6}) for _ in range(9)]
    rows += [Told(A, "food", False) for _ in range(6)]
    row = by_group(count(rows))["09", ""]
    assert (row.answered, row.figures["silent"].value) == (14, 6)
    assert (row.figures["turnover_mad"].value, row.figures["turnover_mad"].projects) == (30, 5)
    youth = row.figures["youth"]
    assert (youth.value, youth.projects, youth.hidden) == (None, 0, False)


def test_intervals_only_where_enough_answered_and_no_amount_is_a_projects_own() -> None:
    few = by_group(count([one for at in range(19) for one in told(1, turnover_mad=10_000 + 137 * at)]))[
        "MA", ""
    ]
    assert few.figures["turnover_mad"].low is None
    assert few.figures["living"].low is None
    many = by_group(count([one for at in range(40) for one in told(1, turnover_mad=123_456 + at)]))["MA", ""]
    assert (many.figures["turnover_mad"].value, many.figures["turnover_mad"].low) == (120_000, 120_000)
    survival = [*told(34), *(Told(A, "food", True, "no", 12, {}) for _ in range(6))]
    living = by_group(count(survival))["MA", ""].figures["living"]
    assert (living.value, living.projects, living.low, living.high) == (34, 40, 73.5, 92.0)


_PLACES = [
    ("09", "09.1", "09.1.1"),
    ("09", "09.1", "09.1.2"),
    ("09", "09.2", "09.2.1"),
    ("02", "02.1", "02.1.1"),
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=8, max_size=8))
def test_no_sum_gives_back_a_small_figure(numbers: list[int]) -> None:
    kinds = list(itertools.product(_PLACES, ("food", "crafts")))
    rows = [
        one
        for number, (places, sector) in zip(numbers, kinds, strict=True)
        for one in told(number, places, sector)
    ]
    found = by_group(count(rows))
    true = {key: sum(key in one.groups() for one in rows) for key in found}
    sums = [("MA", ["09", "02"]), ("09", ["09.1", "09.2"]), ("02", ["02.1"]), ("09.1", ["09.1.1", "09.1.2"]),
            ("09.2", ["09.2.1"]), ("02.1", ["02.1.1"])]  # fmt: skip
    groups = [((whole, ""), [(part, "") for part in parts]) for whole, parts in sums]
    groups += [((place, ""), [(place, "food"), (place, "crafts")]) for place in ("MA", "09", "02")]
    groups += [(("MA", sector), [("09", sector), ("02", sector)]) for sector in ("food", "crafts")]
    for whole, every in groups:
        parts = [part for part in every if part in found]
        if whole not in found:
            continue
        hidden = [part for part in parts if found[part].answered is None]
        if found[whole].answered is None:
            assert hidden, (whole, numbers)  # else its parts add up to it
        elif hidden:
            assert len(hidden) > 1, (whole, numbers)
            assert sum(true[part] for part in hidden) >= 5, (whole, numbers)
    assert all(row.answered is None or row.answered == 0 or row.answered >= 5 for row in found.values())


def test_sums_that_cross_each_other_hide_until_all_hold() -> None:
    cells = {("w",): Cell(30), ("a",): Cell(3), ("b",): Cell(7), ("c",): Cell(20), ("b1",): Cell(7)}
    sums = [(("w",), [("a",), ("b",), ("c",)]), (("b",), [("b1",)])]
    assert hidden_cells(cells, sums) == {("a",), ("b",), ("b1",)}
    assert hidden_cells({("w",): Cell(3), ("a",): Cell(3)}, [(("w",), [("a",)])]) == {("w",), ("a",)}
    assert hidden_cells({("w",): Cell(0), ("a",): Cell(0)}, [(("w",), [("a",)])]) == frozenset()
    assert set(MEASURES) >= {"living", "silent"}
