"""The life of a need or an opportunity, and the closed lists it is described with."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bpc.portal.foundation.states import Move, StateTable
from bpc.portal.ideas.states import CommentState


class Kind(models.TextChoices):
    """What is told: something that lacks, or something that could be made the most of."""

    NEED = "need", _("Besoin")
    OPPORTUNITY = "opportunity", _("Opportunité")


class ObservationState(models.TextChoices):
    """submitted → published → answered → closed; or returned, archived."""

    DRAFT = "draft", _("Brouillon")  # only while it is being written down
    SUBMITTED = "submitted", _("En cours d’examen")
    RETURNED = "returned", _("Renvoyé à son auteur")
    PUBLISHED = "published", _("Publié, en attente de réponse")
    ANSWERED = "answered", _("A reçu une réponse")
    CLOSED = "closed", _("Clos")
    ARCHIVED = "archived", _("N’est pas en ligne")


class Closing(models.TextChoices):
    """Why a need or an opportunity is closed."""

    SOLVED = "solved", _("C’est réglé, ou réalisé")
    OVER = "over", _("Ce n’est plus vrai")
    DUPLICATE = "duplicate", _("C’est déjà signalé ailleurs")


_S = ObservationState
# What everybody may read; and what is still so today, which counts say by itself.
PUBLIC_STATES = (_S.PUBLISHED, _S.ANSWERED, _S.CLOSED)
OPEN_STATES = (_S.PUBLISHED, _S.ANSWERED)

OBSERVATION_MOVES = StateTable(
    moves=(
        Move("submit", frozenset({_S.DRAFT, _S.RETURNED}), _S.SUBMITTED, "observations.edit"),
        Move("publish", frozenset({_S.SUBMITTED, _S.ARCHIVED}), _S.PUBLISHED, "observations.moderate"),
        Move("return", frozenset({_S.SUBMITTED}), _S.RETURNED, "observations.moderate", needs_reason=True),
        Move("answer", frozenset({_S.PUBLISHED}), _S.ANSWERED, "observations.moderate"),
        Move(
            "close",
            frozenset({_S.PUBLISHED, _S.ANSWERED}),
            _S.CLOSED,
            "observations.close",
            needs_reason=True,
        ),
        # back to what it was before it was closed
        Move("reopen", frozenset({_S.CLOSED}), _S.PUBLISHED, "observations.moderate"),
        Move("reopen_answered", frozenset({_S.CLOSED}), _S.ANSWERED, "observations.moderate"),
        Move(
            "archive",
            frozenset({_S.SUBMITTED, _S.RETURNED, *PUBLIC_STATES}),
            _S.ARCHIVED,
            "observations.moderate",
            needs_reason=True,
        ),
        # one archived before it was ever published goes back to the queue
        Move("restore", frozenset({_S.ARCHIVED}), _S.SUBMITTED, "observations.moderate"),
        Move("withdraw", frozenset({_S.SUBMITTED, _S.RETURNED}), _S.ARCHIVED, "observations.withdraw"),
    ),
    # `published_at` and `answered_at` tell the first time: the actions write them
    timestamps={_S.SUBMITTED: "submitted_at", _S.CLOSED: "closed_at"},
)

ANSWER_MOVES = StateTable(
    moves=(
        Move(
            "hide",
            frozenset({CommentState.SHOWN}),
            CommentState.HIDDEN,
            "observations.moderate_answer",
            needs_reason=True,
        ),
        Move("show", frozenset({CommentState.HIDDEN}), CommentState.SHOWN, "observations.moderate_answer"),
        Move(
            "withdraw",
            frozenset({CommentState.SHOWN}),
            CommentState.WITHDRAWN,
            "observations.withdraw_answer",
        ),
    ),
)
