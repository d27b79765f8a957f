"""The life of a request, and the closed lists it is described with."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bpc.portal.foundation.states import Move, StateTable


class Subject(models.TextChoices):
    """What help is asked about: all that a delegation reads before the request reaches it."""

    PAPERS = "papers", _("Les papiers")
    MONEY = "money", _("L’argent")
    PLAN = "plan", _("Le plan d’affaires")
    MEMBERS = "members", _("Les membres du groupe")
    TRAINING = "training", _("Se former")
    BLOCKED = "blocked", _("Une étape bloquée")
    OTHER = "other", _("Autre chose")


class RequestState(models.TextChoices):
    """waiting → answered → closed; a further question waits again; withdrawn by who asked."""

    WAITING = "waiting", _("Réponse attendue")
    ANSWERED = "answered", _("Réponse donnée")
    CLOSED = "closed", _("Close")
    WITHDRAWN = "withdrawn", _("Retirée")


class DeskKind(models.TextChoices):
    """Where the request waits; the codes are those of `ownership.Desk`."""

    ADVISOR = "advisor", _("Un conseiller")
    REGION = "region", _("La délégation de la région")
    NATIONAL = "national", _("Le guichet national")


class Why(models.TextChoices):
    """Why a request came to an owner."""

    ASKED = "asked", _("Confiée à l’arrivée")
    TRANSFERRED = "transferred", _("Confiée à une autre personne")
    SILENCE = "silence", _("Sans réponse à temps")
    ROLE_ENDED = "role_ended", _("La personne ne tient plus ce rôle")
    ABSENCE = "absence", _("La personne est absente")
    HAND_OVER = "hand_over", _("Passation de portefeuille")


class Part(models.TextChoices):
    """What a text of a request is."""

    QUESTION = "question", _("Question")
    ANSWER = "answer", _("Réponse")
    FOLLOW_UP = "follow_up", _("Question de suite")


class Unhelpful(models.TextChoices):
    """Why an answer did not help."""

    UNCLEAR = "unclear", _("Je n’ai pas compris la réponse")
    BESIDE = "beside", _("Elle ne répond pas à ma question")
    IMPOSSIBLE = "impossible", _("Je ne peux pas faire ce qu’elle dit")
    LATE = "late", _("Elle est venue trop tard")
    OTHER = "other", _("Autre raison")


class Closing(models.TextChoices):
    """Who closed a request."""

    ASKER = "asker", _("Close par la personne qui demande")
    QUIET = "quiet", _("Close après deux semaines sans suite")


class Ended(models.TextChoices):
    """Why an advisor is no longer the one chosen for a project."""

    CHANGED = "changed", _("Une autre personne a été choisie")
    HAND_OVER = "hand_over", _("Passation de portefeuille")
    DECLINED = "declined", _("Le groupe a dit non")
    ROLE_ENDED = "role_ended", _("La personne ne tient plus ce rôle")


_S = RequestState
OPEN_STATES = (_S.WAITING, _S.ANSWERED)

REQUEST_MOVES = StateTable(
    moves=(
        Move("answer request", frozenset({_S.WAITING}), _S.ANSWERED, "counsel.answer"),
        Move("ask further", frozenset({_S.ANSWERED}), _S.WAITING, "counsel.own"),
        Move("close request", frozenset({_S.ANSWERED}), _S.CLOSED, "counsel.own"),
        Move("withdraw request", frozenset(OPEN_STATES), _S.WITHDRAWN, "counsel.own"),
    ),
    timestamps={_S.ANSWERED: "answered_at", _S.CLOSED: "closed_at", _S.WITHDRAWN: "closed_at"},
)
