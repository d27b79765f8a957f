"""The abstract tests of OGC 17-069r4 (Part 1), annex A, item by item. Their names are given beside."""

import re
from typing import Any

import pytest
from django.test import Client

from tests.portal.ogc.ogc_world import COLLECTIONS, ROOT, fill, get, keys, link_of, walk

pytestmark = pytest.mark.django_db
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"


@pytest.fixture
def world() -> dict[str, list[str]]:
    return fill()


def test_landing_page() -> None:
    """/conf/core/root-op, /conf/core/root-success; with and without a slash at the end."""
    document = get("")
    assert link_of(document, "service-desc")["type"] == "application/vnd.oai.openapi+json;version=3.0"
    assert link_of(document, "service-doc")["type"] == "text/html"
    assert link_of(document, "conformance")["href"] == f"{ROOT}/conformance"
    assert link_of(document, "data")["href"] == f"{ROOT}/collections"
    assert get("/") == document
    assert Client().get("/fr/donnees").status_code == 200
    assert link_of(document, "service-doc")["href"].endswith("/fr/donnees")


def test_landing_page_in_arabic() -> None:
    assert get("?lang=ar") == get("", **{"Accept-Language": "ar"})
    assert link_of(get("?lang=ar"), "service-doc")["href"].endswith("/ar/donnees")


def test_conformance() -> None:
    """/conf/core/conformance-op, /conf/core/conformance-success: exactly what is implemented."""
    assert get("/conformance") == {
        "conformsTo": [
            "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
            "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
            "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
            "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
            "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables",
            "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables-query-parameters",
        ]
    }


def test_collections(world: Any) -> None:
    """/conf/core/fc-md-op, -success, -links, -items, -items-links, -extent; /conf/core/sfc-md-op, -success."""
    document = get("/collections")
    assert link_of(document, "self")["href"] == f"{ROOT}/collections"
    assert [one["id"] for one in document["collections"]] == list(COLLECTIONS)
    for one in document["collections"]:
        assert one["itemType"] == "feature"
        assert one["title"]
        assert one["description"]
        items = link_of(one, "items")
        assert (items["href"], items["type"]) == (
            f"{ROOT}/collections/{one['id']}/items",
            "application/geo+json",
        )
        assert all({"href", "rel", "type"} <= link.keys() for link in one["links"])
        (box,) = one["extent"]["spatial"]["bbox"]
        assert one["extent"]["spatial"]["crs"] == CRS84
        assert box[0] < box[2]
        assert box[1] < box[3]
        assert get(link_of(one, "self")["href"]) == one


def test_extents_hold_every_feature(world: Any) -> None:
    """/conf/core/fc-md-extent: no feature lies outside, in space or in time."""
    for one in get("/collections")["collections"]:
        west, south, east, north = one["extent"]["spatial"]["bbox"][0]
        for feature in walk(f"/collections/{one['id']}/items?limit=1000"):
            if feature["geometry"] is None:
                continue
            numbers = [float(n) for n in re.findall(r"-?\d+\.?\d*", str(feature["geometry"]["coordinates"]))]
            assert west <= min(numbers[::2])
            assert max(numbers[::2]) <= east
            assert south <= min(numbers[1::2])
            assert max(numbers[1::2]) <= north
    spans = {
        one["id"]: one["extent"].get("temporal", {}).get("interval")
        for one in get("/collections")["collections"]
    }
    assert spans["territories"] is None
    assert spans["needs"] == [["2026-10-26T12:00:00Z", "2026-11-01T12:00:00Z"]]
    assert spans["meetings"][0][0] == "2025-04-03T00:00:00Z"
    assert spans["cooperatives"] == [["2020-01-02T00:00:00Z", "2020-01-07T23:59:59Z"]]


@pytest.mark.parametrize("name", COLLECTIONS)
def test_items(name: str, world: Any) -> None:
    """/conf/core/fc-op, fc-response, fc-links, fc-timeStamp, fc-numberMatched, fc-numberReturned; geojson/content."""
    response = Client().get(f"/ogc/collections/{name}/items")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/geo+json"
    page = response.json()
    assert page["type"] == "FeatureCollection"
    own = link_of(page, "self")
    assert (own["href"], own["type"]) == (f"{ROOT}/collections/{name}/items", "application/geo+json")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", page["timeStamp"])
    assert page["numberReturned"] == len(page["features"])
    assert page["numberMatched"] == len(walk(f"/collections/{name}/items?limit=500"))
    for feature in page["features"]:
        assert feature.keys() == {"type", "id", "geometry", "properties"}
        assert feature["type"] == "Feature"
        assert feature["geometry"] is None or feature["geometry"]["type"] in {"Point", "MultiPolygon"}


@pytest.mark.parametrize("name", COLLECTIONS)
def test_one_feature(name: str, world: Any) -> None:
    """/conf/core/f-op, f-success, f-links."""
    listed = get(f"/collections/{name}/items?limit=1")["features"][0]
    response = Client().get(f"/ogc/collections/{name}/items/{listed['id']}")
    assert response["Content-Type"] == "application/geo+json"
    one = response.json()
    assert {key: one[key] for key in listed} == listed
    assert link_of(one, "self")["href"] == f"{ROOT}/collections/{name}/items/{listed['id']}"
    assert link_of(one, "collection")["href"] == f"{ROOT}/collections/{name}"
    for link in one["links"]:
        if link["rel"] == "alternate":
            assert Client().get(link["href"].removeprefix("http://testserver")).status_code == 200
    if name in {"territories", "needs", "opportunities", "ideas"}:
        assert [link["hreflang"] for link in one["links"] if link["rel"] == "alternate"] == ["fr", "ar"]


def test_limit(world: Any) -> None:
    """/conf/core/fc-limit-definition, fc-limit-response: never more than asked, never more than the most."""
    assert keys(get("/collections/ideas/items?limit=3")) == world["ideas"][:3]
    assert get("/collections/territories/items")["numberReturned"] == 100
    assert get("/collections/territories/items?limit=10000")["numberReturned"] == 1000
    for wrong in ("0", "-1", "x", "1.5", "", "9999999999", "٣"):
        assert get(f"/collections/ideas/items?limit={wrong}", 400)["code"] == "invalid_parameter"


@pytest.mark.parametrize(
    ("box", "expected"),
    [
        ("-9.6,30.4,-9.5,30.5", {"MA", "09", "09.001"}),  # in the bay and the town of Agadir
        ("-9.6,30.4,0,-9.5,30.5,100", {"MA", "09", "09.001"}),
        ("170,30.4,-9.5,30.5", {"MA", "09", "09.001"}),  # round the back of the earth
    ],
)
def test_box(box: str, expected: set[str]) -> None:
    """/conf/core/fc-bbox-definition, fc-bbox-response: by the outline itself."""
    found = keys(get(f"/collections/territories/items?bbox={box}&limit=1000"))
    assert expected <= set(found)
    assert all(code == "MA" or code.startswith("09") for code in found)


def test_box_beside_the_outline() -> None:
    """The region's own box holds this bit of the sea; its outline does not."""
    assert keys(get("/collections/territories/items?bbox=-9.99,30.9,-9.95,30.95")) == []
    assert keys(get("/collections/territories/items?bbox=0,0,1,1")) == []


@pytest.mark.parametrize(
    "wrong",
    [
        "1,2,3",
        "1,2,3,4,5",
        "a,b,c,d",
        "-9,31,-8,30",
        "-200,30,-8,31",
        "-9,-91,-8,31",
        "nan,1,2,3",
        "1,2,,4",
        "",
        "1e99,1,2,3",
        "-9,30,5,-8,31,1",
    ],
)
def test_box_that_is_none(wrong: str) -> None:
    assert get(f"/collections/ideas/items?bbox={wrong}", 400)["code"] == "invalid_parameter"


def test_what_has_no_position_answers_to_every_box(world: Any) -> None:
    """Requirement 24 C."""
    assert keys(get("/collections/cooperatives/items?bbox=0,0,1,1")) == ["6/2020"]
    assert get("/collections/cooperatives/items/6/2020")["geometry"] is None


@pytest.mark.parametrize(
    ("asked", "days"),
    [
        ("2026-11-01T12:00:00Z", [0]),
        ("2026-11-01", [0]),
        ("2026-11-01T13:00:00%2B01:00", [0]),
        ("2026-11-01t12:00:00z", [0]),
        ("2026-10-30/2026-10-31", [1, 2]),
        ("2026-10-30T12:00:00Z/2026-10-31T12:00:00Z", [1, 2]),
        ("2026-10-30T12:00:01Z/2026-10-31T11:59:59Z", []),
        ("2026-10-31T00:00:00Z/..", [0, 1]),
        ("2026-10-31T00:00:00Z/", [0, 1]),
        ("../2026-10-27T12:00:00Z", [5, 6]),
        ("/2026-10-26T23:00:00Z", [6]),
        ("2026-10-31/9999-12-31", [0, 1]),
    ],
)
def test_datetime(asked: str, days: list[int], world: Any) -> None:
    """/conf/core/fc-time-definition, fc-time-response."""
    for name in ("ideas", "needs", "opportunities"):
        assert keys(get(f"/collections/{name}/items?datetime={asked}")) == [world[name][day] for day in days]


def test_what_has_no_date_answers_to_every_period(world: Any) -> None:
    """Requirement 26 C: a meeting of unknown date, a territory, a cooperative whose date is not known."""
    meetings = get("/collections/meetings/items?datetime=2025-04-03")["features"]
    assert {one["properties"]["date"] for one in meetings} == {"2025-04-03", None}
    assert get("/collections/territories/items?datetime=1999-01-01")["numberReturned"] == 100
    assert keys(get("/collections/cooperatives/items?datetime=2020-01-03/2020-01-04")) == [
        "0/2020",
        "2/2020",
        "3/2020",
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "..",
        "../..",
        "/",
        "2026",
        "2026-13-01",
        "2026-11-01T12:00:00",
        "2026-11-02/2026-11-01",
        "a/b/c",
        "2026-02-30",
        "0001-01-01T00:00:00%2B14:00",
    ],
)
def test_datetime_that_is_none(wrong: str) -> None:
    assert get(f"/collections/ideas/items?datetime={wrong}", 400)["code"] == "invalid_parameter"


def test_properties(world: Any) -> None:
    """/rec/core/fc-filters: equal to a property, several at once."""
    here = [name for number, name in enumerate(world["ideas"]) if number % 2]
    assert keys(get("/collections/ideas/items?region=09")) == here
    assert keys(get("/collections/ideas/items?region=09&sector=beekeeping")) == []
    assert keys(get("/collections/needs/items?state=closed")) == [world["needs"][2], world["needs"][5]]
    assert keys(get("/collections/cooperatives/items?is_women=true")) == ["0/2020", "1/2020", "2/2020"]
    assert keys(get("/collections/territories/items?name_ar=تارودانت&level=commune")) == ["09.541.01.13"]
    assert get("/collections/territories/items?level=province")["numberMatched"] == 75
    assert "numberMatched" not in get("/collections/ideas/items?language=fr")


@pytest.mark.parametrize(
    "asked",
    [
        "foo=1",
        "limit=1&limit=2",
        "state=draft",
        "is_demo=yes",
        "region=9",
        "category=O01",
        "f=xml",
        "lang=de",
        "cursor=x",
        "title=x",
        "author=1",
        "contact_email=a",
        "region__startswith=0",
    ],
)
def test_parameters_nobody_declared_or_not_valid(asked: str) -> None:
    """/conf/core/query-param-unknown, /conf/core/query-param-invalid."""
    refused = Client().get(f"/ogc/collections/needs/items?{asked}")
    assert refused.status_code == 400
    assert refused["Content-Type"] == "application/problem+json"
    assert refused["Access-Control-Allow-Origin"] == "*"
    assert refused.json()["code"] in {"unknown_parameter", "invalid_parameter"}


@pytest.mark.parametrize(
    "path",
    ["", "/api", "/conformance", "/collections", "/collections/ideas", "/collections/ideas/queryables"],
)
def test_documents_take_nothing_unknown(path: str) -> None:
    assert get(f"{path}?unknown=1", 400)["code"] == "unknown_parameter"
    assert get(f"{path}?f=json") == get(path)


@pytest.mark.parametrize(
    "path",
    [
        "/x",
        "/collections/x",
        "/collections/x/items",
        "/collections/ideas/x",
        "/collections/ideas/items/x",
        "/collections/territories/items/99",
        "/collections/x/queryables",
    ],
)
def test_nothing_there(path: str) -> None:
    """/conf/core/http: 404 as a problem."""
    assert get(path, 404)["code"] == "not_found"


def test_a_nul_is_refused() -> None:
    assert Client().get("/ogc/collections/ideas/items?language=%00").status_code == 400
    assert Client().get("/ogc/collections/ideas/items/%00").status_code == 404


def test_what_the_public_may_not_see_is_not_there(world: Any) -> None:
    assert len(walk("/collections/ideas/items")) == len(walk("/collections/needs/items")) == 7
    assert len(walk("/collections/cooperatives/items")) == 7


def test_methods() -> None:
    assert Client().post("/ogc/collections").status_code == 405
    options = Client().options("/ogc/collections/ideas/items")
    assert (options.status_code, options["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
    head = Client().head("/ogc/collections/ideas/items")
    assert (head.status_code, head["Content-Type"], head.content) == (200, "application/geo+json", b"")


def test_answers_are_kept_compressed_and_known_again(world: Any) -> None:
    first = Client().get("/ogc/collections/territories/items", headers={"Accept-Encoding": "gzip"})
    assert first["Content-Encoding"] == "gzip"
    assert first["Access-Control-Allow-Origin"] == "*"
    again = Client().get(
        "/ogc/collections/territories/items",
        headers={"If-None-Match": first["ETag"], "Accept-Encoding": "gzip"},
    )
    assert again.status_code == 304
