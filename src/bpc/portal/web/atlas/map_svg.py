"""The drawing of a map, written as text: a template would spend ten times as long on 1,503 shapes."""

import math
from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe

from bpc.portal.atlas.country import divisions_of
from bpc.portal.atlas.shapes import Drawing
from bpc.portal.web.atlas.map_query import MapQuery
from bpc.portal.web.atlas.map_rows import MapRow, MapTable
from bpc.portal.web.atlas.map_words import Words
from bpc.portal.web.atlas.sheet_links import ANY_PLACE

#: Beyond this many shapes the table is the keyboard's path; arrows walk the shapes where scripts run.
MOST_TAB_STOPS = 20
#: A comparison of more places shows their gap only.
MOST_IN_PAIR = 200
#: Radius of the largest symbol, in units of a drawing 1,000 units wide.
LARGEST_RADIUS = 46
SMALLEST_RADIUS = 15
#: More circles than this are dots whose area tells the count: their numbers, in the table, would cover the country.
MOST_NUMBERED = 200
LARGEST_DOT, SMALLEST_DOT = 16, 2.5


def shapes_svg(drawing: Drawing, table: MapTable, query: MapQuery, words: Words) -> SafeString:
    """Every shape as a link that tells its name and value, by class, over the places filtered out and enclaves.

    Shapes of one class lie together: the class is said once, which spares a tenth of the weight.
    """
    # the small maps of a comparison draw the same shapes by their names
    names = has_pair(words, table)
    pieces = [f'<path{_name(code, names)} class="out" d="{drawing.paths[code]}"/>' for code in table.left_out]
    pieces += [
        f'<path{_name(code, names)} class="enclave" d="{path}"/>' for code, path in drawing.enclaves.items()
    ]
    stop = "" if len(table.rows) <= MOST_TAB_STOPS else ' tabindex="-1"'
    links = link_pattern(query)
    groups: dict[int, list[str]] = {}
    chosen = ""
    for row in table.rows:
        piece = (
            f'<a{stop} href="{link_to(row.place.code, links)}"><title>{escape(words.title(row))}</title>'
            f'<path{_name(row.place.code, names)} d="{drawing.paths[row.place.code]}"/></a>'
        )
        if row.place.code == query.chosen:
            # last, so that its outline lies over its neighbours
            chosen = f'<g class="chosen {table.shade(row.shade)}">{piece}</g>'
        else:
            groups.setdefault(row.shade, []).append(piece)
    pieces += [f'<g class="{table.shade(shade)}">{"".join(groups[shade])}</g>' for shade in sorted(groups)]
    return mark_safe("".join([*pieces, chosen]))  # noqa: S308 - names are escaped above, the rest is ours


def has_pair(words: Words, table: MapTable) -> bool:
    """Whether both sides of a comparison are drawn too: not where so many shapes would weigh and say little."""
    return words.is_gap and len(table.rows) + len(table.left_out) <= MOST_IN_PAIR


def shape_name(code: str) -> str:
    """The identifier of a shape in the page.

    >>> shape_name("09.541")
    's09541'
    """
    return f"s{code.replace('.', '')}"


def _name(code: str, named: bool) -> str:
    return f' id="{shape_name(code)}"' if named else ""


def side_svg(drawing: Drawing, table: MapTable, shades: Iterable[str]) -> SafeString:
    """Every shape of the map drawn once more by its name, the rows in the colours given, by class."""
    groups = {"out": list(table.left_out), "enclave": list(drawing.enclaves)}
    for row, shade in zip(table.rows, shades, strict=True):
        groups.setdefault(shade, []).append(row.place.code)
    pieces = []
    for shade, codes in groups.items():
        uses = "".join(f'<use href="#{shape_name(code)}"/>' for code in codes)
        pieces.append(f'<g class="{shade}">{uses}</g>' if codes else "")
    return mark_safe("".join(pieces))  # noqa: S308 - codes only


def link_pattern(query: MapQuery) -> str:
    """Where shapes and rows lead, escaped, with `CODE` for the place: made once for all of them.

    Inside a region or a province; to the sheet of a commune (an address relative to the map's).
    """
    if query.level == "commune":
        return f"territoires/{ANY_PLACE}"
    return escape(query.into(ANY_PLACE, divisions_of(query.level)[0]))


def link_to(code: str, pattern: str) -> str:
    """The link of one place, from the pattern of the view.

    >>> link_to("09", "?dans=CODE")
    '?dans=09'
    """
    return pattern.replace(ANY_PLACE, code)


def radius_of(count: int, largest: int) -> float:
    """Radius of a symbol whose area tells the count; never too small for its number to be read.

    >>> radius_of(100, 100), radius_of(25, 100), radius_of(1, 100), radius_of(1, 1)
    (46.0, 23.0, 15.0, 20.0)
    """
    # a few points must not look like many: the largest symbol grows with its count up to its limit
    widest = min(LARGEST_RADIUS, SMALLEST_RADIUS + 5 * math.sqrt(largest))
    return max(float(SMALLEST_RADIUS), round(widest * math.sqrt(count / largest), 1))


def symbols_svg(drawing: Drawing, rows: Iterable[MapRow]) -> SafeString:
    """A circle with its number on each place that has points, the largest first so that none is hidden."""
    counted = sorted(
        ((row.points, row.place) for row in rows if row.points), key=lambda one: (-one[0], one[1].code)
    )
    numbered = len(counted) <= MOST_NUMBERED
    pieces = []
    for count, place in counted:
        largest = counted[0][0]
        x, y = drawing.position(place.lon, place.lat)
        radius = radius_of(count, largest) if numbered else dot_radius(count, largest)
        pieces.append(f'<circle cx="{x}" cy="{y}" r="{radius:g}"/>')
        if numbered:
            pieces.append(f'<text x="{x}" y="{y}" dy=".35em">{count}</text>')
    return mark_safe("".join(pieces))  # noqa: S308 - numbers only


def dot_radius(count: int, largest: int) -> float:
    """Radius of a symbol without a number, where hundreds of them lie side by side.

    >>> dot_radius(400, 400), dot_radius(100, 400), dot_radius(1, 400)
    (16.0, 8.0, 2.5)
    """
    return max(SMALLEST_DOT, round(LARGEST_DOT * math.sqrt(count / largest), 1))


def labels_svg(drawing: Drawing, table: MapTable, words: Words) -> SafeString:
    """The value of each place written on it, where there is room: colour is never the only sign.

    A label has the class of its place: its letters and the thread around them suit that colour.
    """
    if len(table.rows) > MOST_TAB_STOPS:
        return mark_safe("")
    pieces = []
    for row in table.rows:
        x, y = drawing.position(row.place.lon, row.place.lat)
        shade = table.shade(row.shade)
        pieces.append(f'<text class="{shade}" x="{x}" y="{y}">{escape(words.label(row.value))}</text>')
    return mark_safe("".join(pieces))  # noqa: S308 - numbers and one escaped word
