"""Ready-made reasons in plain words, written to the author in the author's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

RETURN_REASONS: dict[str, str | Promise] = {
    "precise": _("Dites-en un peu plus : qui le vit, où, depuis quand ?"),
    "place": _("La commune choisie ne semble pas être la bonne. Vérifiez-la."),
    "category": _("Le sujet choisi ne semble pas être le bon. Vérifiez-le."),
    "private": _("Retirez les noms, numéros et adresses de personnes : tout le monde pourra lire ce texte."),
    "photo": _("Changez la photo : on y reconnaît des personnes, ou elle ne montre pas ce que vous dites."),
    "several": _("Votre texte parle de plusieurs choses. Signalez-les une par une."),
}
ARCHIVE_REASONS: dict[str, str | Promise] = {
    "off_topic": _("Ce texte ne parle ni d’un besoin ni d’une opportunité de ce territoire."),
    "insult": _("Le texte contient des propos que nous ne pouvons pas publier."),
    "advert": _("Le texte est une publicité."),
    "test": _("Le texte semble être un essai."),
    "same": _("C’est déjà signalé : rejoignez celui qui est en ligne en le confirmant."),
}
HIDE_REASONS: dict[str, str | Promise] = {
    "insult": _("La réponse contient des propos blessants."),
    "private": _("La réponse donne des informations privées sur une personne."),
    "advert": _("La réponse est une publicité."),
    "off_topic": _("La réponse ne répond pas à ce qui est signalé."),
}
