"""What changed from one version of a course to another, lesson by lesson, in words."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpc.portal.foundation.differences import differences
from bpc.portal.foundation.wording import enumerated
from bpc.portal.foundation.writing import written_number
from bpc.portal.web.teaching.words import LANGUAGE_NAMES, in_page_language

#: A page that tells more is not read.
MOST = 300
_STEP = re.compile(r"([a-z_]+)|\[([^\]]+)\]")
_FIELDS: dict[str, Any] = {
    "name": gettext_lazy("Nom"), "about": gettext_lazy("En une phrase"), "outcome": gettext_lazy("Ce que l’on emporte"),
    "icon": gettext_lazy("Pictogramme"), "stage": gettext_lazy("Étape"), "roles": gettext_lazy("Pour qui"),
    "minutes": gettext_lazy("Minutes"), "answers": gettext_lazy("Répond à"), "sources": gettext_lazy("Sources"),
    "title": gettext_lazy("Titre"), "aim": gettext_lazy("Ce que l’on saura faire"), "body": gettext_lazy("Texte"),
    "diagram": gettext_lazy("Schéma"), "exercise": gettext_lazy("Exercice"), "questions": gettext_lazy("Question"),
    "fields": gettext_lazy("Champ"), "results": gettext_lazy("Résultat"), "verdicts": gettext_lazy("Conseil"),
    "options": gettext_lazy("Réponse"), "items": gettext_lazy("Élément"), "formula": gettext_lazy("Formule"),
    "when": gettext_lazy("Quand"), "say": gettext_lazy("Ce qui est dit"), "ask": gettext_lazy("Ce qui est demandé"),
    "hint": gettext_lazy("Aide"), "kind": gettext_lazy("Genre"), "unit": gettext_lazy("Unité"),
    "label": gettext_lazy("Nom"), "text": gettext_lazy("Texte"), "match": gettext_lazy("Va avec"),
    "value": gettext_lazy("Valeur"), "side": gettext_lazy("Côté"), "known": gettext_lazy("Repris du projet"),
    "fraction": gettext_lazy("Points"), "number": gettext_lazy("Nombre attendu"), "tolerance": gettext_lazy("Marge"),
    "feedback": gettext_lazy("Explication"),
}  # fmt: skip
_SILENT = frozenset({"texts", "words", "lessons", "part"})  # steps of a path that a reader needs not


@dataclass(frozen=True)
class Told:
    """One difference, readable. `language` is that of the text, empty for a number or a word of ours."""

    where: str
    before: str
    after: str
    language: str


@dataclass(frozen=True)
class Group:
    """The differences of one lesson; of the course itself under an empty title."""

    title: str
    changes: list[Told]


def grouped_differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Group]:
    """Every difference, the course first, then lesson by lesson as the later version orders them."""
    first, second = ({one["code"]: one for one in side.get("lessons", ())} for side in (before, after))
    bare = [{key: value for key, value in side.items() if key != "lessons"} for side in (before, after)]
    groups = [Group("", [*_told(bare[0], bare[1]), *_order(first, second)])]
    for code in (*second, *(code for code in first if code not in second)):
        title = _title(second.get(code) or first[code])
        if code not in first or code not in second:
            came = code in second
            told = Told(_("Leçon"), "–" if came else title, title if came else _("retirée"), "")
            groups.append(Group(title, [told]))
        else:
            groups.append(Group(title, list(_told(first[code], second[code]))))
    return [one for one in groups if one.changes]


def told_parts(before: Any, after: Any) -> list[Told]:
    """The differences of one part; of a list of questions, question by question."""
    first, second = ({"part": one} if not isinstance(one, Mapping) else one for one in (before, after))
    return list(_told(first, second))


def _title(lesson: Mapping[str, Any]) -> str:
    return in_page_language({name: text["title"] for name, text in lesson.get("texts", {}).items()})


def _order(first: Mapping[str, Any], second: Mapping[str, Any]) -> Iterator[Told]:
    was, now = ([code for code in side if code in first and code in second] for side in (first, second))
    if was != now:
        names = [" → ".join(_title(second[code]) for code in side) for side in (was, now)]
        yield Told(_("Ordre des leçons"), names[0], names[1], "")


def _told(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Told]:
    for one in differences(before, after)[:MOST]:
        where, language, field = _read_path(one.path)
        if field == "body" and one.before and one.after:
            yield from _paragraphs(where, str(one.before), str(one.after), language)
        else:
            yield Told(where, _value(field, one.before), _value(field, one.after), language)


def _read_path(path: str) -> tuple[str, str, str]:
    """The words of a path, the language of its text, the field it ends with."""
    words: list[str] = []
    language = field = ""
    for name, item in _STEP.findall(path):
        if item:
            words.append(item)
        elif name in LANGUAGE_NAMES:
            language = name
        elif name not in _SILENT:
            field = name
            words.append(str(_FIELDS.get(name, name)))
    shown = " · ".join(words)
    return (f"{shown} ({LANGUAGE_NAMES[language]})" if language else shown), language, field


def _paragraphs(where: str, before: str, after: str, language: str) -> Iterator[Told]:
    """Only the paragraphs that differ: a lesson is long."""
    first, second = before.split("\n\n"), after.split("\n\n")
    for kind, at, to, start, end in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if kind != "equal":
            yield Told(where, _joined(first[at:to]), _joined(second[start:end]), language)


def _joined(paragraphs: Iterable[str]) -> str:
    return "\n\n".join(paragraphs) or "–"


def _value(field: str, value: Any) -> str:
    if value is None or value in ([], "", {}):
        return "–"
    if isinstance(value, list | tuple):
        return enumerated(_value(field, one) for one in value)
    if field == "fraction":
        return f"{written_number(100 * value)}\u202f%"
    if isinstance(value, int | float):
        return written_number(value, 0 if float(value).is_integer() else 2)
    return str(value)
