"""Exported rows as people read them: words instead of column names, dates written out."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpc.portal.people.personal_data import Row

# The words of columns that rooms share; a room may also give a label of its own as the key
_LABELS = {
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
    "direction": gettext_lazy("Sens"),
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
}


def readable_value(value: Any) -> str:
    """One value as text; nothing known is an em dash."""
    if value is None or value == "":
        return "—"
    if value is True:
        return _("oui")
    if value is False:
        return _("non")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    return str(value)


def readable_rows(rows: list[Row]) -> list[list[tuple[str, str]]]:
    """Each row as (label, text) pairs; nested data, said by a notice's text, is left to the download."""
    return [
        [
            (str(_LABELS.get(key, key)), readable_value(value))
            for key, value in row.items()
            if not isinstance(value, dict | list)
        ]
        for row in rows
    ]
