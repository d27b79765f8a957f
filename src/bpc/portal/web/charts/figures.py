"""Numbers as people read them: narrow no-break spaces, a comma, Western digits in every language."""

from collections.abc import Callable

from django.utils.translation import get_language_bidi, pgettext
from django.utils.translation import gettext as _

NARROW = "\u202f"
_MINUS, _LTR = "\u2212", "\u200e"
_DECIMALS = {"percent": 1, "points": 1, "per 1,000 people": 1, "km": 1, "years": 1, "births per woman": 2}
_DECIMALS |= {"people per household": 1, "people per room": 1}


def number(value: float, decimals: int = 0, *, signed: bool = False) -> str:
    """The number alone.

    >>> number(83496.0).encode("unicode_escape"), number(-4.26, 1).encode("unicode_escape")
    (b'83\\\\u202f496', b'\\\\u22124,3')
    """
    text = f"{abs(value):,.{decimals}f}".replace(",", NARROW).replace(".", ",")
    if not any(digit in text for digit in "123456789"):
        return text
    sign = _MINUS if value < 0 else "+" if signed else ""
    return sign + text


def unit_words(unit: str) -> str:
    """The unit of an indicator in words, beside a large figure or in a heading; empty for an unknown one."""
    return _UNITS[unit]() if unit in _UNITS else ""


def figure(value: float | None, unit: str, *, signed: bool = False) -> str:
    """The figure with its unit where the unit is a sign (%, km); « inconnu » for None, never 0."""
    if value is None:
        return _("inconnu")
    decimals = _DECIMALS.get(unit, 0)
    if unit == "people per km²":
        decimals = 0 if abs(value) >= 10 else 1
    text = number(value, decimals, signed=signed)
    if unit == "percent":
        text += "%" if get_language_bidi() else f"{NARROW}%"
    elif unit == "km":
        text += f"{NARROW}{pgettext('kilomètre, abrégé', 'km')}"
    # a sign or a percent would change sides in a right-to-left line
    return f"{_LTR}{text}{_LTR}" if get_language_bidi() and unit != "km" and not text.isdigit() else text


_UNITS: dict[str, Callable[[], str]] = {
    "percent": lambda: "%",
    "points": lambda: _("points"),
    "people": lambda: _("personnes"),
    "households": lambda: _("ménages"),
    "establishments": lambda: _("établissements"),
    "jobs": lambda: _("emplois"),
    "souks": lambda: _("souks"),
    "km": lambda: pgettext("kilomètre, abrégé", "km"),
    "years": lambda: _("ans"),
    "per 1,000 people": lambda: _("pour 1 000 habitants"),
    "people per km²": lambda: _("habitants par km²"),
    "people per household": lambda: _("personnes par ménage"),
    "people per room": lambda: _("personnes par pièce"),
    "births per woman": lambda: _("enfants par femme"),
}
