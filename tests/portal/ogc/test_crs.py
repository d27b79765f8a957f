"""The abstract tests of OGC 18-058 (Part 2), annex A, and the coordinates of Moroccan surveyors."""

import json

import numpy as np
import pytest
import shapely
from django.test import Client

from bpc.portal.ogc.crs import SYSTEMS, from_degrees, to_degrees
from tests.portal.ogc.ogc_world import COLLECTIONS, fill, get, keys
from tests.portal.world import HERE

EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
#: where each zone is used: Rabat, Agadir, Laâyoune, Dakhla
ZONES = {26191: (-6.83, 34.02), 26192: (-9.59, 30.42), 26194: (-13.2, 27.15), 26195: (-15.93, 23.69)}


@pytest.mark.django_db
def test_every_collection_tells_its_systems() -> None:
    """/conf/crs/crs-uri, fc-md-crs-list, fc-md-storageCrs, fc-md-storageCrs-valid-value."""
    for one in get("/collections")["collections"]:
        assert one["crs"] == [CRS84, *(f"{EPSG}{code}" for code in (4326, 3857, 26191, 26192, 26194, 26195))]
        assert one["storageCrs"] == CRS84


@pytest.mark.django_db
@pytest.mark.parametrize("name", COLLECTIONS)
@pytest.mark.parametrize("uri", SYSTEMS)
def test_answers_are_in_the_system_asked_for(name: str, uri: str) -> None:
    """/conf/crs/fc-crs-action, fc-crs-default-value, ogc-crs-header, ogc-crs-header-value: list and feature alike."""
    fill()
    address = f"/ogc/collections/{name}/items"
    plain = Client().get(address, {"limit": 2})
    assert plain["Content-Crs"] == f"<{CRS84}>"
    turned = Client().get(address, {"limit": 2, "crs": uri})
    assert turned["Content-Crs"] == f"<{uri}>"
    for before, after in zip(plain.json()["features"], turned.json()["features"], strict=True):
        kept = shapely.get_coordinates(shapely.from_geojson(json.dumps(before["geometry"])))
        told = shapely.get_coordinates(shapely.from_geojson(json.dumps(after["geometry"])))
        assert np.array_equal(told, from_degrees(SYSTEMS[uri], kept))
        one = Client().get(f"{address}/{after['id']}", {"crs": uri})
        assert one["Content-Crs"] == f"<{uri}>"
        assert one.json()["geometry"] == after["geometry"]


@pytest.mark.django_db
@pytest.mark.parametrize("parameter", ["crs", "bbox-crs"])
@pytest.mark.parametrize("wrong", ["EPSG:4326", f"{EPSG}26193", f"{EPSG}4258", "", "x"])
def test_a_system_that_is_not_served(parameter: str, wrong: str) -> None:
    """/conf/crs/fc-crs-valid-value, fc-bbox-crs-valid-value."""
    refused = Client().get("/ogc/collections/ideas/items", {parameter: wrong, "bbox": "1,2,3,4"})
    assert (refused.status_code, refused["Content-Type"]) == (400, "application/problem+json")


@pytest.mark.django_db
def test_latitude_comes_first_where_its_definition_says_so() -> None:
    feature = get(f"/collections/meetings/items/2025-01?crs={EPSG}4326")
    assert feature["geometry"]["coordinates"] == [34.687, -1.898]  # Oujda


@pytest.mark.django_db
@pytest.mark.parametrize("uri", SYSTEMS)
def test_a_box_in_any_system_finds_the_same(uri: str) -> None:
    """/conf/crs/fc-bbox-crs-definition, fc-bbox-crs-action, fc-bbox-crs-default-value."""
    fill()
    west, south, east, north = -9.0, 30.3, -8.7, 30.6
    corners = np.array([(x, y) for x in (west, east) for y in (south, north)])
    turned = from_degrees(SYSTEMS[uri], corners)
    box = ",".join(f"{number:.6f}" for number in (*turned.min(axis=0), *turned.max(axis=0)))
    for name in COLLECTIONS[1:5]:
        asked = get(f"/collections/{name}/items?bbox={box}&bbox-crs={uri}")
        assert keys(asked) == keys(get(f"/collections/{name}/items?bbox={west},{south},{east},{north}"))
        assert len(keys(asked)) >= 3
    assert HERE in keys(get(f"/collections/territories/items?bbox={box}&bbox-crs={uri}&limit=1000"))


@pytest.mark.django_db
def test_a_box_of_a_lambert_zone_leans_in_degrees() -> None:
    """Inside the frame round the leaning box, yet outside of the box: not given."""
    own = fill()["ideas"][1]
    system = SYSTEMS[f"{EPSG}26191"]
    ((x, y),) = from_degrees(system, np.array([[-8.877, 30.471]]))
    found = {}
    for side in (10, -10):
        west, south, east, north = x + side, y - 3000, x + 3000, y + 30000
        corners = np.array([(west, south), (east, south), (east, north), (west, north)])
        frame = shapely.box(*shapely.Polygon(to_degrees(system, corners)).bounds)
        assert frame.covers(shapely.Point(-8.877, 30.471))
        asked = f"bbox={west},{south},{east},{north}&bbox-crs={system.uri}"
        found[side] = keys(get(f"/collections/ideas/items?{asked}"))
    assert own not in found[10]
    assert own in found[-10]


@pytest.mark.parametrize(("epsg", "position"), ZONES.items())
def test_there_and_back(epsg: int, position: tuple[float, float]) -> None:
    system = SYSTEMS[f"{EPSG}{epsg}"]
    there = from_degrees(system, np.array([position]))
    assert np.abs(to_degrees(system, there) - position).max() < 2e-7
    assert np.abs(there).max() < 1_600_000  # metres from a false origin near by


def test_the_shift_of_the_datum_is_applied_everywhere() -> None:
    """Without it the Sahara would lie some 280 m away."""
    from_merchich = {
        26194: (426982.45, 534153.32),
        26191: (370554.80, 378772.30),
    }  # PROJ's operation 1165, cs2cs
    for epsg, expected in from_merchich.items():
        position = {26194: (-13.2, 27.1), 26191: (-6.8, 34.0)}[epsg]
        assert from_degrees(SYSTEMS[f"{EPSG}{epsg}"], np.array([position]))[0].tolist() == list(expected)


@pytest.mark.django_db
@pytest.mark.parametrize("uri", list(SYSTEMS)[2:])
@pytest.mark.parametrize(
    "box", ["1e11,1e11,2e11,2e11", "-9e11,-9e11,9e11,9e11", "0,0,0,0", "-1e99,-1e99,1e99,1e99"]
)
def test_boxes_without_measure(uri: str, box: str) -> None:
    """Answered or refused, never a fault."""
    assert Client().get(f"/ogc/collections/ideas/items?bbox={box}&bbox-crs={uri}").status_code in {200, 400}
    assert Client().get(
        f"/ogc/collections/territories/items?limit=1&bbox={box}&bbox-crs={uri}"
    ).status_code in {200, 400}
