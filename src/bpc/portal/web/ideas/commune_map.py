"""Choosing a commune on the map, step by step: the country's regions, a region's provinces, a province's communes.

The list of names is what keyboards and screen readers use; the drawing beside it mirrors it for fingers and mice.
"""

from dataclasses import dataclass
from html import escape

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from bpc.core.text.folding import fold
from bpc.portal.atlas.country import BELOW, NATION, Country, country, name_in, other_name_in
from bpc.portal.atlas.shapes import Drawing, drawing
from bpc.portal.foundation.page_cache import kept_for_strangers
from bpc.portal.reference.places import Place

_MOST_NUMBERS = 20  # beyond, numbers would hide the shapes


@dataclass(frozen=True)
class Choice:
    """One place of the step: its number on the drawing, if it has one, and its name in both scripts."""

    place: Place
    number: int | None
    name: str
    other_name: str
    chosen: bool


@require_safe
@kept_for_strangers("reference")
def commune_map(request: HttpRequest) -> HttpResponse:
    """One step: what lies in the place `dans` (a commune is shown in its province), the country without one."""
    known, language = country(), get_language() or "fr"
    asked = known.places.get(request.GET.get("dans", ""), known.places[NATION])
    place = known.places[asked.parent] if asked.level == "commune" else asked
    choices = _choices(known, place, asked.code, language)
    drawn = drawing(place.code, BELOW[place.level])
    context = {
        "place": place,
        "name": name_in(place, language),
        "trail": [(step.code, name_in(step, language)) for step in known.path_to(place.code)[:-1]],
        "choices": choices,
        "of_communes": BELOW[place.level] == "commune",
        "view_box": " ".join(map(str, drawn.view_box)),
        "shapes": _shapes(drawn, choices),
    }
    return render(request, "ideas/_commune_map.html", context)


def _choices(known: Country, place: Place, asked: str, language: str) -> list[Choice]:
    """In the order of the alphabet, so that a name is found in the list."""
    found = [known.places[code] for code in known.inside(place.code, BELOW[place.level])]
    found.sort(key=lambda one: fold(name_in(one, language)))
    numbered = len(found) <= _MOST_NUMBERS
    return [
        Choice(
            one, number if numbered else None, name_in(one, language), other_name_in(one, language),
            chosen=one.code == asked,
        )
        for number, one in enumerate(found, start=1)
    ]  # fmt: skip


def _shapes(drawn: Drawing, choices: list[Choice]) -> SafeString:
    """A shape for each choice, then the numbers over them all; enclaves are drawn and never chosen."""
    pieces = [f'<path class="enclave" d="{path}"/>' for path in drawn.enclaves.values()]
    for choice in choices:
        name, code = escape(choice.name), choice.place.code
        mark = ' class="chosen"' if choice.chosen else ""
        pieces.append(f'<path{mark} data-code="{code}" d="{drawn.paths[code]}"><title>{name}</title></path>')
    for choice in choices:
        if choice.number:
            x, y = drawn.position(choice.place.lon, choice.place.lat)
            pieces.append(f'<text x="{x}" y="{y}">{choice.number}</text>')
    return mark_safe("".join(pieces))  # noqa: S308 - names are escaped, codes and paths are our own data
