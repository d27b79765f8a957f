"""Checks the boundaries, the neighbours and the drawings against the table of territories."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import shapely

from bpc.datasets.boundaries import DETAILS, LAYERS, Boundaries, Detail
from bpc.datasets.territories import read_neighbours, read_territories
from bpc.datasets.validate.words import different, repeated

ENCLAVES = ("01.573.00.00", "02.381.00.00")
LEVEL_OF = {"regions": "region", "provinces": "province", "communes": "commune"}
PATH = re.compile(r"(m-?\d[-\d hv]*z)+")


def check_boundaries(data: Path) -> Iterator[str]:
    """Codes, validity, exact coverage and shared vertices of each detail; points inside at full detail."""
    codes: dict[str, list[str]] = {}
    places = read_territories(data)
    for place in places:
        codes.setdefault(place.level, []).append(place.code)
    for detail in DETAILS:
        boundaries = Boundaries.read(detail, data)
        yield from different(f"boundaries {detail} enclaves", boundaries.codes("enclaves"), ENCLAVES)
        for layer, level in LEVEL_OF.items():
            found = boundaries.codes(layer)  # type: ignore[arg-type]  # keys of LEVEL_OF are layers
            yield from different(f"boundaries {detail} {layer}", found, codes[level])
        yield from _coverage(detail, boundaries)
        if detail == "full":
            shapes = boundaries.geometries("communes")
            for place in (place for place in places if place.level == "commune"):
                if not shapely.contains_xy(shapes[place.code], place.lon, place.lat):
                    yield f"territories.csv {place.code}: its point is outside its outline"


def _coverage(detail: Detail, boundaries: Boundaries) -> Iterator[str]:
    """The three levels use the same arcs, and each covers the country without overlap or gap."""
    used = {layer: _arcs(boundaries, layer) for layer in LAYERS}
    if not used["regions"] <= used["provinces"] <= used["communes"] | used["enclaves"]:
        yield f"boundaries {detail}: a border is drawn differently at two levels"
    enclaves = list(boundaries.geometries("enclaves").values())
    for layer in LEVEL_OF:
        shapes = list(boundaries.geometries(layer).values())  # type: ignore[arg-type]
        whole = np.array(shapes + (enclaves if layer == "communes" else []), dtype=object)
        for code, valid in zip(boundaries.codes(layer), shapely.is_valid(whole), strict=False):  # type: ignore[arg-type]
            if not valid:
                yield f"boundaries {detail} {layer} {code}: not a valid polygon"
        if not shapely.coverage_is_valid(whole):
            yield f"boundaries {detail} {layer}: polygons overlap or leave a gap"
        outline = shapely.coverage_union_all(whole)
        if shapely.get_num_geometries(outline) != 1 or shapely.get_num_interior_rings(outline) != 0:
            yield f"boundaries {detail} {layer}: the country is not in one piece without holes"


def _arcs(boundaries: Boundaries, layer: str) -> set[int]:
    text = json.dumps([item["arcs"] for item in boundaries.document["objects"][layer]["geometries"]])
    return {number if number >= 0 else ~number for number in map(int, re.findall(r"-?\d+", text))}


def check_neighbours(data: Path) -> Iterator[str]:
    """Pairs of one level, in both directions with the same length; everyone but an island has a neighbour."""
    level_of = {place.code: place.level for place in read_territories(data)}
    pairs = read_neighbours(data)
    lengths = {(pair.code, pair.neighbour): pair.shared_km for pair in pairs}
    yield from repeated("neighbours.csv", ((pair.code, pair.neighbour) for pair in pairs))
    for pair in pairs:
        where = f"neighbours.csv {pair.code} {pair.neighbour}"
        if level_of.get(pair.code) != pair.level or level_of.get(pair.neighbour) != pair.level:
            yield f"{where}: not two territories of level {pair.level}"
        if lengths.get((pair.neighbour, pair.code)) != pair.shared_km:
            yield f"{where}: not the same the other way round"
        if pair.shared_km < 0:
            yield f"{where}: {pair.shared_km} km"
    alone = [code for code, level in level_of.items() if level != "country"]
    yield from different("neighbours.csv", {pair.code for pair in pairs}, alone)


def check_drawings(data: Path) -> Iterator[str]:
    """Each view exists and draws exactly the territories it should."""
    beneath: dict[tuple[str, str], set[str]] = {("MA", "country"): {"MA"}}
    places = read_territories(data)
    parents = {place.code: place.parent for place in places}
    for place in places:
        above = parents[place.code]
        while above:
            beneath.setdefault((above, place.level), set()).add(place.code)
            above = parents[above]
    folder = data / "territories" / "paths"
    names = [f"{code}.{level}.json" for code, level in beneath]
    yield from different("paths", (path.name for path in folder.glob("*")), names)
    for (code, level), expected in beneath.items():
        view = json.loads((folder / f"{code}.{level}.json").read_text("ascii"))
        yield from different(f"paths {code}.{level}", view["paths"], expected)
        for shape, path in {**view["paths"], **view["enclaves"]}.items():
            if not PATH.fullmatch(path):
                yield f"paths {code}.{level}: {shape} is not a closed path"
