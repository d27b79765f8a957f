"""Between contents and what stands in the boxes of a form: flat names, numbers as people write them.

Reading back never guesses: what is no number stays as it was typed, with its fault beside it.
"""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from bpc.core.text.folding import fold
from bpc.portal.foundation.writing import written_number, written_percent
from bpc.portal.web.boxes.specs import LANGUAGES, Spec, pair_names

Typed = dict[str, str]
Faults = dict[str, list[str]]
#: Nothing was said where nothing may be said.
NOTHING: Any = None
_SPACES = str.maketrans("", "", " \u00a0\u202f\u200e\u200f")
_LONGEST_ID, _LONGEST_NUMBER = 40, 30
_MOST_ROWS = 40


def write_number(value: float, *, percent: bool = False) -> str:
    """A number as it stands in a box.

    >>> write_number(0.0837, percent=True), write_number(30000.0), write_number(1e-7)
    ('8,37', '30000', '0,0000001')
    """
    exact = Decimal(repr(value)) * (100 if percent else 1)
    return format(exact.normalize(), "f").replace(".", ",")


def write(spec: Spec, value: Any, name: str, typed: Typed) -> None:
    """Put a value of the content into the boxes below `name`."""
    match spec.kind:
        case "group":
            for part in spec.children:
                for field in _fields(part):
                    write(part, (value or {}).get(field), f"{name}-{field}", typed)
        case "rows":
            typed[f"{name}-count"] = str(len(value or ()))
            for at, item in enumerate(value or ()):
                write(Spec("group", "", "", children=spec.children), item, f"{name}-{at}", typed)
        case "shares":
            for at, share in enumerate(value or ()):
                typed[f"{name}-{at}"] = write_number(share, percent=True)
        case "months":
            typed.update({f"{name}-{month}": "on" for month in value or ()})
        case "several":
            typed.update({f"{name}-{code}": "on" for code in value or ()})
        case "words":
            typed.update({f"{name}-{language}": text for language, text in (value or {}).items()})
        case "per_product":
            for product, number in (value or {}).items():
                typed[f"{name}-{product}"] = write_number(number, percent=spec.percent)
        case _:
            typed[name] = _written(spec, value)


def _fields(spec: Spec) -> tuple[str, ...]:
    """The names in the schema of what one control holds."""
    return tuple(field for _language, field in pair_names(spec)) if spec.kind == "pair" else (spec.name,)


def _written(spec: Spec, value: Any) -> str:
    if value is None or value == ():
        return ""
    if spec.kind == "number":
        return write_number(value, percent=spec.percent)
    if spec.kind == "flag":
        return "on" if value else ""
    if spec.kind == "codes":
        return ", ".join(value)
    return str(value)


def read(spec: Spec, name: str, typed: Mapping[str, str], faults: Faults) -> Any:
    """The value in the boxes below `name`, NOTHING where they are empty; what is wrong goes to `faults`."""
    match spec.kind:
        case "group":
            return _read_group(spec, name, typed, faults)
        case "rows":
            row = Spec("group", "", "", children=spec.children)
            rows = [read(row, f"{name}-{at}", typed, faults) for at in range(count_rows(name, typed))]
            return _with_ids(rows, spec)
        case "shares":
            return _read_shares(spec, name, typed, faults)
        case "months":
            return [month for month in range(1, 13) if typed.get(f"{name}-{month}")] or NOTHING
        case "several":
            # in the order of the list offered: boxes have none
            return [code for code in spec.codes if typed.get(f"{name}-{code}")]
        case "per_product":
            prefix = f"{name}-"
            found = {key.removeprefix(prefix): key for key in typed if key.startswith(prefix)}
            values = {product: _read_number(spec, key, typed, faults) for product, key in found.items()}
            return {product: value for product, value in values.items() if value is not NOTHING}
        case "words":
            return _read_words(spec, name, typed, faults)
        case "number":
            return _read_number(spec, name, typed, faults)
        case "flag":
            return bool(typed.get(name))
        case "codes":
            return (
                list(dict.fromkeys(re.split(r"[\s,;،]+", typed.get(name, "").strip(" ,;،"))))
                if typed.get(name, "").strip(" ,;،")
                else []
            )
        case _:
            return _read_text(spec, name, typed, faults)


def _read_group(spec: Spec, name: str, typed: Mapping[str, str], faults: Faults) -> Any:
    values: dict[str, Any] = {}
    for part in spec.children:
        for field in _fields(part):
            value = read(part, f"{name}-{field}", typed, faults)
            # a life left empty is land, which never wears out: said, not left out
            if value is not NOTHING or field == "life_years":
                values[field] = value
    return values if spec.required or any(values.values()) else NOTHING


def count_rows(name: str, typed: Mapping[str, str]) -> int:
    """How many rows the form holds; none when it does not say, forty at most."""
    text = typed.get(f"{name}-count", "")
    return min(int(text), _MOST_ROWS) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def _read_text(spec: Spec, name: str, typed: Mapping[str, str], faults: Faults) -> Any:
    text = typed.get(name, "").replace("\r\n", "\n").strip()
    if "\x00" in text:
        faults.setdefault(name, []).append(_("Ce texte contient un signe qui ne s’écrit pas."))
    if not text:
        if spec.required and spec.kind != "hidden":
            fault = _("Choisissez une réponse.") if spec.kind == "choice" else _("Écrivez ce texte.")
            faults.setdefault(name, []).append(fault)
        return NOTHING
    return int(text) if spec.integer and text.isascii() and text.isdigit() else text


def _read_words(spec: Spec, name: str, typed: Mapping[str, str], faults: Faults) -> Any:
    """The text of each language that has one."""
    each = Spec("line", spec.name, "", required=False)
    said = {language: _read_text(each, f"{name}-{language}", typed, faults) for language in LANGUAGES}
    said = {language: text for language, text in said.items() if text is not NOTHING}
    if not said and spec.required:
        faults.setdefault(f"{name}-{LANGUAGES[0]}", []).append(
            _("Écrivez ce texte, dans une langue au moins.")
        )
    return said or NOTHING


def _read_shares(spec: Spec, name: str, typed: Mapping[str, str], faults: Faults) -> list[float]:
    boxes = [f"{name}-{at}" for at in range(spec.count)]
    given = [at for at, box in enumerate(boxes) if typed.get(box, "").strip()]
    # a year of twelve months is whole; years stop at the last one written
    last = spec.count if spec.count == 12 else (given[-1] + 1 if given else 1)
    needed = Spec("number", spec.name, "", percent=True, low=spec.low, high=spec.high)
    values = [_read_number(needed, box, typed, faults) for box in boxes[:last]]
    return [0.0 if value is NOTHING else value for value in values]


def _read_number(spec: Spec, name: str, typed: Mapping[str, str], faults: Faults) -> Any:
    text = typed.get(name, "").translate(_SPACES).replace(",", ".").removesuffix("%")
    if not text:
        if spec.required:
            faults.setdefault(name, []).append(_("Écrivez un nombre."))
        return NOTHING
    number = _decimal(text)
    if number is None or (spec.integer and number != number.to_integral_value()):
        fault = _("Écrivez un nombre entier.") if spec.integer else _("Écrivez un nombre.")
        faults.setdefault(name, []).append(fault)
        return NOTHING
    exact = number / 100 if spec.percent else number
    if fault := _beyond(spec, float(exact)):
        faults.setdefault(name, []).append(fault)
    return int(exact) if spec.integer else float(exact)


def _decimal(text: str) -> Decimal | None:
    """Plain digits only: no exponent, no infinity."""
    if len(text) > _LONGEST_NUMBER or not re.fullmatch(r"[+-]?[0-9]*\.?[0-9]*", text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _beyond(spec: Spec, value: float) -> str:
    """Why a number is outside its bounds, as people count; empty when it is inside."""
    low, high = (_bound(spec, bound) for bound in (spec.low, spec.high))
    if spec.low is not None and (value < spec.low or (spec.above and value == spec.low)):
        return (_("Écrivez plus de %(low)s.") if spec.above else _("Écrivez %(low)s au moins.")) % {
            "low": low
        }
    if spec.high is not None and (value > spec.high or (spec.below and value == spec.high)):
        sentence = _("Écrivez moins de %(high)s.") if spec.below else _("Écrivez %(high)s au plus.")
        return sentence % {"high": high}
    return ""


def _bound(spec: Spec, bound: float | None) -> str:
    if bound is None:
        return ""
    if spec.percent:
        return written_percent(100 * bound)
    return written_number(bound, 0 if bound.is_integer() else 2)


def _with_ids(rows: list[dict[str, Any]], spec: Spec) -> list[dict[str, Any]]:
    """New rows get the identifier that other sections name them by, made from their French name."""
    if not any(part.kind == "hidden" for part in spec.children):
        return rows
    taken = {row.get("id") for row in rows}
    for row in rows:
        if "id" not in row:
            row["id"] = _new_id(str(row.get("name_fr") or row.get("role_fr") or spec.name), taken)
            taken.add(row["id"])
    return rows


def _new_id(name: str, taken: set[Any]) -> str:
    words = "_".join(re.findall(r"[a-z0-9]+", fold(name)))[: _LONGEST_ID - 4].strip("_") or "ligne"
    return next(
        one for one in (words, *(f"{words}_{number}" for number in range(2, 1000))) if one not in taken
    )
