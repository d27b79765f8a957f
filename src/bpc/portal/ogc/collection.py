"""What a collection of features is: a short description, from which one engine answers everything."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import numpy as np
from django.db.models import Q, QuerySet
from numpy.typing import NDArray
from shapely import Geometry

Kind = Literal["string", "integer", "number", "boolean", "date", "date-time"]
Row = dict[str, Any]


class Place(Protocol):
    """Where the features of a collection are: how rows are read, chosen by an area, and turned into geometries."""

    @property
    def geometry_type(self) -> str:
        """The format of the geometry, as OGC names it: `geometry-point`, `geometry-multipolygon`…"""

    @property
    def columns(self) -> tuple[str, ...]:
        """What must be read of a row."""

    def within(self, rows: "QuerySet[Any]", area: Geometry) -> "QuerySet[Any]":
        """The rows that touch an area in degrees (CRS84)."""

    def geometries(self, rows: list[Row]) -> NDArray[np.object_]:
        """The geometry of each row, in degrees."""


@dataclass(frozen=True)
class Property:
    """One property of a feature.

    `column` is the path it is read from (its name unless told); `value` computes it from the row instead. A queryable
    one can be asked for by its name in the address; `values` is its closed list, if it has one.
    """

    name: str
    kind: Kind
    title: Any
    column: str = ""
    value: Callable[[Row], Any] | None = None
    queryable: bool = False
    values: tuple[str, ...] = ()
    pattern: str = ""

    @property
    def path(self) -> str:
        """The path it is read and asked by."""
        return self.column or self.name


@dataclass(frozen=True)
class Order:
    """One column of the order of the collection, told also how a mark writes it. Never null."""

    column: str
    kind: Literal["string", "integer", "date-time"]
    descending: bool = False


def _unknown(asked: Mapping[str, Any]) -> int | None:
    return None


@dataclass(frozen=True)
class Collection:
    """One collection.

    `rows`: what the public sees, read in `parts` (conditions that share it out) where an index is in order within each
    part only; their pages are merged. `order`: the columns pages follow, the last one unique, an index behind them.
    `name`: the column of the public identifier. `moment`: the date or time that `datetime` is compared with, empty
    when features have none. `number`: how many features answer to property filters, where that is known without
    looking at them all; else None. `outdated_by`: the generations of its content. `page`: where a person reads one.
    """

    id: str
    title: Any
    text: Any
    rows: "Callable[[], QuerySet[Any]]"
    order: tuple[Order, ...]
    name: str
    place: Place
    properties: tuple[Property, ...]
    outdated_by: tuple[str, ...]
    moment: str = ""
    moment_kind: Literal["date", "date-time"] = "date-time"
    number: Callable[[Mapping[str, Any]], int | None] = _unknown
    page: Callable[[str], str] | None = None
    parts: tuple[Mapping[str, Any], ...] = ({},)

    @property
    def queryables(self) -> dict[str, Property]:
        """What features can be chosen by, by name."""
        return {one.name: one for one in self.properties if one.queryable}

    @property
    def columns(self) -> tuple[str, ...]:
        """All that is read of a row, and nothing else."""
        read = [one.path for one in self.properties if one.value is None]
        marks = [one.column for one in self.order]
        return tuple(dict.fromkeys([self.name, *read, *self.place.columns, *marks]))


def beyond(order: tuple[Order, ...], mark: tuple[Any, ...]) -> Q:
    """The rows after a mark. The first column also stands alone, so that an index is entered at the mark."""
    chosen, equal = Q(), Q()
    for one, value in zip(order, mark, strict=True):
        way = "lt" if one.descending else "gt"
        chosen |= equal & Q(**{f"{one.column}__{way}": value})
        equal &= Q(**{one.column: value})
    if len(order) == 1:
        return chosen
    first = order[0]
    return Q(**{f"{first.column}__{'lte' if first.descending else 'gte'}": mark[0]}) & chosen
