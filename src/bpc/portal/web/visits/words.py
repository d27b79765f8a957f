"""What the pages of visits say: faults of a report, refusals, what the field page's script tells."""

from enum import Enum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpc.portal.ideas.photos import PhotoRefusal

THEME_HINTS = {
    "path": gettext_lazy("Ce qui est fait depuis la dernière fois, ce qui vient maintenant."),
    "members": gettext_lazy("Combien ils sont, comment ils décident, qui fait quoi."),
    "production": gettext_lazy("Ce qui est produit, où, avec quel matériel, pour qui."),
    "money": gettext_lazy("Les parts versées, les ventes, les comptes, ce qui manque."),
    "difficulties": gettext_lazy("Ce qui freine, dit par le groupe ou vu par vous."),
}
_LONG = gettext_lazy("Ce texte est trop long.")
_COUNT = gettext_lazy("Écrivez un nombre, ou laissez vide si personne n’a compté.")
#: (field, why) → what to do.
UNFIT: dict[tuple[str, str], Any] = {
    ("visited_on", "future"): gettext_lazy("Cette visite n’a pas encore eu lieu : vérifiez le jour et l’heure."),
    ("visited_on", "old"): gettext_lazy("Cette visite date de plus d’un an : vérifiez l’année."),
    ("place", "nowhere"): gettext_lazy("Dites où : choisissez la commune, ou écrivez le lieu."),
    ("place", "long"): _LONG,
    ("women", "number"): _COUNT,
    ("men", "number"): _COUNT,
    ("young", "number"): _COUNT,
    ("young", "more-than-all"): gettext_lazy("Les moins de 35 ans sont plus nombreux que les présents : vérifiez."),
    ("path", "nothing"): gettext_lazy("Écrivez au moins une chose vue, dite ou convenue."),
    ("blocked_on", "empty"): gettext_lazy("Dites en quelques mots ce qui bloque le groupe."),
    ("what", "empty"): gettext_lazy("Dites quoi, ou videz cette ligne."),
    ("due", "date"): gettext_lazy("Ce jour vient avant la visite, ou trop longtemps après : vérifiez."),
}  # fmt: skip
PHOTO_REFUSALS: dict[Enum, Any] = {
    PhotoRefusal.TOO_HEAVY: gettext_lazy("Cette photo est trop lourde : 15 Mo au plus."),
    PhotoRefusal.EMPTY: gettext_lazy("Ce fichier est vide."),
    PhotoRefusal.NOT_A_PHOTO: gettext_lazy("Ce fichier n’est pas une photo (JPEG, PNG ou WebP)."),
    PhotoRefusal.HEIC: gettext_lazy(
        "Cette photo est au format HEIC, que tout le monde ne lit pas. Envoyez une capture d’écran de la photo."
    ),
    PhotoRefusal.ANIMATED: gettext_lazy("Cette image bouge : envoyez une photo fixe."),
    PhotoRefusal.TOO_MANY_PIXELS: gettext_lazy("Cette photo est trop grande. Réduisez-la."),
    PhotoRefusal.DAMAGED: gettext_lazy("Cette photo est abîmée ou incomplète."),
}
WITHDRAWN = gettext_lazy(
    "Le site refuse ce compte rendu : vous ne suivez plus ce projet, ou il est archivé. "
    "Il reste sur ce téléphone : prévenez la personne qui suit le groupe, puis effacez-le."
)
OTHER_WORDS = gettext_lazy(
    "Ce compte rendu est déjà arrivé, avec d’autres mots. Corrigez-le sur le site, puis effacez celui-ci."
)
OTHER_ACCOUNT = gettext_lazy(
    "Quelqu’un d’autre est connecté sur cet appareil. Reconnectez-vous avec votre compte pour envoyer."
)
PHOTO_LATE = gettext_lazy(
    "Sept jours ont passé depuis l’arrivée du compte rendu : cette photo n’est plus acceptée."
)
PHOTO_NOT_AGREED = gettext_lazy("Le compte rendu ne dit pas que le groupe est d’accord pour les photos.")
PHOTOS_FULL = gettext_lazy("Ce compte rendu a déjà quatre photos.")


def script_words() -> dict[str, str]:
    """What the script says; counts stand after their words, so that no plural is needed."""
    return {
        "draft": _("Brouillon"),
        "ready": _("À envoyer"),
        "refused": _("Refusé par le site"),
        "photos": _("Arrivé, des photos attendent"),
        "photo_refused": _("Arrivé, une photo est refusée"),
        "arrived": _("Arrivé"),
        "no_project": _("Projet à choisir"),
        "kept": _("Gardé sur ce téléphone."),
        "offline": _("Sans réseau : tout est gardé sur ce téléphone et partira plus tard."),
        "waiting": _("En attente de réseau : %(number)s"),
        "sending": _("Envoi en cours"),
        "all_sent": _("Tout est arrivé."),
        "signin": _("Connectez-vous pour envoyer ce qui attend sur ce téléphone."),
        "will_leave": _("Gardé. Il partira dès qu’il y aura du réseau."),
        "missing": _("Complétez d’abord : %(names)s"),
        "long": _("Trop long : %(names)s"),
        "unkept": _("Ce téléphone ne garde rien : envoyez tout de suite, avec du réseau."),
        "photo_unkept": _("Il n’y a plus de place sur ce téléphone : cette photo n’est pas gardée."),
        "photos_full": str(PHOTOS_FULL),
        "remove": _("Retirer"),
        "erase": _("Ce brouillon sera effacé de ce téléphone. Continuer ?"),
        "erase_waiting": _("Ce compte rendu n’est pas arrivé. Il sera effacé pour toujours. Continuer ?"),
        "erase_all": _("Tout ce que ce téléphone garde de vos visites sera effacé. Continuer ?"),
        "erased": _("Effacé."),
        "said": _("Écrivez au moins une chose vue, dite ou convenue."),
        "new": _("Nouveau compte rendu."),
    }
