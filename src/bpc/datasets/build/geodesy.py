"""Areas and lengths on the WGS84 ellipsoid, and the map projection, without a further dependency."""

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

Floats = NDArray[np.float64]
#: Equatorial radius (m) and squared eccentricity of WGS84.
RADIUS = 6378137.0
E2 = 0.0066943799901413165


def equal_area(points: Floats) -> Floats:
    """Longitudes and latitudes (degrees) in the cylindrical equal-area projection of the ellipsoid (m)."""
    e = np.sqrt(E2)
    sine = np.sin(np.radians(points[:, 1]))
    q = (1 - E2) * (sine / (1 - E2 * sine**2) + np.arctanh(e * sine) / e)
    return np.column_stack([RADIUS * np.radians(points[:, 0]), RADIUS * q / 2])


def areas_km2(polygons: Any) -> Floats:
    """Area of each polygon in km², on the ellipsoid.

    >>> float(round(areas_km2([shapely.box(-6, 33, -5, 34)])[0], 1))
    10306.2
    """
    return np.asarray(shapely.area(shapely.transform(polygons, equal_area)) / 1e6, dtype=np.float64)


def lengths_km(start: Floats, end: Floats) -> Floats:
    """Length in km of short segments given as longitudes and latitudes in degrees."""
    middle = np.radians((start[:, 1] + end[:, 1]) / 2)
    w = 1 - E2 * np.sin(middle) ** 2
    along_meridian = np.radians(end[:, 1] - start[:, 1]) * RADIUS * (1 - E2) / w**1.5
    along_parallel = np.radians(end[:, 0] - start[:, 0]) * RADIUS * np.cos(middle) / np.sqrt(w)
    return np.asarray(np.hypot(along_meridian, along_parallel) / 1000, dtype=np.float64)


def mercator(points: Floats) -> Floats:
    """Longitudes and latitudes (degrees) in the spherical Mercator projection EPSG:3857 (m)."""
    y = np.arctanh(np.sin(np.radians(points[:, 1])))
    return np.column_stack([RADIUS * np.radians(points[:, 0]), RADIUS * y])


def unmercator(points: Floats) -> Floats:
    """Inverse of `mercator`."""
    latitude = 2 * np.arctan(np.exp(points[:, 1] / RADIUS)) - np.pi / 2
    return np.column_stack([np.degrees(points[:, 0] / RADIUS), np.degrees(latitude)])
