"""Why a row is refused, what was found in a cell, why a file cannot be read: codes into plain words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from bpc.portal.register.columns import COLUMNS
from bpc.portal.register.rows import Remark

_LABELS: dict[str, Any] = {column.code: column.label for column in COLUMNS}
_KINDS = {
    "refused": _("Ligne refusée"),
    "duplicate": _("Ligne refusée : doublon"),
    "possible": _("Ligne prise, doublon possible"),
    "remark": _("Ligne prise, avec une remarque"),
}
_REASONS = {
    "no_number": _("Le numéro au registre manque."),
    "bad_number": _("Ce n’est pas un numéro au registre : des chiffres et des lettres, 40 signes au plus."),
    "demo_number": _("Les numéros qui commencent par DEMO sont réservés à la démonstration."),
    "no_name": _("Le nom manque, en français comme en arabe."),
    "name_too_long": _("Le nom a plus de 200 signes."),
    "number_twice": _("Ce numéro est déjà plus haut dans le fichier : seule la première ligne est prise."),
    "same_name": _("Une autre coopérative du même lieu porte ce nom, sous un autre numéro."),
    "region_unclear": _(
        "La région n’est pas reconnue, ou ne va pas avec le reste : le lieu reste plus large."
    ),
    "province_unclear": _(
        "La province n’est pas reconnue, ou n’est pas dans cette région : le lieu reste plus large."
    ),
    "commune_unknown": _(
        "La commune n’est pas reconnue : la coopérative est rattachée à la province ou à la région."
    ),
    "commune_elsewhere": _(
        "La commune de ce nom est dans une autre province : la coopérative est rattachée au lieu plus large."
    ),
    "commune_ambiguous": _(
        "Plusieurs communes portent ce nom : la coopérative est rattachée au lieu plus large, sans deviner."
    ),
    "no_place": _("Le lieu n’est pas reconnu : la coopérative compte pour le pays seulement."),
    "sector_unknown": _("Aucun de nos secteurs ne correspond à cette activité : le secteur reste inconnu."),
    "activity_cut": _("L’activité a plus de 200 signes : le début est gardé."),
    "bad_date": _("Ce n’est pas une date possible : la date reste inconnue."),
    "bad_count": _("Ce n’est pas un nombre de personnes : le nombre reste inconnu."),
    "more_than_members": _("Ce nombre dépasse celui des membres : il n’est pas gardé."),
    "bad_position": _("Cette position n’est pas au Maroc : elle n’est pas gardée."),
    "status_unknown": _("Cette situation n’est pas reconnue : elle reste inconnue."),
}
_PROBLEMS = {
    "empty_file": _("Le fichier est vide."),
    "file_too_large": _("Le fichier dépasse 30 Mo."),
    "not_a_table": _("Ce fichier n’est ni un CSV ni un classeur XLSX lisible."),
    "zip_bomb": _("Ce classeur, une fois déplié, est bien plus grand que permis."),
    "too_many_rows": _("Le fichier a plus de 300 000 lignes."),
    "too_many_columns": _("Le fichier a plus de 100 colonnes."),
    "broken_row": _("Une ligne ne peut pas être lue : un guillemet n’est sans doute jamais refermé."),
    "no_rows": _("Le fichier n’a aucune ligne sous les titres."),
    "no_columns": _("Indiquez au moins la colonne du numéro et celle du nom."),
    "file_gone": _("Le fichier n’est plus là : envoyez-le de nouveau."),
    "register_changed": _("Le registre a changé depuis la vérification : vérifiez le fichier de nouveau."),
    "unexpected": _("Le travail s’est arrêté pour une raison inattendue. Rien n’a été changé ; recommencez."),
}


def reason_words(remark: Remark) -> str:
    """Why, as a sentence."""
    return str(_REASONS[remark.code])


def field_words(name: str) -> str:
    """What the column holds."""
    return str(_LABELS.get(name, name))


def kind_words(kind: str) -> str:
    """What became of the line."""
    return str(_KINDS[kind])


def problem_words(code: str) -> str:
    """Why a file could not be read or applied."""
    return str(_PROBLEMS.get(code, _PROBLEMS["unexpected"]))


def reason_of(code: str) -> str:
    """The sentence of a code, without the cell it was found in."""
    return str(_REASONS[code])
