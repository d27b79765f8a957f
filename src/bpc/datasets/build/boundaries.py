"""Boundaries in levels of detail: a TopoJSON each, whose three levels share every vertex."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import shapely

from bpc.datasets.build.geodesy import mercator, unmercator
from bpc.datasets.build.outlines import ENCLAVES, Geometries, Outlines
from bpc.datasets.build.topology import Layer, Topology, snap
from bpc.datasets.tables import write_bytes

#: Name of the level of detail → tolerance (Mercator metres) and grid (degrees).
DETAILS = {
    "2500m": (2500.0, 1e-5),
    "1000m": (1000.0, 1e-5),
    "250m": (250.0, 1e-5),
    "100m": (100.0, 1e-5),
    "full": (0.0, 1e-6),
}


def simplify(polygons: Geometries, tolerance: float, step: float) -> Geometries:
    """The coverage with fewer vertices, on a grid; borders stay shared. Raises ValueError when it breaks."""
    metres = shapely.transform(polygons, mercator)
    simpler = polygons
    if tolerance:
        simpler = shapely.transform(shapely.coverage_simplify(metres, tolerance), unmercator)
    snapped = snap(simpler, step)
    if not (shapely.is_valid(snapped).all() and shapely.coverage_is_valid(snapped)):
        raise ValueError(f"coverage breaks at {tolerance} m on a grid of {step}°")
    return snapped


def dissolve(codes: Sequence[str], polygons: Geometries, length: int) -> tuple[list[str], Geometries]:
    """Unites the outlines whose codes begin alike: length 6 gives provinces, 2 regions."""
    starts = np.array([code[:length] for code in codes])
    names = sorted(set(starts))
    united = [shapely.coverage_union_all(polygons[starts == name]) for name in names]
    return names, np.array(united, dtype=object)


def write_boundaries(folder: Path, outlines: Outlines, say: Callable[[str], None]) -> dict[str, Geometries]:
    """Writes the five files and returns the outlines of each level of detail, in the order of the codes."""
    written = {}
    for name, (tolerance, step) in DETAILS.items():
        polygons = simplify(outlines.polygons, tolerance, step)
        topology = Topology(polygons, step)
        inhabited = np.array([code not in ENCLAVES for code in outlines.codes])
        codes = np.array(outlines.codes)
        layers = {
            "communes": Layer(list(codes[inhabited]), polygons[inhabited]),
            "provinces": Layer(*dissolve(outlines.codes, polygons, 6)),
            "regions": Layer(*dissolve(outlines.codes, polygons, 2)),
            "enclaves": Layer(list(codes[~inhabited]), polygons[~inhabited], {"commune": False}),
        }
        arcs = len(topology.arcs)
        content = topology.to_json(layers)
        write_bytes(folder / f"boundaries_{name}.topojson.gz", content)
        written[name] = polygons
        say(f"  boundaries {name}: {len(content) // 1000} kB, {len(topology.arcs) - arcs} arcs")
    return written
