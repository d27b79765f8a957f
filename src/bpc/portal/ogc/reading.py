"""Reads a page of a collection: it begins at a mark, never after so many rows, so that the last costs no more."""

from collections.abc import Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import numpy as np
import shapely
from django.db.models import Q, QuerySet
from numpy.typing import NDArray

from bpc.portal.ogc.collection import Collection, Row, beyond
from bpc.portal.ogc.query import Period, Query

MOST_LOOKS = 50  # slices read to fill one page, where an area is no box


@dataclass(frozen=True)
class Page:
    """The rows of a page with their geometries in degrees; `mark`: where the next begins, None at the end."""

    rows: list[Row]
    geometries: NDArray[np.object_]
    mark: tuple[Any, ...] | None


def chosen(collection: Collection, query: Query, part: Mapping[str, Any]) -> "QuerySet[Any]":
    """The rows of a part that answer, in order, from the mark on."""
    rows = collection.rows().filter(**part)
    if query.equal:
        paths = collection.queryables
        rows = rows.filter(**{paths[name].path: value for name, value in query.equal.items()})
    if query.area is not None:
        rows = collection.place.within(rows, query.area)
    if query.period is not None and collection.moment:
        rows = rows.filter(_during(collection, query.period))
    if query.after is not None:
        rows = rows.filter(beyond(collection.order, query.after))
    return rows.order_by(*(f"-{one.column}" if one.descending else one.column for one in collection.order))


def _during(collection: Collection, period: Period) -> Q:
    """In the period, or at no known moment: what has none answers to every period (requirement 26 C)."""
    column, start, end = collection.moment, period.start, period.end
    inside = Q()
    if collection.moment_kind == "date":
        if start is not None:
            inside &= Q(**{f"{column}__gte": start.date()})
        if end is not None:
            inside &= Q(**{f"{column}__{'lte' if period.end_included else 'lt'}": end.date()})
        return inside | Q(**{f"{column}__isnull": True})
    if start is not None:
        inside &= Q(**{f"{column}__gte": start})
    if end is not None:
        inside &= Q(**{f"{column}__{'lte' if period.end_included else 'lt'}": end})
    if any(one.column == column for one in collection.order):  # never null: the index serves
        return inside
    return inside | Q(**{f"{column}__isnull": True})


def is_box(area: shapely.Geometry) -> bool:
    """Whether the area is made of boxes along meridians and parallels."""
    return all(shapely.equals(part, shapely.box(*part.bounds)) for part in shapely.get_parts(area))


def read_page(collection: Collection, query: Query) -> Page:
    """At most `query.limit` features. One look at each part; more only for an area that is no box."""
    exact = query.area is not None and not is_box(query.area)
    found: list[Row] = []
    after = query.after
    for _look in range(MOST_LOOKS if exact else 1):
        asked = Query(query.limit, query.area, query.period, query.equal, after, query.crs)
        rows = _slice(collection, asked)
        more = len(rows) > query.limit
        found += _inside(collection, query.area, rows) if exact else rows
        if len(found) > query.limit or not more:
            break
        after = mark_of(collection, rows[-1])
    kept = found[: query.limit]
    mark = None
    if len(found) > query.limit:
        mark = mark_of(collection, kept[-1])
    elif more:  # looked long enough: the reader goes on from here
        mark = after
    return Page(kept, collection.place.geometries(kept), mark)


def _slice(collection: Collection, query: Query) -> list[Row]:
    """The first rows of all parts together, one more than asked for where there are more."""
    most = query.limit + 1
    slices = [
        list(chosen(collection, query, part).values(*collection.columns)[:most]) for part in collection.parts
    ]
    if len(slices) == 1:
        return slices[0]
    rows = [row for found in slices for row in found]
    for one in reversed(collection.order):  # a stable sort by each column, the first last
        rows.sort(key=itemgetter(one.column), reverse=one.descending)
    return rows[:most]


def _inside(collection: Collection, area: Any, rows: list[Row]) -> list[Row]:
    if not rows:
        return []
    shapes = collection.place.geometries(rows)
    touches = shapely.intersects(area, shapes) | shapely.is_missing(shapes)
    return [row for row, inside in zip(rows, touches, strict=True) if inside]


def mark_of(collection: Collection, row: Row) -> tuple[Any, ...]:
    """Where a page that ends with this row leaves off."""
    return tuple(row[one.column] for one in collection.order)


def read_one(collection: Collection, name: str) -> Row | None:
    """The feature of this identifier, if the public sees it."""
    return collection.rows().filter(**{collection.name: name}).values(*collection.columns).first()
