"""The one way to move: right, reason, race, date and trail."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.states import IllegalMove, ReasonMissing, move
from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.states import IDEA_MOVES, IdeaState
from bpc.portal.people.roles import Role
from tests.portal.world import ELSEWHERE, make_idea, make_user

pytestmark = pytest.mark.django_db


def test_a_move_changes_state_date_and_trail_together() -> None:
    idea, delegate, now = make_idea(state="submitted"), make_user(Role.DELEGATE), timezone.now()
    entry = move(idea, IDEA_MOVES, "publish", actor=delegate, at=now)
    stored = Idea.objects.get(pk=idea.pk)
    assert (stored.state, stored.published_at) == (IdeaState.PUBLISHED, now)
    assert (idea.state, idea.published_at) == (IdeaState.PUBLISHED, now)
    assert list(trail_of(idea)) == [entry]
    assert (entry.actor, entry.verb, entry.before, entry.after) == (
        delegate,
        "publish",
        "submitted",
        "published",
    )


def test_the_second_of_two_people_is_told() -> None:
    idea, delegate, now = make_idea(state="submitted"), make_user(Role.DELEGATE), timezone.now()
    seen_by_the_second = Idea.objects.get(pk=idea.pk)
    move(idea, IDEA_MOVES, "publish", actor=delegate, at=now)
    with pytest.raises(IllegalMove):
        move(seen_by_the_second, IDEA_MOVES, "return", actor=delegate, at=now, reason="trop tard")
    assert trail_of(idea).count() == 1


def test_without_the_right_nothing_moves() -> None:
    idea, stranger_to_the_region = make_idea(ELSEWHERE, state="submitted"), make_user(Role.DELEGATE)
    with pytest.raises(PermissionDenied):
        move(idea, IDEA_MOVES, "publish", actor=stranger_to_the_region, at=timezone.now())
    assert Idea.objects.get(pk=idea.pk).state == IdeaState.SUBMITTED
    assert not trail_of(idea)


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_a_reason_is_a_reason(reason: str) -> None:
    idea, delegate = make_idea(state="submitted"), make_user(Role.DELEGATE)
    with pytest.raises(ReasonMissing):
        move(idea, IDEA_MOVES, "return", actor=delegate, at=timezone.now(), reason=reason)
    assert Idea.objects.get(pk=idea.pk).state == IdeaState.SUBMITTED


def test_a_move_nobody_named() -> None:
    with pytest.raises(KeyError):
        move(make_idea(), IDEA_MOVES, "fly", actor=None, at=timezone.now())
