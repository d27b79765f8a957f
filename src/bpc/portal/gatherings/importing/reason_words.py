"""Why a line is refused, what was found in a cell, why a file cannot be read: codes into plain words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from bpc.portal.gatherings.importing.columns import COLUMNS
from bpc.portal.register import reason_words as register_words

_LABELS: dict[str, Any] = {column.code: column.label for column in COLUMNS}
_REASONS = {
    "no_words": _("Il n’y a ni titre ni proposition."),
    "no_commune": _("La commune manque."),
    "region_unclear": _("La région n’est pas reconnue, ou ne va pas avec le reste."),
    "province_unclear": _("La province n’est pas reconnue, ou n’est pas dans cette région."),
    "commune_unknown": _("La commune n’est pas reconnue : corrigez son nom dans le fichier."),
    "commune_elsewhere": _("La commune de ce nom est dans une autre province que celle de la ligne."),
    "commune_ambiguous": _("Plusieurs communes portent ce nom : ajoutez la province dans le fichier."),
    "no_place": _("Le lieu n’est pas reconnu."),
    "outside": _("Cette commune est hors de votre région : sa délégation peut reprendre la ligne."),
    "twice": _("La même idée est déjà plus haut dans le fichier."),
    "already": _("Cette idée a déjà été reprise d’un fichier."),
    "title_made": _("Pas de titre : le début de la proposition en tient lieu."),
    "title_cut": _("Titre de plus de 120 signes : le titre entier est au début de la proposition."),
    "words_cut": _("Texte trop long : le début est gardé."),
    "sector_guessed": _("Secteur déduit des mots de la ligne."),
    "sector_unknown": _("Secteur non reconnu : l’idée est classée dans « Autre »."),
    "speaker_unknown": _("Qui parle n’est pas reconnu : l’idée est celle d’une citoyenne ou d’un citoyen."),
    "no_consent": _("Sans accord écrit dans le fichier, le nom et le contact ne sont pas gardés."),
    "bad_phone": _("Ce n’est pas un numéro de téléphone : il n’est pas gardé."),
    "bad_email": _("Ce n’est pas une adresse e-mail : elle n’est pas gardée."),
}  # fmt: skip
#: With one of these the line makes no idea.
REFUSING = frozenset({
    "no_words", "no_commune", "region_unclear", "province_unclear", "commune_unknown", "commune_elsewhere",
    "commune_ambiguous", "no_place", "outside", "twice", "already",
})  # fmt: skip
_PROBLEMS = {
    "file_too_large": _("Le fichier dépasse 5 Mo."),
    "too_many_rows": _("Le fichier a plus de 2 000 lignes : partagez-le en plusieurs."),
    "unexpected": _("La reprise s’est arrêtée pour une raison inattendue. Ce qui est déjà repris le reste."),
    "no_columns": _("Indiquez au moins la colonne de la commune, et celle du titre ou de la proposition."),
}


def reason_words(code: str) -> str:
    """Why, as a sentence."""
    return str(_REASONS[code])


def column_words(code: str) -> str:
    """What the column holds."""
    return str(_LABELS.get(code, ""))


def problem_words(code: str) -> str:
    """Why a file cannot be read."""
    return str(_PROBLEMS[code]) if code in _PROBLEMS else register_words.problem_words(code)
