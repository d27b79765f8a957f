"""Telephone numbers as people write them, turned into the one form that is stored and compared (E.164)."""

import re

_MOROCCO = "212"
# what people put between digits: spaces of every width, dots, dashes, slashes, brackets, direction marks
_BETWEEN = re.compile(r"[\s\u00a0\u202f.\-‐‑–_/()\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_INTERNATIONAL = re.compile(r"[1-9]\d{6,14}")
_NATIONAL = re.compile(r"[5-8]\d{8}")


class NotAPhoneNumber(ValueError):
    """The text is not a telephone number."""


def normalise(text: str) -> str:
    """The number in E.164 (`+212…`). Moroccan national forms are understood; digits may be Arabic.

    Raises `NotAPhoneNumber`.

    >>> normalise("06 12-34.56 78")
    '+212612345678'
    >>> normalise("00212 (0)7 00 00 00 00")
    '+212700000000'
    >>> normalise("٠٦١٢٣٤٥٦٧٨")
    '+212612345678'
    >>> normalise("+33 6 12 34 56 78")
    '+33612345678'
    """
    squeezed = _BETWEEN.sub("", text)
    plus = squeezed.startswith(("+", "＋"))
    rest = squeezed[1:] if plus else squeezed
    if not rest or not all(character.isdecimal() for character in rest):
        raise NotAPhoneNumber(text)
    digits = "".join(str(int(character)) for character in rest)
    if not plus and digits.startswith("00"):
        plus, digits = True, digits[2:]
    if not plus and not digits.startswith(_MOROCCO):
        return _moroccan(digits.removeprefix("0"), text)
    if digits.startswith(_MOROCCO):
        return _moroccan(digits.removeprefix(_MOROCCO).removeprefix("0"), text)
    if not _INTERNATIONAL.fullmatch(digits):
        raise NotAPhoneNumber(text)
    return f"+{digits}"


def _moroccan(national: str, text: str) -> str:
    """Nine digits after the trunk zero, beginning with 5 to 8."""
    if not _NATIONAL.fullmatch(national):
        raise NotAPhoneNumber(text)
    return f"+{_MOROCCO}{national}"


def receives_messages(number: str) -> bool:
    """Whether a text message can reach the E.164 `number`: in Morocco only mobile lines (06, 07) take them.

    >>> receives_messages("+212612345678"), receives_messages("+212522000000")
    (True, False)
    """
    return not number.startswith(f"+{_MOROCCO}") or number[4] in "67"


def displayed(number: str) -> str:
    """The number as Moroccans read it, grouped by narrow no-break spaces.

    >>> displayed("+212612345678")
    '06\u202f12\u202f34\u202f56\u202f78'
    """
    if number.startswith(f"+{_MOROCCO}") and len(number) == 13:
        national = "0" + number[4:]
        return "\u202f".join(national[start : start + 2] for start in range(0, 10, 2))
    return number


def masked(number: str) -> str:
    """The number with its middle hidden, for a page that others may see over a shoulder.

    >>> masked("+212612345678")
    '+2126••••5678'
    """
    return f"{number[:5]}••••{number[-4:]}"
