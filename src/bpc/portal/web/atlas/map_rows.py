"""The rows of a map: one per territory that passes the filters, with its figures, rank and class."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from bpc.core.territory.classes import UNKNOWN, Classes, MirroredClasses, gap_classes, value_classes
from bpc.core.territory.ratio_classes import RatioClasses
from bpc.portal.atlas.country import Country, name_in, other_name_in
from bpc.portal.atlas.points import Counts
from bpc.portal.atlas.readings import ranks
from bpc.portal.atlas.units import shown_figures
from bpc.portal.reference.places import Place
from bpc.portal.web.atlas.map_query import MapQuery
from bpc.portal.web.atlas.map_subject import Scale, Subject

#: Classes of a map of gaps: three below zero and three above.
SIDE = 3
#: Classes of a plain map.
SHADES = 5

AnyClasses = Classes | MirroredClasses | RatioClasses


@dataclass(slots=True)
class MapRow:
    """One territory of the map. `value` is None where unknown; `sides` has two figures in a comparison.

    `points` is None where nobody knows how many there are.
    """

    place: Place
    name: str
    other_name: str
    value: float | None
    sides: tuple[float | None, ...]
    rank: int
    shade: int  # class of the value, UNKNOWN where it is not known
    points: int | None


@dataclass(frozen=True)
class MapTable:
    """What the figures of a view say: rows in code order, their classes and unit, who was filtered out."""

    rows: list[MapRow]
    classes: AnyClasses | None
    unit: str
    left_out: tuple[str, ...]

    def shade(self, number: int) -> str:
        """The CSS class of a class number: `k0`…`k4`, `d0`…`d6` in a gap, `un` where unknown."""
        return shade_of(self.classes, number)

    @property
    def known(self) -> int:
        """How many territories have a known value."""
        return sum(row.value is not None for row in self.rows)


def build_table(
    query: MapQuery, subject: Subject, country: Country, points: Counts, language: str
) -> MapTable:
    """Read the figures of the view and rank them. Raises nothing for a query that `MapForm` made."""
    codes = country.inside(query.within, query.level)
    kept = tuple(code for code in codes if _passes(country.places[code], query))
    figures = subject.read(kept)
    shown = shown_figures(figures.values.tolist(), figures.unit)
    classes = classes_of(shown, subject.scale)
    shades = [classes.class_of(value) if classes else UNKNOWN for value in shown]
    sides = [[_known(value) for value in side.tolist()] for side in figures.sides]
    columns = zip(
        kept, figures.values.tolist(), ranks(figures.values).tolist(), shades,
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
            points=None if points is None else points.get(code, 0),
        )
        for code, value, rank, shade, both in columns
    ]
    left_out = tuple(code for code in codes if code not in set(kept)) if len(kept) < len(codes) else ()
    return MapTable(rows, classes, figures.unit, left_out)


def classes_of(shown: list[float], scale: Scale) -> AnyClasses | None:
    """Five classes of about equal numbers of places, or classes on both sides of zero or of one."""
    if scale is Scale.PLAIN:
        return value_classes(shown, SHADES)
    if scale is Scale.GAP:
        return gap_classes(shown, SIDE)
    return RatioClasses() if any(value == value for value in shown) else None


def shade_of(classes: AnyClasses | None, number: int) -> str:
    """The CSS class of a class number, `un` where unknown.

    Fewer classes spread over the same palette, so that light and dark keep their meaning.

    >>> [shade_of(Classes((5.0,), 1.0, 9.0), number) for number in (0, 1, UNKNOWN)]
    ['k0', 'k4', 'un']
    >>> [shade_of(MirroredClasses((5.0,)), number) for number in range(5)]
    ['d0', 'd2', 'd3', 'd4', 'd6']
    >>> [shade_of(RatioClasses(), number) for number in range(5)]
    ['d0', 'd2', 'd3', 'd4', 'd6']
    """
    if number == UNKNOWN or classes is None:
        return "un"
    if isinstance(classes, Classes):
        return f"k{_spread(number, len(classes), SHADES)}"
    distance = number - classes.side
    if not distance:
        return f"d{SIDE}"
    strength = 1 + _spread(abs(distance) - 1, classes.side, SIDE)
    return f"d{SIDE + (strength if distance > 0 else -strength)}"


def _spread(number: int, count: int, shades: int) -> int:
    """Which of `shades` the class `number` of `count` takes: the ends at the ends, one alone in the middle."""
    return round(number * (shades - 1) / (count - 1)) if count > 1 else shades // 2


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
