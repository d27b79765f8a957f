"""Places to go to from a sheet: their names and addresses in the language of the page."""

from functools import cache
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import get_language

from bpc.portal.atlas.country import name_in
from bpc.portal.reference.places import Place

_CODE = "CODE"  # stands for a place in the address of a sheet


class Link(NamedTuple):
    """A place to go to."""

    name: str
    url: str


@cache
def _any_sheet(language: str) -> str:
    """The address of the sheet of `_CODE` in `language`, which is that of the page."""
    return reverse("web:territory", args=[_CODE])


def sheet_url(code: str) -> str:
    """The address of a place's sheet. A page holds up to a hundred, and asking the resolver for each takes long."""
    return _any_sheet(get_language() or "").replace(_CODE, code)


def place_link(place: Place) -> Link:
    """The place's name and the address of its sheet."""
    return Link(name_in(place, get_language() or ""), sheet_url(place.code))
