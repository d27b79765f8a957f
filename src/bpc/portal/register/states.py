"""What a cooperative of the register is, and what becomes of an import."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """What the register says of a cooperative's life."""

    ACTIVE = "active", _("En activité")
    DISSOLVED = "dissolved", _("Dissoute")
    UNKNOWN = "unknown", _("Situation inconnue")


class ImportState(models.TextChoices):
    """The life of an imported file: read, checked, applied, undone. `failed` keeps the reason."""

    DRAFT = "draft", _("À préparer")
    CHECKING = "checking", _("Vérification en cours")
    CHECKED = "checked", _("Vérifié, rien n’est encore changé")
    APPLYING = "applying", _("Application en cours")
    APPLIED = "applied", _("Appliqué")
    UNDOING = "undoing", _("Annulation en cours")
    UNDONE = "undone", _("Annulé")
    FAILED = "failed", _("Arrêté par une erreur")


#: What counts and is listed: dissolved cooperatives and those gone from the register only have their sheet.
PRESENT_STATUSES = (Status.ACTIVE, Status.UNKNOWN)
