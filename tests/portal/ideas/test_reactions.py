"""Supporting, commenting, reporting: who may, once, and counted exactly."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.page_cache import generations
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.ideas import moderation, reactions
from bpc.portal.ideas.models import Comment, Idea, Report, Support
from bpc.portal.ideas.states import IdeaState
from bpc.portal.people.models import Notification
from bpc.portal.people.roles import Role
from tests.portal.world import make_idea, make_user, people_of_every_role

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def say(idea: Idea, actor: Any, text: str = "Bonne idée", **more: Any) -> Comment:
    """A comment with what is not told."""
    return reactions.comment(
        idea=idea, actor=actor, text=text, **{"language": "fr", "key": uuid4(), "at": NOW, **more}
    )


def counts(idea: Idea) -> tuple[int, int]:
    """What the row says of its supports and comments."""
    return Idea.objects.values_list("support_count", "comment_count").get(pk=idea.pk)


REACTIONS: list[Callable[[Idea, Any], Any]] = [
    lambda idea, person: reactions.support(idea=idea, actor=person, at=NOW),
    lambda idea, person: reactions.unsupport(idea=idea, actor=person),
    say,
    lambda idea, person: reactions.report(idea=idea, actor=person, reason="Publicité", at=NOW),
]


@pytest.mark.parametrize("react", REACTIONS)
def test_everybody_signed_in_reacts_to_a_published_idea(react: Callable[[Idea, Any], Any]) -> None:
    refused = set()
    for role, person in people_of_every_role().items():
        try:
            react(make_idea(), person)
        except PermissionDenied:
            refused.add(role)
    assert refused == {"stranger"}


@pytest.mark.parametrize("react", REACTIONS)
@pytest.mark.parametrize("state", [state for state in IdeaState.values if state != "published"])
def test_nobody_reacts_to_another_idea(react: Callable[[Idea, Any], Any], state: str) -> None:
    author = make_user(Role.DELEGATE)
    with pytest.raises(PermissionDenied):
        react(make_idea(state=state, author=author), author)


def test_support_counts_once_and_is_taken_back() -> None:
    idea, person, pages = make_idea(), make_user(), generations("ideas")
    assert reactions.support(idea=idea, actor=person, at=NOW) is True
    assert reactions.support(idea=idea, actor=person, at=NOW) is False
    assert counts(idea) == (1, 0)
    assert generations("ideas") != pages
    assert reactions.unsupport(idea=idea, actor=person) is True
    assert reactions.unsupport(idea=idea, actor=person) is False
    assert counts(idea) == (0, 0)
    assert trail_of(idea).count() == 0


def test_a_comment_is_shown_counted_and_told_to_the_author() -> None:
    author, reader = make_user(), make_user()
    idea = make_idea(author=author)
    comment = say(idea, reader, "فكرة ممتازة", language="ar")
    assert (comment.state, comment.language, counts(idea)) == ("shown", "ar", (0, 1))
    say(idea, author, "Merci")
    say(idea, reader, "De rien")
    told = Notification.objects.get()  # one until it is read
    assert (told.user, told.kind) == (author, "idea.commented")
    assert trail_of(comment).get().verb == "comment"


def test_the_same_form_sent_twice_leaves_one_comment() -> None:
    idea, person, key = make_idea(), make_user(), uuid4()
    assert say(idea, person, key=key) == say(idea, person, key=key)
    assert counts(idea) == (0, 1)
    other = say(idea, make_user(), key=key)
    assert other.submission_key != key
    assert counts(idea) == (0, 2)


def test_comments_in_a_hurry_are_refused_then_accepted_again() -> None:
    idea, person = make_idea(), make_user()
    for _ in range(reactions.COMMENTS_AT_ONCE):
        say(idea, person)
    with pytest.raises(reactions.TooMany):
        say(idea, person)
    say(idea, make_user())
    say(idea, person, at=NOW + reactions.COMMENT_WINDOW + timedelta(seconds=1))
    assert counts(idea) == (0, reactions.COMMENTS_AT_ONCE + 2)


def test_only_its_author_withdraws_a_comment() -> None:
    idea, author = make_idea(), make_user()
    comment = say(idea, author)
    for person in people_of_every_role().values():
        with pytest.raises(PermissionDenied):
            reactions.withdraw_comment(comment=comment, actor=person, at=NOW)
    reactions.withdraw_comment(comment=comment, actor=author, at=NOW)
    assert (comment.state, counts(idea)) == ("withdrawn", (0, 0))
    with pytest.raises(IllegalMove):
        reactions.withdraw_comment(comment=comment, actor=author, at=NOW)
    with pytest.raises(IllegalMove):
        moderation.hide_comment(comment=comment, actor=make_user(Role.DELEGATE), at=NOW, reason="Trop tard.")
    assert counts(idea) == (0, 0)


def test_one_open_report_per_person_and_thing() -> None:
    idea, person = make_idea(), make_user()
    comment = say(idea, make_user())
    first = reactions.report(idea=idea, actor=person, reason="Publicité", at=NOW)
    assert reactions.report(idea=idea, actor=person, reason="Encore", at=NOW) == first
    about = reactions.report(idea=idea, actor=person, reason="Insulte", at=NOW, about=comment)
    assert Report.objects.count() == 2
    assert (about.comment, trail_of(about).get().reason) == (comment, "Insulte")


def test_too_many_reports_in_a_day_are_refused() -> None:
    person = make_user()
    for _ in range(reactions.REPORTS_AT_ONCE):
        reactions.report(idea=make_idea(), actor=person, reason="Non", at=NOW)
    with pytest.raises(reactions.TooMany):
        reactions.report(idea=make_idea(), actor=person, reason="Non", at=NOW)


@pytest.mark.usefixtures("reference_again")
@pytest.mark.django_db(transaction=True)
def test_counters_stay_exact_when_everybody_presses_at_once() -> None:
    idea = make_idea()
    people = [make_user() for _ in range(6)]
    people.append(people[-1])  # the same person on two devices
    at_once = connection.vendor == "postgresql"  # SQLite in memory has one connection: one after the other
    failures: list[BaseException] = []

    def press(person: Any) -> None:
        try:
            for _ in range(3):
                reactions.support(idea=idea, actor=person, at=NOW)
                say(idea, person)
                reactions.unsupport(idea=idea, actor=person)
                reactions.support(idea=idea, actor=person, at=NOW)
        except BaseException as failure:
            failures.append(failure)
        finally:
            if at_once:
                connection.close()

    threads = [threading.Thread(target=press, args=[person]) for person in people]
    for thread, person in zip(threads, people, strict=True):
        thread.start() if at_once else press(person)
    for thread in threads:
        if at_once:
            thread.join()
    assert failures == []
    assert counts(idea) == (6, 21)
    assert Support.objects.filter(idea=idea).count() == 6
    assert Comment.objects.filter(idea=idea).count() == 21
