"""The closed lists of this room, and how an appointment moves on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bpc.portal.foundation.states import Move, StateTable


class Manner(models.TextChoices):
    """How two people meet."""

    PLACE = "place", _("Sur place")
    PHONE = "phone", _("Par téléphone")
    VIDEO = "video", _("En vidéo")


class Spoken(models.TextChoices):
    """What is spoken at the appointment."""

    BOTH = "both", _("Français ou arabe")
    FRENCH = "fr", _("Français")
    ARABIC = "ar", _("Arabe")
    AMAZIGH = "zgh", _("Amazighe")


class Audience(models.TextChoices):
    """Whom hours are for: the groups that let the advisor in, or anybody of the region."""

    PROJECTS = "projects", _("Les groupes qui m’ont ouvert leur projet")
    REGION = "region", _("Toute personne de la région")


class ChangeKind(models.TextChoices):
    """What differs from the weekly hours."""

    ABSENCE = "absence", _("Absence")
    EXTRA = "extra", _("Heures en plus")


class Subject(models.TextChoices):
    """What an appointment is about: one word for the advisor to prepare."""

    IDEA = "idea", _("Une idée, par où commencer")
    CREATION = "creation", _("Créer la coopérative, les papiers")
    PLAN = "plan", _("Le plan d’affaires")
    MONEY = "money", _("Trouver un financement")
    MANAGEMENT = "management", _("Gérer la coopérative, les comptes")
    MARKET = "market", _("Vendre, trouver des clients")
    OTHER = "other", _("Autre chose")


class State(models.TextChoices):
    """booked → held or missed, which one may correct into the other; or cancelled."""

    BOOKED = "booked", _("Pris")
    HELD = "held", _("Tenu")
    MISSED = "missed", _("La personne n’est pas venue")
    CANCELLED = "cancelled", _("Annulé")


_S = State
MOVES = StateTable(
    moves=(
        Move("cancel appointment", frozenset({_S.BOOKED}), _S.CANCELLED, "appointments.change"),
        Move("hold appointment", frozenset({_S.BOOKED, _S.MISSED}), _S.HELD, "appointments.conduct"),
        Move("miss appointment", frozenset({_S.BOOKED, _S.HELD}), _S.MISSED, "appointments.conduct"),
    ),
    timestamps={_S.HELD: "marked_at", _S.MISSED: "marked_at", _S.CANCELLED: "cancelled_at"},
)
