"""Which commune holds a point: the outlines, then the nearest within 2 km for the sea front and harbours."""

import math
from collections.abc import Collection, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

#: A point outside every outline belongs to the nearest one when it is no further than this.
REACH_KM = 2.0
#: Equatorial radius (km) and squared eccentricity of the WGS84 ellipsoid.
RADIUS_KM = 6378.137
ECCENTRICITY_SQUARED = 0.0066943799901413165


class Locator:
    """Point look-up over an exact coverage of polygons in degrees (longitude, latitude).

    >>> squares = np.array([shapely.box(-6, 33, -5, 34), shapely.box(-5, 33, -4, 34)])
    >>> locator = Locator(["west", "east"], squares)
    >>> locator.locate(33.5, -5.5), locator.locate(33.5, -3.99), locator.locate(33.5, -3.5)
    ('west', 'east', None)
    """

    def __init__(
        self, codes: Sequence[str], polygons: NDArray[np.object_], excluded: Collection[str] = ()
    ) -> None:
        """`polygons` are in the order of `codes`; a point in one of the `excluded` belongs to nobody.

        Raises ValueError when the two lengths differ.
        """
        if len(codes) != len(polygons):
            raise ValueError(f"{len(codes)} codes for {len(polygons)} polygons")
        self.codes = tuple(codes)
        self.polygons = polygons
        self.excluded = frozenset(excluded)
        shapely.prepare(polygons)
        self._tree = shapely.STRtree(polygons)

    def locate(self, lat: float, lon: float) -> str | None:
        """Code of the polygon that holds the point or, failing that, of the nearest within 2 km; else None.

        `lat` and `lon` in degrees (WGS84). On a common border the first code in order is given. Raises
        ValueError when they are not finite or not on Earth.
        """
        if not (math.isfinite(lat) and math.isfinite(lon)):
            raise ValueError("latitude and longitude must be finite numbers")
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            raise ValueError("latitude must lie within ±90° and longitude within ±180°")
        point = shapely.Point(lon, lat)
        holders = self._tree.query(point, predicate="intersects")
        if len(holders):
            return self._named(min(self.codes[index] for index in holders))
        return self._nearest(point, lat, lon)

    def _named(self, code: str) -> str | None:
        return None if code in self.excluded else code

    def _nearest(self, point: shapely.Point, lat: float, lon: float) -> str | None:
        """Nearest outline within reach, measured in a plane of km around the point rather than in degrees."""
        scale = _km_per_degree(lat)
        reach = REACH_KM / scale
        window = (lon - reach[0], lat - reach[1], lon + reach[0], lat + reach[1])
        best: tuple[float, str] | None = None
        for index in self._tree.query(shapely.box(*window)):
            seen = shapely.clip_by_rect(self.polygons[index], *window)
            around = shapely.transform(seen, lambda points: (points - (lon, lat)) * scale)
            distance = float(shapely.distance(around, shapely.Point(0, 0)))
            if distance <= REACH_KM and (best is None or (distance, self.codes[index]) < best):
                best = distance, self.codes[index]
        return None if best is None else self._named(best[1])


def _km_per_degree(lat: float) -> NDArray[np.float64]:
    """Length in km of one degree of longitude and of one of latitude at a latitude, on the WGS84 ellipsoid.

    >>> _km_per_degree(34.0).round(2).tolist()
    [92.38, 110.92]
    """
    squared = ECCENTRICITY_SQUARED * math.sin(math.radians(lat)) ** 2
    along_parallel = RADIUS_KM * max(math.cos(math.radians(lat)), 1e-6) / math.sqrt(1 - squared)
    along_meridian = RADIUS_KM * (1 - ECCENTRICITY_SQUARED) / (1 - squared) ** 1.5
    return np.array([math.radians(along_parallel), math.radians(along_meridian)])
