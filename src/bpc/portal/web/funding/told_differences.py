"""What a proposal or a version changes, in words: the field, what it said, what it would say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpc.portal.foundation.differences import Difference
from bpc.portal.web.funding.words import PAYMENTS, STATUSES

MOST = 200
_LABELS: Mapping[str, "str | Promise"] = {
    "name": gettext_lazy("Nom"),
    "provider": gettext_lazy("Organisme"),
    "summary": gettext_lazy("En une phrase"),
    "description": gettext_lazy("Ce que c’est"),
    "status": gettext_lazy("État"),
    "payment": gettext_lazy("Comment c’est payé"),
    "prior_approval": gettext_lazy("Accord écrit d’abord"),
    "amounts": gettext_lazy("Montants"),
    "ceilings": gettext_lazy("Plafonds par unité"),
    "cost_share": gettext_lazy("Part du coût"),
    "own_contribution": gettext_lazy("Apport"),
    "credit": gettext_lazy("Conditions du prêt"),
    "calendar": gettext_lazy("Dates"),
    "checks": gettext_lazy("À vérifier"),
    "contacts": gettext_lazy("Qui appeler"),
    "apply": gettext_lazy("Comment demander"),
    "pages": gettext_lazy("Pages lues"),
    "inferred": gettext_lazy("Notre lecture, pas les mots de la source"),
    "cites": gettext_lazy("D’où cela vient"),
    "conditions": gettext_lazy("Conditions"),
    "places": gettext_lazy("Lieux"),
    "sectors": gettext_lazy("Secteurs"),
    "beneficiaries": gettext_lazy("Pour qui"),
    "documents": gettext_lazy("Pièces du dossier"),
    "confidence": gettext_lazy("Fiabilité"),
}


@dataclass(frozen=True)
class Told:
    """One difference, readable; `detail` is the part of the field, as the file names it."""

    where: str
    detail: str
    before: str
    after: str


def told_differences(found: Iterable[Difference]) -> list[Told]:
    """In the order of the document, the longest lists cut."""
    told = []
    for one in list(found)[:MOST]:
        name, dot, detail = one.path.replace("[", ".[").partition(".")
        stem = name.removesuffix("_fr").removesuffix("_ar")
        where = str(_LABELS.get(stem, name))
        if name != stem:
            language = _("en arabe") if name.endswith("_ar") else _("en français")
            where = f"{where} ({language})"
        told.append(Told(where, detail if dot else "", _value(name, one.before), _value(name, one.after)))
    return told


def _value(name: str, value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if name in {"status", "payment"}:
        return str({"status": STATUSES, "payment": PAYMENTS}[name].get(str(value), value))
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value)
