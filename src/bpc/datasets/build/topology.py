"""Arcs shared by the outlines, for TopoJSON and for the contiguity of territories.

A polygon coverage is cut at its junctions (vertices where three boundaries or more meet); each piece is
an arc written once and used by both sides, so borders drawn from it can never drift apart.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from bpc.datasets.build.outlines import Geometries

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Layer:
    """Geometries of one object of a topology, with an identifier each and further properties."""

    ids: Sequence[str]
    polygons: Geometries
    properties: Mapping[str, object] = field(default_factory=dict)


class Topology:
    """Arcs of a coverage on a grid; layers dissolved from the coverage use the same arcs."""

    def __init__(self, coverage: Geometries, step: float) -> None:
        """`coverage` has vertices on multiples of `step` (degrees) already."""
        self.step = step
        points = shapely.get_coordinates(coverage)
        self._origin = np.floor(points.min(axis=0) / step).astype(np.int64)
        keys = self._keys(points)
        self._vertices = np.unique(keys)
        rings = shapely.get_rings(shapely.get_parts(coverage))
        edges = np.concatenate([_edges(self._ids(ring)) for ring in rings])
        unique = np.unique(edges, axis=0)
        degree = np.bincount(unique.ravel(), minlength=len(self._vertices))
        self._is_junction = degree >= 3
        self._arcs: dict[bytes, int] = {}
        self.arcs: list[Ints] = []

    def encode(self, polygons: Geometries) -> list[list[list[list[int]]]]:
        """For each geometry, its polygons as lists of rings of arc numbers (`~n` = arc n backwards)."""
        return [
            [
                [self._ring(ring) for ring in shapely.get_rings(part)]
                for part in shapely.get_parts(shapely.orient_polygons(polygon, exterior_cw=True))
            ]
            for polygon in polygons
        ]

    def points(self, arc: Ints) -> Ints:
        """Grid positions (relative to the origin) of the vertices of an arc."""
        keys = self._vertices[arc]
        return np.column_stack([keys >> 32, keys & 0xFFFFFFFF])

    def to_json(self, layers: Mapping[str, Layer]) -> bytes:
        """The TopoJSON document, quantised with delta-encoded arcs."""
        objects = {name: self._object(layer) for name, layer in layers.items()}
        arcs = []
        for arc in self.arcs:
            steps = np.diff(self.points(arc), axis=0, prepend=0)
            arcs.append(steps.tolist())
        digits = round(-np.log10(self.step))
        origin = [round(float(value) * self.step, digits) for value in self._origin]
        document = {
            "type": "Topology",
            "transform": {"scale": [self.step, self.step], "translate": origin},
            "objects": objects,
            "arcs": arcs,
        }
        return json.dumps(document, separators=(",", ":")).encode("ascii")

    def _object(self, layer: Layer) -> dict[str, Any]:
        geometries = []
        for code, parts in zip(layer.ids, self.encode(layer.polygons), strict=True):
            single = len(parts) == 1
            geometry: dict[str, Any] = {
                "type": "Polygon" if single else "MultiPolygon",
                "id": code,
                "arcs": parts[0] if single else parts,
            }
            if layer.properties:
                geometry["properties"] = dict(layer.properties)
            geometries.append(geometry)
        return {"type": "GeometryCollection", "geometries": geometries}

    def _keys(self, points: NDArray[np.float64]) -> Ints:
        grid = np.rint(points / self.step).astype(np.int64) - self._origin
        return np.asarray((grid[:, 0] << 32) | grid[:, 1], dtype=np.int64)

    def _ids(self, ring: shapely.LinearRing) -> Ints:
        return np.searchsorted(self._vertices, self._keys(shapely.get_coordinates(ring)))

    def _ring(self, ring: shapely.LinearRing) -> list[int]:
        ids = self._ids(ring)[:-1]
        cuts = np.flatnonzero(self._is_junction[ids])
        if len(cuts) == 0:
            ids = np.roll(ids, -int(np.argmin(ids)))
            return [self._arc(np.append(ids, ids[0]))]
        ids = np.roll(ids, -int(cuts[0]))
        cuts = np.append(cuts - cuts[0], len(ids))
        closed = np.append(ids, ids[0])
        return [self._arc(closed[start : end + 1]) for start, end in pairwise(cuts.tolist())]

    def _arc(self, ids: Ints) -> int:
        backwards = ids[::-1]
        forward = tuple(ids[[0, 1]]) <= tuple(backwards[[0, 1]])
        canonical = np.ascontiguousarray(ids if forward else backwards)
        number = self._arcs.setdefault(canonical.tobytes(), len(self.arcs))
        if number == len(self.arcs):
            self.arcs.append(canonical)
        return number if forward else ~number


def _edges(ids: Ints) -> Ints:
    pairs = np.column_stack([ids[:-1], ids[1:]])
    return np.sort(pairs, axis=1)


def snap(polygons: Geometries, step: float) -> Geometries:
    """Moves every vertex to the grid and drops the repeated ones; shared vertices stay shared."""
    digits = round(-np.log10(step))
    moved = shapely.transform(polygons, lambda points: np.round(points, digits))
    return np.asarray(shapely.remove_repeated_points(moved, 0), dtype=object)
