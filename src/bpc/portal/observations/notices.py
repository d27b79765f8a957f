"""What the people concerned are told of a need or an opportunity, in which words, and who they are."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bpc.portal.ideas.contact_messages import (
    Correspondence,
    declare_correspondence,
    write_to_contact,
)
from bpc.portal.observations.models import Answer, Observation
from bpc.portal.people.delivery import notify
from bpc.portal.people.models import User
from bpc.portal.people.notices import declare_notice
from bpc.portal.people.roles import Role


@dataclass(frozen=True)
class _Notice:
    text: str | Promise
    page: str = "web:need"
    args: tuple[str, ...] = ("reference",)


NOTICES: dict[str, _Notice] = {
    "observation.received": _Notice(
        _(
            "Nous avons bien reçu ce que vous signalez : « %(title)s ». Son code est %(reference)s : gardez-le. "
            "La délégation de la région va le lire et vous répondra."
        )
    ),
    "observation.published": _Notice(
        _(
            "Ce que vous signalez est en ligne : « %(title)s ». Faites-le connaître : "
            "chacun peut dire qu’il le vit aussi."
        )
    ),
    "observation.returned": _Notice(
        _("Ce que vous signalez est à compléter avant d’être publié : « %(title)s ». %(reason)s"),
        "web:observation_edit",
    ),
    "observation.archived": _Notice(
        _("Ce que vous signalez est archivé, il n’est pas, ou plus, en ligne : « %(title)s ». %(reason)s"),
        "web:my_observations",
        (),
    ),
    "observation.answered": _Notice(_("Une réponse est arrivée à propos de « %(title)s ».")),
    "observation.closed": _Notice(_("« %(title)s » est clos. %(reason)s")),
    "observation.reopened": _Notice(_("« %(title)s » est rouvert : il attend de nouveau.")),
    "observation.to_moderate": _Notice(
        _("Un besoin ou une opportunité de votre région attend votre lecture : « %(title)s »."),
        "web:moderation_observation",
    ),
    "answer.hidden": _Notice(_("Votre réponse à propos de « %(title)s » est masquée. %(reason)s")),
}


def declare() -> None:
    """Called once when the app is ready."""
    for kind, notice in NOTICES.items():
        declare_notice(kind, notice.text, page=notice.page, args=notice.args)
    public = ("published", "answered", "closed", "reopened")
    declare_correspondence(
        Observation,
        Correspondence(
            "web:observation_follow",
            _("Pour la suite : « Suivre ce que j’ai signalé » sur le site, code %(reference)s."),
            frozenset(f"observation.{kind}" for kind in public),
        ),
    )


def tell_submitted(observation: Observation, *, at: Any) -> None:
    """It was handed in: its author knows it arrived, the delegates of the region that it waits."""
    tell_author(observation, "observation.received", at=at)
    delegates = User.objects.filter(
        is_active=True,
        role_grants__role=Role.DELEGATE,
        role_grants__region=observation.region_id,
        role_grants__ended_at=None,
    )
    for delegate in delegates.distinct():
        notify(user=delegate, kind="observation.to_moderate", data=_about(observation), at=at)


def tell_author(observation: Observation, kind: str, *, at: Any, reason: str = "") -> None:
    """Tell whoever told it, through the account or the contact they left."""
    data = {**_about(observation), "reason": reason}
    if observation.author is not None:
        notify(user=observation.author, kind=kind, data=data, at=at)
    else:
        write_to_contact(observation, kind, data)


def tell_concerned(
    observation: Observation, kind: str, *, at: Any, reason: str = "", but: Any = None
) -> None:
    """Tell the author and all who confirmed it, except the person who did it."""
    if observation.author_id is None or but is None or observation.author_id != but.pk:
        tell_author(observation, kind, at=at, reason=reason)
    confirming = User.objects.filter(
        is_active=True,
        pk__in=observation.confirmations.values("user"),
    ).exclude(pk__in=[pk for pk in (observation.author_id, getattr(but, "pk", None)) if pk is not None])
    for person in confirming:
        notify(user=person, kind=kind, data={**_about(observation), "reason": reason}, at=at)


def tell_of_hidden_answer(answer: Answer, *, at: Any, reason: str) -> None:
    """Tell who answered that their answer was hidden, and why."""
    if answer.by is not None:
        data = {**_about(answer.observation), "reason": reason}
        notify(user=answer.by, kind="answer.hidden", data=data, at=at)


def _about(observation: Observation) -> dict[str, str]:
    return {"reference": observation.reference, "title": observation.title}
