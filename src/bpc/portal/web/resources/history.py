"""What happened to a resource, in plain words, for those who keep it: who, when, which fields, why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from bpc.portal.atlas.country import name_in
from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.models import AuditEntry
from bpc.portal.foundation.writing import month_names, written_date
from bpc.portal.reference.places import reference
from bpc.portal.resources.actions import ADDED, EDITED, LEFT, RESTORED, RETIRED, TAKEN, UNDONE
from bpc.portal.resources.models import Resource
from bpc.portal.resources.states import Confidence
from bpc.portal.web.resources.told import label_name, product_names

_VERBS: dict[str, str | Promise] = {
    ADDED: gettext_lazy("Ajoutée"),
    EDITED: gettext_lazy("Modifiée"),
    UNDONE: gettext_lazy("Dernier changement annulé"),
    TAKEN: gettext_lazy("Version des faits relevés reprise"),
    LEFT: gettext_lazy("Version des faits relevés écartée"),
    RETIRED: gettext_lazy("Retirée"),
    RESTORED: gettext_lazy("Rétablie"),
    "load resource": gettext_lazy("Mise à jour par les faits relevés"),
}
LABELS: dict[str, str | Promise] = {
    "territory": gettext_lazy("Lieu"),
    "sector": gettext_lazy("Secteur"),
    "products": gettext_lazy("Produits"),
    "name_fr": gettext_lazy("Nom en français"),
    "name_ar": gettext_lazy("Nom en arabe"),
    "label": gettext_lazy("Signe de qualité"),
    "season_start": gettext_lazy("Début de la saison"),
    "season_end": gettext_lazy("Fin de la saison"),
    "evidence_fr": gettext_lazy("Ce que l’on en sait, en français"),
    "evidence_ar": gettext_lazy("Ce que l’on en sait, en arabe"),
    "source_url": gettext_lazy("Adresse de la source"),
    "source_note": gettext_lazy("Qui le dit, sans adresse"),
    "observed_on": gettext_lazy("Constatée le"),
    "confidence": gettext_lazy("Fiabilité"),
}


@dataclass(frozen=True)
class Difference:
    """One field that changed, as written before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Step:
    """One act."""

    label: str
    who: str
    at: datetime
    reason: str
    differences: list[Difference]


def history_of(row: Resource) -> list[Step]:
    """Every act, the last one first: one query."""
    entries = trail_of(row).select_related("actor").order_by("-at", "-pk")
    return [_step(entry) for entry in entries]


def _step(entry: AuditEntry) -> Step:
    data = entry.data
    return Step(
        label=str(_VERBS.get(entry.verb, entry.verb)),
        who=entry.actor.display_name if entry.actor is not None else "",
        at=entry.at,
        reason="" if entry.reason == "undo" else entry.reason,
        differences=told_differences(data["before"], data["after"]) if data.get("before") else [],
    )


def told_differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """The fields that differ between two contents as they are kept, each in words."""
    return [
        Difference(str(label), _written(name, before.get(name)), _written(name, after.get(name)))
        for name, label in LABELS.items()
        if before.get(name) != after.get(name)
    ]


def _written(name: str, value: Any) -> str:
    """A kept value as a person reads it; a dash for nothing."""
    if value in ("", None, []):
        return "–"
    language, known = get_language() or "fr", reference()
    if name == "territory":
        return name_in(known.places[value], language) if value in known.places else str(value)
    if name == "sector":
        return known.sectors[value].name if value in known.sectors else str(value)
    if name == "products":
        return product_names(value, language)
    if name == "label":
        return label_name(value) or str(value)
    if name in {"season_start", "season_end"}:
        return str(month_names()[value - 1])
    if name == "observed_on":
        return written_date(date.fromisoformat(value))
    if name == "confidence":
        return str(Confidence(value).label) if value in Confidence.values else _("inconnu")
    return str(value)
