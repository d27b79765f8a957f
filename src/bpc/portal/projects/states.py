"""How far a project is, and the closed lists a project and its people are described with."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bpc.portal.foundation.states import Move, StateTable

FOUNDERS_NEEDED = 5  # people a cooperative needs to be created (law 112-12)


class Stage(models.TextChoices):
    """From an idea to a cooperative that grows, in this order."""

    IDEA = "idea", _("Idée")
    DESIGN = "design", _("Conception")
    CREATION = "creation", _("Création")
    LAUNCH = "launch", _("Démarrage")
    GROWTH = "growth", _("Développement")


class MemberRole(models.TextChoices):
    """What a member of the group may do with the project."""

    OWNER = "owner", _("Responsable")
    EDITOR = "editor", _("Peut modifier")
    READER = "reader", _("Peut lire")


class Function(models.TextChoices):
    """What somebody will be in the cooperative, as the group sees it today."""

    PRESIDENT = "president", _("Présidente ou président")
    VICE_PRESIDENT = "vice_president", _("Vice-présidente ou vice-président")
    TREASURER = "treasurer", _("Trésorière ou trésorier")
    SECRETARY = "secretary", _("Secrétaire")
    MANAGER = "manager", _("Gérante ou gérant")
    MEMBER = "member", _("Membre")


class Answer(models.TextChoices):
    """Yes, no, or not said: what is not known is never counted as no."""

    UNKNOWN = "unknown", _("Non précisé")
    YES = "yes", _("Oui")
    NO = "no", _("Non")


class Origin(models.TextChoices):
    """What the project started from."""

    IDEA = "idea", _("Une idée")
    MODEL = "model", _("Un modèle de projet")
    BLANK = "blank", _("Une page blanche")


# Any stage leads to any other: projects skip steps, and groups correct what they said. Named as the trail shows it.
STAGE_MOVES = StateTable(
    moves=tuple(
        Move(f"stage {target}", frozenset(set(Stage.values) - {target}), target, "projects.edit")
        for target in Stage.values
    ),
    column="stage",
)
