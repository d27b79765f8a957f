"""What is downloaded is what the cube holds, safe in a spreadsheet and valid on a map."""

import csv
import io
import json

import pytest
import shapely
from django.test import Client

from bpc.portal.reference.census import census
from bpc.portal.reference.models import Territory
from bpc.portal.web.atlas.sheet_downloads import text_cell


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["09.541.01.13", "06.141.01.0", "09", "MA"])
def test_csv_read_again_equals_the_cube(client: Client, code: str) -> None:
    response = client.get(f"/fr/territoires/{code}/donnees.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="territoire-{code}.csv"'
    assert response.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))
    cube = census()
    assert len(rows) == sum(len(entry.breakdowns) for entry in cube.indicators.values())
    for row in rows:
        expected = cube.value(code, row["indicator"], int(row["year"]), row["area"], row["sex"])  # type: ignore[arg-type]
        assert (float(row["value"]) if row["value"] else None) == expected, row
        assert row["sources"]
        assert row["territory"] == code


def test_texts_are_never_formulas() -> None:
    for text in ("=1+1", "+33", "-1", "@x", "\tx", "\rx"):
        assert text_cell(text) == f"'{text}"
    assert text_cell("Taux d'activité") == "Taux d'activité"


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["09.541.01.13", "12.391.01.01", "09.541", "12", "MA"])
def test_geojson_is_valid_and_lies_in_its_box(client: Client, code: str) -> None:
    response = client.get(f"/fr/territoires/{code}/contour.geojson")
    assert response["Content-Type"] == "application/geo+json"
    collection = json.loads(response.content)
    assert collection["license"] == "CC BY 4.0"
    assert "Haut-Commissariat au Plan" in collection["attribution"]
    (feature,) = collection["features"]
    outline = shapely.from_geojson(json.dumps(feature["geometry"]))
    place = Territory.objects.get(pk=code)
    assert outline.is_valid
    # the box is that of the full outline; simplifying moves it by 250 m at most, 0.0025 of a degree
    box = shapely.box(place.west, place.south, place.east, place.north).buffer(0.005)
    assert box.contains(outline)
    assert outline.buffer(0.005).contains(shapely.Point(place.lon, place.lat))
    assert feature["id"] == code
    assert feature["properties"]["population_legal"] == place.population_2024
    assert feature["properties"]["name_ar"] == place.name_ar
