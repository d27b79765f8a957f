"""What the pages of mandates say: names, states, and each act done for somebody, in plain words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpc.portal.foundation.models import AuditEntry
from bpc.portal.foundation.writing import isolated
from bpc.portal.projects.mandates.models import Mandate
from bpc.portal.projects.mandates.states import Ending, MandateState

# every verb of `projects.fill`; a test compares both
ACTS: dict[str, Any] = {
    "edit project": gettext_lazy("A modifié la description du projet"),
    "adopt model": gettext_lazy("A choisi un modèle de projet"),
    "add person": gettext_lazy("A ajouté une personne au groupe fondateur"),
    "edit person": gettext_lazy("A corrigé ce qui est dit d’une personne du groupe"),
    "begin creation file": gettext_lazy("A commencé le dossier de création"),
    "answer creation file": gettext_lazy("A rempli une page du dossier de création"),
    "add founder": gettext_lazy("A ajouté un fondateur au dossier de création"),
    "edit founder": gettext_lazy("A corrigé un fondateur du dossier de création"),
    "begin diagnosis": gettext_lazy("A commencé un autodiagnostic"),
    "answer diagnosis": gettext_lazy("A répondu à une page de l’autodiagnostic"),
    "finish diagnosis": gettext_lazy("A terminé l’autodiagnostic"),
    "answer funding questions": gettext_lazy("A répondu à des questions sur les financements"),
    "create plan": gettext_lazy("A commencé un plan"),
    "edit plan": gettext_lazy("A changé des chiffres du plan"),
    "duplicate plan": gettext_lazy("A copié un plan sous un autre nom"),
    "rename plan": gettext_lazy("A donné un autre nom à un plan"),
    "make plan main": gettext_lazy("A choisi le plan principal"),
    "keep plan version": gettext_lazy("A gardé une version du plan"),
    "restore plan version": gettext_lazy("A repris une version du plan"),
}


def name_of(person: Any) -> str:
    """The name a person chose; what they are where they chose none, or left."""
    return person.display_name if person is not None and person.display_name else _("une personne sans nom")


def advisor_of(person: Any) -> str:
    """The same for an advisor."""
    return person.display_name if person is not None and person.display_name else _("un conseiller")


@dataclass(frozen=True)
class ActLine:
    """One act as shown."""

    what: str
    who: str
    at: datetime


def act_line(entry: AuditEntry) -> ActLine:
    """The act in words, with who did it and for whom."""
    what = ACTS.get(entry.verb)
    who = _("%(advisor)s pour %(person)s") % {
        "advisor": isolated(advisor_of(entry.actor)), "person": isolated(name_of(entry.on_behalf_of)),
    }  # fmt: skip
    return ActLine(str(what) if what is not None else _("A modifié le projet"), who, entry.at)


@dataclass(frozen=True)
class MandateLine:
    """A mandate as listed, from `queries.shown`."""

    row: Mandate
    person: str
    advisor: str
    state: str
    state_kind: str
    stands: bool
    waits: bool


_KINDS = {
    MandateState.WAITING: "chip-warning",
    MandateState.RUNNING: "chip-success",
    MandateState.ENDED: "",
    MandateState.EXPIRED: "",
}


def mandate_line(row: Mandate, at: datetime) -> MandateLine:
    """The mandate with its names and where it stands; one whose ground is gone is over, whatever its dates say."""
    state = row.state_at(at)
    stands = bool(getattr(row, "stands", False))
    label = str(state.label)
    if state == MandateState.RUNNING and not stands:
        state, label = MandateState.ENDED, str(Ending.ACCESS.label)
    elif row.ending:
        label = str(Ending(row.ending).label)
    return MandateLine(
        row,
        name_of(row.person),
        advisor_of(row.advisor),
        label,
        _KINDS[state],
        stands,
        state == MandateState.WAITING,
    )
