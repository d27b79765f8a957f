"""The demonstration ideas come once, are labelled, and go without a trace."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from bpc.portal.ideas.demo import create_demo_ideas, remove_demo_ideas
from bpc.portal.ideas.models import Idea, SearchEntry
from bpc.portal.ideas.states import IdeaState
from bpc.portal.ideas.tallies import published_count
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db


def test_created_once_and_removed() -> None:
    for role in ("holder", "cooperative", "delegate"):
        make_user(role, is_demo=True)
    made = create_demo_ideas()
    assert create_demo_ideas() == 0
    ideas = Idea.objects.all()
    assert made == ideas.count() == 14
    assert all(idea.is_demo for idea in ideas)
    assert {idea.state for idea in ideas} == {IdeaState.PUBLISHED, IdeaState.SUBMITTED, IdeaState.RETURNED}
    assert {idea.language for idea in ideas} == {"fr", "ar"}
    assert len({idea.region_id for idea in ideas}) == 12
    published = sum(idea.state == IdeaState.PUBLISHED for idea in ideas)
    assert published_count() == SearchEntry.objects.count() == published
    assert remove_demo_ideas() == made
    assert published_count() == SearchEntry.objects.count() == Idea.objects.count() == 0


def test_they_need_their_people() -> None:
    with pytest.raises(ImproperlyConfigured):
        create_demo_ideas()
