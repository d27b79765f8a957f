"""What a message came by, what is attached to one, what became of a mail received."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Origin(models.TextChoices):
    """How a message came."""

    SITE = "site", _("écrit sur le site")
    MAIL = "mail", _("reçu par e-mail")


class FileKind(models.TextChoices):
    """What a file is, by its content."""

    DOCUMENT = "document", _("document")
    PHOTO = "photo", _("photo")
    VOICE = "voice", _("message vocal")


class MailOutcome(models.TextChoices):
    """What became of a mail: kept as a message, or why not."""

    KEPT = "kept", "kept"
    UNADDRESSED = "unaddressed", "no address of ours, or a false one"
    AUTOMATIC = "automatic", "an answering machine, a list or a bounce"
    OTHER_SENDER = "other-sender", "sent from another address than the person's"
    CLOSED = "closed", "the person may not write in this thread any more"
    TOO_HEAVY = "too-heavy", "heavier than a mail may be"
    EMPTY = "empty", "nothing of the person's own in it"
    TOO_LONG = "too-long", "longer than a message may be"
    TOO_MANY = "too-many", "more messages than a person may send in an hour"
    UNREADABLE = "unreadable", "not a mail that can be read"
