"""Numbers, amounts and dates as pages and documents write them: the same digits in every language, unknown in words."""

import math
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache

from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import get_language, gettext, ngettext

NARROW_SPACE = "\u202f"  # an ordinary space would let "450 000" turn into "000 450" in Arabic
NO_BREAK_SPACE = "\u00a0"
LEFT_TO_RIGHT = "\u200e"  # keeps the minus sign before its number in Arabic

# Month names as Moroccan administrations write them; Django's own catalogue has those of the East.
_MOROCCAN_MONTHS = (
    *("يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو"),
    *("يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر", "دجنبر"),
)


def isolated(name: str) -> str:
    """A name of the other script kept whole, so that it does not turn the words around it."""
    return f"\u2068{name}\u2069"


def as_decimal(value: object) -> Decimal | None:
    """The exact decimal of a number or of its text; None for what is empty or is not a finite number."""
    if value is None or value == "" or isinstance(value, bool):
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        return None
    return exact if exact.is_finite() else None


def written_number(value: object, decimals: int = 0) -> str:
    """`value` with a decimal comma and narrow spaces between thousands; « inconnu » when there is none."""
    exact = as_decimal(value)
    if exact is None:
        return gettext("inconnu")
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,.{decimals}f}".replace(",", NARROW_SPACE).replace(".", ",")
    return f"{LEFT_TO_RIGHT}-{text}" if rounded < 0 else text


def written_amount(value: object, decimals: int = 0) -> str:
    """An amount in dirhams, « 12 500 MAD »; « inconnu » when there is none."""
    if as_decimal(value) is None:
        return gettext("inconnu")
    return gettext("%(amount)s MAD") % {"amount": written_number(value, decimals)}


def written_percent(value: object, decimals: int = 0) -> str:
    """A share already in percent, « 12,5 % »; « inconnu » when there is none."""
    if as_decimal(value) is None:
        return gettext("inconnu")
    return f"{written_number(value, decimals)}{NARROW_SPACE}%"


@cache
def _months(language: str) -> tuple[str, ...]:
    """In `language`, which must be the active one."""
    return _MOROCCAN_MONTHS if language == "ar" else tuple(str(name) for name in MONTHS.values())


def month_names() -> tuple[str, ...]:
    """The twelve months in the language of the page, January first."""
    return _months(get_language() or "")


def written_date(value: date) -> str:
    """A day written out in the language of the page, « 3 mars 2026 »."""
    return f"{value.day} {month_names()[value.month - 1]} {value.year}"


def written_hour(value: datetime | time) -> str:
    """« 9 h 30 » in French, « 9:30 » in Arabic, never cut at the end of a line; a moment at the hour of Morocco."""
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    words = gettext("%(hour)d h %(minute)s") % {"hour": local.hour, "minute": f"{local.minute:02d}"}
    return words.replace(" ", NO_BREAK_SPACE)


def written_month(year: int, month: int) -> str:
    """A month of a year in the language of the page, « mars 2027 »."""
    return f"{month_names()[month - 1]} {year}"


def written_duration(months: float) -> str:
    """So many months in years and months, « 1 an et 6 mois »; rounded to a month."""
    years, left = divmod(round(months), 12)
    in_years = ngettext("%(count)s an", "%(count)s ans", years) % {"count": years}
    in_months = ngettext("%(count)s mois", "%(count)s mois", left) % {"count": left}
    if years and left:
        return gettext("%(years)s et %(months)s") % {"years": in_years, "months": in_months}
    return in_years if years else in_months
