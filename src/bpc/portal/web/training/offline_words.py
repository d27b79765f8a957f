"""What the pages of courses on a telephone say through their scripts. Counts stand after their words: no plural."""

from django.utils.translation import gettext as _

from bpc.portal.foundation.writing import written_number


def refusal_words(reason: str) -> str:
    """Why something done on a device was not taken, from the code of the reason."""
    words = {
        "lesson": _("Ce cours n’a pas cette leçon."),
        "question": _("Cette leçon n’a pas cette question."),
        "answer": _("Cette réponse ne va pas avec la question."),
    }
    return words.get(reason) or _("Le site n’a pas compris ce que ce téléphone a envoyé.")


def written_size(size: int) -> str:
    """A number of bytes in millions, as the pages' scripts write it."""
    return _("%(number)s Mo") % {"number": written_number(size / 1e6, 1)}


def script_words() -> dict[str, str]:
    """By the name its script knows."""
    return {**_pack_words(), **_sending_words(), **_learning_words()}


def _pack_words() -> dict[str, str]:
    return {
        "not_taken": _("Ce cours n’est pas sur ce téléphone."),
        "taken": _("Sur ce téléphone depuis le %(day)s, version %(version)s : %(size)s."),
        "take": _("Emporter ce cours (%(size)s)"),
        "update": _("Mettre à jour (%(size)s)"),
        "is_new": _("Une nouvelle version est sortie. Ce que vous avez fait reste gardé."),
        "taking": _("Emporté : %(done)s sur %(total)s"),
        "took": _("C’est fait : ce cours s’ouvre désormais sans réseau."),
        "cut": _("Le réseau s’est coupé : rien n’est perdu, recommencez quand il revient."),
        "no_room": _("Il n’y a plus assez de place sur ce téléphone."),
        "no_keeping": _("Ce navigateur ne peut rien garder : n’utilisez pas la navigation privée."),
        "drop": _("Le cours sera retiré de ce téléphone. Ce que vous avez fait reste gardé. Continuer ?"),
        "dropped": _("Le cours est retiré de ce téléphone."),
        "room": _("Utilisé par ce site : %(used)s. Place restante : environ %(free)s."),
        "stays": _("Le téléphone ne l’effacera pas de lui-même."),
        "may_go": _("Si la place manque, le téléphone pourrait l’effacer : revenez de temps en temps."),
        "kilobytes": _("%(number)s ko"),
        "megabytes": _("%(number)s Mo"),
        "none_taken": _("Aucun cours n’est encore sur ce téléphone."),
        "up_to_date": _("à jour"),
        "behind": _("nouvelle version"),
    }


def _sending_words() -> dict[str, str]:
    return {
        "waiting": _("Gardé sur ce téléphone, à envoyer : %(number)s"),
        "sending": _("Envoi en cours : %(number)s"),
        "sent": _("Tout est arrivé sur le site."),
        "signin": _("Connectez-vous avec votre compte pour envoyer ce qui attend : %(number)s"),
        "full": _("Ce cours a trop de réponses : le site n’en prend plus. Demandez de l’aide."),
        "unkept": _("Ce téléphone ne peut pas garder votre réponse : faites de la place, puis recommencez."),
    }


def _learning_words() -> dict[str, str]:
    return {
        "done": _("faite"),
        "begun": _("commencée"),
        "progress": _("Leçons faites : %(done)s sur %(all)s"),
        "finished": _("Vous avez terminé ce cours."),
        "to_review": _("À revoir aujourd’hui : %(number)s"),
        "nothing_to_review": _("Rien à revoir aujourd’hui"),
        "right": _("Juste"),
        "wrong": _("Pas encore"),
        "score": _("Réponses justes : %(right)s sur %(all)s."),
        "lesson_done": _("Cette leçon est faite."),
        "exercise_left": _("Il reste l’exercice."),
        "try_again": _("Relisez les explications et répondez de nouveau."),
        "questions_left": _("Il reste des questions."),
        "choose": _("Donnez d’abord une réponse."),
        "not_a_number": _("Ce n’est pas un nombre : écrivez-le en chiffres, par exemple 1200 ou 12,5."),
        "kept": _("Votre exercice est gardé."),
        "unknown": _("pas encore connu"),
        "amount": _("%(amount)s MAD"),
    }
