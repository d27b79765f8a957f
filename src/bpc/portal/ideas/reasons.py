"""Ready-made reasons in plain words, written to the author in the author's language."""

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

RETURN_REASONS: dict[str, str | Promise] = {
    "need": _("Expliquez un peu plus le besoin : qui le ressent, où, depuis quand ?"),
    "proposal": _("Dites plus précisément ce que vous proposez de faire."),
    "place": _("La commune choisie ne semble pas être la bonne. Vérifiez-la."),
    "private": _("Retirez les noms, numéros et adresses de personnes : l’idée sera lue par tout le monde."),
    "photo": _("Changez la photo : on y reconnaît des personnes, ou elle ne montre pas l’idée."),
    "several": _("Votre texte contient plusieurs idées. Proposez-les une par une."),
}
ARCHIVE_REASONS: dict[str, str | Promise] = {
    "off_topic": _("Ce texte ne propose pas d’activité pour une coopérative."),
    "insult": _("Le texte contient des propos que nous ne pouvons pas publier."),
    "advert": _("Le texte est une publicité."),
    "test": _("Le texte semble être un essai."),
    "outdated": _("L’idée n’est plus d’actualité."),
}
MERGE_REASONS: dict[str, str | Promise] = {
    "same": _("Une idée très proche existe déjà. Ensemble, elles ont plus de poids."),
    "part": _("Votre idée complète une idée plus large de la même région."),
}
HIDE_REASONS: dict[str, str | Promise] = {
    "insult": _("Le commentaire contient des propos blessants."),
    "private": _("Le commentaire donne des informations privées sur une personne."),
    "advert": _("Le commentaire est une publicité."),
    "off_topic": _("Le commentaire ne parle pas de cette idée."),
}


def interface_language(language: str) -> str:
    """The language in which we write to somebody who writes in `language`: theirs, else the default."""
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def compose(ready: list[str | Promise], free: str, language: str) -> str:
    """The ready-made sentences in `language`, then the moderator's own words, one paragraph each."""
    with override(interface_language(language)):
        paragraphs = [str(sentence) for sentence in ready]
    return "\n".join([*paragraphs, *([free.strip()] if free.strip() else [])])
