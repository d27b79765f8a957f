"""Gaps, ranks and counts, and every example written beside the code of the map."""

import doctest
import importlib

import numpy as np
import pytest

from bpc.portal.atlas.points import counted_upwards
from bpc.portal.atlas.readings import (
    Comparison,
    Reading,
    gap_unit,
    positions,
    possible_comparisons,
    ranks,
    read,
)
from bpc.portal.reference.census import census

MODULES = [
    "bpc.portal.atlas.country",
    "bpc.portal.atlas.layers",
    "bpc.portal.atlas.points",
    "bpc.portal.atlas.readings",
    "bpc.portal.atlas.units",
    "bpc.portal.web.atlas.map_svg",
    "bpc.portal.web.atlas.map_words",
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_module(name):
    result = doctest.testmod(importlib.import_module(name), extraglobs={"np": np})
    assert result.failed == 0


def test_a_comparison_reads_both_sides_and_their_difference():
    codes = ("MA", "02", "09.541")
    places = positions(census(), codes)
    figures = read(census(), Reading("labour_unemployment_rate", 2024, comparison=Comparison.SEXES), places)
    men = [census().value(code, "labour_unemployment_rate", 2024, sex="male") for code in codes]
    women = [census().value(code, "labour_unemployment_rate", 2024, sex="female") for code in codes]
    assert figures.sides[0].tolist() == men
    assert figures.sides[1].tolist() == women
    assert figures.values.tolist() == [
        round(second - first, 2) for first, second in zip(men, women, strict=True)
    ]
    assert figures.unit == "points"


def test_counts_are_compared_in_percent_of_the_first():
    places = positions(census(), ("MA",))
    figures = read(census(), Reading("population_legal", 2024, comparison=Comparison.YEARS), places)
    assert [side.tolist() for side in figures.sides] == [[33848242.0], [36828330.0]]
    assert figures.values.tolist() == [8.8]
    assert figures.unit == "percent"


def test_rates_keep_their_unit_in_a_gap():
    assert gap_unit("km") == "km"


def test_years_are_compared_only_where_both_asked_alike():
    indicators = census().indicators
    for entry in indicators.values():
        offered = possible_comparisons(entry, entry.years[0])
        assert (Comparison.YEARS in offered) <= entry.comparable
    assert Comparison.YEARS not in possible_comparisons(indicators["cooking_fuel_firewood"], 2024)
    assert Comparison.SEXES not in possible_comparisons(indicators["households_count"], 2024)


def test_an_unpublished_side_makes_the_gap_unknown():
    places = positions(census(), tuple(code for code in census().territories if code.startswith("09.541.")))
    figures = read(census(), Reading("illiteracy_rate_10_plus", 2024, comparison=Comparison.AREAS), places)
    one_sided = np.isnan(figures.sides[0]) | np.isnan(figures.sides[1])
    assert one_sided.any()
    assert (np.isnan(figures.values) == one_sided).all()


def test_ranks_ignore_what_is_unknown():
    assert ranks(np.array([np.nan, np.nan])).tolist() == [0, 0]
    assert ranks(np.array([1.0, 2.0, 2.0, np.nan])).tolist() == [3, 1, 1, 0]


def test_points_count_in_all_that_hold_them():
    assert counted_upwards([]) == {}
    assert counted_upwards(["06.141.01.0"]) == {"06.141.01.0": 1, "06.141": 1, "06": 1, "MA": 1}
