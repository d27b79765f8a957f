"""Small maps: where a territory lies in the one that holds it, and the twelve regions of the home page."""

from functools import lru_cache
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from bpc.portal.atlas.country import NATION, Country, name_in
from bpc.portal.atlas.shapes import drawing
from bpc.portal.reference.places import Place


@lru_cache(maxsize=400)
def _backdrop(within: str, level: str, but: str) -> str:
    """All shapes but one."""
    shapes = drawing(within, level)
    others = [path for code, path in shapes.paths.items() if code != but]
    return "".join(f'<path d="{path}"/>' for path in (*others, *shapes.enclaves.values()))


def locator_map(place: Place, label: str) -> SafeString:
    """The place, dark, among its neighbours in its parent; the country alone."""
    within, level = place.parent or NATION, place.level
    shapes = drawing(within, level)
    here = shapes.paths.get(place.code, "")
    box = " ".join(map(str, shapes.view_box))
    return mark_safe(  # noqa: S308 - paths are our own data, the label is escaped
        f'<svg class="locator" viewBox="{box}" role="img" aria-label="{escape(label)}">'
        f'<g class="locator-rest">{_backdrop(within, level, place.code)}</g>'
        + (f'<path class="locator-here" d="{here}"/>' if here else "")
        + "</svg>"
    )


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
