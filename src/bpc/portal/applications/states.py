"""How far an application is, what may happen to it, and the closed lists it is told with."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bpc.portal.foundation.states import Move, StateTable


class State(models.TextChoices):
    """Where an application stands."""

    PREPARING = "preparing", _("En préparation")
    SENT = "sent", _("Demande envoyée")
    MORE_ASKED = "more_asked", _("Complément demandé")
    GRANTED = "granted", _("Accordé")
    REFUSED = "refused", _("Refusé")
    PAID = "paid", _("Versé")
    ABANDONED = "abandoned", _("Abandonné")


#: One application of a project to a source runs at a time.
RUNNING = (State.PREPARING, State.SENT, State.MORE_ASKED, State.GRANTED, State.PAID)
#: Waiting for the provider.
WAITING = (State.SENT, State.MORE_ASKED)


class Step(models.TextChoices):
    """What happened to an application."""

    SEND = "send", _("Dossier envoyé")
    ASK_MORE = "ask_more", _("Complément demandé")
    ANSWER = "answer", _("Complément envoyé")
    GRANT = "grant", _("Financement accordé")
    REFUSE = "refuse", _("Demande refusée")
    PAY = "pay", _("Versement reçu")
    ABANDON = "abandon", _("Demande abandonnée")


class Refusal(models.TextChoices):
    """Why an application was refused, in the words of a closed list: reasons are counted, never names."""

    NOT_ELIGIBLE = "not_eligible", _("Le groupe ou le projet ne remplit pas une condition")
    INCOMPLETE = "incomplete", _("Dossier incomplet")
    LATE = "late", _("Dossier arrivé trop tard")
    BUDGET = "budget", _("Plus d’argent disponible cette fois")
    NOT_SELECTED = "not_selected", _("D’autres projets ont été mieux classés")
    NOT_VIABLE = "not_viable", _("Le plan ne convainc pas")
    CONTRIBUTION = "contribution", _("Apport du groupe trop faible")
    GUARANTEE = "guarantee", _("Garantie insuffisante")
    NOT_SAID = "not_said", _("Aucune raison donnée")
    OTHER = "other", _("Autre raison")


class Piece(models.TextChoices):
    """What the site writes from what it knows; the codes of `generated` in data/funding_documents.csv."""

    LETTER = "letter", _("Lettre de demande")
    SHEET = "sheet", _("Fiche du projet")
    BUDGET = "budget", _("Budget et financement")
    STATEMENT = "statement", _("Déclaration sur l’honneur")


#: In which the site writes them.
LANGUAGES = ("fr", "ar")

#: From where each step starts, and where it leads.
STEPS: dict[Step, tuple[tuple[State, ...], State]] = {
    Step.SEND: ((State.PREPARING,), State.SENT),
    Step.ASK_MORE: ((State.SENT,), State.MORE_ASKED),
    Step.ANSWER: ((State.MORE_ASKED,), State.SENT),
    Step.GRANT: ((State.SENT, State.MORE_ASKED), State.GRANTED),
    Step.REFUSE: ((State.SENT, State.MORE_ASKED), State.REFUSED),
    Step.PAY: ((State.GRANTED, State.PAID), State.PAID),
    Step.ABANDON: ((State.PREPARING, State.SENT, State.MORE_ASKED, State.GRANTED), State.ABANDONED),
}

_RIGHT = "applications.edit"

# The last step is taken back to whatever stood before it: any state leads to any other by that way.
MOVES = StateTable(
    moves=(
        *(Move(str(step), frozenset(sources), target, _RIGHT) for step, (sources, target) in STEPS.items()),
        *(
            Move(f"back to {target}", frozenset(set(State.values) - {target}), target, _RIGHT)
            for target in State.values
        ),
    )
)


def steps_from(state: str) -> tuple[Step, ...]:
    """What may happen next."""
    return tuple(step for step, (sources, _target) in STEPS.items() if state in sources)
