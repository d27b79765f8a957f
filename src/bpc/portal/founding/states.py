"""The closed lists a creation file is described with."""

from django.db import models
from django.utils.translation import gettext_lazy as _

MOST_FOUNDERS = 200  # a group, not a register
LANGUAGES = ("fr", "ar")


class PersonKind(models.TextChoices):
    """Who joins: a natural person or a legal one (law 112-12 art. 1)."""

    NATURAL = "natural", _("Une personne")
    LEGAL = "legal", _("Une association, une coopérative ou une société")


class Office(models.TextChoices):
    """What a founder does in the first organs; empty while nobody said."""

    UNKNOWN = "", _("Pas encore dit")
    NONE = "none", _("Membre, sans fonction")
    CHAIR = "chair", _("Présidente ou président")
    VICE_CHAIR = "vice_chair", _("Vice-présidente ou vice-président")
    SECRETARY = "secretary", _("Secrétaire")
    TREASURER = "treasurer", _("Trésorière ou trésorier")
    DIRECTOR = "director", _("Administratrice ou administrateur")
    MANAGER = "manager", _("Gérante ou gérant")
    SUPERVISOR = "supervisor", _("Membre du comité de surveillance")


#: Who sits on the board of directors (law 112-12 art. 50).
ON_THE_BOARD = (Office.CHAIR, Office.VICE_CHAIR, Office.SECRETARY, Office.TREASURER, Office.DIRECTOR)
#: Who runs the cooperative, and answers the conditions of article 65.
RUNS = (*ON_THE_BOARD, Office.MANAGER)
#: The conditions of article 65 to run the cooperative, each asked of each who does.
CONDITIONS = ("civil_rights", "not_banned", "no_competing_business", "dues_paid")


class Leaving(models.TextChoices):
    """Why a member left (law 112-12 art. 18 to 21, 28); empty while one is in."""

    NOT = "", _("Est membre")
    WITHDRAWAL = "withdrawal", _("Retrait")
    EXCLUSION = "exclusion", _("Exclusion")
    TRANSFER = "transfer", _("Cession de toutes ses parts")
    DEATH = "death", _("Décès")
