"""What a line of a plan's trail can be."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Change(models.TextChoices):
    """How an assumption came to change."""

    EDIT = "edit", _("Modification")
    UNDO = "undo", _("Annulation")
    RESTORE = "restore", _("Retour à une version")
    REPLACE = "replace", _("Plan remplacé")
