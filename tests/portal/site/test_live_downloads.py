"""Files of what changes: needs, opportunities, resources, cooperatives, and how models fit communes."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from bpc.portal.atlas.fit import all_scores, models_with_fit
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.register.tallies import rebuild as count_register
from bpc.portal.web.site.downloads import DOWNLOADS
from bpc.portal.web.site.live_downloads import LIVE
from tests.portal.observations.observation_world import make_observation
from tests.portal.register.register_world import make_cooperative
from tests.portal.world import HERE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path


def _table(name: str) -> list[dict[str, str]]:
    response = Client().get(f"/fr/donnees/fichiers/{name}")
    assert (response.status_code, response["Content-Type"]) == (200, "text/csv; charset=utf-8")
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def _features(name: str) -> dict[str, Any]:
    response = Client().get(f"/fr/donnees/fichiers/{name}")
    assert (response.status_code, response["Content-Type"]) == (200, "application/geo+json")
    return {feature["id"]: feature for feature in json.loads(response.content)["features"]}


def test_every_live_file_is_offered_and_no_other() -> None:
    assert {name for name, file in DOWNLOADS.items() if not file.path} == set(LIVE)


def test_needs_as_a_table_that_no_spreadsheet_computes() -> None:
    make_observation(
        title="=1+1",
        text="-1",
        contact_email="a@b.ma",
        other_categories=["N01", "N02"],
        lon=-8.8765,
        lat=30.4712,
    )
    make_observation("09.541", state="closed", closing="solved", category_id="N03")
    make_observation(state="submitted")
    make_observation(kind="opportunity", category_id="O01")
    rows = _table("needs.csv")
    assert len(rows) == 2
    own, province = sorted(rows, key=lambda row: row["category"] == "N03")
    assert (own["title"], own["text"], own["other_categories"]) == ("'=1+1", "'-1", "N01 N02")
    assert (own["lon"], own["lat"], own["position"], own["commune"]) == ("-8.877", "30.471", "own", HERE)
    assert (province["commune"], province["territory"], province["position"]) == ("", "09.541", "province")
    assert (province["territory_fr"], province["closing"]) == ("Taroudannt", "solved")
    assert not any("a@b.ma" in cell for row in rows for cell in row.values())
    assert len(_table("opportunities.csv")) == 1


def test_needs_as_points_follow_what_happens() -> None:
    first = make_observation(lon=-8.8765432, lat=30.4712345)
    (feature,) = _features("needs.geojson").values()
    assert feature["geometry"] == {"type": "Point", "coordinates": [-8.877, 30.471]}
    assert feature["id"] == first.reference
    assert "text" not in feature["properties"]
    make_observation()
    outdate("observations")
    assert len(_features("needs.geojson")) == 2
    assert _features("opportunities.geojson") == {}


def test_resources_as_points_of_the_places_they_are_said_of() -> None:
    rows = _table("resources.csv")
    features = _features("resources.geojson")
    assert len(rows) == len(features) == 277
    for row in rows:
        assert features[row["reference"]]["properties"]["territory"] == row["territory"]
        assert row["level"] in {"region", "province", "commune"}


def test_cooperatives_leave_the_unknown_empty() -> None:
    assert _table("cooperatives.csv") == []
    make_cooperative(
        number="1/2020", name_fr="+Miel", members=None, is_women=True, lon=-8.87654, lat=30.47123
    )
    make_cooperative("MA", number="2/2020", sort_name="z")
    make_cooperative(number="3/2020", status="dissolved")
    count_register()
    outdate("register")
    first, second = _table("cooperatives.csv")
    assert (first["number"], first["name_fr"], first["members"], first["is_women"]) == (
        "1/2020",
        "'+Miel",
        "",
        "yes",
    )
    assert (first["lon"], first["lat"], first["position"]) == ("-8.877", "30.471", "own")
    assert (second["lon"], second["position"], second["is_women"]) == ("", "", "")
    assert _features("cooperatives.geojson")["2/2020"]["geometry"] is None


def test_fit_is_a_line_a_commune_and_a_column_a_model() -> None:
    rows = _table("fit.csv")
    assert len(rows) == 1503
    slugs = models_with_fit()
    assert list(rows[0])[5:] == list(slugs)
    known = all_scores(slugs[0])
    assert {row["commune"]: float(row[slugs[0]]) for row in rows if row[slugs[0]]} == known
