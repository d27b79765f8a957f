"""The moves a moderator presses: the form of each, the action behind it, what is said afterwards."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.ideas import moderation
from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.states import IDEA_MOVES
from bpc.portal.web.ideas.moderation_forms import (
    ArchiveForm,
    MergeForm,
    MoveForm,
    PublishForm,
    RestoreForm,
    ReturnForm,
)


@dataclass(frozen=True)
class ModerationStep:
    """One button of the moderation page."""

    form: type[MoveForm]
    act: Callable[..., Any]
    label: str | Promise
    done: str | Promise
    icon: str
    kind: str  # of the button


STEPS: dict[str, ModerationStep] = {
    "publish": ModerationStep(
        PublishForm, moderation.publish, gettext_lazy("Publier"), gettext_lazy("L’idée est publiée."),
        "check", "primary",
    ),
    "return": ModerationStep(
        ReturnForm, moderation.return_to_author, gettext_lazy("Renvoyer à l’auteur"),
        gettext_lazy("L’idée est renvoyée à son auteur, qui a reçu vos raisons."), "arrow-next", "second",
    ),
    "merge": ModerationStep(
        MergeForm, moderation.merge, gettext_lazy("Regrouper avec une autre idée"),
        gettext_lazy("L’idée est regroupée ; ses soutiens sont reportés."), "idea", "second",
    ),
    "archive": ModerationStep(
        ArchiveForm, moderation.archive, gettext_lazy("Archiver"), gettext_lazy("L’idée est archivée."),
        "close", "danger",
    ),
    "restore": ModerationStep(
        RestoreForm, moderation.restore, gettext_lazy("Restaurer"),
        gettext_lazy("L’idée est revenue à sa place d’avant."), "check", "primary",
    ),
}  # fmt: skip

REFUSALS = (IllegalMove, moderation.ChangedMeanwhile, moderation.NotMergeable, moderation.WithdrawnByAuthor)


def possible_steps(idea: Idea) -> list[str]:
    """The moves to offer for the idea as it is; an archived one is restored, not published anew."""
    if moderation.was_withdrawn(idea):
        return []
    names = {move.name for move in IDEA_MOVES.from_state(idea.state)}
    if "restore" in names:
        names.discard("publish")
    return [name for name in STEPS if name in names]


def explain(refusal: Exception, idea: Idea) -> str:
    """Why the move was refused and what to do; `idea` is read afresh by the caller."""
    if isinstance(refusal, moderation.ChangedMeanwhile):
        return _(
            "L’auteur a modifié son idée entre-temps. Relisez-la : rien n’a été changé, vos mots sont gardés."
        )
    if isinstance(refusal, moderation.NotMergeable):
        return _("L’idée qui regroupe n’est plus publiée. Choisissez-en une autre : vos mots sont gardés.")
    if isinstance(refusal, moderation.WithdrawnByAuthor):
        return _("L’auteur a retiré son idée : elle ne peut pas être publiée à sa place.")
    return _(
        "%(who)s a traité cette idée avant vous : elle est maintenant « %(state)s ». Vos mots sont gardés."
    ) % {
        "who": last_actor(idea),
        "state": idea.get_state_display(),
    }


def perform(name: str, form: MoveForm, *, actor: Any, at: datetime) -> Exception | None:
    """Do the move a valid form asks for; return the refusal, which is shown beside the form."""
    try:
        STEPS[name].act(idea=form.idea, actor=actor, at=at, **form.arguments())
    except REFUSALS as refusal:
        return refusal
    return None


def last_actor(idea: Any) -> str:
    """Who moved it last, in words."""
    last = trail_of(idea).exclude(after="").select_related("actor").last()
    if last is None or last.actor is None:
        return _("Quelqu’un")
    return str(last.actor)
