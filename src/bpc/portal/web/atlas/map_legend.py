"""The legend of a map: each class in words, with its unit and its number of territories."""

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.translation import gettext as _

from bpc.core.territory.classes import UNKNOWN, Classes, MirroredClasses
from bpc.core.territory.ratio_classes import RatioClasses
from bpc.portal.atlas.readings import COUNTED
from bpc.portal.atlas.units import bounds_texts, limit_text, number_text, unit_name
from bpc.portal.web.atlas.map_rows import MapTable, shade_of
from bpc.portal.web.atlas.map_subject import Directions


@dataclass(frozen=True)
class LegendLine:
    """One class: the CSS class of its colour, its bounds, and how many territories have it, in parentheses."""

    shade: str
    text: str
    count: str


@dataclass(frozen=True)
class LegendGroup:
    """Lines under a title; a plain map has one group without a title. A side nobody is on has no line."""

    title: str = ""
    lines: list[LegendLine] = field(default_factory=list)


def legend_of(table: MapTable, directions: Directions | None) -> list[LegendGroup]:
    """One line per class, then the unknown and the filtered out, each with its number of territories.

    `directions` is needed unless the classes are those of plain figures.
    """
    counts = Counter(row.shade for row in table.rows)
    groups: list[LegendGroup] = []
    apart: list[LegendLine] = []
    if isinstance(table.classes, MirroredClasses) and directions:
        groups, apart = _gap_groups(table.classes, counts, directions, table.unit)
    elif isinstance(table.classes, RatioClasses) and directions:
        groups = _ratio_groups(table.classes, counts, directions)
    elif isinstance(table.classes, Classes):
        apart = value_lines(table.classes, table.unit, counts)
    if counts[UNKNOWN]:
        apart.append(_line("un", _("inconnu"), counts[UNKNOWN]))
    if table.left_out:
        apart.append(_line("out", _("hors du filtre"), len(table.left_out)))
    return [*groups, LegendGroup(lines=apart)] if apart else groups


def value_lines(classes: Classes, unit: str, counts: Counter[int] | None = None) -> list[LegendLine]:
    """The classes of plain figures, low to high; without counts where the colours serve two maps."""
    texts = bounds_texts(classes.limits, unit) if classes.limits else [limit_text(classes.low, unit)]
    if unit in COUNTED:
        # a class that holds one whole number is told by it: « 1 » rather than « de 1 à moins de 2 »
        for number, (low, high) in enumerate(pairwise((classes.low, *classes.limits))):
            texts[number] = limit_text(low) if high - low == 1 else texts[number]
    return [
        LegendLine(
            shade_of(classes, number), text, "" if counts is None else f"({number_text(counts[number])})"
        )
        for number, text in enumerate(texts)
    ]


def _gap_groups(
    classes: MirroredClasses, counts: Counter[int], directions: Directions, unit: str
) -> tuple[list[LegendGroup], list[LegendLine]]:
    """Lower and higher in the words of the comparison, from the widest gap below; and those that are equal."""
    # from the smallest gap to the widest, alike on both sides; the unit is said in the titles
    texts = bounds_texts(classes.steps, "") if classes.steps else [_("tout écart")]
    lines = [
        _line(shade_of(classes, number), texts[abs(number - classes.side) - 1], counts[number])
        for number in range(len(classes))
    ]
    groups = [
        _side(directions.below, unit, lines[: classes.side], sum(counts[n] for n in range(classes.side)))
    ]
    risen = sum(counts[number] for number in range(classes.side + 1, len(classes)))
    groups.append(_side(directions.above, unit, lines[classes.side + 1 :], risen))
    unchanged = counts[classes.side]
    return groups, [_line(lines[classes.side].shade, directions.same, unchanged)] if unchanged else []


def _side(name: str, unit: str, lines: list[LegendLine], count: int) -> LegendGroup:
    words = {"direction": name, "unit": unit_name(unit)}
    if not count:
        return LegendGroup(_("%(direction)s : aucun territoire") % words)
    return LegendGroup(_("%(direction)s (%(unit)s)") % words, lines)


def _ratio_groups(classes: RatioClasses, counts: Counter[int], directions: Directions) -> list[LegendGroup]:
    """Ratios below, about and above one, each side under its own words."""
    texts = bounds_texts(classes.limits, "")
    lines = [_line(shade_of(classes, number), text, counts[number]) for number, text in enumerate(texts)]
    side = classes.side
    return [
        LegendGroup(directions.below, lines[:side]),
        LegendGroup(directions.same, lines[side : side + 1]),
        LegendGroup(directions.above, lines[side + 1 :]),
    ]


def _line(shade: str, text: str, count: int) -> LegendLine:
    return LegendLine(shade, text, f"({number_text(count)})")
