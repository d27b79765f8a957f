"""What the room gives a person of theirs, and what stays when they leave."""

from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from bpc.portal.ideas import reactions
from bpc.portal.ideas.models import Comment, Idea, Report, Support
from bpc.portal.ideas.states import IdeaState
from bpc.portal.people.models import User
from bpc.portal.people.personal_data import Holding, holdings
from tests.portal.world import make_idea, make_user

pytestmark = pytest.mark.django_db
ROOM = ("ideas", "comments", "supports", "reports")


def of_this_room() -> dict[str, Holding]:
    """The holdings declared by the ideas room."""
    return {holding.key: holding for holding in holdings() if holding.key in ROOM}


@pytest.fixture
def salma() -> User:
    """Somebody who did one of everything."""
    return make_user(display_name="Salma")


@pytest.fixture
def liked(salma: User) -> Idea:
    """An idea Salma supported, commented on and reported."""
    idea = make_idea()
    common: dict[str, Any] = {"idea": idea, "actor": salma, "at": timezone.now()}
    reactions.support(**common)
    reactions.support(idea=idea, actor=make_user(), at=timezone.now())
    reactions.comment(**common, text="Bravo", language="fr", key=uuid4())
    reactions.report(**common, reason="Une faute")
    return idea


def test_what_is_exported(salma: User, liked: Idea) -> None:
    make_idea(author=salma, title="La mienne", state="draft")
    rows = {key: holding.rows(salma) for key, holding in of_this_room().items()}
    assert [row["title"] for row in rows["ideas"]] == ["La mienne"]
    assert [row["text"] for row in rows["comments"]] == ["Bravo"]
    assert [row["idea"] for row in rows["supports"]] == [liked.reference]
    assert [row["reason"] for row in rows["reports"]] == ["Une faute"]
    assert all(holding.rows(make_user()) == [] for holding in of_this_room().values())


def test_what_stays_when_somebody_leaves(salma: User, liked: Idea) -> None:
    for state in IdeaState.values:
        make_idea(author=salma, state=state, show_author=True)
    for holding in of_this_room().values():
        holding.forget(salma)
    assert not Idea.objects.filter(author=salma).exists()
    left = Idea.objects.exclude(pk=liked.pk)
    assert set(left.values_list("state", "show_author")) == {
        (state, False) for state in ("submitted", "published", "merged", "archived")
    }
    liked.refresh_from_db()
    assert (liked.support_count, Support.objects.filter(idea=liked).count()) == (1, 1)
    assert (liked.comment_count, Comment.objects.get().author) == (1, None)
    assert Report.objects.get().reporter is None
