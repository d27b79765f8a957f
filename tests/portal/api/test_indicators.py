"""Indicators over the API: the figures are the cube's, unknown is null, and nothing is sent twice."""

import gzip

import numpy as np
import pytest
from django.test import Client

from bpc.portal.reference.census import census
from tests.portal.api.test_territories import read

pytestmark = pytest.mark.django_db
UNEMPLOYMENT = "indicators/labour_unemployment_rate/values"


def test_dictionary_is_complete() -> None:
    answer = read("indicators")
    assert answer["count"] == len(answer["results"]) == len(census().indicators)
    for line in answer["results"]:
        entry = census().indicators[line["id"]]
        assert (line["label_fr"], line["label_ar"], line["unit"]) == (
            entry.label_fr,
            entry.label_ar,
            entry.unit,
        )
        assert line["sources"] == list(entry.sources)
        assert len(line["breakdowns"]) == len(entry.breakdowns)
    assert {line["topic"] for line in answer["results"]} <= {topic["id"] for topic in answer["topics"]}


def test_dictionary_by_topic_and_year() -> None:
    answer = read("indicators?topic=population&year=2014")
    assert answer["count"] > 0
    assert all(line["topic"] == "population" and 2014 in line["years"] for line in answer["results"])
    assert read("indicators/population_legal")["unit"] == "people"
    assert read("indicators/population_illegal", 404)["code"] == "unknown_indicator"


@pytest.mark.parametrize(
    ("indicator", "year", "area", "sex"),
    [
        ("population_legal", 2024, "total", "all"),
        ("population_municipal", 2014, "rural", "female"),
        ("labour_unemployment_rate", 2024, "urban", "female"),
        ("establishments_weekly_souks", 2024, "total", "all"),
    ],
)
def test_values_equal_the_cube(indicator: str, year: int, area: str, sex: str) -> None:
    query = f"level=commune&year={year}&area={area}&sex={sex}"
    answer = read(f"indicators/{indicator}/values?{query}")
    cube = census()
    column = cube.column(indicator, year, area, sex)  # type: ignore[arg-type]
    assert len(answer["codes"]) == len(answer["values"]) == 1503
    for code, value in zip(answer["codes"], answer["values"], strict=True):
        figure = column[cube.position[code]]
        assert value is None if np.isnan(figure) else value == figure, code
    assert answer["date"] == f"{year}-09-01"
    assert str(year) in answer["source"]


def test_unknown_is_null() -> None:
    answer = read("indicators/labour_unemployment_rate/values?level=commune&area=urban")
    assert None in answer["values"]
    assert read("indicators/labour_unemployment_rate/values?year=1999", 404)["code"] == "not_published"


def test_values_within_and_default_year() -> None:
    answer = read(f"{UNEMPLOYMENT}?level=province&within=09")
    assert len(answer["codes"]) == 6
    assert answer["year"] == census().indicators["labour_unemployment_rate"].years[0]
    assert read(f"{UNEMPLOYMENT}?within=77", 404)["code"] == "unknown_territory"
    assert read(f"{UNEMPLOYMENT}?level=village", 422)["errors"][0]["parameter"] == "level"


def test_sums_of_a_city_are_told_as_deduced() -> None:
    answer = read("indicators/population_legal/values?level=commune&year=2014&within=06.141")
    assert answer["deduced"] == ["06.141.01.0"]


def test_etag_answers_304_in_each_encoding() -> None:
    client = Client()
    plain = client.get(f"/api/v1/{UNEMPLOYMENT}")
    packed = client.get(f"/api/v1/{UNEMPLOYMENT}?level=commune", headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content).startswith(b'{"indicator"')
    assert plain["ETag"].startswith('"')
    assert plain["Cache-Control"] == "public, max-age=3600"
    again = client.get(f"/api/v1/{UNEMPLOYMENT}", headers={"if-none-match": plain["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", plain["ETag"])
    weak = client.get(f"/api/v1/{UNEMPLOYMENT}", headers={"if-none-match": f'"x", W/{plain["ETag"]}'})
    assert weak.status_code == 304
    other = client.get(f"/api/v1/{UNEMPLOYMENT}?level=province", headers={"if-none-match": plain["ETag"]})
    assert other.status_code == 200


def test_kept_answer_costs_no_query(django_assert_num_queries: object) -> None:
    client = Client()
    client.get(f"/api/v1/{UNEMPLOYMENT}?level=commune")
    with django_assert_num_queries(0):  # type: ignore[operator]
        client.get(f"/api/v1/{UNEMPLOYMENT}?level=commune")
        client.get("/api/v1/territories?level=region")


def test_the_kept_answer_is_the_first_one_with_its_guards() -> None:
    client = Client()
    address = f"/api/v1/{UNEMPLOYMENT}?level=province&sex=male"
    first, kept = client.get(address), client.get(address)
    assert kept.content == first.content
    for response in (first, kept):
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
        assert response["Referrer-Policy"] == "same-origin"
        assert not response.cookies
    assert client.head(address)["ETag"] == kept["ETag"]
    assert client.post(address).status_code == 405


def test_any_site_may_read_and_nobody_may_write() -> None:
    client = Client()
    for address in (UNEMPLOYMENT, "territories/none", "nothing/here"):
        response = client.get(f"/api/v1/{address}", headers={"origin": "https://example.org"})
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response
        assert not response.cookies
    refused = Client(enforce_csrf_checks=True).post("/api/v1/ideas", {"title": "x"})
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert client.options("/api/v1/ideas").status_code == 204
    head = client.head(f"/api/v1/{UNEMPLOYMENT}")
    assert (head.status_code, head.content) == (200, b"")


def test_errors_have_one_shape() -> None:
    for address, status in (("nope", 404), ("territories/zz", 422), ("ideas/QQQQ-QQQ", 404), ("locate", 422)):
        response = Client().get(f"/api/v1/{address}")
        assert response.status_code == status
        assert response["Content-Type"] == "application/problem+json"
        assert set(response.json()) == {"type", "title", "status", "code", "detail", "errors"}
