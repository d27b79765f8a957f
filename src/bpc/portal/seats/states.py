"""What a registration can be, and how it reached us."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RegistrationState(models.TextChoices):
    """A seat, a place in the waiting list, or none any more."""

    REGISTERED = "registered", _("Inscrite")
    WAITING = "waiting", _("En liste d’attente")
    CANCELLED = "cancelled", _("Annulée")


class RegistrationDoor(models.TextChoices):
    """How a registration reached us."""

    WEB = "web", _("Sur le site")
    PHONE = "phone", _("Par téléphone")
    SPOT = "spot", _("Sur place")
