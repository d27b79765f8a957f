"""Exported rows as people read them: words instead of column names, dates written out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from bpc.portal.people.personal_data import Row
from bpc.portal.web.people.readable_training import LABELS
from bpc.portal.web.people.readable_words import said_in_words
from bpc.portal.web.templatetags.figures import written_date

# The words of columns that rooms share; a room may also give a label of its own as the key
_LABELS = {
    **LABELS,
    "id": gettext_lazy("Numéro de compte"),
    "email": gettext_lazy("E-mail"),
    "phone": gettext_lazy("Téléphone"),
    "phone_verified": gettext_lazy("Téléphone vérifié"),
    "name": gettext_lazy("Nom"),
    "language": gettext_lazy("Langue"),
    "commune": gettext_lazy("Commune"),
    "joined": gettext_lazy("Depuis"),
    "last_login": gettext_lazy("Dernière connexion"),
    "verified": gettext_lazy("Vérifié"),
    "primary": gettext_lazy("Principal"),
    "type": gettext_lazy("Sorte"),
    "created": gettext_lazy("Créé"),
    "last_used": gettext_lazy("Dernière utilisation"),
    "role": gettext_lazy("Rôle"),
    "region": gettext_lazy("Région"),
    "granted": gettext_lazy("Donné"),
    "ended": gettext_lazy("Fin"),
    "organisation": gettext_lazy("Organisation"),
    "manager": gettext_lazy("Responsable"),
    "kind": gettext_lazy("Sorte"),
    "direction": pgettext_lazy("reçue ou envoyée", "Sens"),
    "sent": gettext_lazy("Envoyée"),
    "purpose": gettext_lazy("Objet"),
    "version": gettext_lazy("Version"),
    "given": gettext_lazy("Donné"),
    "withdrawn": gettext_lazy("Retiré"),
    "text": gettext_lazy("Texte"),
    "read": gettext_lazy("Lu"),
    "act": gettext_lazy("Acte"),
    "on": gettext_lazy("Sur"),
    "at": gettext_lazy("Date"),
    "title": gettext_lazy("Titre"),
    "reference": gettext_lazy("Référence"),
    "state": gettext_lazy("État"),
    "idea": gettext_lazy("Idée"),
    "submitted": gettext_lazy("Envoyée"),
    "published": gettext_lazy("Publiée"),
    "reason": gettext_lazy("Raison"),
    "outcome": gettext_lazy("Réponse"),
    "code": gettext_lazy("Code"),
    "need": gettext_lazy("Le besoin"),
    "proposal": gettext_lazy("La proposition"),
    "sector": gettext_lazy("Secteur"),
    "speaker": gettext_lazy("Qui parle"),
    "name_shown": gettext_lazy("Nom affiché avec le texte"),
    "summary": gettext_lazy("En quelques phrases"),
    "stage": gettext_lazy("Étape"),
    "project_role": gettext_lazy("Vos droits"),
    "archived": gettext_lazy("Archivé"),
    "assumption": gettext_lazy("Hypothèse"),
    "observation": gettext_lazy("Besoin ou opportunité"),
    "observation_kind": gettext_lazy("Nature"),
    "observation_state": gettext_lazy("État"),
    "subject": gettext_lazy("Sujet"),
    "files": gettext_lazy("Fichiers"),
    "how_many": gettext_lazy("Combien"),
    "former": gettext_lazy("Ce qui était écrit avant"),
    "territory": gettext_lazy("Territoire"),
    "before": gettext_lazy("Avant"),
    "after": gettext_lazy("Après"),
    "changed": gettext_lazy("Dernier changement"),
    "told": gettext_lazy("Dernier message"),
    "paused": gettext_lazy("Suspendue"),
    "edition": gettext_lazy("Idéathon"),
    "entry": gettext_lazy("Candidature"),
    "starts": gettext_lazy("Commence"),
    "ends": gettext_lazy("Finit"),
    "manner": gettext_lazy("De quelle manière"),
    "words": gettext_lazy("En quelques mots"),
    "booked": gettext_lazy("Pris le"),
    "minutes": gettext_lazy("Minutes"),
    "place": gettext_lazy("Lieu ou place"),
    "taken": gettext_lazy("Pris le"),
    "offered": gettext_lazy("Proposé le"),
    "answered": gettext_lazy("Répondu le"),
    "computed": gettext_lazy("Calculé le"),
    "method": gettext_lazy("Méthode"),
    "head": gettext_lazy("Empreinte"),
    "meeting": gettext_lazy("Rencontre"),
    "door": gettext_lazy("Inscription faite"),
    "registered": gettext_lazy("Inscrit le"),
    "cancelled": gettext_lazy("Annulé le"),
    "came": gettext_lazy("Venu le"),
    "woman": gettext_lazy("Une femme ?"),
    "young": gettext_lazy("Moins de 35 ans ?"),
    "speaks_as": gettext_lazy("Qui parle"),
    "consent": gettext_lazy("Accord"),
    "video": gettext_lazy("Vidéo"),
    "what": gettext_lazy("Quoi"),
    "cast": gettext_lazy("Voté le"),
    "president": gettext_lazy("Présidence du jury"),
    "most_readings": gettext_lazy("Lectures au plus"),
    "mandate_given": gettext_lazy("Comment l’accord a été donné"),
    "witness": gettext_lazy("Témoin"),
    "paper": gettext_lazy("Papier signé"),
    "mandate_since": gettext_lazy("Confirmé le"),
    "mandate_until": gettext_lazy("Dernier jour"),
    "mandate_ending": gettext_lazy("Pourquoi il a pris fin"),
    "invited": gettext_lazy("Invité le"),
    "visited": gettext_lazy("Jour de la visite"),
    "agreed": gettext_lazy("Ce qui a été convenu"),
    "staff_words": gettext_lazy("Gardé entre agents"),
    "between_staff": gettext_lazy("Comptes rendus avec une part gardée entre agents"),
}
# What people wrote, and codes that are the same in every language
_OWN = frozenset(
    [
        "words",
        "agreed",
        "witness",
        "paper",
        "place",
        "code",
        "edition",
        "email",
        "entry",
        "head",
        "idea",
        "meeting",
        "method",
        "name",
        "need",
        "observation",
        "organisation",
        "phone",
        "proposal",
        "reason",
        "reference",
        "staff_words",
        "summary",
        "text",
        "title",
        "version",
        "video",
    ]
)
# What only software reads: a signed file, the notebook of a partner's module
_IN_DOWNLOAD = frozenset(["suspended", "token"])
_CONTACTS = frozenset(["email", "phone"])


@dataclass(frozen=True)
class Told:
    """One thing held, as shown; `own` is what people wrote themselves, in whatever language.

    A contact runs from left to right everywhere: the plus of a number stays before it.
    """

    label: str
    text: str
    own: bool = False
    is_contact: bool = False


def readable_value(column: str, value: Any) -> str:
    """One value as text; nothing known is an em dash."""
    if value is None or value == "":
        return "—"
    if value is True:
        return _("oui")
    if value is False:
        return _("non")
    if isinstance(value, datetime):
        moment = timezone.localtime(value)
        return _("%(day)s à %(time)s") % {"day": written_date(moment), "time": f"{moment:%H:%M}"}
    words = said_in_words(column, value) if isinstance(value, str) else None
    return str(value) if words is None else words


def readable_rows(rows: list[Row]) -> list[list[Told]]:
    """Each row as labels and texts; the download has nested data, what software reads and the kind of a notice too."""
    return [
        [
            Told(
                str(_LABELS.get(column, column)),
                readable_value(column, value),
                column in _OWN,
                column in _CONTACTS,
            )
            for column, value in row.items()
            if not (
                isinstance(value, dict | list)
                or column in _IN_DOWNLOAD
                or (column == "kind" and "text" in row)
            )
        ]
        for row in rows
    ]
