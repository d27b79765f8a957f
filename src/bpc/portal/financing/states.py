"""What becomes of a study of financing."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bpc.portal.foundation.states import Move, StateTable


class PlanState(models.TextChoices):
    """Where a study stands."""

    PROPOSED = "proposed", _("Proposée")
    ACCEPTED = "accepted", _("Acceptée")
    OUTDATED = "outdated", _("Remplacée")
    WITHDRAWN = "withdrawn", _("Retirée")


_DECIDE = "financing.decide"
FINANCING_MOVES = StateTable(
    moves=(
        Move("accept financing", frozenset({PlanState.PROPOSED}), PlanState.ACCEPTED, _DECIDE),
        Move(
            "withdraw financing",
            frozenset({PlanState.PROPOSED, PlanState.ACCEPTED}),
            PlanState.WITHDRAWN,
            _DECIDE,
        ),
        Move(
            "replace financing",
            frozenset({PlanState.PROPOSED, PlanState.ACCEPTED}),
            PlanState.OUTDATED,
            _DECIDE,
        ),
    ),
    timestamps={PlanState.ACCEPTED: "decided_at", PlanState.WITHDRAWN: "decided_at"},
)
