"""The regions by which the calendar is read: the chosen one, and how many meetings each has."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import get_language

from bpc.core.text.folding import fold
from bpc.portal.atlas.country import country, name_in
from bpc.portal.gatherings.queries import counts_by_region


@dataclass(frozen=True)
class RegionChoice:
    """One region of the calendar."""

    code: str
    name: str
    count: int
    chosen: bool


def region_choices(request: HttpRequest) -> list[RegionChoice]:
    """The twelve regions in the order of the alphabet; an unknown code in the address chooses none."""
    known, language = country(), get_language() or "fr"
    counts, asked = counts_by_region(request.user), request.GET.get("region", "")
    choices = [
        RegionChoice(code, name_in(known.places[code], language), counts.get(code, 0), code == asked)
        for code in known.by_level["region"]
    ]
    return sorted(choices, key=lambda one: fold(one.name))
