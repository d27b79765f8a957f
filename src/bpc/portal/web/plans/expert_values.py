"""What a person types or pastes, as a value of the plan, and back: French decimals, spaces, percent."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from bpc.core.plan.problems import InvalidPlan, Problem
from bpc.portal.plans.field_names import Sort
from bpc.portal.web.plans.expert_fields import Field, Kind

Texts = dict[str, str]

MOST_ROWS = 24  # of a small table in a form
MOST_LETTERS = 4000  # of one box
_EXACT = 10  # decimals of a percentage in a small table, whose sum is checked
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009\u200e\u200f\u061c]+")
_NUMBER = re.compile(r"-?\d{1,16}(\.\d{1,12})?")
_CELLS = re.compile(r"[;\t\r\n]+|؛")
_PARTS = ("mode", "low", "high", "conf", "src")


def _no_number(path: str) -> InvalidPlan:
    return InvalidPlan([Problem("E_float_type", path)])


def read_number(text: str, path: str = "") -> Decimal:
    """A number as people write it. Raises InvalidPlan (`E_float_type`).

    >>> read_number("1 234,5"), read_number("12 %"), read_number("−3.25"), read_number("1.250,5 MAD")
    (Decimal('1234.5'), Decimal('12'), Decimal('-3.25'), Decimal('1250.5'))
    """
    plain = _SPACES.sub("", text[:100]).replace("\u2212", "-").replace("٫", ",").replace("٬", "")
    plain = re.sub(r"(?i)(%|٪|mad|dhs?|درهم)$", "", plain)
    if "," in plain and "." in plain:  # the one that comes last is the decimal sign
        thousands = "." if plain.rindex(",") > plain.rindex(".") else ","
        plain = plain.replace(thousands, "")
    plain = plain.replace(",", ".")
    if not _NUMBER.fullmatch(plain):
        raise _no_number(path)
    try:
        return Decimal(plain)
    except InvalidOperation as error:
        raise _no_number(path) from error


def _typed(number: Decimal, sort: Sort, *, whole: bool) -> float | int:
    if sort == Sort.SHARE:
        number /= 100
    if sort == Sort.RANK:
        number -= 1
    if whole and number == number.to_integral_value():
        return int(number)
    return float(number)


def write_number(value: Any, sort: Sort, decimals: int = 4) -> str:
    """A number as a box shows it: a decimal comma, no spaces, shares in percent (to so many decimals), months from 1.

    >>> write_number(0.125, Sort.SHARE), write_number(1234.5, Sort.AMOUNT), write_number(0, Sort.RANK)
    ('12,5', '1234,5', '1')
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    exact = Decimal(repr(value))
    if sort == Sort.SHARE:
        exact = round(exact * 100, decimals)
    if sort == Sort.RANK:
        exact += 1
    text = f"{exact:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def names_of(field: Field, path: str, rows: int = 0) -> list[str]:
    """The names of the boxes of a field at a path."""
    if field.kind == Kind.ESTIMATE:
        return [f"{path}.{part}" for part in _PARTS]
    if field.kind == Kind.ROWS:
        return [f"{path}.{row}.{part.name}" for row in range(rows) for part in field.parts]
    return [path]


def texts_of(field: Field, path: str, value: Any) -> Texts:
    """What the boxes of a field hold for a value; None (nothing written) leaves them empty."""
    match field.kind:
        case Kind.ESTIMATE:
            return _estimate_texts(field, path, value)
        case Kind.ROWS:
            rows = [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []
            return {
                f"{path}.{row}.{part.name}": write_number(one.get(part.name), part.sort, _EXACT)
                for row, one in enumerate([*rows, {}])
                for part in field.parts
            }
        case Kind.SERIES:
            return {path: " ; ".join(write_number(one, field.sort) for one in _listed(value))}
        case Kind.REFERENCES:
            return {path: "\n".join(str(one) for one in _listed(value))}
        case Kind.YES_NO:
            return {path: "" if value is None else "1" if value else "0"}
        case Kind.NUMBER | Kind.INTEGER:
            return {path: write_number(value, field.sort)}
    return {path: "" if value is None else str(value)}


def _listed(value: Any) -> list[Any]:
    """A list, whoever sent it."""
    return list(value) if isinstance(value, list | tuple) else []


def _estimate_texts(field: Field, path: str, value: Any) -> Texts:
    if isinstance(value, Mapping):
        mode, low, high = (write_number(value.get(part), field.sort) for part in ("mode", "low", "high"))
        same = low == mode == high
        return {
            f"{path}.mode": mode,
            f"{path}.low": "" if same else low,
            f"{path}.high": "" if same else high,
            f"{path}.conf": str(value.get("conf") or ""),
            f"{path}.src": " ; ".join(str(one) for one in _listed(value.get("src"))),
        }
    return {
        **dict.fromkeys((f"{path}.{part}" for part in _PARTS), ""),
        f"{path}.mode": write_number(value, field.sort),
    }


def read_value(field: Field, path: str, texts: Mapping[str, str]) -> Any:
    """The value that was typed, None for nothing. Raises InvalidPlan for what is no number."""
    if any(len(text) > MOST_LETTERS for text in texts.values()):
        raise InvalidPlan([Problem("E_string_too_long", path, {"max_length": MOST_LETTERS})])
    if field.kind == Kind.ESTIMATE:
        return _read_estimate(field, path, texts)
    if field.kind == Kind.ROWS:
        return _read_rows(field, path, texts)
    text = texts.get(path, "").strip()
    match field.kind:
        case Kind.SERIES:
            return _read_series(field, path, text)
        case Kind.REFERENCES:
            return [line.strip() for line in text.splitlines() if line.strip()]
        case Kind.YES_NO:
            return {"1": True, "0": False}.get(text)
        case Kind.NUMBER | Kind.INTEGER:
            whole = field.kind == Kind.INTEGER
            return _typed(read_number(text, path), field.sort, whole=whole) if text else None
        case Kind.CHOICE:
            return next((one for one in field.choices if str(one) == text), text or None)
        case Kind.REFERENCE:
            return text or None
    return texts.get(path, "").replace("\r\n", "\n")


def _read_estimate(field: Field, path: str, texts: Mapping[str, str]) -> Any:
    mode, low, high, conf, src = (texts.get(f"{path}.{part}", "").strip() for part in _PARTS)
    if not any((mode, low, high, conf, src)):
        return None
    if not mode:
        raise InvalidPlan([Problem("E_missing", f"{path}.mode")])
    number = {"mode": _typed(read_number(mode, path), field.sort, whole=False)}
    for name, text in (("low", low), ("high", high)):
        number[name] = _typed(read_number(text, path), field.sort, whole=False) if text else number["mode"]
    sources = [one.strip()[:300] for one in re.split(r"[;؛\n]", src) if one.strip()]
    if number["low"] == number["mode"] == number["high"] and not conf and not sources:
        return number["mode"]
    return {**number, "conf": conf or None, "src": sources}


def _read_series(field: Field, path: str, text: str) -> list[float | int] | None:
    cells = [cell for cell in _CELLS.split(text) if cell.strip()]
    if len(cells) == 1:
        cells = cells[0].split()
    if not cells:
        return None if field.optional or field.required else []
    whole = field.sort == Sort.CALENDAR
    return [_typed(read_number(cell, path), field.sort, whole=whole) for cell in cells[:1001]]


def _read_rows(field: Field, path: str, texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """Rows with anything in them; an empty one is taken out."""
    found: list[dict[str, Any]] = []
    for row in range(MOST_ROWS):
        boxes = {part: texts.get(f"{path}.{row}.{part.name}", "").strip() for part in field.parts}
        if any(boxes.values()):
            found.append(
                {
                    part.name: _typed(read_number(text, path), part.sort, whole=part.kind == Kind.INTEGER)
                    for part, text in boxes.items()
                    if text
                }
            )
    return found
