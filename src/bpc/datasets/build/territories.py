"""The table of territories: country, 12 regions, 75 provinces, 1,503 communes, in that order and by code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from bpc.datasets.build.census import SOURCES, Source
from bpc.datasets.build.geodesy import areas_km2
from bpc.datasets.build.outlines import ENCLAVES, Geometries, Outlines
from bpc.datasets.build.packages import table
from bpc.datasets.tables import write_rows

HEADER = [
    "code",
    "level",
    "type",
    "name_fr",
    "name_ar",
    "parent",
    "cercle_code",
    "cercle_fr",
    "cercle_ar",
    "population_2014",
    "population_2024",
    "households_2014",
    "households_2024",
    "lon",
    "lat",
    "centroid_lon",
    "centroid_lat",
    "west",
    "south",
    "east",
    "north",
    "area_km2",
]


@dataclass
class Place:
    """One row before it is written."""

    code: str
    level: str
    type: str
    name_fr: str
    name_ar: str
    parent: str
    cercle: tuple[str, str, str] = ("", "", "")
    figures: list[str] = field(default_factory=list)


def list_places() -> list[Place]:
    """Every territory with its names and parent, without the prefectures of arrondissements."""
    places = [Place("MA", "country", "", "Maroc", "المغرب", "")]
    places += [
        Place(row["code"], "region", "", row["name_fr"], row["name_ar"], "MA")
        for row in sorted(table("attributes/regions"), key=lambda row: row["code"])
    ]
    places += [
        Place(row["code"], "province", row["type"], row["name_fr"], row["name_ar"], row["region_code"])
        for row in sorted(table("attributes/provinces"), key=lambda row: row["code"])
        if row["type"] in ("province", "prefecture")
    ]
    cercles = {
        row["code"]: (row["code"], row["name_fr"], row["name_ar"]) for row in table("attributes/cercles")
    }
    places += [
        Place(
            row["code"], "commune", row["type"], row["name_fr"], row["name_ar"], row["province_code"],
            cercles.get(row["cercle_code"], ("", "", "")),
        )
        for row in sorted(table("attributes/communes"), key=lambda row: row["code"])
    ]  # fmt: skip
    return places


def member_masks(places: Sequence[Place], codes: Sequence[str]) -> dict[str, np.ndarray]:
    """For each territory, which of the outlines make it up (provinces and regions hold the enclaves)."""
    prefixes = {length: np.array([code[:length] for code in codes]) for length in (2, 6)}
    whole = np.array(codes)
    masks = {}
    for place in places:
        if place.level == "country":
            masks[place.code] = np.ones(len(codes), dtype=bool)
        elif place.level == "commune":
            masks[place.code] = whole == place.code
        else:
            masks[place.code] = prefixes[len(place.code)] == place.code
    return masks


def measure(places: Sequence[Place], outlines: Outlines) -> dict[str, float]:
    """Area of each territory in km², from HCP's outlines, without the enclaves."""
    areas = areas_km2(outlines.polygons)
    areas[[code in ENCLAVES for code in outlines.codes]] = 0
    masks = member_masks(places, outlines.codes)
    return {place.code: round(float(areas[masks[place.code]].sum()), 2) for place in places}


def write_territories(
    path: Path, places: Sequence[Place], outlines: Outlines, coarse: Geometries, areas: Mapping[str, float]
) -> None:
    """Writes territories.csv; `coarse` are the simplified outlines, used to find the roomiest point."""
    people = _figures("population_legal", SOURCES[3], SOURCES[0])
    households = _figures("households_count", SOURCES[4], SOURCES[1])
    masks = member_masks(places, outlines.codes)
    rows = []
    for place in places:
        mask = masks[place.code]
        full = shapely.coverage_union_all(outlines.polygons[mask])
        simple = shapely.coverage_union_all(coarse[mask])
        row = [place.code, place.level, place.type, place.name_fr, place.name_ar, place.parent, *place.cercle]
        row += [*people[place.code], *households[place.code], *_position(full, simple)]
        rows.append([*row, f"{areas[place.code]:.2f}"])
    write_rows(path, HEADER, rows)


def _position(full: Any, simple: Any) -> list[str]:
    """Point inside, centroid and box, degrees with five decimals (1 m)."""
    size = float(np.sqrt(simple.area))
    inside = shapely.get_point(shapely.maximum_inscribed_circle(simple, tolerance=size / 50), 0)
    inside = shapely.Point(round(inside.x, 5), round(inside.y, 5))
    if not shapely.contains(full, inside):
        inside = shapely.point_on_surface(full)
    centre = shapely.centroid(full)
    numbers = [inside.x, inside.y, centre.x, centre.y, *shapely.bounds(full)]
    return [f"{value:.5f}" for value in numbers]


def _figures(column: str, before: Source, now: Source) -> dict[str, tuple[str, str]]:
    """2014 and 2024 totals by code; the six cities of 2014 are the sum of their arrondissements."""
    cities = {row["code"]: row["commune_code"] for row in table("attributes/arrondissements")}
    found: dict[str, list[str]] = {}
    sums: dict[str, int] = {}
    for position, source in enumerate((before, now)):
        for row in table(source.table):
            if row["area"] != "total" or row.get("sex", "all") != "all":
                continue
            if row["level"] == "arrondissement" and position == 0:
                sums[cities[row["code"]]] = sums.get(cities[row["code"]], 0) + int(row[column])
            found.setdefault(row["code"] or "MA", ["", ""])[position] = row[column]
    for code, total in sums.items():
        found[code][0] = str(total)
    return {code: (values[0], values[1]) for code, values in found.items()}
