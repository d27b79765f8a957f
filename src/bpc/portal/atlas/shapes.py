"""Outlines ready to be drawn: SVG paths read once per process, and where a position falls on the drawing."""

import json
import math
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

_EARTH_RADIUS = 6378137.0  # metres, of the spherical Mercator projection the drawings are made in
_HELD = 60  # drawings in memory: the national ones, the regions' and the provinces asked for most, about 3 MB


@dataclass(frozen=True)
class Drawing:
    """The shapes of one level inside one place, in units of the view box (x, y, width, height)."""

    view_box: tuple[int, int, int, int]
    paths: dict[str, str]
    enclaves: dict[str, str]  # drawn, never clickable: no commune of Morocco is there
    west: float
    north: float
    scale: float

    def position(self, lon: float, lat: float) -> tuple[int, int]:
        """Where a position in degrees falls on the drawing, in whole units."""
        x = _EARTH_RADIUS * math.radians(lon)
        y = _EARTH_RADIUS * math.asinh(math.tan(math.radians(lat)))
        return round((x - self.west) * self.scale), round((self.north - y) * self.scale)


@lru_cache(maxsize=_HELD)
def drawing(within: str, level: str) -> Drawing:
    """The drawing of the places of `level` inside `within`.

    Raises FileNotFoundError for a pair that is not drawn (a level that is not inside the place).
    """
    path = settings.DATA / "territories" / "paths" / f"{within}.{level}.json"
    document = json.loads(path.read_text(encoding="ascii"))
    x, y, width, height = document["viewBox"]
    return Drawing(
        view_box=(x, y, width, height),
        paths=document["paths"],
        enclaves=document["enclaves"],
        west=document["west"],
        north=document["north"],
        scale=document["scale"],
    )
