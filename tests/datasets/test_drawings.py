"""Drawings are light enough for an old phone, and points fall where the shapes are."""

import gzip
import json
import math
from pathlib import Path

import numpy as np
import pytest

from bpc.datasets.boundaries import Boundaries
from bpc.datasets.build.dictionary import build_dictionary
from bpc.datasets.build.drawings import path_data
from bpc.datasets.build.geodesy import mercator
from bpc.datasets.build.outlines import ENCLAVES
from bpc.datasets.paths import DATA
from bpc.datasets.territories import read_territories

PATHS = DATA / "territories" / "paths"
RADIUS = 6378137.0


def _weight(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9, mtime=0))


def test_weights_over_the_wire() -> None:
    assert _weight(PATHS / "MA.commune.json") <= 33_000
    assert _weight(PATHS / "MA.province.json") <= 10_000
    assert max(_weight(path) for path in PATHS.glob("??.???.commune.json")) <= 31_000
    assert len(list(PATHS.glob("??.???.commune.json"))) == 75


def test_enclaves_are_drawn_apart() -> None:
    view = json.loads((PATHS / "MA.commune.json").read_text("ascii"))
    assert sorted(view["enclaves"]) == sorted(ENCLAVES)
    assert len(view["paths"]) == 1503


@pytest.mark.parametrize("code", ["01.511", "09.541", "12.066"])
def test_points_fall_in_the_view_box(code: str) -> None:
    view = json.loads((PATHS / f"{code}.commune.json").read_text("ascii"))
    left, top, width, height = view["viewBox"]
    for place in read_territories():
        if place.parent == code:
            east = RADIUS * math.radians(place.lon)
            north = RADIUS * math.atanh(math.sin(math.radians(place.lat)))
            x, y = (east - view["west"]) * view["scale"], (view["north"] - north) * view["scale"]
            assert left <= x <= left + width
            assert top <= y <= top + height


def test_a_commune_in_two_parts_is_drawn_in_two() -> None:
    view = json.loads((PATHS / "05.301.commune.json").read_text("ascii"))
    assert view["paths"]["05.301.03.13"].count("z") == 2


def test_second_ring_starts_from_the_first() -> None:
    shapes = Boundaries.read("2500m").geometries("communes", ["05.301.03.13"])
    west, _, _, north = shapes["05.301.03.13"].bounds

    def place(points: object) -> object:
        return (points - (west, north)) * (1000, -1000)  # type: ignore[operator]

    path = path_data(shapes["05.301.03.13"], place)  # type: ignore[arg-type]
    assert path.startswith("m")
    assert path.count("m") == path.count("z") == 2


def test_regions_as_geojson() -> None:
    features = Boundaries.read("2500m").features("regions")
    assert [feature["id"] for feature in features] == [f"{number:02d}" for number in range(1, 13)]
    assert {feature["geometry"]["type"] for feature in features} == {"Polygon"}


def test_mercator_is_the_textbook_one() -> None:
    east, north = mercator(np.array([[-6.8416, 34.0209]]))[0]
    assert east == pytest.approx(-761603.4, abs=0.1)
    assert north == pytest.approx(
        RADIUS * math.log(math.tan(math.pi / 4 + math.radians(34.0209) / 2)), abs=1e-6
    )


def test_the_dictionary_rebuilds_to_the_same_bytes(copied_data: Path) -> None:
    census = copied_data / "census"
    (census / "indicators.csv").unlink()
    build_dictionary(census)
    assert (census / "indicators.csv").read_bytes() == (DATA / "census" / "indicators.csv").read_bytes()
