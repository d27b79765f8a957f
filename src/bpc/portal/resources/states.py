"""The words a resource is told with: where its row comes from, how sure it is, and whether it is shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bpc.portal.foundation.states import Move, StateTable


class ResourceState(models.TextChoices):
    """Shown to everybody, or taken off and kept for those who keep the rows."""

    ACTIVE = "active", _("Affichée")
    RETIRED = "retired", _("Retirée")


class Origin(models.TextChoices):
    """What first wrote the row: the file of researched facts, or a delegation on the site."""

    FACTS = "facts", _("Faits relevés")
    DELEGATION = "delegation", _("Délégation")


class Confidence(models.TextChoices):
    """What the row rests on."""

    SOURCED = "sourced", _("Une source publiée le dit")
    REPORTED = "reported", _("Des personnes du lieu le disent")
    TO_VERIFY = "to_verify", _("À vérifier")


RESOURCE_MOVES = StateTable(
    moves=(
        Move(
            "retire",
            frozenset({ResourceState.ACTIVE}),
            ResourceState.RETIRED,
            "resources.keep",
            needs_reason=True,
        ),
        Move("restore", frozenset({ResourceState.RETIRED}), ResourceState.ACTIVE, "resources.keep"),
    )
)
