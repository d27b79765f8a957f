"""Both sides of a comparison as two small maps with the same classes, beside the map of their gap.

Why the same classes: docs/methods/class-breaks.md.
"""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from bpc.core.territory.classes import UNKNOWN, value_classes
from bpc.portal.atlas.readings import Comparison
from bpc.portal.atlas.shapes import Drawing
from bpc.portal.atlas.units import shown_figures
from bpc.portal.web.atlas.map_legend import LegendLine, value_lines
from bpc.portal.web.atlas.map_rows import SHADES, MapTable, shade_of
from bpc.portal.web.atlas.map_svg import has_pair, side_svg
from bpc.portal.web.atlas.map_words import Words, side_names


@dataclass(frozen=True)
class Side:
    """One side: its name, the address of its own map, and its drawing (empty where it is not drawn)."""

    name: str
    address: str
    shapes: SafeString


@dataclass(frozen=True)
class Pair:
    """Both sides, the reference first, and the legend they share."""

    sides: list[Side]
    legend: list[LegendLine]


def pair_of(drawing: Drawing, table: MapTable, words: Words) -> Pair:
    """The two maps of a comparison; where there are too many shapes for them, their addresses only."""
    query = words.query
    names = side_names(query.comparison)
    addresses = [
        query.address(comparison=Comparison.NONE, year=side.year, sex=side.sex, area=side.area)
        for side in query.reading.sides()
    ]
    if not has_pair(words, table):
        plain = [Side(name, address, SafeString()) for name, address in zip(names, addresses, strict=True)]
        return Pair(plain, [])
    unit = words.subject.unit
    columns = [
        shown_figures([_number(row.sides[side]) for row in table.rows], unit) for side in range(len(names))
    ]
    classes = value_classes([value for column in columns for value in column], SHADES)
    drawn = [
        side_svg(
            drawing,
            table,
            (shade_of(classes, classes.class_of(value) if classes else UNKNOWN) for value in column),
        )
        for column in columns
    ]
    sides = [
        Side(name, address, shapes) for name, address, shapes in zip(names, addresses, drawn, strict=True)
    ]
    legend = value_lines(classes, unit) if classes else []
    if any(value != value for column in columns for value in column):
        legend.append(LegendLine("un", _("inconnu"), ""))
    return Pair(sides, legend)


def _number(value: float | None) -> float:
    return float("nan") if value is None else value
