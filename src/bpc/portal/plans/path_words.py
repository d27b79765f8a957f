"""A place in a plan, in words: « Prix de vente : Huile cosmétique »; and a value as pages write it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, ngettext

from bpc.portal.foundation.writing import (
    isolated,
    month_names,
    written_amount,
    written_number,
    written_percent,
)
from bpc.portal.plans.field_names import ESTIMATE_WORDS, FIELDS, FieldName, Sort
from bpc.portal.plans.paths import ESTIMATE_PARTS, ID_LISTS, NAMED_QUANTITIES, value_of

#: What the keys of named quantities name: products, but for the members' own costs.
_NAMED = {"own_cost_per_unit": "inputs"}
# a name may be in the other direction than the sentence around it


def words_of(path: str, document: Mapping[str, Any]) -> str:
    """What a path is about, for a reader who never saw one; items by their name in `document`, else by their id."""
    pattern, items, suffix = _read(path, document)
    field = FIELDS.get(pattern)
    if field is None:
        return gettext("Une donnée du plan")
    words = str(field.words)
    for item in items:
        words = gettext("%(what)s : %(item)s") % {"what": words, "item": isolated(item)}
    return gettext("%(what)s (%(part)s)") % {"what": words, "part": suffix} if suffix else words


def field_of(path: str) -> FieldName | None:
    """The name and the sort of the field at a path, None when there is no such field."""
    pattern, _items, suffix = _read(path, {})
    return None if suffix else FIELDS.get(pattern)


def _read(path: str, document: Mapping[str, Any]) -> tuple[str, list[str], str]:
    """The path with its items as `*` and ranks as `#`, the names of those items, and what of the value is meant."""
    pattern: list[str] = []
    items: list[str] = []
    steps = path.split(".") if path else []
    for number, step in enumerate(steps):
        before = steps[number - 1] if number else ""
        known = ".".join(pattern)
        if before in ID_LISTS and known in FIELDS:
            items.append(_item_name(steps[: number + 1], document))
            pattern.append("*")
        elif before in NAMED_QUANTITIES:
            items.append(_item_name([_NAMED.get(before, "products"), step], document))
            pattern.append("*")
        elif step.isdecimal() and f"{known}.#" in FIELDS:
            items.append(gettext("n° %(number)s") % {"number": int(step) + 1})
            pattern.append("#")
        elif known in FIELDS and f"{known}.{step}" not in FIELDS and (part := _part(known, step)):
            return known, items, part
        else:
            pattern.append(step)
    return ".".join(pattern), items, ""


def _part(known: str, step: str) -> str:
    """Which part of one value: of a range, or of a list of months or years."""
    if step in ESTIMATE_PARTS:
        return str(ESTIMATE_WORDS[step])
    if not step.isdecimal() or FIELDS[known].sort != Sort.LIST:
        return ""
    last = known.rpartition(".")[2]
    if last in {"seasonality", "harvest", "purchase_months", "month_weights"} and int(step) < 12:
        return month_names()[int(step)]
    if last in {"ramp", "ramp_up", "phasing", "staff_phasing", "fixed_phasing"} or known.startswith(
        "without"
    ):
        return gettext("année %(number)s") % {"number": int(step) + 1}
    return gettext("n° %(number)s") % {"number": int(step) + 1}


def _item_name(steps: list[str], document: Mapping[str, Any]) -> str:
    if steps[-1].startswith("+"):
        return gettext("nouveau")
    found = value_of(document, steps)
    if isinstance(found, Mapping):
        name = found.get("name") or found.get("role")
        if isinstance(name, str) and name.strip():
            return name
    return steps[-1]


def written_value(path: str, value: Any) -> str:
    """A value as a trail or a conflict shows it: amounts in MAD, shares in percent, items by their name."""
    if value is None:
        return gettext("rien")
    if isinstance(value, Mapping):
        return _written_object(path, value)
    if isinstance(value, list | tuple):
        return " · ".join(written_value(path, one) for one in value) or gettext("rien")
    field = field_of(path)
    return _written(value, Sort.TEXT if field is None else field.sort)


def _written_object(path: str, value: Mapping[str, Any]) -> str:
    if "mode" in value:
        bounds = {part: written_value(path, value.get(part)) for part in ("mode", "low", "high")}
        return gettext("%(mode)s (de %(low)s à %(high)s)") % bounds
    name = value.get("name") or value.get("role") or value.get("id")
    return isolated(str(name)) if name else " · ".join(written_value("", one) for one in value.values())


def _written(value: Any, sort: Sort) -> str:
    if isinstance(value, bool):
        return gettext("oui") if value else gettext("non")
    if not isinstance(value, int | float):
        return str(value)
    match sort:
        case Sort.AMOUNT:
            return written_amount(value, 0 if float(value).is_integer() else 2)
        case Sort.SHARE:
            return written_percent(100 * value, 0 if round(100 * value, 6).is_integer() else 2)
        case Sort.DAYS:
            return ngettext("%(count)s jour", "%(count)s jours", _plural(value)) % {"count": _short(value)}
        case Sort.MONTHS:
            return ngettext("%(count)s mois", "%(count)s mois", _plural(value)) % {"count": _short(value)}
        case Sort.YEARS:
            return ngettext("%(count)s an", "%(count)s ans", _plural(value)) % {"count": _short(value)}
        case Sort.RANK:
            return gettext("mois %(number)s") % {"number": int(value) + 1}
        case Sort.CALENDAR if 1 <= value <= 12:
            return month_names()[int(value) - 1]
    return _short(value)


def _plural(value: float) -> int:
    """The whole number a noun agrees with: one and a half is one in French."""
    return int(abs(value))


def _short(value: float) -> str:
    for decimals in (0, 1, 2):
        if abs(value - round(value, decimals)) < 1e-9:
            return written_number(value, decimals)
    return written_number(value, 4)
