"""Words of alumni: who moves them from the group to everybody and back; and why results differ from a plan."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bpc.portal.foundation.states import Move, StateTable


class StoryState(models.TextChoices):
    """Where the words of a group are; none while it does not agree to show them."""

    NONE = "", _("non proposées")
    WAITING = "waiting", _("à lire par la délégation")
    PUBLISHED = "published", _("en ligne")
    RETURNED = "returned", _("à reprendre")
    WITHDRAWN = "withdrawn", _("retirées par la délégation")


_TELL, _MODERATE = "results.tell", "results.moderate"
STORY_MOVES = StateTable(
    moves=(
        Move(
            "hand_in",
            frozenset({StoryState.NONE, StoryState.PUBLISHED, StoryState.RETURNED, StoryState.WITHDRAWN}),
            StoryState.WAITING,
            _TELL,
        ),
        Move("take_back", frozenset(StoryState) - {StoryState.NONE}, StoryState.NONE, _TELL),
        Move("publish", frozenset({StoryState.WAITING, StoryState.WITHDRAWN}), StoryState.PUBLISHED, _MODERATE),
        Move("return", frozenset({StoryState.WAITING}), StoryState.RETURNED, _MODERATE, needs_reason=True),
        Move("withdraw", frozenset({StoryState.PUBLISHED}), StoryState.WITHDRAWN, _MODERATE, needs_reason=True),
    ),
    timestamps={
        StoryState.WAITING: "story_sent_at",
        StoryState.PUBLISHED: "story_decided_at",
        StoryState.RETURNED: "story_decided_at",
        StoryState.WITHDRAWN: "story_decided_at",
    },
    column="story_state",
)  # fmt: skip


class Cause(models.TextChoices):
    """Why a period went otherwise than planned, for better or worse; one word that advisors can count."""

    BUYERS = "buyers", _("les acheteurs : plus ou moins nombreux que prévu")
    PRICE = "price", _("les prix de vente")
    HARVEST = "harvest", _("la récolte, l’eau ou la matière première")
    MONEY = "money", _("l’argent : une aide ou un crédit arrivé tard")
    EQUIPMENT = "equipment", _("le matériel ou le local")
    PEOPLE = "people", _("les membres : arrivés, partis, absents")
    PAPERS = "papers", _("les papiers : autorisation, registre, banque")
    PLAN = "plan", _("le plan n’était pas juste")
    OTHER = "other", _("autre chose")
