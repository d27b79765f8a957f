"""Points on real ground: towns, sea front and harbours, and what is not a Moroccan commune."""

import csv
import time
from pathlib import Path

import pytest

from bpc.core.territory.locate import Locator
from bpc.datasets.boundaries import read_full
from bpc.datasets.territories import read_territories

with Path(__file__).with_name("towns.csv").open(encoding="utf-8") as file:
    TOWNS = list(csv.DictReader(file))
NAMES = {place.code: place.name_fr for place in read_territories()}


@pytest.mark.parametrize("town", TOWNS, ids=lambda town: town["town"])
def test_town(locator: Locator, town: dict[str, str]) -> None:
    found = locator.locate(float(town["lat"]), float(town["lon"]))
    assert found is not None
    assert NAMES[found[:6]] == town["province"]
    if town["commune_code"]:
        assert found == town["commune_code"]


@pytest.mark.parametrize(
    ("name", "lat", "lon", "code"),
    [
        ("harbour of Agadir", 30.42, -9.635, "09.001.01.01"),
        ("harbour of Casablanca", 33.61, -7.61, "06.141.01.0"),
        ("beach of Akhfennir, 99 m off shore", 28.095, -12.05, "11.537.05.01"),
        ("Dakhla", 23.7, -15.93, "12.391.01.01"),
    ],
)
def test_sea_front(locator: Locator, name: str, lat: float, lon: float, code: str) -> None:
    assert locator.locate(lat, lon) == code, name


@pytest.mark.parametrize(
    ("name", "lat", "lon"),
    [
        ("Paris", 48.8566, 2.3522),
        ("Las Palmas", 28.1235, -15.4363),
        ("Arrecife", 28.963, -13.5477),
        ("Algiers", 36.7538, 3.0588),
        ("Tindouf", 27.6711, -8.1474),
        ("Nouadhibou", 20.9310, -17.0347),
        ("Sebta", 35.8894, -5.3198),
        ("Melilia", 35.2923, -2.9381),
        ("open sea, 60 km off Safi", 32.3, -9.9),
    ],
)
def test_not_a_commune(locator: Locator, name: str, lat: float, lon: float) -> None:
    assert locator.locate(lat, lon) is None, name


def test_every_commune_holds_its_own_point(locator: Locator) -> None:
    communes = [place for place in read_territories() if place.level == "commune"]
    assert [locator.locate(place.lat, place.lon) for place in communes] == [place.code for place in communes]


def test_fast(locator: Locator) -> None:
    points = [(21 + step * 0.0148, -17 + step * 0.0157) for step in range(1000)]
    start = time.process_time()
    for lat, lon in points:
        locator.locate(lat, lon)
    assert (time.process_time() - start) / len(points) < 0.001


def test_cached_outlines_answer_alike(locator: Locator, tmp_path: Path) -> None:
    first, second = read_full(cache_dir=tmp_path), read_full(cache_dir=tmp_path)
    assert len(list(tmp_path.iterdir())) == 1
    for lat, lon in [(34.0209, -6.8416), (35.8894, -5.3198), (33.61, -7.61)]:
        assert first.locate(lat, lon) == second.locate(lat, lon) == locator.locate(lat, lon)
