"""The organisers of an edition invite the author of an idea to enter it; the answer is to enter, or not."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from bpc.portal.contests.entry_actions import check_phase
from bpc.portal.contests.models import Edition, Entry, IdeaInvitation
from bpc.portal.contests.notices import entries as told
from bpc.portal.contests.states import EditionState, EntryState, Phase
from bpc.portal.contests.visibility.editions import editions_organised_by
from bpc.portal.contests.visibility.entries import SHOWN_OUTCOMES
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.ideas.languages import language_of
from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.states import IdeaState


class InvitedBefore(Exception):
    """The idea was invited to this edition, or stands in it."""


class NotPublic(Exception):
    """Only ideas everybody may read are invited."""


def invite_idea(*, edition: Edition, idea: Idea, message: str, actor: Any, at: Any) -> IdeaInvitation:
    """Invite the author of a published idea, before the entries close.

    Raises `InvitedBefore`, `NotPublic`, `NotNow`, `PermissionDenied`.
    """
    check(actor, "contests.organise", edition)
    check_phase(edition, at, Phase.ANNOUNCED, Phase.ENTRIES)
    if idea.state != IdeaState.PUBLISHED:
        raise NotPublic
    if idea.entries.filter(edition=edition).exclude(state=EntryState.WITHDRAWN).exists():
        raise InvitedBefore
    try:
        with transaction.atomic():
            invitation = IdeaInvitation.objects.create(
                edition=edition, idea=idea, message=message, language=language_of(message) if message else "",
                invited_by=actor, invited_at=at,
            )  # fmt: skip
            record(
                actor=actor,
                verb="invite idea",
                obj=idea,
                at=at,
                reason=message,
                data={"edition": edition.slug},
            )
            told.tell_invited(invitation, at=at)
    except IntegrityError:
        raise InvitedBefore from None
    return invitation


def editions_to_invite(person: Any, now: Any) -> QuerySet[Edition]:
    """The editions a person organises whose entries have not closed."""
    return editions_organised_by(person).filter(state=EditionState.PUBLISHED, entries_until__gt=now)


def invitations_of(idea: Idea) -> QuerySet[IdeaInvitation]:
    """Where the idea is awaited, newest first."""
    return idea.contest_invitations.select_related("edition").order_by("-invited_at", "-pk")


def entries_of_idea(idea: Idea) -> QuerySet[Entry]:
    """The entries made from the idea, for its author."""
    return idea.entries.exclude(state=EntryState.WITHDRAWN).select_related("edition").order_by("pk")


def shown_entries_of_idea(idea: Idea) -> QuerySet[Entry]:
    """Those everybody may know of: laureates and mentions, once the results are out."""
    shown = idea.entries.filter(edition__state=EditionState.CLOSED, decision__outcome__in=SHOWN_OUTCOMES)
    return shown.select_related("edition", "decision").order_by("pk")
