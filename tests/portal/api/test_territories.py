"""Territories over the API: the whole country, its filters, one in full, and the commune of a position."""

import csv
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def read(address: str, status: int = 200) -> Any:
    response = Client().get(f"/api/v1/{address}")
    assert response.status_code == status, response.content
    return response.json()


@pytest.mark.parametrize(
    ("level", "number"), [("country", 1), ("region", 12), ("province", 75), ("commune", 1503)]
)
def test_levels_are_complete(level: str, number: int) -> None:
    page = read(f"territories?level={level}&size=500")
    assert page["count"] == number
    assert len(page["results"]) == min(number, 500)
    assert {place["level"] for place in page["results"]} == {level}


def test_pages_follow_each_other() -> None:
    codes = [
        place["code"]
        for page in (1, 2, 3, 4)
        for place in read(f"territories?level=commune&size=400&page={page}")["results"]
    ]
    assert len(codes) == len(set(codes)) == 1503
    assert read("territories?level=commune&size=400&page=5")["results"] == []


def test_children_and_everything_within() -> None:
    assert read("territories?parent=09")["count"] == 6
    within = read("territories?within=09&level=commune&size=500")
    assert within["count"] > 100
    assert all(place["code"].startswith("09.") for place in within["results"])
    assert read("territories?parent=99", 404)["code"] == "unknown_territory"


@pytest.mark.parametrize("typed", ["taroudant", "TAROUDANNT", "تارودانت"])
def test_search_in_both_scripts(typed: str) -> None:
    found = read(f"territories?q={typed}&level=commune")["results"]
    assert found[0]["code"] == "09.541.01.13"


def test_box_keeps_what_it_touches() -> None:
    found = read("territories?level=region&bbox=-9.7,30.3,-9.5,30.5")["results"]
    assert [place["code"] for place in found] == ["09"]
    assert read("territories?bbox=1,2,3", 422)["errors"][0]["parameter"] == "bbox"


def test_one_territory_in_full(root: Path) -> None:
    sheet = read("territories/09.541.01.13")
    with (root / "data/territories/territories.csv").open(encoding="utf-8", newline="") as file:
        row = next(row for row in csv.DictReader(file) if row["code"] == "09.541.01.13")
    for name in ("population_2014", "population_2024", "households_2014", "households_2024"):
        assert sheet[name] == int(row[name])
    assert (sheet["name_fr"], sheet["name_ar"]) == (row["name_fr"], row["name_ar"])
    assert sheet["parent_name"]["code"] == "09.541"
    assert sheet["centroid"] == [float(row["centroid_lon"]), float(row["centroid_lat"])]
    assert sheet["box"] == [float(row[side]) for side in ("west", "south", "east", "north")]
    assert sheet["neighbours"]
    assert all(neighbour["shared_km"] > 0 for neighbour in sheet["neighbours"])
    assert read("territories/MA")["parent_name"] is None
    assert len(read("territories/MA")["children"]) == 12


@pytest.mark.parametrize(("code", "status"), [("99", 404), ("09.541.99.99", 404), ("x", 422), ("09.5", 422)])
def test_no_such_territory(code: str, status: int) -> None:
    assert read(f"territories/{code}", status)["status"] == status


@pytest.mark.parametrize(
    ("name", "lat", "lon", "commune"),
    [
        ("Taroudannt", 30.4703, -8.8770, "09.541.01.13"),
        ("Oujda", 34.6867, -1.9114, "02.411.01.23"),
        ("Rabat", 34.0209, -6.8416, "04.421.01.0"),
        ("Dakhla", 23.6848, -15.9580, "12.391.01.01"),
    ],
)
def test_commune_of_a_position(name: str, lat: float, lon: float, commune: str) -> None:
    found = read(f"locate?lat={lat}&lon={lon}")
    assert found["commune"]["code"] == commune, name
    assert found["region"]["code"] == commune[:2]
    assert found["province"]["code"] == commune[:6]


@pytest.mark.parametrize(
    ("where", "lat", "lon"), [("Madrid", 40.4, -3.7), ("ocean", 32.0, -12.0), ("Melilia", 35.29, -2.94)]
)
def test_positions_without_a_commune(where: str, lat: float, lon: float) -> None:
    assert read(f"locate?lat={lat}&lon={lon}", 404)["code"] == "outside", where


@pytest.mark.parametrize(
    "query", ["", "lat=91&lon=0", "lat=nan&lon=0", "lat=inf&lon=0", "lat=a&lon=0", "lat=30"]
)
def test_nonsense_positions(query: str) -> None:
    problem = read(f"locate?{query}", 422)
    assert problem["code"] == "invalid_parameter"
    assert problem["errors"]


def test_sectors_are_those_of_the_file(root: Path) -> None:
    with (root / "data/sectors.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert read("sectors")["results"] == [
        {name: row[name] for name in ("code", "name_fr", "name_ar")} for row in rows
    ]
