"""The look-up on squares whose answer is known."""

import math

import numpy as np
import pytest
import shapely

from bpc.core.territory.locate import Locator

SQUARES = np.array(
    [shapely.box(-6, 33, -5, 34), shapely.box(-5, 33, -4, 34), shapely.box(-4.5, 33.4, -4.4, 33.5)],
    dtype=object,
)
LOCATOR = Locator(["west", "east", "enclave"], SQUARES, excluded=["enclave"])


def test_inside_and_on_the_border() -> None:
    assert LOCATOR.locate(33.5, -5.5) == "west"
    assert LOCATOR.locate(33.5, -5.0) == "east"  # first code in order of the two


def test_within_two_kilometres() -> None:
    degree = 110.92  # km in a degree of latitude here
    assert LOCATOR.locate(34 + 1.99 / degree, -5.5) == "west"
    assert LOCATOR.locate(34 + 2.01 / degree, -5.5) is None
    across = 111.32 * math.cos(math.radians(33.5))
    assert LOCATOR.locate(33.5, -4 + 1.9 / across) == "east"
    assert LOCATOR.locate(33.5, -4 + 2.1 / across) is None


@pytest.mark.parametrize(
    ("lat", "lon"),
    [
        (math.nan, 0),
        (0, math.inf),
        (-math.inf, 0),
        (91, 0),
        (-90.1, 0),
        (0, 180.5),
        (0, -181),
        (1e308, 1e308),
    ],
)
def test_not_on_earth(lat: float, lon: float) -> None:
    with pytest.raises(ValueError, match="must"):
        LOCATOR.locate(lat, lon)


@pytest.mark.parametrize(("lat", "lon"), [(90, 0), (-90, 180), (0, 180), (0, -180), (90, -180)])
def test_ends_of_the_earth(lat: float, lon: float) -> None:
    assert LOCATOR.locate(lat, lon) is None


def test_excluded_belongs_to_nobody() -> None:
    alone = Locator(["town"], np.array([shapely.box(0, 0, 1, 1)], dtype=object), excluded=["town"])
    assert alone.locate(0.5, 0.5) is None
    assert alone.locate(0.5, 1.001) is None


def test_codes_and_polygons_go_together() -> None:
    with pytest.raises(ValueError, match="2 codes for 3 polygons"):
        Locator(["a", "b"], SQUARES)
