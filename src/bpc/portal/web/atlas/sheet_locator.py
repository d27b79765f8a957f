"""Small maps: where a territory lies in the one that holds it, and the twelve regions of the home page."""

from dataclasses import dataclass
from functools import lru_cache
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from bpc.portal.atlas.country import NATION, Country, name_in
from bpc.portal.atlas.shapes import Drawing, drawing
from bpc.portal.reference.gazetteer import gazetteer
from bpc.portal.reference.places import Place

#: Units of a drawing that a small map must be wide or high at least: it is shown 240 pixels high.
_FINE_ENOUGH = 240


@dataclass(frozen=True)
class _Ground:
    """The shapes a small map is made of, and what part of their drawing it shows."""

    view_box: str
    paths: dict[str, str]
    enclaves: str
    drawn: Drawing  # tells where a position falls


@lru_cache(maxsize=200)
def _ground(within: str, level: str) -> _Ground:
    """The places of `level` inside `within`, from the coarsest drawing that is fine enough.

    The communes of a large province weigh a third in the drawing of their region of what they do in their own.
    """
    shapes = drawing(within, level)
    box, paths, drawn = shapes.view_box, shapes.paths, shapes
    if level == "commune":
        wide, parent = drawing(within[:2], level), gazetteer().by_code[within]
        left, top = wide.position(parent.west, parent.north)
        right, bottom = wide.position(parent.east, parent.south)
        if max(right - left, bottom - top) >= _FINE_ENOUGH:
            drawn = wide
            box = (left - 2, top - 2, right - left + 4, bottom - top + 4)
            paths = {code: wide.paths[code] for code in paths}
    enclaves = "".join(f'<path d="{path}"/>' for path in shapes.enclaves.values())
    return _Ground(" ".join(map(str, box)), paths, enclaves, drawn)


def locator_map(place: Place, label: str, mark: tuple[float, float] | None = None) -> SafeString:
    """The place, dark, among its neighbours in its parent; the country alone. `mark`: a position (lon, lat) on it."""
    ground = _ground(place.parent or NATION, place.level)
    here = ground.paths.get(place.code, "")
    rest = "".join(f'<path d="{path}"/>' for code, path in ground.paths.items() if code != place.code)
    return mark_safe(  # noqa: S308 - paths are our own data, the label is escaped
        f'<svg class="locator" viewBox="{ground.view_box}" role="img" aria-label="{escape(label)}">'
        f'<g class="locator-rest">{rest}{ground.enclaves}</g>'
        + (f'<path class="locator-here" d="{here}"/>' if here else "")
        + (_mark(ground, mark) if mark else "")
        + "</svg>"
    )


def _mark(ground: _Ground, position: tuple[float, float]) -> str:
    """A dot whose size is that of the map, whatever its units."""
    x, y = ground.drawn.position(*position)
    _left, _top, width, height = map(float, ground.view_box.split())
    return f'<circle class="locator-mark" cx="{x}" cy="{y}" r="{max(width, height) / 40:.1f}"/>'


def regions_map(country: Country, label: str) -> SafeString:
    """The twelve regions, each a link bearing its name and the number it has in the list beside the map."""
    language = get_language() or ""
    shapes = drawing(NATION, "region")
    box = " ".join(map(str, shapes.view_box))
    links = "".join(_region(country.places[code], path, language) for code, path in shapes.paths.items())
    marks = "".join(_number(country.places[code]) for code in shapes.paths)
    enclaves = "".join(f'<path class="enclave" d="{path}"/>' for path in shapes.enclaves.values())
    return mark_safe(  # noqa: S308 - names are escaped, paths are our own data
        f'<svg class="regions-map" viewBox="{box}" role="group" aria-label="{escape(label)}">'
        f"{links}{enclaves}{marks}</svg>"
    )


def _region(region: Place, path: str, language: str) -> str:
    name = escape(name_in(region, language))
    url = reverse("web:territory", args=[region.code])
    return f'<a href="{url}" aria-label="{name}"><path d="{path}"><title>{name}</title></path></a>'


def _number(region: Place) -> str:
    x, y = drawing(NATION, "region").position(region.lon, region.lat)
    return f'<text x="{x}" y="{y}" text-anchor="middle" aria-hidden="true">{int(region.code)}</text>'
