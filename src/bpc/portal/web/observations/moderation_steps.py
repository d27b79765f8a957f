"""The moves a moderator presses: the form of each, the action behind it, what is said afterwards."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpc.portal.foundation.states import IllegalMove
from bpc.portal.ideas.moderation import ChangedMeanwhile, WithdrawnByAuthor
from bpc.portal.observations import moderation
from bpc.portal.observations.models import Observation
from bpc.portal.observations.states import OBSERVATION_MOVES
from bpc.portal.web.ideas.moderation_forms import MoveForm, RestoreForm
from bpc.portal.web.ideas.moderation_steps import ModerationStep, last_actor
from bpc.portal.web.observations.moderation_forms import ArchiveForm, CloseForm, PublishForm, ReturnForm

STEPS: dict[str, ModerationStep] = {
    "publish": ModerationStep(
        PublishForm, moderation.publish, gettext_lazy("Publier"), gettext_lazy("C’est en ligne."), "check", "primary"
    ),
    "return": ModerationStep(
        ReturnForm, moderation.return_to_author, gettext_lazy("Renvoyer à l’auteur"),
        gettext_lazy("C’est renvoyé à son auteur, qui a reçu vos raisons."), "arrow-next", "second",
    ),
    "close": ModerationStep(
        CloseForm, moderation.close, gettext_lazy("Clore"),
        gettext_lazy("C’est clos. Les personnes qui le suivent sont prévenues."), "check", "second",
    ),
    "reopen": ModerationStep(
        RestoreForm, moderation.reopen, gettext_lazy("Rouvrir"), gettext_lazy("C’est rouvert."), "clock", "primary"
    ),
    "archive": ModerationStep(
        ArchiveForm, moderation.archive, gettext_lazy("Archiver"), gettext_lazy("C’est archivé."), "close", "danger"
    ),
    "restore": ModerationStep(
        RestoreForm, moderation.restore, gettext_lazy("Restaurer"),
        gettext_lazy("C’est revenu à sa place d’avant."), "check", "primary",
    ),
}  # fmt: skip

REFUSALS = (IllegalMove, ChangedMeanwhile, WithdrawnByAuthor)


def possible_steps(told: Observation) -> list[str]:
    """The moves to offer as it is; what is archived is restored, not published anew."""
    if moderation.was_withdrawn(told):
        return []
    names = {move.name for move in OBSERVATION_MOVES.from_state(told.state)}
    if "restore" in names:
        names.discard("publish")
    return [name for name in STEPS if name in names]


def explain(refusal: Exception, told: Observation) -> str:
    """Why the move was refused and what to do; `told` is read afresh by the caller."""
    if isinstance(refusal, ChangedMeanwhile):
        return _(
            "L’auteur a modifié son texte entre-temps. Relisez-le : rien n’a été changé, vos mots sont gardés."
        )
    if isinstance(refusal, WithdrawnByAuthor):
        return _("L’auteur a retiré son texte : il ne peut pas être publié à sa place.")
    return _(
        "%(who)s est passé avant vous : ce texte est maintenant « %(state)s ». Vos mots sont gardés."
    ) % {"who": last_actor(told), "state": told.get_state_display()}


def perform(name: str, form: MoveForm, *, actor: Any, at: datetime) -> Exception | None:
    """Do the move a valid form asks for; return the refusal, which is shown beside the form."""
    try:
        STEPS[name].act(observation=form.idea, actor=actor, at=at, **form.arguments())
    except REFUSALS as refusal:
        return refusal
    return None
