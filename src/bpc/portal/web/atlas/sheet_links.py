"""Places to go to from a sheet: their names and addresses in the language of the page."""

from collections.abc import Iterable
from functools import cache
from html import escape
from typing import NamedTuple

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from bpc.portal.atlas.country import name_in
from bpc.portal.reference.places import Place

ANY_PLACE = "CODE"  # stands for a place in an address


class Link(NamedTuple):
    """A place to go to."""

    name: str
    url: str


@cache
def _address(page: str, language: str) -> str:
    """The address of a page about `ANY_PLACE` in `language`, which is that of the request."""
    return reverse(f"web:{page}", args=[ANY_PLACE])


def place_url(code: str, page: str = "territory") -> str:
    """The address of a page about a place. A sheet holds up to a hundred: asking the resolver for each takes long."""
    return _address(page, get_language() or "").replace(ANY_PLACE, code)


def place_link(place: Place) -> Link:
    """The place's name and the address of its sheet."""
    return Link(name_in(place, get_language() or ""), place_url(place.code))


def chips(links: Iterable[Link]) -> SafeString:
    """The links as chips in a list; empty without any."""
    items = (f'<li><a class="chip" href="{escape(url)}">{escape(name)}</a></li>' for name, url in links)
    lines = "".join(items)
    if not lines:
        return SafeString()
    return mark_safe(f'<ul class="cluster plain-list">{lines}</ul>')  # noqa: S308 - names are escaped
