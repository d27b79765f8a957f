"""Reads the boundaries: a TopoJSON level of detail as geometries or GeoJSON, and the point look-up."""

import gzip
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import numpy as np
import shapely
from numpy.typing import NDArray

from bpc.core.territory.locate import Locator
from bpc.datasets.paths import DATA

Detail = Literal["2500m", "1000m", "250m", "100m", "full"]
Layer = Literal["regions", "provinces", "communes", "enclaves"]
DETAILS: tuple[Detail, ...] = ("2500m", "1000m", "250m", "100m", "full")
LAYERS: tuple[Layer, ...] = ("regions", "provinces", "communes", "enclaves")

Geometries = NDArray[np.object_]
Floats = NDArray[np.float64]


def boundaries_path(detail: Detail, data: Path = DATA) -> Path:
    """The gzipped TopoJSON file of a level of detail (`full`: every vertex of HCP, 1e-6 degree)."""
    return data / "territories" / f"boundaries_{detail}.topojson.gz"


@dataclass(frozen=True)
class Boundaries:
    """One level of detail, decoded: arcs in degrees, and for each layer its codes and the arcs they use."""

    document: dict[str, Any]

    @classmethod
    def read(cls, detail: Detail, data: Path = DATA) -> "Boundaries":
        """Reads a level of detail. Raises FileNotFoundError or ValueError when its file is not right."""
        document = json.loads(gzip.decompress(boundaries_path(detail, data).read_bytes()))
        if document.get("type") != "Topology":
            raise ValueError(f"{detail}: not a topology")
        return cls(document)

    @cached_property
    def arcs(self) -> list[Floats]:
        """Arcs in degrees: (n, 2) arrays of longitude and latitude."""
        scale = float(self.document["transform"]["scale"][0])
        origin = np.rint(np.array(self.document["transform"]["translate"]) / scale).astype(np.int64)
        steps = [np.array(arc, dtype=np.int64) for arc in self.document["arcs"]]
        digits = round(-float(np.log10(scale)))
        # multiplied then rounded to the decimal written: the same double as the parsed decimal
        return [np.round((np.cumsum(step, axis=0) + origin) * scale, digits) for step in steps]

    def codes(self, layer: Layer) -> tuple[str, ...]:
        """Codes of a layer, sorted."""
        return tuple(item["id"] for item in self.document["objects"][layer]["geometries"])

    def geometries(self, layer: Layer, codes: Iterable[str] | None = None) -> dict[str, shapely.Geometry]:
        """Polygon (or multipolygon) of each code, in degrees. Raises KeyError for a code not in the layer."""
        items = {item["id"]: item for item in self.document["objects"][layer]["geometries"]}
        chosen = list(items) if codes is None else list(codes)
        return {code: self._geometry(items[code]) for code in chosen}

    def features(self, layer: Layer, codes: Iterable[str] | None = None) -> list[dict[str, Any]]:
        """GeoJSON features of a layer: `id` is the code, no property but those of the file."""
        items = {item["id"]: item for item in self.document["objects"][layer]["geometries"]}
        return [
            {
                "type": "Feature",
                "id": code,
                "properties": dict(items[code].get("properties", {})),
                "geometry": json.loads(shapely.to_geojson(shapely.orient_polygons(geometry))),
            }
            for code, geometry in self.geometries(layer, codes).items()
        ]

    def _geometry(self, item: dict[str, Any]) -> shapely.Geometry:
        parts = [item["arcs"]] if item["type"] == "Polygon" else item["arcs"]
        polygons = [
            shapely.Polygon(self._ring(part[0]), [self._ring(hole) for hole in part[1:]]) for part in parts
        ]
        return polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons)

    def _ring(self, numbers: list[int]) -> Floats:
        pieces = [self.arcs[n] if n >= 0 else self.arcs[~n][::-1] for n in numbers]
        return np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])])


def read_full(data: Path = DATA, cache_dir: Path | None = None) -> Locator:
    """The point look-up over every commune at full resolution.

    Decoding takes most of a second; with `cache_dir` the outlines are kept there as WKB for next time.
    """
    path = boundaries_path("full", data)
    if cache_dir is None:
        return _decode(path, data)
    cached = cache_dir / f"outlines-{hashlib.blake2b(path.read_bytes(), digest_size=8).hexdigest()}.npz"
    if cached.exists():
        with np.load(cached) as stored:
            return Locator(stored["codes"].tolist(), _unpack(stored), stored["excluded"].tolist())
    locator = _decode(path, data)
    _store(cached, locator)
    return locator


def _decode(path: Path, data: Path) -> Locator:
    boundaries = Boundaries.read("full", data)
    communes, enclaves = boundaries.geometries("communes"), boundaries.geometries("enclaves")
    shapes = np.array([*communes.values(), *enclaves.values()], dtype=object)
    return Locator([*communes, *enclaves], shapes, excluded=list(enclaves))


def _store(path: Path, locator: Locator) -> None:
    """Writes beside and renames, so that two processes may do it at once."""
    wkb = [bytes(item) for item in shapely.to_wkb(locator.polygons)]
    ends = np.cumsum([len(item) for item in wkb])
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    with os.fdopen(handle, "wb") as file:
        np.savez(
            file,
            codes=np.array(locator.codes),
            excluded=np.array(sorted(locator.excluded)),
            ends=ends,
            wkb=np.frombuffer(b"".join(wkb), dtype=np.uint8),
        )
    os.replace(temporary, path)


def _unpack(stored: Any) -> Geometries:
    raw, ends = stored["wkb"].tobytes(), stored["ends"].tolist()
    starts = [0, *ends[:-1]]
    pieces = np.array([raw[start:end] for start, end in zip(starts, ends, strict=True)], dtype=object)
    return np.asarray(shapely.from_wkb(pieces), dtype=object)
