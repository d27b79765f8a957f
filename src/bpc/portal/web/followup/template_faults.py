"""What a template's schema refuses, said beside the field of the form that wrote it, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpc.datasets.path_templates import MOST_STEPS, Fault, InvalidTemplate
from bpc.portal.followup.contents import Content
from bpc.portal.web.followup.template_forms import in_language

#: By the code of the fault. A code that is not here is told by `_OTHER`: never in the schema's own words.
FAULT_WORDS: Mapping[str, Any] = {
    "text_missing": gettext_lazy("Écrivez ce texte dans les deux langues."),
    "text_spaces": gettext_lazy("Retirez les espaces avant et après ce texte."),
    "text_unfinished": gettext_lazy("Ce texte n’est pas fini : retirez « TODO » ou le code entre crochets."),
    "text_digits": gettext_lazy("Écrivez les chiffres 0 à 9, comme les administrations marocaines."),
    "half_range": gettext_lazy("Donnez les deux bouts du coût, le même montant s’il n’y en a qu’un."),
    "range_order": gettext_lazy("Le coût le plus haut est au-dessous du plus bas."),
    "source_missing": gettext_lazy("Cette fiabilité demande une source : cochez-la."),
    "unknown_clock": gettext_lazy("Ce délai de la loi n’existe plus : choisissez-en un autre."),
    "unknown_name": gettext_lazy(
        "Une étape vient toujours après celles qu’elle attend : placez-la plus bas."
    ),
    "string_pattern_mismatch": gettext_lazy("Écrivez une adresse qui commence par http, sans espace."),
    "string_too_long": gettext_lazy("Ce texte est trop long : raccourcissez-le."),
    "greater_than_equal": gettext_lazy("Ce nombre est trop petit."),
    "less_than_equal": gettext_lazy("Ce nombre est trop grand."),
    "finite_number": gettext_lazy("Écrivez un nombre ordinaire."),
    "too_short": gettext_lazy("Ajoutez au moins une étape avant de publier."),
}
_LANGUAGE_WORDS = {
    "fr": gettext_lazy("Écrivez ce texte en français."),
    "ar": gettext_lazy("Écrivez ce texte en arabe."),
}
_OTHER = gettext_lazy("Cette valeur n’est pas acceptée : choisissez-en une autre.")
#: Where the boxes of a part of a step are named otherwise than the schema.
_BOXES = {
    ("cost", "note"): "cost_note", ("cost", "low"): "cost_low", ("cost", "high"): "cost_high",
    ("cost", "confidence"): "cost_confidence", ("cost",): "cost_high", ("delay", "text"): "delay_text",
    ("delay", "days"): "delay_days", ("delay", "confidence"): "delay_confidence",
}  # fmt: skip
#: The box of a fault that the schema finds by comparing several.
_WHOLE = {"source_missing": ("sources", "confidence"), "unknown_clock": ("clock",)}


def fault_words(fault: Fault) -> str:
    """What is wrong, in words."""
    if fault.code == "text_language":
        return str(_LANGUAGE_WORDS.get(str(fault.path[-1]), _OTHER))
    if fault.code == "too_long" and fault.path == ("steps",):
        return _("Un parcours a %(most)s étapes au plus.") % {"most": MOST_STEPS}
    return str(FAULT_WORDS.get(fault.code, _OTHER))


def add_faults(form: forms.Form, error: InvalidTemplate, content: Content, *, own: str = "") -> None:
    """Every fault beside its box; one of another step than `own` is told above, under the name of that step."""
    for fault in error.faults:
        words, place = fault_words(fault), _place(fault, content, own)
        name = _box(place, fault) if place is not None else None
        if name in form.fields:
            line = _line(place)
            said = _("Ligne %(rank)s : %(fault)s") % {"rank": line, "fault": words} if line else words
            form.add_error(name, said)
            continue
        step = _other_step(fault, content)
        told = _("Étape « %(step)s » : %(fault)s") % {"step": step, "fault": words} if step else words
        form.add_error(None, told)


def _place(fault: Fault, content: Content, own: str) -> tuple[str | int, ...] | None:
    """The path within the part this form writes; None where it writes another."""
    path = fault.path
    if fault.code == "unknown_name":
        return (str(fault.values["field"]),) if fault.values.get("step") == own else None
    if path and path[0] == "steps" and len(path) > 1:
        return path[2:] if content["steps"][int(path[1])]["id"] == own else None
    if path and path[0] in ("phases", "sources"):
        return path[2:]
    return path


def _box(place: tuple[str | int, ...], fault: Fault) -> str | None:
    names = [part for part in place if isinstance(part, str)]
    if not names:
        return next(iter(_WHOLE.get(fault.code, ())), None)
    language = f"_{names.pop()}" if names[-1] in _LANGUAGE_WORDS else ""
    return _BOXES.get(tuple(names), names[0]) + language if names else None


def _line(place: tuple[str | int, ...] | None) -> int | None:
    """The rank of a line, for the boxes that hold a list."""
    rank = place[1] if place is not None and len(place) > 2 else None
    return rank + 1 if isinstance(rank, int) else None


def _other_step(fault: Fault, content: Content) -> str:
    if fault.code == "unknown_name":
        rows = [one for one in content["steps"] if one["id"] == fault.values.get("step")]
    elif len(fault.path) > 1 and fault.path[0] == "steps":
        rows = [content["steps"][int(fault.path[1])]]
    else:
        rows = []
    return next((in_language(one["title"]) for one in rows if isinstance(one.get("title"), dict)), "")
