"""Which communes touch the sea: the outer line of the country, but for its land frontier.

The outer ring of all outlines together is cut where the land frontier meets the sea: at Saïdia, on the Mediterranean,
and at Lagouira, on the Atlantic. Walking from one to the other by the north is the coast; the other way is inland.
"""

from itertools import pairwise
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from bpc.datasets.boundaries import Boundaries
from bpc.datasets.build.geodesy import lengths_km
from bpc.datasets.tables import write_rows

HEADER = ("commune", "coast_km")
#: Where the frontier reaches the sea, and a point of the coast between them (longitude, latitude).
SAIDIA, LAGOUIRA, CASABLANCA = (-2.2115, 35.0890), (-17.0556, 20.7748), (-7.6200, 33.6090)
#: Shorter than this is a corner that touches the beach of a neighbour, not a coast.
SHORTEST_KM = 0.2

Floats = NDArray[np.float64]


def write_coasts(path: Path, boundaries: Boundaries) -> int:
    """Writes the communes of the coast with its length; returns how many they are."""
    communes = boundaries.geometries("communes")
    whole = shapely.union_all([*communes.values(), *boundaries.geometries("enclaves").values()])
    sea = _sea_edges(whole)
    rows = [
        (code, f"{length:.2f}")
        for code, outline in sorted(communes.items())
        if (length := _shared_km(outline, sea)) >= SHORTEST_KM
    ]
    write_rows(path, HEADER, rows)
    return len(rows)


def _sea_edges(whole: shapely.Geometry) -> set[tuple[float, float, float, float]]:
    """The edges of the coast, each written from its western end."""
    parts = sorted(shapely.get_parts(whole), key=lambda part: part.area, reverse=True)
    mainland = shapely.get_coordinates(parts[0].exterior)[:-1]
    edges = _edges(_coast(mainland))
    for island in parts[1:]:
        edges |= _edges(shapely.get_coordinates(island.exterior))
    return edges


def _coast(ring: Floats) -> Floats:
    """The part of the ring between the two ends of the frontier that passes by Casablanca."""
    start, end, witness = (_nearest(ring, spot) for spot in (SAIDIA, LAGOUIRA, CASABLANCA))
    rolled = np.roll(ring, -start, axis=0)
    end, witness = (end - start) % len(ring), (witness - start) % len(ring)
    return rolled[: end + 1] if witness <= end else np.vstack([rolled[end:], rolled[:1]])


def _nearest(ring: Floats, spot: tuple[float, float]) -> int:
    return int(np.argmin(((ring - np.array(spot)) ** 2).sum(axis=1)))


def _edges(line: Floats) -> set[tuple[float, float, float, float]]:
    return {_edge(one, other) for one, other in pairwise(line.tolist())}


def _edge(one: list[float], other: list[float]) -> tuple[float, float, float, float]:
    (x, y), (u, v) = sorted((one, other))
    return (x, y, u, v)


def _shared_km(outline: shapely.Geometry, sea: set[tuple[float, float, float, float]]) -> float:
    """The length of an outline's edges that lie on the coast."""
    found = []
    for part in shapely.get_parts(outline):
        line = shapely.get_coordinates(part.exterior).tolist()
        found += [_edge(one, other) for one, other in pairwise(line)]
    shared = np.array([edge for edge in found if edge in sea]).reshape(-1, 4)
    return float(lengths_km(shared[:, :2], shared[:, 2:]).sum())
