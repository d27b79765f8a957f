"""The closed lists of this room: what kinds of things are achieved, and what a check may find."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What was done; the first part of an achievement's code."""

    COURSE = "course", _("Cours")
    PATH = "path", _("Parcours de formation")
    WORKSHOP = "workshop", _("Séance de formation")
    PARTNER = "partner", _("Cours d’un partenaire")


class Verdict(StrEnum):
    """What a code or a file turns out to be."""

    VALID = "valid"
    RENEWED = "renewed"  # true still, and given again since for a newer version
    REVOKED = "revoked"
    UNKNOWN = "unknown"  # well copied, or well signed, but no award is known under it
    MISCOPIED = "miscopied"  # its check sign says that a sign is wrong
    UNREADABLE = "unreadable"  # no credential in it
    FOREIGN = "foreign"  # signed by nobody we know
    ALTERED = "altered"  # says one of our keys signed it, and that key did not sign this
    KEY_REVOKED = "key-revoked"  # signed by a key of ours that is not trusted any more
