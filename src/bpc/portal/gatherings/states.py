"""What a meeting can be, and how it moves on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bpc.portal.foundation.states import Move, StateTable


class GatheringState(models.TextChoices):
    """planned → open → held; cancelled from both of the first."""

    PLANNED = "planned", _("Annoncée")
    OPEN = "open", _("Inscriptions ouvertes")
    HELD = "held", _("Tenue")
    CANCELLED = "cancelled", _("Annulée")


class Origin(models.TextChoices):
    """Where a meeting comes from: a file of `data/`, or an organiser who announced it here."""

    FACTS = "facts", _("Relevée dans la presse")
    SITE = "site", _("Annoncée ici")


class DateStatus(models.TextChoices):
    """How the day is known."""

    REPORTED = "reported", _("Donnée par la source")
    INFERRED = "inferred", _("Déduite de la source")
    ANNOUNCED = "announced", _("Annoncée par la délégation")
    UNKNOWN = "unknown", _("Inconnue")


class PhotoConsent(models.TextChoices):
    """What whoever adds a photo states of the people on it. There is no third possibility."""

    NOBODY = "nobody", _("Personne n’y est reconnaissable")
    EVERYBODY = "everybody", _("Toutes les personnes reconnaissables ont donné leur accord")


_G = GatheringState
GATHERING_MOVES = StateTable(
    moves=(
        Move("open registration", frozenset({_G.PLANNED}), _G.OPEN, "gatherings.organise"),
        Move("close registration", frozenset({_G.OPEN}), _G.PLANNED, "gatherings.organise"),
        Move("hold gathering", frozenset({_G.PLANNED, _G.OPEN}), _G.HELD, "gatherings.organise"),
        Move(
            "cancel gathering",
            frozenset({_G.PLANNED, _G.OPEN}),
            _G.CANCELLED,
            "gatherings.organise",
            needs_reason=True,
        ),
    ),
    timestamps={_G.OPEN: "opened_at", _G.HELD: "held_at", _G.CANCELLED: "cancelled_at"},
)
