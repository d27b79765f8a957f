"""Numbers as people type them: « 1 200,50 », « ١٢٠٠ », « 12 % »; and as boxes show them."""

import math
import re
import unicodedata

from django.utils.translation import gettext as _

from bpc.portal.foundation.writing import NARROW_SPACE, written_number

#: What no amount of a village project reaches: the engine's own bound comes after.
MOST_LETTERS = 24
_NUMBER = re.compile(r"-?\d+(?:[.,]\d*)?|-?[.,]\d+", re.ASCII)
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+", re.ASCII)
_UNITS = ("mad", "dh", "dhs", "درهم", "%", "٪")


class NotANumber(ValueError):
    """What was typed is no number; the message says what to do."""


def read_number(text: str) -> float:
    """The number typed, whatever digits and spaces it has. Raises `NotANumber` in words.

    >>> read_number("1 200,50 MAD"), read_number("١٢٠٠٫٥"), read_number("12%")
    (1200.5, 1200.5, 12.0)
    """
    cleaned = _plain(text)
    if not cleaned:
        raise NotANumber(_("Écrivez un nombre."))
    if _THOUSANDS.fullmatch(cleaned) and cleaned.strip("0.,"):
        raise NotANumber(
            _(
                "Est-ce %(whole)s ou %(parts)s ? Écrivez les milliers sans point, et les décimales avec une virgule."
            )
            % {"whole": re.sub(r"[.,]", "", cleaned), "parts": _as_decimal(cleaned)}
        )
    if len(cleaned) > MOST_LETTERS or not _NUMBER.fullmatch(cleaned):
        raise NotANumber(_("Ce n’est pas un nombre : écrivez-le en chiffres, par exemple 1200 ou 12,5."))
    number = float(cleaned.replace(",", "."))
    if not math.isfinite(number):
        raise NotANumber(_("Ce nombre est trop grand : écrivez-en un plus petit."))
    return number


def _as_decimal(cleaned: str) -> str:
    whole, *parts = re.split(r"[.,]", cleaned)
    return f"{whole},{''.join(parts)}"


def _plain(text: str) -> str:
    """Western digits, a comma or point, no space, no unit."""
    letters = []
    for letter in text.strip().lower():
        if letter.isdecimal():
            letters.append(str(unicodedata.decimal(letter)))
        elif letter in "٫":
            letters.append(",")
        elif letter in "\u2212":
            letters.append("-")
        elif not letter.isspace() and letter not in "\u200e\u200f\u061c'’٬":
            letters.append(letter)
    cleaned = "".join(letters)
    for unit in _UNITS:
        cleaned = cleaned.removesuffix(unit)
    return cleaned


def shown_number(value: float, most: int = 2) -> str:
    """A number as a box shows it: no more decimals than it needs.

    >>> shown_number(36.0), shown_number(2.6), shown_number(0.333333)
    ('36', '2,6', '0,33')
    """
    for decimals in range(most):
        if abs(value - round(value, decimals)) < 1e-9:
            return written_number(value, decimals)
    return written_number(value, most)


__all__ = ["NARROW_SPACE", "NotANumber", "read_number", "shown_number"]
