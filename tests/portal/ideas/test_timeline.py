"""What became of an idea, as each reader may know it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils.translation import override

from bpc.portal.foundation.states import move
from bpc.portal.ideas import moderation
from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.reasons import RETURN_REASONS, compose
from bpc.portal.ideas.states import IDEA_MOVES, IdeaState
from bpc.portal.ideas.timeline import (
    author_timeline,
    last_reasons,
    moderator_timeline,
    next_step,
    public_timeline,
)
from bpc.portal.people.roles import Role
from tests.portal.world import make_idea, make_user

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
START = datetime(2026, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def life() -> Any:
    """An idea submitted, returned, submitted again, published and grouped, one step a day."""
    author, delegate = make_user(), make_user(Role.DELEGATE, display_name="Najat")
    idea, into = make_idea(state="draft", author=author), make_idea()
    move(idea, IDEA_MOVES, "submit", actor=author, at=START)
    moderation.return_to_author(idea=idea, actor=delegate, at=START + DAY, reason="Précisez le lieu.")
    move(idea, IDEA_MOVES, "submit", actor=author, at=START + 2 * DAY)
    moderation.read_contact(idea=idea, actor=delegate, at=START + 3 * DAY)
    moderation.publish(idea=idea, actor=delegate, at=START + 4 * DAY)
    moderation.merge(idea=idea, into=into, actor=delegate, at=START + 5 * DAY, reason="Même idée.")
    return Idea.objects.get(pk=idea.pk), into


def test_everybody_reads_dates_without_reasons_nor_names(life: Any) -> None:
    with override("fr"):
        steps = public_timeline(life[0])
    assert [step.label for step in steps] == [
        "Idée reçue",
        "Complétée et renvoyée par son auteur",
        "Publiée",
        "Regroupée avec une idée proche",
    ]
    assert [step.at for step in steps] == [START, START + 2 * DAY, START + 4 * DAY, START + 5 * DAY]
    assert {(step.reason, step.who) for step in steps} == {("", "")}
    assert steps[-1].reference == life[1].reference


def test_the_author_reads_the_reasons(life: Any) -> None:
    steps = author_timeline(life[0])
    assert [(step.verb, step.reason) for step in steps] == [
        ("submit", ""),
        ("return", "Précisez le lieu."),
        ("submit", ""),
        ("publish", ""),
        ("merge", "Même idée."),
    ]
    assert {step.who for step in steps} == {""}


def test_moderators_read_who_did_what_and_who_looked_at_the_contact(life: Any) -> None:
    steps = moderator_timeline(life[0])
    assert [(step.verb, step.who) for step in steps if step.who == "Najat"] == [
        ("return", "Najat"),
        ("read_contact", "Najat"),
        ("publish", "Najat"),
        ("merge", "Najat"),
    ]


def test_the_receiving_idea_tells_what_joined_it(life: Any) -> None:
    step = public_timeline(life[1])[-1]
    assert (step.verb, step.reference) == ("receive", life[0].reference)


def test_the_last_reason_of_each_idea_in_one_query(life: Any, django_assert_num_queries: Any) -> None:
    delegate = make_user(Role.DELEGATE)
    returned, published = make_idea(state="submitted"), make_idea(state="submitted")
    moderation.return_to_author(idea=returned, actor=delegate, at=START, reason="Trop court.")
    moderation.return_to_author(idea=published, actor=delegate, at=START, reason="Trop court.")
    move(published, IDEA_MOVES, "submit", actor=None, at=START + DAY)
    moderation.publish(idea=published, actor=delegate, at=START + 2 * DAY)
    with django_assert_num_queries(1):
        reasons = last_reasons([life[0], returned, published])
    assert reasons == {life[0].pk: "Même idée.", returned.pk: "Trop court."}


def test_every_state_tells_what_comes_next() -> None:
    sentences = {next_step(make_idea(state=state)) for state in IdeaState.values}
    assert len(sentences) == len(IdeaState.values)


def test_reasons_are_written_in_the_author_s_language() -> None:
    with override("ar"):
        french = compose([RETURN_REASONS["place"]], " Voir la carte. ", "fr")
    assert french == "La commune choisie ne semble pas être la bonne. Vérifiez-la.\nVoir la carte."
    assert compose([], "فقط هذا", "zgh") == "فقط هذا"
