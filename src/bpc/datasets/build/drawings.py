"""SVG paths of the maps the server draws: one small file per view, whole numbers, borders shared.

Projection: spherical Mercator (EPSG:3857). Each file records the numbers that place a longitude and latitude:
x = (mercator_x(lon) - west) * scale, y = (north - mercator_y(lat)) * scale.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from bpc.datasets.build.geodesy import mercator
from bpc.datasets.build.outlines import ENCLAVES, Geometries, Outlines
from bpc.datasets.build.territories import Place, member_masks
from bpc.datasets.tables import write_bytes

Placing = Callable[[NDArray[np.float64]], NDArray[np.float64]]
#: Longer side of the drawing, in units.
SIDE = 1000
#: Views: (level of the territory, level of the shapes) → tolerance in Mercator metres.
TOLERANCES = {
    ("country", "country"): 1000.0,
    ("country", "region"): 1000.0,
    ("country", "province"): 1500.0,
    ("country", "commune"): 4800.0,
    ("region", "province"): 400.0,
    ("region", "commune"): 400.0,
    ("province", "commune"): 100.0,
}
#: How many characters of an outline's code name the territory of each level that holds it.
LENGTHS = {"country": 0, "region": 2, "province": 6, "commune": 12}
#: A shape that rounds to nothing is drawn as a square of this half-side, so that it can still be clicked.
SMALLEST = 1


@dataclass(frozen=True)
class View:
    """A map of one territory showing shapes of one level."""

    code: str
    level: str
    codes: Sequence[str]
    metres: Geometries
    enclave_codes: Sequence[str]
    enclaves: Geometries

    def document(self) -> dict[str, object]:
        """View box, transform and paths by code."""
        west, south, east, north = shapely.total_bounds(np.concatenate([self.metres, self.enclaves]))
        scale = SIDE / max(east - west, north - south)
        pad = SIDE // 100
        size = [int(np.ceil((east - west) * scale)), int(np.ceil((north - south) * scale))]

        def place(points: NDArray[np.float64]) -> NDArray[np.float64]:
            return np.column_stack([(points[:, 0] - west) * scale, (north - points[:, 1]) * scale])

        return {
            "code": self.code,
            "level": self.level,
            "projection": "EPSG:3857",
            "viewBox": [-pad, -pad, size[0] + 2 * pad, size[1] + 2 * pad],
            "west": round(float(west), 3),
            "north": round(float(north), 3),
            "scale": float(f"{scale:.9g}"),
            "paths": _paths(self.codes, self.metres, place),
            "enclaves": _paths(self.enclave_codes, self.enclaves, place),
        }


def _paths(codes: Sequence[str], shapes: Geometries, place: Placing) -> dict[str, str]:
    return {code: path_data(shape, place) for code, shape in zip(codes, shapes, strict=True)}


def path_data(shape: shapely.Geometry, place: Placing) -> str:
    """Relative SVG path of a polygon on whole units: `m` and the steps of each ring, closed with `z`."""
    rings = []
    for ring in shapely.get_rings(shapely.get_parts(shape)):
        points = np.rint(place(shapely.get_coordinates(ring))).astype(int)[:-1]
        points = points[np.any(points != np.roll(points, 1, axis=0), axis=1)]
        points = _without_spikes(points)
        if len(points) >= 3:
            rings.append(points)
    if rings:
        return _relative(rings)
    x, y = np.rint(place(shapely.get_coordinates(shapely.centroid(shape)))).astype(int)[0]
    edge = 2 * SMALLEST
    return f"m{x - SMALLEST} {y - SMALLEST}h{edge}v{edge}h-{edge}z"


def _without_spikes(points: NDArray[np.int_]) -> NDArray[np.int_]:
    """Drops vertices on a straight line between their neighbours, there-and-back spikes included."""
    while len(points) >= 3:
        before, after = points - np.roll(points, 1, axis=0), np.roll(points, -1, axis=0) - points
        bent = before[:, 0] * after[:, 1] != before[:, 1] * after[:, 0]
        if bent.all():
            return points
        # one pass drops what is straight now; two neighbours may only be dropped in turn
        drop = ~bent
        drop[1:] &= ~drop[:-1]
        points = points[~drop]
        points = points[np.any(points != np.roll(points, 1, axis=0), axis=1)]
    return points[:0]


def _relative(rings: list[NDArray[np.int_]]) -> str:
    """Steps only: each ring starts from the start of the one before (the first from the origin)."""
    text = ""
    start = np.zeros(2, dtype=int)
    for points in rings:
        steps = np.vstack([points[:1] - start, np.diff(points, axis=0)])
        numbers = "".join(str(number) if number < 0 else f" {number}" for number in steps.ravel().tolist())
        text += f"m{numbers.lstrip()}z"
        start = points[0]
    return text


def write_views(folder: Path, places: Sequence[Place], outlines: Outlines) -> int:
    """Writes a file per view under `folder`, `<code>.<level>.json`; returns how many."""
    metres = shapely.transform(outlines.polygons, mercator)
    simplified = {metre: shapely.coverage_simplify(metres, metre) for metre in set(TOLERANCES.values())}
    for old in folder.glob("*.json"):
        old.unlink()
    masks = member_masks(places, outlines.codes)
    views = [(place, shown) for place in places for level, shown in TOLERANCES if level == place.level]
    for place, shown in views:
        shapes = simplified[TOLERANCES[place.level, shown]]
        view = _view(place, shown, outlines.codes, masks[place.code], shapes)
        content = json.dumps(view.document(), separators=(",", ":")).encode("ascii")
        write_bytes(folder / f"{view.code}.{view.level}.json", content + b"\n")
    return len(views)


def _view(
    place: Place, level: str, codes: Sequence[str], mask: NDArray[np.bool_], metres: Geometries
) -> View:
    """Shapes of one level inside a territory; the enclaves stand apart where communes are drawn."""
    starts = np.array([code[: LENGTHS[level]] or place.code for code in codes])
    shown = sorted({start for start in starts[mask] if start not in ENCLAVES})
    shapes = [shapely.coverage_union_all(metres[starts == name]) for name in shown]
    apart = [code for code in ENCLAVES if level == "commune" and mask[list(codes).index(code)]]
    enclaves = [metres[list(codes).index(code)] for code in apart]
    return View(
        place.code, level, shown, np.array(shapes, dtype=object), apart, np.array(enclaves, dtype=object)
    )
