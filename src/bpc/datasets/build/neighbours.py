"""Which territories touch: an edge used by two outlines of the coverage is their common boundary."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from bpc.datasets.build.geodesy import lengths_km
from bpc.datasets.build.outlines import ENCLAVES, Outlines
from bpc.datasets.tables import write_rows

HEADER = ("level", "code", "neighbour", "shared_km")
LEVELS = (("region", 2), ("province", 6), ("commune", 12))


def write_neighbours(path: Path, outlines: Outlines) -> None:
    """Writes each pair in both directions with the length shared; touching at a point is not enough."""
    first, second, length = _shared_edges(outlines)
    rows: list[tuple[str, ...]] = []
    for level, size in LEVELS:
        names = np.array([code[:size] for code in outlines.codes])
        unique, number = np.unique(names, return_inverse=True)
        a, b = number[first], number[second]
        across = a != b
        pairs = np.sort(np.column_stack([a[across], b[across]]), axis=1)
        found, where = np.unique(pairs, axis=0, return_inverse=True)
        totals = np.bincount(where.ravel(), weights=length[across])
        for (one, other), total in zip(found, totals, strict=True):
            if not {unique[one], unique[other]} & set(ENCLAVES):
                rows += [(level, unique[one], unique[other], f"{total:.2f}")]
                rows += [(level, unique[other], unique[one], f"{total:.2f}")]
    rows.sort(key=_rank)
    write_rows(path, HEADER, rows)


def _rank(row: Sequence[str]) -> tuple[int, str, str]:
    return [level for level, _ in LEVELS].index(row[0]), row[1], row[2]


def _shared_edges(
    outlines: Outlines,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """For every edge that two outlines use: the numbers of both and the length in km."""
    parts, whole = shapely.get_parts(outlines.polygons, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    owner = whole[part]
    points, ring = shapely.get_coordinates(rings, return_index=True)
    inside = ring[:-1] == ring[1:]
    start, end = points[:-1][inside], points[1:][inside]
    user = owner[ring[:-1][inside]]
    _, vertex = np.unique(np.concatenate([start, end]), axis=0, return_inverse=True)
    ends = np.sort(vertex.reshape(2, -1).T, axis=1)
    order = np.lexsort((ends[:, 1], ends[:, 0]))
    ends, user, start, end = ends[order], user[order], start[order], end[order]
    same = (ends[:-1] == ends[1:]).all(axis=1)
    return user[:-1][same], user[1:][same], lengths_km(start[:-1][same], end[:-1][same])
