"""One cell of the register → a value, whatever way people write it. Unreadable raises `CellError`, empty is None."""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from bpc.core.text.folding import fold
from bpc.portal.register.sheets import as_text

FIRST_YEAR = 1900
MOST_PEOPLE = 1_000_000
_EXCEL_EPOCH = date(1899, 12, 30)
_DAY_FIRST = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})")
_SEPARATORS = re.compile(r"[\s/\\._\u2010-\u2015-]+")
_NUMBER = re.compile(r"[0-9A-Z\u0621-\u064a]+(?:-[0-9A-Z\u0621-\u064a]+)*")
_COORDINATE = re.compile(r"[+-]?\d{1,3}(?:[.,]\d{1,12})?")
_YES = frozenset({"oui", "o", "yes", "y", "vrai", "true", "1", "x", "نعم"})
_NO = frozenset({"non", "n", "no", "faux", "false", "0", "لا"})
DEMO_PREFIX = "DEMO"


class CellError(ValueError):
    """The cell holds something that cannot be what its column says; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_number(cell: Any) -> str | None:
    """The number in the register, always written the same way: capitals, one hyphen between its parts.

    >>> read_number(" 123/2019 "), read_number(4512.0), read_number("١٢٣٤")
    ('123-2019', '4512', '1234')
    """
    text = as_text(cell)
    if not text:
        return None
    if re.fullmatch(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+", text):
        return re.sub(r"\D", "", text)
    number = _SEPARATORS.sub("-", fold(text).upper()).strip("-")
    if not _NUMBER.fullmatch(number) or len(number) > 40 or not any(map(str.isdigit, number)):
        raise CellError("bad_number")
    if number.startswith(DEMO_PREFIX):
        raise CellError("demo_number")
    return number


def read_name(cell: Any) -> str:
    """A name as written. Longer than 200 characters it is refused rather than cut."""
    text = as_text(cell)
    if len(text) > 200:
        raise CellError("name_too_long")
    return text


def read_count(cell: Any) -> int | None:
    """A number of people: « 1 234 », 12.0, « 12 membres ».

    >>> read_count("1 234"), read_count(12.0), read_count("١٢")
    (1234, 12, 12)
    """
    if isinstance(cell, int) and not isinstance(cell, bool):
        return _bounded(cell)
    text = fold(as_text(cell))
    if not text or text in {"-", "nd", "n/d", "?"}:
        return None
    digits = re.fullmatch(r"(\d{1,3}(?:[ .,]\d{3})+|\d{1,9})(?:[.,]0+)?(?: [^\d]*)?", text)
    if digits is None:
        raise CellError("bad_count")
    return _bounded(int(re.sub(r"\D", "", digits[1])))


def _bounded(number: int) -> int:
    if not 0 <= number <= MOST_PEOPLE:
        raise CellError("bad_count")
    return number


def read_date(cell: Any, today: date) -> tuple[date | None, int | None]:
    """The day and the year; only the year where only it is written. Nothing after `today` nor before 1900.

    >>> read_date("03/05/2019", date(2026, 1, 1)), read_date("2019", date(2026, 1, 1))
    ((datetime.date(2019, 5, 3), 2019), (None, 2019))
    >>> read_date(43588.0, date(2026, 1, 1))
    (datetime.date(2019, 5, 3), 2019)
    """
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return _dated(cell, today)
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and cell >= 10_000:
        if cell > 200_000:
            raise CellError("bad_date")
        return _dated(_EXCEL_EPOCH + timedelta(days=int(cell)), today)
    return _read_date_text(as_text(cell), today)


@lru_cache(maxsize=4_096)
def _read_date_text(text: str, today: date) -> tuple[date | None, int | None]:
    text = fold(text)
    if not text or text == "-":
        return None, None
    if re.fullmatch(r"\d{4}", text):
        if not FIRST_YEAR <= int(text) <= today.year:
            raise CellError("bad_date")
        return None, int(text)
    if re.fullmatch(r"\d{5}", text):
        return _dated(_EXCEL_EPOCH + timedelta(days=int(text)), today)
    day_first, year_first = _DAY_FIRST.match(text), _YEAR_FIRST.match(text)
    if year_first:
        year, month, day = map(int, year_first.groups())
    elif day_first:
        day, month, year = map(int, day_first.groups())
        year += 0 if year > 99 else 2000 if year <= today.year % 100 else FIRST_YEAR
    else:
        raise CellError("bad_date")
    try:
        return _dated(date(year, month, day), today)
    except ValueError:
        raise CellError("bad_date") from None


def _dated(found: date, today: date) -> tuple[date, int]:
    if not found.year >= FIRST_YEAR or found > today:
        raise CellError("bad_date")
    return found, found.year


def read_coordinate(cell: Any, low: float, high: float) -> float | None:
    """Degrees, with a point or a comma, within bounds (Morocco's)."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        value = float(cell)
    else:
        text = fold(as_text(cell)).replace(" ", "")
        if not text:
            return None
        if not _COORDINATE.fullmatch(text):
            raise CellError("bad_position")
        value = float(text.replace(",", "."))
    if not low <= value <= high:
        raise CellError("bad_position")
    return round(value, 5)


@lru_cache(maxsize=1_024)
def read_choice(text: str, beginnings: tuple[str, ...]) -> bool | None:
    """Yes or no: said as such, or by a word that begins with one of `beginnings` (« féminine », « نسوية »).

    >>> read_choice("Féminine", ("femin",)), read_choice("non", ("femin",)), read_choice("", ("femin",))
    (True, False, None)
    """
    folded = fold(text)
    if not folded or folded == "-":
        return None
    if folded in _YES:
        return True
    if folded in _NO:
        return False
    words = re.split(r"[\W_]+", folded)
    # another kind than the one asked, said in words: "mixte", "masculine", "classique"
    return any(word.removeprefix("ال").startswith(beginnings) for word in words)
