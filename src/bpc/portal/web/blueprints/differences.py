"""The differences between two versions in words: what it is about, what it was, what it is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bpc.portal.foundation.differences import differences
from bpc.portal.foundation.writing import month_names
from bpc.portal.web.blueprints.choices import options_of
from bpc.portal.web.blueprints.fields import model_spec
from bpc.portal.web.blueprints.labels import CHOICES
from bpc.portal.web.boxes.entries import write_number
from bpc.portal.web.boxes.specs import Spec

_STEP = re.compile(r"([a-z0-9_]+)|\[([^\]]+)\]")
#: What most differs between two versions is told first; a page that tells more is not read.
MOST = 300


@dataclass(frozen=True)
class Told:
    """One difference, readable. `language` is that of the text, empty for a number or a word of ours."""

    where: str
    before: str
    after: str
    language: str


def told_differences(
    before: Mapping[str, Any], after: Mapping[str, Any], fields: Sequence[str] = ()
) -> list[Told]:
    """Every difference in the order of the schema; only in `fields` of the whole model, when given."""
    shown = []
    for one in differences(before, after):
        name = re.split(r"[.\[]", one.path, maxsplit=1)[0]
        bare = name.rpartition("_")[0] if name.endswith(("_fr", "_ar")) else name
        if (fields and not {name, bare} & set(fields)) or re.search(r"\.id$|seasonality_key$", one.path):
            continue
        words, spec, language = _read_path(one.path, (after, before))
        shown.append(Told(words, _value(spec, one.before), _value(spec, one.after), language))
    return shown[:MOST]


def _read_path(path: str, contents: Sequence[Mapping[str, Any]]) -> tuple[str, Spec | None, str]:
    """The words of a path, the spec of what it names, the language of its text."""
    spec: Spec | None = model_spec()
    words: list[str] = []
    here: list[Any] = list(contents)
    language = ""
    for name, item in _STEP.findall(path):
        if item:
            here = [_item(part, item) for part in here]
            words.append(next((found for part in here if (found := _named(part))), item))
            continue
        here = [part.get(name) if isinstance(part, Mapping) else None for part in here]
        inner = spec.child(name) if spec is not None else None
        if inner is None and spec is not None and spec.kind == "per_product":
            words.append(name)
            continue
        spec = inner
        language = name[-2:] if name[-2:] in ("fr", "ar") and spec is not None and spec.kind == "pair" else ""
        words.append(str(spec.label) if spec is not None else name)
    if language:
        spoken = _("en arabe") if language == "ar" else _("en français")
        words[-1] += f" ({spoken})"
    return " · ".join(words), spec, language


def _item(items: Any, key: str) -> Any:
    """The item of this id or code; by its place in lists that name nothing."""
    rows = items if isinstance(items, Sequence) else ()
    for row in rows:
        if isinstance(row, Mapping) and key in (row.get("id"), row.get("code")):
            return row
    return rows[int(key) - 1] if key.isdigit() and 0 < int(key) <= len(rows) else None


def _named(item: Any) -> str:
    if not isinstance(item, Mapping):
        return ""
    language = get_language() or "fr"
    return str(item.get(f"name_{language}") or item.get("name_fr") or item.get(f"role_{language}") or "")


def _value(spec: Spec | None, value: Any) -> str:
    if value is None or value in ([], ()):
        return "–"
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, list | tuple):
        return ", ".join(_value(spec, one) for one in value)
    if spec is not None and spec.kind == "months":
        return str(month_names()[value - 1])
    if isinstance(value, int | float) and (spec is None or spec.kind != "choice"):
        percent = spec is not None and spec.percent
        text = write_number(value, percent=percent)
        return f"{text}\u202f%" if percent else text
    if spec is not None and spec.kind == "choice":
        return str(CHOICES.get(spec.choices, {}).get(str(value), value))
    if spec is not None and spec.kind == "several":
        return str(dict(options_of(spec.choices)).get(str(value), value))
    return str(value)
