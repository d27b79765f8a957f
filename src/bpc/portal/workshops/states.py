"""The closed lists of this room, and how a session moves on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bpc.portal.foundation.states import Move, StateTable

HOLD = "workshops.hold"


class WorkshopState(models.TextChoices):
    """draft → announced → held; cancelled from both of the first."""

    DRAFT = "draft", _("Brouillon")
    ANNOUNCED = "announced", _("Annoncée")
    HELD = "held", _("Tenue")
    CANCELLED = "cancelled", _("Annulée")


class Audience(models.TextChoices):
    """Whom a session is for."""

    ALL = "all", _("Ouverte à tous")
    COOPERATIVE = "cooperative", _("Pour une coopérative")


class Spoken(models.TextChoices):
    """What is spoken in the room."""

    FRENCH = "fr", _("Français")
    ARABIC = "ar", _("Arabe")
    AMAZIGH = "zgh", _("Amazighe")


class Moment(models.TextChoices):
    """When somebody who asks for a session could come."""

    MORNING = "morning", _("En semaine, le matin")
    AFTERNOON = "afternoon", _("En semaine, l’après-midi")
    EVENING = "evening", _("Le soir")
    WEEKEND = "weekend", _("Le samedi ou le dimanche")


class AskState(models.TextChoices):
    """A request waits, until it is met by a session, taken back, or a year old."""

    WAITING = "waiting", _("En attente")
    MET = "met", _("Satisfaite")
    WITHDRAWN = "withdrawn", _("Retirée")
    LAPSED = "lapsed", _("Trop ancienne")


class Face(models.IntegerChoices):
    """What one thinks, as a face."""

    SAD = 1, _("Non")
    SO_SO = 2, _("Un peu")
    HAPPY = 3, _("Oui")


_W = WorkshopState
WORKSHOP_MOVES = StateTable(
    moves=(
        Move("announce workshop", frozenset({_W.DRAFT}), _W.ANNOUNCED, HOLD),
        Move("hold workshop", frozenset({_W.ANNOUNCED}), _W.HELD, HOLD),
        Move("cancel workshop", frozenset({_W.DRAFT, _W.ANNOUNCED}), _W.CANCELLED, HOLD, needs_reason=True),
    ),
    timestamps={_W.ANNOUNCED: "announced_at", _W.HELD: "held_at", _W.CANCELLED: "cancelled_at"},
)
