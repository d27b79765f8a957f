"""The two small maps of a report: where the place lies, and one figure on the places it is made of."""

from collections.abc import Mapping
from dataclasses import dataclass

from bpc.core.territory.classes import UNKNOWN, value_classes
from bpc.portal.atlas.country import NATION, Country
from bpc.portal.atlas.shapes import Drawing, drawing
from bpc.portal.atlas.units import bounds_texts, limit_text, shown_figures
from bpc.portal.reference.census import census
from bpc.portal.reference.places import Place

#: One hue in five classes, as on the site's maps.
HUES = ("#e7f0ea", "#b9d6c8", "#7fb39f", "#3f8a73", "#0b6150")
_QUIET, _PALE, _HERE, _EDGE, _INK = "#efe7da", "#b9d6c8", "#0b6150", "#ffffff", "#1f2a29"
_HATCH = (
    '<defs><pattern id="h" width="14" height="14" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="14" height="14" fill="#efe7da"/><rect width="3" height="14" fill="#55605e"/></pattern></defs>'
)
_WIDEST_STROKE = 1.4  # thousandths of the longer side


@dataclass(frozen=True)
class ColouredMap:
    """A map in classes, with the colours that occur in it and their words ("unknown" is hatched)."""

    svg: str
    legend: list[tuple[str, str]]


def locator(place: Place) -> str:
    """The place, dark, in its region; a region in the country. A commune is a dot in its province."""
    if place.level == "region":
        return _svg(drawing(NATION, "region"), {place.code: _HERE})
    shapes = drawing(place.code[:2], "province")
    if place.level == "province":
        return _svg(shapes, {place.code: _HERE})
    x, y = shapes.position(place.lon, place.lat)
    dot = f'<circle cx="{x}" cy="{y}" r="26" fill="{_HERE}" stroke="{_EDGE}" stroke-width="8"/>'
    return _svg(shapes, {place.code[:6]: _PALE}, over=dot)


def divided(place: Place, country: Country) -> tuple[str, str]:
    """The place whose parts are coloured and their level: its own, or for a commune those of its province."""
    if place.level == "region":
        return place.code, "province"
    return (place.code if place.level == "province" else place.parent), "commune"


def coloured(place: Place, country: Country, indicator: str, sex: str = "all") -> ColouredMap:
    """The parts of the place in five classes of an indicator of 2024; a commune is outlined among its neighbours."""
    within, level = divided(place, country)
    shapes = drawing(within, level)
    cube = census()
    entry = cube.indicators[indicator]
    column = cube.column(indicator, 2024, "total", sex)  # type: ignore[arg-type]  # a sex of the census
    codes = [code for code in country.inside(within, level) if code in shapes.paths]
    values = shown_figures((float(column[cube.position[code]]) for code in codes), entry.unit)
    classes = value_classes(values)
    found = {
        code: classes.class_of(value) if classes else UNKNOWN
        for code, value in zip(codes, values, strict=True)
    }
    # fewer classes are spread over the whole scale, so that the least and the most always look so
    step = (len(HUES) - 1) / max(1, len(classes) - 1) if classes else 0
    hues = {number: HUES[round(number * step)] for number in range(len(classes) if classes else 0)}
    fills = {code: hues.get(number, "url(#h)") for code, number in found.items()}
    legend = []
    if classes:
        texts = (
            bounds_texts(classes.limits, entry.unit)
            if classes.limits
            else [limit_text(classes.low, entry.unit)]
        )
        legend = [(hues[number], text) for number, text in enumerate(texts)]
    if UNKNOWN in found.values():
        legend.append(("unknown", ""))
    outlined = place.code if place.level == "commune" else ""
    return ColouredMap(_svg(shapes, fills, outlined=outlined), legend)


def _svg(shapes: Drawing, fills: Mapping[str, str], *, outlined: str = "", over: str = "") -> str:
    left, top, width, height = shapes.view_box
    stroke = max(width, height) / 1000 * _WIDEST_STROKE
    paths = "".join(
        f'<path d="{path}" fill="{fills.get(code, _QUIET)}"/>' for code, path in shapes.paths.items()
    )
    enclaves = "".join(f'<path d="{path}" fill="{_QUIET}"/>' for path in shapes.enclaves.values())
    if outlined in shapes.paths:
        over += f'<path d="{shapes.paths[outlined]}" fill="none" stroke="{_INK}" stroke-width="{4 * stroke:.1f}"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left} {top} {width} {height}"'
        f' width="{width}" height="{height}">{_HATCH}<g stroke="{_EDGE}" stroke-width="{stroke:.1f}"'
        f' stroke-linejoin="round">{paths}{enclaves}</g>{over}</svg>'
    )
