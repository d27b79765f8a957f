"""GDAL reads the service as QGIS does: every collection listed, counted, paged, and asked by box and by property."""

import json
import shutil
import subprocess
from typing import Any

import pytest

from tests.portal.ogc.ogc_world import COLLECTIONS, fill

pytestmark = [pytest.mark.gdal, pytest.mark.django_db]
#: So small a page makes every list several pages long.
SMALL = ("-oo", "PAGE_SIZE=3")


def _run(program: str, *arguments: str) -> str:
    assert shutil.which(program), "GDAL is needed: apt-get install gdal-bin"
    done = subprocess.run([program, *arguments], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert "ERROR" not in done.stderr, done.stderr
    return done.stdout


def _read(source: str, layer: str, *asked: str) -> list[Any]:
    """What GDAL makes of a layer, as GeoJSON."""
    written = _run("ogr2ogr", "-f", "GeoJSON", "/vsistdout/", source, layer, *SMALL, *asked)
    return list(json.loads(written)["features"])


def _codes(features: list[Any], name: str = "reference") -> list[str]:
    return [feature["properties"][name] for feature in features]


def test_gdal_lists_counts_and_reads_every_collection(live_server: Any, reference_again: None) -> None:
    made, source = fill(), f"OAPIF:{live_server.url}/ogc"
    listed = _run("ogrinfo", "-ro", source)
    for number, name in enumerate(COLLECTIONS, start=1):
        assert f"{number}: {name} (title: " in listed
    counts = dict.fromkeys(made, 7) | {"territories": 1591, "meetings": 12}
    for name, count in counts.items():
        told = _run("ogrinfo", "-ro", "-so", source, name)
        assert f"Feature Count: {count}\n" in told
        assert f"Geometry: {'Multi Polygon' if name == 'territories' else 'Point'}\n" in told
    for name in ("ideas", "needs", "opportunities"):
        assert _codes(_read(source, name)) == made[name]  # three pages
    read = _read(source, "cooperatives")
    assert _codes(read, "number") == made["cooperatives"]
    assert read[6]["geometry"] is None
    assert (read[1]["properties"]["registered_on"], read[0]["properties"]["registered_on"]) == (
        "2020-01-02",
        None,
    )
    assert read[1]["geometry"] == {"type": "Point", "coordinates": [-8.877, 30.471]}
    _asks_by_box_and_property(source, made)


def _asks_by_box_and_property(source: str, made: dict[str, list[str]]) -> None:
    """Boxes and equal properties are asked of the service; GDAL looks again, so a wrong answer would miss features."""
    here = [made["ideas"][number] for number in (1, 3, 5)]
    assert _codes(_read(source, "ideas", "-spat", "-9.5", "30", "-8.5", "31")) == here
    assert _codes(_read(source, "ideas", "-where", "region = '09'")) == here
    assert _read(source, "ideas", "-spat", "0", "0", "1", "1") == []
    provinces = _read(source, "territories", "-where", "level = 'province' AND parent = '09'")
    assert len(provinces) == 6
    assert {feature["geometry"]["type"] for feature in provinces} == {"MultiPolygon"}
    told = _run("ogrinfo", "-ro", "-so", source, "territories", "-where", "level = 'commune'")
    assert "Feature Count: 1503\n" in told
