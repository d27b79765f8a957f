"""The rules of an edition in words, and what changed from one version to the next."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from bpc.portal.contests.calendar import day_of
from bpc.portal.contests.eligibility import RULES, rule_text
from bpc.portal.contests.models.editions import told
from bpc.portal.foundation.differences import Difference
from bpc.portal.foundation.writing import written_date, written_number, written_percent
from bpc.portal.reference.places import reference
from bpc.portal.web.contests.edition_words import DAY_LABELS

Content = Mapping[str, Any]
_LANGUAGES: dict[str, "str | Promise"] = {"fr": gettext_lazy("en français"), "ar": gettext_lazy("en arabe")}
_FIELDS: dict[str, "str | Promise"] = {
    "name": gettext_lazy("Nom"),
    "theme": gettext_lazy("Thème"),
    "about": gettext_lazy("Présentation"),
    "region": gettext_lazy("Région"),
    "who_may_enter": gettext_lazy("Qui peut participer"),
    "form": gettext_lazy("Questions du formulaire"),
    "criteria": gettext_lazy("Critères"),
    "prizes": gettext_lazy("Ce que reçoivent les lauréats"),
    "text": gettext_lazy("Texte du règlement"),
    "is_blind": gettext_lazy("Noms cachés au jury"),
    "readings_per_entry": gettext_lazy("Lectures par candidature"),
    "laureates": gettext_lazy("Nombre de lauréats"),
    "weight": gettext_lazy("poids"),
    "question": gettext_lazy("question posée au jury"),
}
_STEP = re.compile(r"\.([^.\[]+)|\[([^\]]*)\]")


def told_rules(content: Content) -> dict[str, Any]:
    """All that the rules say, in the language of the page."""
    return {
        "name": _in_language(content["name"]),
        "theme": _in_language(content["theme"]),
        "about": paragraphs(_in_language(content["about"])),
        "place": place_name(content["region"]),
        "days": [(label, day) for name, label in DAY_LABELS.items() if (day := _day(content, name))],
        "who": told_who(content["who_may_enter"]),
        "fields": told_fields(content["form"]),
        "criteria": told_criteria(content["criteria"]),
        "prizes": told_prizes(content["prizes"]),
        "jury": told_jury(content["jury"]),
        "text": paragraphs(_in_language(content["text"])),
    }


def told_who(rules: Content) -> list[str]:
    """One sentence a rule; nothing when everybody may enter."""
    return [rule_text(rule, rules[rule]) for rule in RULES if rules.get(rule)]


def told_fields(form: Sequence[Content]) -> list[dict[str, Any]]:
    """What the form asks beside the title."""
    return [
        {
            "label": told(one.get("label_fr", ""), one.get("label_ar", "")),
            "help": told(one.get("help_fr", ""), one.get("help_ar", "")),
            "required": bool(one.get("required")),
        }
        for one in form
    ]


def told_criteria(criteria: Sequence[Content]) -> list[dict[str, Any]]:
    """Each criterion with its share of the mark and the sentence of each mark, the best first."""
    total = sum(one["weight"] for one in criteria) or 1
    return [
        {
            "code": one["code"],
            "name": _in_language(one["name"]),
            "question": _in_language(one["question"]),
            "share": written_percent(100 * one["weight"] / total),
            "sentences": [
                (mark, _in_language(one["descriptors"].get(str(mark), {}))) for mark in range(5, 0, -1)
            ],
        }
        for one in criteria
    ]


def told_prizes(prizes: Sequence[Content]) -> list[dict[str, str]]:
    """What each laureate receives."""
    return [
        {
            "name": told(one.get("name_fr", ""), one.get("name_ar", "")),
            "text": told(one.get("text_fr", ""), one.get("text_ar", "")),
        }
        for one in prizes
    ]


def told_jury(jury: Content) -> list[str]:
    """How entries are read, one sentence a rule."""
    readings, laureates = jury["readings_per_entry"], jury["laureates"]
    read = ngettext(
        "Chaque candidature est lue par %(n)s membre du jury.",
        "Chaque candidature est lue par %(n)s membres du jury.",
        readings,
    )
    chosen = ngettext(
        "Le jury peut choisir %(n)s lauréat.", "Le jury peut choisir jusqu’à %(n)s lauréats.", laureates
    )
    blind = (
        _("Le jury note sans connaître les noms de l’équipe.")
        if jury["is_blind"]
        else _("Le jury voit les noms de l’équipe.")
    )
    return [read % {"n": written_number(readings)}, blind, chosen % {"n": written_number(laureates)}]


def told_differences(found: Sequence[Difference]) -> list[dict[str, Any]]:
    """What changed, part by part; several leaves of one part stand under its name."""
    return [
        {"label": path_words(one.path), "before": _value(one.path, one.before), "after": _value(one.path, one.after)}
        for one in found
    ]  # fmt: skip


def path_words(path: str) -> str:
    """A path of the content as people say it.

    `criteria[impact].descriptors.3.fr` → « Critères : impact, note 3, en français ».
    """
    steps = [dotted or item for dotted, item in _STEP.findall(f".{path}")]
    if steps[0] == "dates":
        return str(DAY_LABELS.get(steps[1], steps[1]))
    words, rest = [], [step for step in steps if step not in {"jury", "descriptors", "format"}]
    for step in rest[1:] if rest else ():
        if step in _LANGUAGES or step.endswith(("_fr", "_ar")):
            words.append(str(_LANGUAGES[step[-2:]]))
        elif step.isdigit() and rest[0] == "criteria":
            words.append(_("note %(mark)s") % {"mark": step})
        else:
            words.append(str(_FIELDS.get(step, step)))
    head = str(_FIELDS.get(rest[0], rest[0])) if rest else path
    return _("%(part)s : %(detail)s") % {"part": head, "detail": ", ".join(words)} if words else head


def paragraphs(text: str) -> list[str]:
    """A text cut where its author left an empty line."""
    return [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]


def place_name(code: str | None) -> str:
    """The region in the language of the page; « Tout le Maroc » for a national edition."""
    place = reference().places.get(code) if code else None
    if place is None:
        return _("Tout le Maroc")
    return place.name_ar if get_language() == "ar" else place.name_fr


def _in_language(said: Content) -> str:
    return told(said.get("fr", ""), said.get("ar", ""))


def _day(content: Content, column: str) -> str:
    kept = content["dates"].get(column)
    if not kept:
        return ""
    moment = datetime.fromisoformat(kept) if "T" in kept else date.fromisoformat(kept)
    day = day_of(column, moment)
    return written_date(day) if day else ""


def _value(path: str, value: Any) -> str:
    if value is None or value == "":
        return _("rien")
    if path.startswith("dates."):
        return _day({"dates": {path.removeprefix("dates."): value}}, path.removeprefix("dates."))
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if path.startswith("who_may_enter."):
        return rule_text(path.removeprefix("who_may_enter."), value)
    if path == "region":
        return place_name(value)
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return str(value)
