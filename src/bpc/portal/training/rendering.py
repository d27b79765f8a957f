"""A lesson's words as HTML: escaped, its links to other lessons resolved, its figures kept together."""

import re
from collections.abc import Callable

from django.utils.safestring import SafeString, mark_safe

from bpc.datasets.lesson_body import LESSON_LINK, reader
from bpc.portal.foundation.writing import NARROW_SPACE

_BETWEEN_DIGITS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_BEFORE_UNIT = re.compile(r"(?<=\d) (?=(MAD|%|kg|km|m²|درهم|درهما|دراهم|كلغ)(?!\w))")

_NUMBER = r"\d(?:[\d\u202f.,]*\d)?(?:\u202f(?:MAD|%|kg|km))?"
_SUM = re.compile(rf"\(?{_NUMBER}\)?(?: [-+−×÷/=<>≤≥] \(?{_NUMBER}\)?)+")
_ARABIC = re.compile("[\u0621-\u064a]")

#: The address of a lesson, from the codes of its course and of itself; "" for none.
Address = Callable[[str, str], str]


def spaced(text: str) -> str:
    """The text with narrow spaces inside its numbers: an ordinary one would turn "450 000" around in Arabic.

    In Arabic a sum is held from left to right, as Moroccan schools write it.

    >>> spaced("12 500 MAD en 2026, 3 pots") == "12\\u202f500\\u202fMAD en 2026, 3 pots"
    True
    >>> spaced("يبقى 105 − 52 = 53 درهما") == "يبقى \\u2066105 − 52 = 53\\u2069\\u202fدرهما"
    True
    """
    together = _BEFORE_UNIT.sub(NARROW_SPACE, _BETWEEN_DIGITS.sub(NARROW_SPACE, text))
    return _SUM.sub("\u2066\\g<0>\u2069", together) if _ARABIC.search(text) else together


def render_body(text: str, address: Address) -> SafeString:
    """The body as HTML. Nothing in it is markup but what the reader makes; a link without address is its words."""
    tokens = reader().parse(spaced(text))
    for token in tokens:
        for child in token.children or []:
            found = LESSON_LINK.match(str(child.attrGet("href"))) if child.type == "link_open" else None
            if found:
                child.attrSet("href", address(found[1], found[2]) or "#")
    made: str = reader().renderer.render(tokens, reader().options, {})
    return mark_safe(made)  # noqa: S308  # HTML is off: the reader escapes all text
