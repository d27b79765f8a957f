"""How a figure is written: digits, separators and unit, alike in every language of the site."""

from collections.abc import Iterable
from itertools import pairwise

from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from bpc.portal.atlas.readings import COUNTED, PERCENT, POINTS

THIN = "\u202f"  # narrow no-break space: an ordinary space would turn the groups round in Arabic
MINUS = "\u2212"
LEFT_TO_RIGHT = "\u200e"  # keeps a sign before its number in Arabic
_MOST_DECIMALS = 8

#: Unit of the dictionary → words after the number (none for plain counts in a column of their own).
_NAMES = {
    "percent": gettext_lazy("%"),
    "points": gettext_lazy("points"),
    "people": gettext_lazy("habitants"),
    "households": gettext_lazy("ménages"),
    "establishments": gettext_lazy("établissements"),
    "souks": gettext_lazy("souks"),
    "jobs": gettext_lazy("emplois"),
    "years": gettext_lazy("ans"),
    "km": pgettext_lazy("unité", "km"),
    "people per household": gettext_lazy("personnes par ménage"),
    "people per room": gettext_lazy("personnes par pièce"),
    "people per km²": gettext_lazy("habitants par km²"),
    "per 1,000 people": gettext_lazy("pour 1 000 habitants"),
    "births per woman": gettext_lazy("naissances par femme"),
    "times the country": gettext_lazy("fois la part du pays"),
    "times the expected": gettext_lazy("fois ce qui est attendu"),
    "sectors": gettext_lazy("secteurs d’égal poids"),
    "of 100 points": gettext_lazy("points sur 100"),
    "of 100 places": gettext_lazy("territoires sur 100 font mieux"),
}


def unit_name(unit: str) -> str:
    """The unit in words, as it follows a number. Raises KeyError for a unit nobody named."""
    return str(_NAMES[unit])


def decimals_of(value: float, unit: str) -> int:
    """How many decimals a figure is shown with: none for counts, one otherwise, two for small rates.

    >>> decimals_of(1503.0, "people"), decimals_of(12.34, "percent"), decimals_of(0.35, "percent")
    (0, 1, 2)
    """
    if unit in COUNTED:
        return 0
    if unit == "births per woman":
        return 2
    return 2 if 0 < abs(value) < 1 and unit != POINTS and round(value, 1) != value else 1


def shown_figures(values: Iterable[float], unit: str) -> list[float]:
    """Figures as they are written, so that a class never contradicts the figure beside it; NaN stays.

    >>> shown_figures([19.96, 0.354, float("nan")], "percent")
    [20.0, 0.35, nan]
    """
    return [value if value != value else round(value, decimals_of(value, unit)) for value in values]


def number_text(value: float, decimals: int = 0, *, signed: bool = False) -> str:
    """A number with a decimal comma and U+202F between thousands; `signed` writes its + or −.

    >>> number_text(1234567), number_text(-0.04, 1), number_text(12.5, 1, signed=True).lstrip(LEFT_TO_RIGHT)
    ('1\\u202f234\\u202f567', '0,0', '+12,5')
    """
    digits = f"{abs(value):,.{decimals}f}".replace(",", THIN).replace(".", ",")
    if value >= 0 and not signed:  # as nearly all of the hundreds on a page
        return digits
    is_zero = not digits.strip("0,")
    sign = "" if is_zero else MINUS if value < 0 else "+" if signed else ""
    if sign and get_language() == "ar":
        return f"{LEFT_TO_RIGHT}{sign}{digits}"
    return sign + digits


def figure_text(value: float, unit: str, *, signed: bool = False) -> str:
    """A figure as shown in a cell: its number, and a percent sign where it is one."""
    text = number_text(value, decimals_of(value, unit), signed=signed)
    return f"{text}{THIN}%" if unit == PERCENT else text


def figure_with_unit(value: float, unit: str, *, signed: bool = False) -> str:
    """A figure with its unit in words, for places where it stands alone."""
    text = figure_text(value, unit, signed=signed)
    return text if unit == PERCENT else f"{text} {unit_name(unit)}"


def bounds_texts(limits: tuple[float, ...], unit: str) -> list[str]:
    """The bounds of each class in words; every figure is in one of them only."""
    between = [
        _("de %(low)s à moins de %(high)s") % {"low": limit_text(low), "high": limit_text(high, unit)}
        for low, high in pairwise(limits)
    ]
    return [
        _("moins de %(limit)s") % {"limit": limit_text(limits[0], unit)},
        *between,
        _("%(limit)s et plus") % {"limit": limit_text(limits[-1], unit)},
    ]


def limit_text(limit: float, unit: str = "") -> str:
    """A class limit with just the decimals it has, and the percent sign where the figures are percentages.

    >>> limit_text(0.25), limit_text(30.0), limit_text(30.0, "percent")
    ('0,25', '30', '30\\u202f%')
    """
    decimals = next(
        (count for count in range(_MOST_DECIMALS) if round(limit, count) == limit), _MOST_DECIMALS
    )
    text = number_text(limit, decimals)
    return f"{text}{THIN}%" if unit == PERCENT else text
