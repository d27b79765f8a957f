"""The rows of a map: one per territory that passes the filters, with its figures, rank and class."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from bpc.core.territory.classes import UNKNOWN, Classes, diverging_classes, sequential_classes
from bpc.datasets.census import Census
from bpc.portal.atlas.country import Country, name_in, other_name_in
from bpc.portal.atlas.readings import Comparison, Figures, positions, ranks, read
from bpc.portal.reference.places import Place
from bpc.portal.web.atlas.map_query import MapQuery

#: Side of a diverging scale: three classes below zero and three above.
SIDE = 3
#: Classes of a plain map.
SHADES = 5


@dataclass(slots=True)
class MapRow:
    """One territory of the map. `value` is None where unknown; `sides` has two figures in a comparison."""

    place: Place
    name: str
    other_name: str
    value: float | None
    sides: tuple[float | None, ...]
    rank: int
    shade: int  # class of the value, UNKNOWN where it is not known
    points: int


@dataclass(frozen=True)
class MapTable:
    """What the figures of a view say: rows in code order, their classes and unit, who was filtered out."""

    rows: list[MapRow]
    classes: Classes | None
    unit: str
    left_out: tuple[str, ...]

    def shade(self, number: int) -> str:
        """The CSS class of a class number: `k0`…`k4`, `d0`…`d5` in a gap, `un` where unknown.

        Fewer classes spread over the same palette, so that light and dark keep their meaning.
        """
        if number == UNKNOWN or self.classes is None:
            return "un"
        count = len(self.classes)
        if self.classes.kind == "diverging":
            return f"d{number + SIDE - count // 2}"
        return f"k{round(number * (SHADES - 1) / (count - 1)) if count > 1 else SHADES // 2}"

    @property
    def known(self) -> int:
        """How many territories have a known value."""
        return sum(row.value is not None for row in self.rows)


def build_table(
    query: MapQuery, census: Census, country: Country, points: dict[str, int], language: str
) -> MapTable:
    """Read the figures of the view and rank them. Raises nothing for a query that `MapForm` made."""
    codes = country.inside(query.within, query.level)
    kept = tuple(code for code in codes if _passes(country.places[code], query))
    figures = read(census, query.reading, positions(census, kept))
    classes = classes_of(figures, query.comparison)
    shades = classes.classify(figures.values) if classes else np.full(len(kept), UNKNOWN)
    sides = [[_known(value) for value in side.tolist()] for side in figures.sides]
    columns = zip(
        kept, figures.values.tolist(), ranks(figures.values).tolist(), shades.tolist(),
        zip(*sides, strict=True), strict=True,
    )  # fmt: skip
    rows = [
        MapRow(
            place=(place := country.places[code]),
            name=name_in(place, language),
            other_name=other_name_in(place, language),
            value=_known(value),
            sides=both,
            rank=rank,
            shade=shade,
            points=points.get(code, 0),
        )
        for code, value, rank, shade, both in columns
    ]
    left_out = tuple(code for code in codes if code not in set(kept)) if len(kept) < len(codes) else ()
    return MapTable(rows, classes, figures.unit, left_out)


def classes_of(figures: Figures, comparison: Comparison) -> Classes | None:
    """Five classes of about equal numbers of places, or a scale on both sides of zero for a gap."""
    if comparison is Comparison.NONE:
        return sequential_classes(figures.values.tolist(), SHADES)
    return diverging_classes(figures.values.tolist(), 0.0, SIDE)


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value


def _passes(place: Place, query: MapQuery) -> bool:
    if query.kind and place.kind != query.kind:
        return False
    # a place whose population is unknown cannot be said to reach the minimum
    return not query.minimum or (place.population or 0) >= query.minimum


_KEYS: dict[str, Callable[[MapRow], Any]] = {
    "valeur": lambda row: row.value,
    "nom": lambda row: row.name,
    "population": lambda row: row.place.population,
    "points": lambda row: row.points,
}


def sorted_rows(rows: Iterable[MapRow], sort: str) -> list[MapRow]:
    """The rows in the order of the address (`valeur`, `-valeur`, `nom`…); unknown values always come last."""
    key = _KEYS[sort.removeprefix("-")]
    by_name = sorted(rows, key=lambda row: (_collation(row.name), row.place.code))
    if sort.removeprefix("-") == "nom":
        return by_name[::-1] if sort.startswith("-") else by_name
    known = [row for row in by_name if key(row) is not None]
    unknown = [row for row in by_name if key(row) is None]
    return sorted(known, key=key, reverse=sort.startswith("-")) + unknown


_ACCENTS = str.maketrans("àâäáçéèêëíîïñóôöúùûüÀÂÇÉÈÊËÎÏÔÙÛÜ", "aaaaceeeeiiinooouuuuaaceeeeiiouuu")


def _collation(name: str) -> str:
    """A key that puts É beside E; Arabic letters are in alphabetical order already."""
    return name.translate(_ACCENTS).lower().lstrip("'’ ")
