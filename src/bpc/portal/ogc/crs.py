"""The coordinate reference systems features are given in (OGC API – Features, part 2).

Everything is kept in degrees, longitude first (CRS84). The four Lambert zones are those of Moroccan surveyors: maps
and titles in the field are written in them. South of 27° 40′ no shift between Merchich and WGS 84 is published; the
one of the north (EPSG operation 1165, 7 m) is applied there too, since none at all would be 280 m wrong.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from pyproj.transformer import TransformerGroup

Floats = NDArray[np.float64]
CRS84_URI = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
_MERCHICH = 4261
_ALONG = 21  # points put on each side of a box before it is turned into degrees


@dataclass(frozen=True)
class ReferenceSystem:
    """A system by its address, with its EPSG code (0: CRS84, nothing to compute) and the decimals that make sense."""

    uri: str
    epsg: int
    decimals: int

    @property
    def kept_as_is(self) -> bool:
        """Whether coordinates are already in it."""
        return self.epsg == 0


_ALL = (
    ReferenceSystem(CRS84_URI, 0, 6),
    ReferenceSystem(f"{_EPSG}4326", 4326, 6),  # latitude first, as its definition says
    ReferenceSystem(f"{_EPSG}3857", 3857, 2),
    ReferenceSystem(f"{_EPSG}26191", 26191, 2),  # Merchich, Nord Maroc
    ReferenceSystem(f"{_EPSG}26192", 26192, 2),  # Merchich, Sud Maroc
    ReferenceSystem(f"{_EPSG}26194", 26194, 2),  # Merchich, Sahara Nord; 26193 is withdrawn
    ReferenceSystem(f"{_EPSG}26195", 26195, 2),  # Merchich, Sahara Sud
)
SYSTEMS = {system.uri: system for system in _ALL}
CRS84 = SYSTEMS[CRS84_URI]


@cache
def _steps(epsg: int) -> tuple[Transformer, ...]:
    """From CRS84 to the system, axes in the order of its definition. PROJ alone would drop the shift in the south."""
    if epsg in {4326, 3857}:
        return (Transformer.from_crs("OGC:CRS84", f"EPSG:{epsg}"),)
    shift = TransformerGroup("OGC:CRS84", f"EPSG:{_MERCHICH}", allow_ballpark=False).transformers[0]
    return shift, Transformer.from_crs(f"EPSG:{_MERCHICH}", f"EPSG:{epsg}")


def from_degrees(system: ReferenceSystem, positions: Floats) -> Floats:
    """(n, 2) longitudes and latitudes → coordinates of the system, rounded."""
    if not system.kept_as_is:
        first, second = positions[:, 0], positions[:, 1]
        for step in _steps(system.epsg):
            first, second = step.transform(first, second)
        positions = np.column_stack([first, second])
    return np.round(positions, system.decimals)


def to_degrees(system: ReferenceSystem, positions: Floats) -> Floats:
    """(n, 2) coordinates of the system → longitudes and latitudes; infinite where the system does not reach."""
    if system.kept_as_is:
        return positions
    first, second = positions[:, 0], positions[:, 1]
    for step in reversed(_steps(system.epsg)):
        first, second = step.transform(first, second, direction="INVERSE")
    return np.column_stack([first, second])


def written_in(system: ReferenceSystem, geometries: NDArray[np.object_]) -> Any:
    """The geometries with coordinates of the system."""
    return shapely.transform(geometries, lambda positions: from_degrees(system, positions))


def box_in_degrees(
    system: ReferenceSystem, box: tuple[float, float, float, float]
) -> shapely.Geometry | None:
    """A box of the system (minima then maxima, in its own axis order) as an area in degrees.

    A box whose west is east of its east goes round the back of the earth (CRS84 and EPSG:4326 only). None where the
    system does not reach.
    """
    low_1, low_2, high_1, high_2 = box
    if system.epsg in {0, 4326}:
        west, south, east, north = box if system.kept_as_is else (low_2, low_1, high_2, high_1)
        if west <= east:
            return shapely.box(west, south, east, north)
        return shapely.MultiPolygon(
            [shapely.box(west, south, 180, north), shapely.box(-180, south, east, north)]
        )
    along = np.linspace(0.0, 1.0, _ALONG)
    firsts, seconds = low_1 + (high_1 - low_1) * along, low_2 + (high_2 - low_2) * along
    ring = np.concatenate(
        [
            np.column_stack([firsts, np.full(_ALONG, low_2)]),
            np.column_stack([np.full(_ALONG, high_1), seconds]),
            np.column_stack([firsts[::-1], np.full(_ALONG, high_2)]),
            np.column_stack([np.full(_ALONG, low_1), seconds[::-1]]),
        ]
    )
    turned = to_degrees(system, ring)
    return shapely.make_valid(shapely.Polygon(turned)) if np.isfinite(turned).all() else None
