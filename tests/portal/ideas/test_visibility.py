"""For every role, the rule for one row and the same rule as a queryset say the same of every row."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db.models import Model

from bpc.portal.foundation.permissions import can, can_see, visible
from bpc.portal.ideas.models import Attachment, Comment, Idea, Report
from bpc.portal.ideas.states import CommentState, IdeaState
from bpc.portal.ideas.visibility import ideas_moderated_by, moderates
from bpc.portal.people.roles import Role
from tests.portal.world import ELSEWHERE, HERE, make_idea, make_user, people_of_every_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> dict[str, Any]:
    """Everybody, with an author, a commenter and a former delegate."""
    people = {**people_of_every_role(), "author": make_user(), "commenter": make_user()}
    people["former delegate"] = make_user(Role.DELEGATE)
    people["former delegate"].role_grants.update(ended_at="2026-01-01T00:00:00Z")
    return people


@pytest.fixture
def ideas(people: dict[str, Any]) -> list[Idea]:
    """Ideas in every state, in two regions, by the author, by a delegate and by nobody, each with its reactions."""
    made = []
    for state in IdeaState.values:
        for commune in (HERE, ELSEWHERE):
            for author in (people["author"], people["delegate elsewhere"], None):
                made.append(make_idea(commune, state=state, author=author))
    for idea in made:
        Attachment.objects.create(idea=idea, kind="photo", file=ContentFile(b"", name="x.jpg"), size=1)
        for comment_state in CommentState.values:
            comment = Comment.objects.create(
                idea=idea, author=people["commenter"], text="Oui", language="fr", state=comment_state
            )
            Report.objects.create(idea=idea, comment=comment, reporter=people["funder"], reason="Non")
    return made


@pytest.mark.parametrize("model", [Idea, Attachment, Comment, Report])
def test_rule_and_queryset_agree(model: type[Model], people: dict[str, Any], ideas: list[Idea]) -> None:
    rows = list(model._default_manager.all())
    assert len(rows) >= 36
    for role, person in people.items():
        by_rule = {row.pk for row in rows if can_see(person, row)}
        assert set(visible(person, model).values_list("pk", flat=True)) == by_rule, role


def test_the_queue_holds_what_the_rule_lets_moderate(people: dict[str, Any], ideas: list[Idea]) -> None:
    for role, person in people.items():
        by_rule = {idea.pk for idea in ideas if idea.state != IdeaState.DRAFT and moderates(person, idea)}
        assert set(ideas_moderated_by(person).values_list("pk", flat=True)) == by_rule, role


def test_who_moderates(people: dict[str, Any]) -> None:
    here, there = make_idea(HERE), make_idea(ELSEWHERE)
    assert {role for role, person in people.items() if can(person, "ideas.moderate", here)} == {
        "delegate",
        "administrator",
    }
    assert {role for role, person in people.items() if can(person, "ideas.moderate", there)} == {
        "delegate elsewhere",
        "administrator",
    }
    assert {role for role, person in people.items() if can(person, "ideas.moderate")} == {
        "delegate",
        "delegate elsewhere",
        "administrator",
    }


@pytest.mark.parametrize(
    ("state", "others"),
    [
        ("draft", set()),
        ("submitted", {"delegate", "administrator"}),
        ("returned", {"delegate", "administrator"}),
        ("archived", {"delegate", "administrator"}),
    ],
)
def test_what_is_not_public_is_for_its_author_and_moderators(
    state: str, others: set[str], people: dict[str, Any]
) -> None:
    idea = make_idea(state=state, author=people["author"])
    assert {role for role, person in people.items() if can_see(person, idea)} == {"author", *others}


@pytest.mark.parametrize("state", ["published", "merged"])
def test_what_is_public_is_for_everybody(state: str, people: dict[str, Any]) -> None:
    idea = make_idea(state=state)
    assert all(can_see(person, idea) for person in people.values())


def test_a_hidden_comment_is_for_who_wrote_it_and_the_moderators(people: dict[str, Any]) -> None:
    comment = Comment.objects.create(
        idea=make_idea(), author=people["commenter"], text="Non", language="fr", state="hidden"
    )
    seen_by = {role for role, person in people.items() if can_see(person, comment)}
    assert seen_by == {"commenter", "delegate", "administrator"}
