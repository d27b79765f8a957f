"""Outlines for the interactive map: parts of the committed TopoJSON files, with names, ready to be sent."""

import gzip
import json
from functools import cache, lru_cache
from typing import Any

from django.conf import settings

from bpc.datasets.boundaries import Detail, boundaries_path
from bpc.portal.reference.gazetteer import gazetteer

#: Wide layers at one kilometre, communes closer: what the eye can tell at the zoom where they show.
WIDE: Detail = "1000m"
CLOSE: Detail = "250m"


@lru_cache(maxsize=8)
def wide_outlines(language: str) -> bytes:
    """Regions, provinces and the two enclaves as gzipped TopoJSON, names in `language`."""
    document = _document(WIDE)
    layers = {name: document["objects"][name]["geometries"] for name in ("regions", "provinces", "enclaves")}
    return _packed(part_of(document, layers), language)


@lru_cache(maxsize=32)
def commune_outlines(region: str, language: str) -> bytes:
    """The communes of a region, and its provinces on the same lines, as gzipped TopoJSON.

    Raises KeyError when no region has this code.
    """
    if gazetteer().by_code[region].level != "region":
        raise KeyError(region)
    document = _document(CLOSE)
    layers = {
        name: [
            shape for shape in document["objects"][name]["geometries"] if shape["id"].startswith(f"{region}.")
        ]
        for name in ("communes", "provinces")
    }
    return _packed(part_of(document, layers), language)


@cache
def _document(detail: Detail) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(
        gzip.decompress(boundaries_path(detail, settings.DATA).read_bytes())
    )
    return document


def part_of(document: dict[str, Any], layers: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """A TopoJSON document with these shapes only, and only the arcs they use, numbered anew.

    >>> whole = {"type": "Topology", "transform": {}, "arcs": ["a", "b", "c"], "objects": {}}
    >>> part_of(whole, {"x": [{"type": "Polygon", "id": "1", "arcs": [[2, ~0]]}]})["arcs"]
    ['c', 'a']
    """
    numbers: dict[int, int] = {}

    def renumbered(arcs: Any) -> Any:
        if isinstance(arcs, list):
            return [renumbered(item) for item in arcs]
        # ~n is arc n walked backwards
        forward = arcs if arcs >= 0 else ~arcs
        number = numbers.setdefault(forward, len(numbers))
        return number if arcs >= 0 else ~number

    objects = {
        name: {
            "type": "GeometryCollection",
            "geometries": [{**shape, "arcs": renumbered(shape["arcs"])} for shape in shapes],
        }
        for name, shapes in layers.items()
    }
    arcs = [document["arcs"][number] for number in numbers]
    return {"type": "Topology", "transform": document["transform"], "objects": objects, "arcs": arcs}


def _packed(document: dict[str, Any], language: str) -> bytes:
    for layer in document["objects"].values():
        layer["geometries"] = [_named(shape, language) for shape in layer["geometries"]]
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), 9, mtime=0)


def _named(shape: dict[str, Any], language: str) -> dict[str, Any]:
    place = gazetteer().by_code.get(shape["id"])
    if place is None:
        return {**shape, "properties": {"code": ""}}
    name = getattr(place, f"name_{language}", "") or place.name_fr
    spot = [round(place.lon, 3), round(place.lat, 3)]
    return {**shape, "properties": {"code": place.code, "name": name, "spot": spot}}
