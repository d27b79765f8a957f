"""Where features are: points given by people or standing for a territory, and outlines of territories."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import shapely
from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Round
from numpy.typing import NDArray

from bpc.datasets.boundaries import Boundaries, Detail
from bpc.portal.ogc.collection import Row
from bpc.portal.reference.gazetteer import gazetteer

#: A position given by a person is told to a thousandth of a degree, about 100 m, and chosen by what is told:
#: asked by finer and finer boxes, an exact position would be given away.
DECIMALS = 3
DETAIL: Detail = "250m"
NOWHERE = "MA"  # somewhere in the country is no position


@cache
def _standing() -> tuple[tuple[str, ...], NDArray[np.object_]]:
    """Codes of the territories, and the point that stands for each."""
    places = gazetteer().by_code.values()
    positions = [(round(place.lon, DECIMALS), round(place.lat, DECIMALS)) for place in places]
    return tuple(place.code for place in places), shapely.points(positions)


@dataclass(frozen=True)
class Points:
    """Points: the position a person gave (`lon`, `lat`; empty where none ever is), else the point of a territory;
    none for what is known to be in the country only.

    `territory` is the column of its code; `wider` those to fall back on when it is empty, the finest first.
    """

    territory: str
    lon: str = ""
    lat: str = ""
    wider: tuple[str, ...] = ()
    geometry_type = "geometry-point"

    @property
    def columns(self) -> tuple[str, ...]:
        """The position and the territories."""
        return tuple(filter(None, (self.lon, self.lat, self.territory, *self.wider)))

    def position(self, row: Row) -> tuple[float, float]:
        """Longitude and latitude as they are told."""
        if self.is_own(row):
            return round(row[self.lon], DECIMALS), round(row[self.lat], DECIMALS)
        place = gazetteer().by_code[self.standing_for(row)]
        return round(place.lon, DECIMALS), round(place.lat, DECIMALS)

    def is_own(self, row: Row) -> bool:
        """Whether the position was given, and is not that of a territory."""
        return bool(self.lon) and row[self.lon] is not None and row[self.lat] is not None

    def standing_for(self, row: Row) -> str:
        """The code of the finest territory known."""
        return str(next(row[column] for column in (self.territory, *self.wider) if row[column]))

    def told(self, row: Row) -> str:
        """What the position is: `own`, the level of the territory whose point it is, or nothing."""
        if self.is_own(row):
            return "own"
        code = self.standing_for(row)
        return "" if code == NOWHERE else gazetteer().by_code[code].level

    def within(self, rows: "QuerySet[Any]", area: shapely.Geometry) -> "QuerySet[Any]":
        """By the position as told. An area that is no box is looked at by its frame, then exactly by `inside`."""
        codes, points = _standing()
        # what has no position answers to every area (requirement 24 C)
        inside = {NOWHERE} | {
            code for code, touches in zip(codes, shapely.intersects(area, points), strict=True) if touches
        }
        standing, finer = Q(), Q()
        for column in (self.territory, *self.wider):
            standing |= finer & Q(**{f"{column}__in": inside})
            finer &= Q(**{f"{column}__isnull": True})
        if not self.lon:
            return rows.filter(standing)
        given = Q(**{f"{self.lon}__isnull": False, f"{self.lat}__isnull": False})
        boxed = Q()
        for part in shapely.get_parts(area):
            west, south, east, north = part.bounds
            boxed |= Q(told_lon__range=(west, east), told_lat__range=(south, north))
        rows = rows.alias(told_lon=Round(F(self.lon), DECIMALS), told_lat=Round(F(self.lat), DECIMALS))
        return rows.filter((given & boxed) | (~given & standing))

    def geometries(self, rows: list[Row]) -> NDArray[np.object_]:
        """A point each."""
        found = np.empty(len(rows), dtype=object)
        found[:] = [shapely.Point(self.position(row)) if self.told(row) else None for row in rows]
        return found


@cache
def outlines() -> dict[str, shapely.Geometry]:
    """The outline of every territory by code, the country's made of its regions."""
    boundaries = Boundaries.read(DETAIL, settings.DATA)
    regions = boundaries.geometries("regions")
    found: dict[str, Any] = {"MA": shapely.coverage_union_all(list(regions.values()))}
    found |= {**regions, **boundaries.geometries("provinces"), **boundaries.geometries("communes")}
    return {
        code: shapely.MultiPolygon(list(shapely.get_parts(shapely.orient_polygons(shape))))
        for code, shape in found.items()
    }


@cache
def _tree() -> tuple[tuple[str, ...], shapely.STRtree]:
    return tuple(outlines()), shapely.STRtree(list(outlines().values()))


@dataclass(frozen=True)
class Outlines:
    """Outlines of territories, precise to 250 m; `code` is the column of the code."""

    code: str = "code"
    geometry_type = "geometry-multipolygon"

    @property
    def columns(self) -> tuple[str, ...]:
        """The code."""
        return (self.code,)

    def within(self, rows: "QuerySet[Any]", area: shapely.Geometry) -> "QuerySet[Any]":
        """By the outline itself, not by the box round it."""
        codes, tree = _tree()
        found = tree.query(area, predicate="intersects")
        return rows.filter(**{f"{self.code}__in": [codes[number] for number in found]})

    def geometries(self, rows: list[Row]) -> NDArray[np.object_]:
        """A multipolygon each."""
        shapes = outlines()
        return np.array([shapes[row[self.code]] for row in rows], dtype=object)
