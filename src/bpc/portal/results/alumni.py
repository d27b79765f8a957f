"""Once support is over: what a group lets be asked and shown, and how its words reach everybody through a delegate."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from bpc.portal.foundation.page_cache import outdate
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import move
from bpc.portal.projects.actions import lock
from bpc.portal.projects.models import Project
from bpc.portal.results import notices
from bpc.portal.results.answering import NotYet, StaleResult, keep_following
from bpc.portal.results.models import Following
from bpc.portal.results.names import GENERATION
from bpc.portal.results.states import STORY_MOVES, StoryState


class ChangedMeanwhile(Exception):
    """The group changed its words, or took its agreement back, after the delegate opened them."""


@dataclass(frozen=True)
class AlumniWishes:
    """What the group agrees to once support is over. `story`: what the project became, in its own words."""

    is_over: bool
    contact: bool = False
    public: bool = False
    story: str = ""
    language: str = ""


@transaction.atomic
def set_alumni(*, project: Project, wishes: AlumniWishes, revision: int, actor: Any, at: Any) -> Following:
    """Keep what an owner agrees to, or takes back; nothing is shown of a project whose support goes on.

    Raises `NotYet` when the project has not started, `StaleResult`, `PermissionDenied`.
    """
    row = lock(project)
    check(actor, "projects.own", row)
    following = Following.objects.filter(project=row).first()
    if following is None:
        raise NotYet
    if following.revision != revision:
        raise StaleResult
    over, words = wishes.is_over, wishes.story.strip() if wishes.is_over else ""
    shows = over and wishes.public and bool(words)
    if not shows and following.story_state != StoryState.NONE:
        move(following, STORY_MOVES, "take_back", actor=actor, at=at)
    is_new = words != following.story or following.story_state == StoryState.NONE
    following.alumni_since = (following.alumni_since or timezone.localdate(at)) if over else None
    following.contact_agreed_at = (following.contact_agreed_at or at) if over and wishes.contact else None
    following.public_agreed_at = (following.public_agreed_at or at) if over and wishes.public else None
    following.story, following.language = words, wishes.language if words else ""
    agreed = {"alumni": over, "contact": over and wishes.contact, "public": over and wishes.public}
    keep_following(following, "set alumni wishes", actor, at, agreed)
    if shows and is_new:
        _hand_in(following, actor, at)
    outdate(GENERATION)
    return following


def _hand_in(following: Following, actor: Any, at: Any) -> None:
    """New words wait for a delegate; those that were online leave at once."""
    if following.story_state != StoryState.WAITING:
        move(following, STORY_MOVES, "hand_in", actor=actor, at=at)
    Following.objects.filter(pk=following.pk).update(story_reason="", story_sent_at=at)
    following.story_reason, following.story_sent_at = "", at
    notices.tell_delegates(following, at=at)


@transaction.atomic
def publish_story(*, following: Following, revision: int, actor: Any, at: Any) -> Following:
    """Show the words of a group to everybody. Raises `ChangedMeanwhile`, `IllegalMove`, `PermissionDenied`."""
    return _decide(following, "publish", revision, actor, at, "")


@transaction.atomic
def return_story(*, following: Following, revision: int, actor: Any, at: Any, reason: str) -> Following:
    """Send words back to the group, which reads `reason`; raises as `publish_story`, and `ReasonMissing`."""
    return _decide(following, "return", revision, actor, at, reason)


@transaction.atomic
def withdraw_story(*, following: Following, revision: int, actor: Any, at: Any, reason: str) -> Following:
    """Take words off the public page; the group reads `reason`. Raises as `return_story`."""
    return _decide(following, "withdraw", revision, actor, at, reason)


_NOTICES = {
    "publish": "results.story_published",
    "return": "results.story_returned",
    "withdraw": "results.story_withdrawn",
}


def _decide(following: Following, name: str, revision: int, actor: Any, at: Any, reason: str) -> Following:
    project = lock(following.project)
    row = Following.objects.select_for_update().get(pk=following.pk)
    row.project = project
    check(actor, "results.moderate", row)
    if row.revision != revision:
        raise ChangedMeanwhile(project.reference)
    move(row, STORY_MOVES, name, actor=actor, at=at, reason=reason)
    row.story_reason = reason.strip()
    row.save(update_fields=["story_reason"])
    outdate(GENERATION)
    notices.tell_owners(row, _NOTICES[name], at=at, reason=row.story_reason)
    return row
