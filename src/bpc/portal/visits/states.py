"""What a report says by a closed list: how the group stands, what help it needs, which part a text belongs to."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Need(models.TextChoices):
    """What help the group needs after the visit."""

    NONE = "none", _("Rien de particulier pour l’instant")
    FOLLOW_UP = "follow-up", _("Un suivi : revenir ou rappeler bientôt")
    BLOCKED = "blocked", _("Le groupe est bloqué")


class Mood(models.TextChoices):
    """How the visitor finds the group; kept between staff."""

    CONFIDENT = "confident", _("Confiant, le groupe avance")
    STEADY = "steady", _("Calme, sans élan particulier")
    TIRED = "tired", _("Fatigué ou découragé")
    DIVIDED = "divided", _("En désaccord entre ses membres")


class Part(models.TextChoices):
    """Who a former text was for."""

    SHARED = "shared", _("partie partagée avec le groupe")
    STAFF = "staff", _("partie gardée entre agents")


#: What was seen and said, theme by theme: a column of the report each, in the order they are read.
THEMES = {
    "path": _("Où en est le parcours"),
    "members": _("Les membres et la façon de décider"),
    "production": _("La production et le local"),
    "money": _("L’argent"),
    "difficulties": _("Les difficultés"),
}
