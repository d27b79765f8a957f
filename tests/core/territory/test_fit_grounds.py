"""The ground of a product: best where it is named, weaker with each boundary crossed, never lowered by more sources."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpc.core.territory.fit_grounds import LEVELS, RANKS, SILENT, VALUES, Map, Source, ground, spread

#: A row of ten communes: a province of five, one of three in the same region, one of two in another.
CODES = tuple(
    f"{province}.{number:02d}.01"
    for province, count in (("01.001", 5), ("01.003", 3), ("02.005", 2))
    for number in range(1, count + 1)
)
ROW = Map(
    codes=CODES,
    provinces=tuple(code[:6] for code in CODES),
    regions=tuple(code[:2] for code in CODES),
    touching=np.array([pair for at in range(9) for pair in ((at, at + 1), (at + 1, at))]),
)


def levels(**said: object) -> list[str]:
    source = Source(**{"reference": "R1", "products": ("rose",), "quality": 1.0, **said})  # type: ignore[arg-type]
    return [LEVELS[at][0] for at in spread(ROW, source)]


def test_a_province_is_not_its_communes() -> None:
    assert levels(territory="01.001") == [
        *["province"] * 5, "beside_province", "next_province", "next_province", "silent", "silent",
    ]  # fmt: skip


def test_a_name_grounds_its_commune_then_those_that_touch() -> None:
    assert levels(territory="01.001", named=(CODES[0],)) == [
        "named", "beside", "near", "rest", "rest",
        "beside_province", "next_province", "next_province", "silent", "silent",
    ]  # fmt: skip


def test_over_a_boundary_being_near_is_little() -> None:
    assert levels(territory="01.001", named=(CODES[4],)) == [
        "rest", "rest", "near", "beside", "named",
        "over", "next_province", "next_province", "silent", "silent",
    ]  # fmt: skip


def test_a_source_may_speak_of_the_other_side_of_a_boundary() -> None:
    assert levels(territory="01.001", cited=(CODES[5],))[4:8] == ["province", "cited", "beside", "near"]


def test_a_commune_told_by_a_delegation_grounds_it_and_its_neighbours_only() -> None:
    assert levels(territory=CODES[8]) == [*["silent"] * 7, "over", "here", "beside"]


def test_a_region_is_a_region() -> None:
    assert levels(territory="01") == [*["region"] * 8, "silent", "silent"]


def test_levels_are_worth_more_and_more() -> None:
    values = [value for _, value in LEVELS]
    assert values == sorted(values)
    assert VALUES["silent"] == SILENT > 0
    assert RANKS["silent"] == 0


def test_the_best_source_counts_and_is_told() -> None:
    weak = Source("R1", ("rose",), "01.001", 0.7)
    strong = Source("R2", ("rose", "fig"), "01.001", 0.9, named=(CODES[1],))
    found = ground(ROW, [weak, strong], ["fig", "rose", "olive"])
    assert found.strength[1].tolist() == [0.9, 0.9, SILENT]
    assert found.source[1].tolist() == [1, 1, -1]
    assert found.strength[4, 1] == pytest.approx(0.65 * 0.7)
    assert (found.source[:, 2] == -1).all()


sources = st.builds(
    Source,
    reference=st.just("R"),
    products=st.lists(st.sampled_from(["rose", "fig", "unheard"]), min_size=1, max_size=2, unique=True).map(
        tuple
    ),
    territory=st.sampled_from(["01", "02", "01.001", "01.003", "02.005", *CODES]),
    quality=st.floats(0.0, 1.0),
    named=st.lists(st.sampled_from(CODES), max_size=2).map(tuple),
    cited=st.lists(st.sampled_from(CODES), max_size=2).map(tuple),
)


@given(st.lists(sources, max_size=5), sources)
def test_one_source_more_never_lowers(some: list[Source], more: Source) -> None:
    before, after = ground(ROW, some, ["rose", "fig"]), ground(ROW, [*some, more], ["rose", "fig"])
    assert (after.strength >= before.strength).all()


@given(st.permutations([0, 1, 2]), st.lists(sources, min_size=3, max_size=3))
def test_the_order_of_sources_changes_no_strength(order: list[int], some: list[Source]) -> None:
    turned = ground(ROW, [some[at] for at in order], ["rose", "fig"])
    np.testing.assert_array_equal(turned.strength, ground(ROW, some, ["rose", "fig"]).strength)


@given(sources)
def test_what_is_nearer_is_never_weaker(source: Source) -> None:
    strength = ground(ROW, [source], ["rose", "fig", "unheard"]).strength
    assert ((strength >= SILENT) & (strength <= 1.0)).all()
