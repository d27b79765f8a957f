"""Who may move an idea, what each move changes, and what it leaves behind."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.page_cache import generations
from bpc.portal.foundation.states import IllegalMove, ReasonMissing, move
from bpc.portal.ideas import moderation, reactions
from bpc.portal.ideas.models import Comment, Idea, Report, Support
from bpc.portal.ideas.states import IDEA_MOVES, IdeaState, ReportOutcome
from bpc.portal.ideas.tallies import published_count
from bpc.portal.people.models import Notification
from bpc.portal.people.roles import Role
from tests.portal.world import ELSEWHERE, HERE, make_idea, make_user, people_of_every_role

pytestmark = pytest.mark.django_db

NOW = timezone.now()
VERBS: dict[str, tuple[Any, str]] = {
    "publish": (moderation.publish, "submitted"),
    "return": (moderation.return_to_author, "submitted"),
    "archive": (moderation.archive, "published"),
    "restore": (moderation.restore, "archived"),
    "merge": (moderation.merge, "published"),
}


def act(verb: str, idea: Idea, actor: Any, **more: Any) -> Idea:
    """Call a verb with what it needs."""
    needed: dict[str, Any] = {} if verb in {"publish", "restore"} else {"reason": "Voici pourquoi."}
    if verb == "merge":
        needed["into"] = more.pop("into", None) or make_idea(idea.commune_id)
    moved: Idea = VERBS[verb][0](idea=idea, actor=actor, at=NOW, **{**needed, **more})
    return moved


def verbs_of(idea: Idea) -> list[tuple[str, str, str]]:
    """The trail, without names and dates."""
    return list(trail_of(idea).values_list("verb", "before", "after"))


@pytest.fixture
def delegate() -> Any:
    """The delegate of the region of the ideas of these tests."""
    return make_user(Role.DELEGATE)


@pytest.mark.parametrize("verb", VERBS)
def test_each_move_belongs_to_the_region_s_delegate_and_to_the_nation(verb: str) -> None:
    people = {**people_of_every_role(), "author": make_user()}
    allowed = set()
    for role, person in people.items():
        idea = make_idea(state=VERBS[verb][1], author=people["author"])
        try:
            act(verb, idea, person)
        except PermissionDenied:
            assert trail_of(idea).count() == 0
            assert Idea.objects.get(pk=idea.pk).state == VERBS[verb][1]
        else:
            allowed.add(role)
    assert allowed == {Role.DELEGATE, Role.ADMINISTRATOR}


@pytest.mark.parametrize(
    ("verb", "starts"),
    [
        ("publish", {"submitted", "archived"}),
        ("return", {"submitted"}),
        ("archive", {"submitted", "returned", "published", "merged"}),
        ("restore", {"archived"}),
        ("merge", {"submitted", "published"}),
    ],
)
def test_a_move_starts_only_where_the_table_says(verb: str, starts: set[str], delegate: Any) -> None:
    possible = set()
    for state in IdeaState.values:
        idea = make_idea(state=state)
        try:
            act(verb, idea, delegate)
        except IllegalMove:
            assert Idea.objects.get(pk=idea.pk).state == state
        else:
            possible.add(state)
    assert possible == starts


@pytest.mark.parametrize("verb", ["return", "archive", "merge"])
def test_a_reason_is_demanded(verb: str, delegate: Any) -> None:
    idea = make_idea(state="submitted")
    with pytest.raises(ReasonMissing):
        act(verb, idea, delegate, reason=" ")
    assert trail_of(idea).count() == 0


def test_the_trail_tells_the_whole_life(delegate: Any) -> None:
    author = make_user()
    idea = make_idea(state="draft", author=author)
    move(idea, IDEA_MOVES, "submit", actor=author, at=NOW)
    idea = act("return", idea, delegate, reason="Précisez le lieu.")
    move(idea, IDEA_MOVES, "submit", actor=author, at=NOW)
    for verb in ("publish", "archive", "restore", "merge"):
        idea = act(verb, idea, delegate)
    assert verbs_of(idea) == [
        ("submit", "draft", "submitted"),
        ("return", "submitted", "returned"),
        ("submit", "returned", "submitted"),
        ("publish", "submitted", "published"),
        ("archive", "published", "archived"),
        ("publish", "archived", "published"),
        ("merge", "published", "merged"),
    ]
    reasoned = trail_of(idea).get(verb="return")
    assert (reasoned.reason, reasoned.actor, reasoned.at) == ("Précisez le lieu.", delegate, NOW)


def test_publishing_counts_and_outdates_the_pages(delegate: Any) -> None:
    before, pages = published_count(HERE), generations("ideas")
    idea = act("publish", make_idea(state="submitted", published_at=None), delegate)
    assert (idea.state, idea.published_at) == ("published", NOW)
    assert published_count(HERE) == before + 1
    assert generations("ideas") != pages
    act("archive", idea, delegate)
    assert published_count(HERE) == before


def test_restoring_a_published_idea_keeps_its_first_date(delegate: Any) -> None:
    first = NOW - timedelta(days=40)
    idea = act("archive", make_idea(published_at=first), delegate)
    idea = act("restore", idea, delegate)
    assert (idea.state, idea.published_at) == ("published", first)
    assert Idea.objects.get(pk=idea.pk).published_at == first


def test_restoring_an_idea_never_published_puts_it_back_in_the_queue(delegate: Any) -> None:
    idea = act("archive", make_idea(state="submitted"), delegate)
    assert act("restore", idea, delegate).state == "submitted"


def test_an_idea_its_author_took_back_is_not_published_in_their_place(delegate: Any) -> None:
    author = make_user()
    idea = make_idea(state="submitted", author=author)
    move(idea, IDEA_MOVES, "withdraw", actor=author, at=NOW)
    for verb in ("publish", "restore"):
        with pytest.raises(moderation.WithdrawnByAuthor):
            act(verb, idea, delegate)


def test_the_second_of_two_moderators_is_told_and_changes_nothing(delegate: Any) -> None:
    seen_by_first = make_idea(state="submitted")
    seen_by_second = Idea.objects.get(pk=seen_by_first.pk)
    act("publish", seen_by_first, delegate)
    with pytest.raises(IllegalMove):
        act("return", seen_by_second, make_user(Role.ADMINISTRATOR))
    assert verbs_of(seen_by_first) == [("publish", "submitted", "published")]


def test_what_the_author_changed_meanwhile_is_read_before_it_is_published(delegate: Any) -> None:
    idea = make_idea(state="submitted", version=3)
    with pytest.raises(moderation.ChangedMeanwhile):
        act("publish", idea, delegate, seen_version=2)
    assert act("publish", idea, delegate, seen_version=3).state == "published"


def test_merging_carries_each_supporter_once(delegate: Any) -> None:
    people = [make_user() for _ in range(4)]
    idea, into = make_idea(support_count=3), make_idea(support_count=2)
    Support.objects.bulk_create(Support(idea=idea, user=person) for person in people[:3])
    Support.objects.bulk_create(Support(idea=into, user=person) for person in people[2:])
    idea = act("merge", idea, delegate, into=into)
    into.refresh_from_db()
    assert (idea.state, idea.merged_into, into.support_count) == ("merged", into, 4)
    assert set(into.supports.values_list("user", flat=True)) == {person.pk for person in people}
    assert trail_of(into).get().data == {"from": idea.reference, "supporters": 2}


def test_a_support_that_followed_is_told_and_stays_only_by_choice(delegate: Any) -> None:
    keeps, says_nothing, takes_back = (make_user() for _ in range(3))
    idea, into = make_idea(support_count=3), make_idea()
    Support.objects.bulk_create(Support(idea=idea, user=one) for one in (keeps, says_nothing, takes_back))
    idea = act("merge", idea, delegate, into=into)
    told = Notification.objects.filter(kind="support.carried", data__into=into.reference)
    assert set(told.values_list("user", flat=True)) == {keeps.pk, says_nothing.pk, takes_back.pk}
    assert reactions.keep_support(idea=into, actor=keeps)
    assert not reactions.keep_support(idea=into, actor=keeps)
    assert reactions.unsupport(idea=into, actor=takes_back)
    act("restore", act("archive", idea, delegate), delegate)
    into.refresh_from_db()
    assert (list(into.supports.values_list("user", flat=True)), into.support_count) == ([keeps.pk], 1)
    assert idea.supports.count() == 3  # behind the idea they chose, nothing was lost


def test_a_merged_idea_that_grouped_others_passes_them_on(delegate: Any) -> None:
    first, second, third = make_idea(), make_idea(), make_idea()
    act("merge", first, delegate, into=second)
    act("merge", second, delegate, into=third)
    assert set(third.merged.values_list("pk", flat=True)) == {first.pk, second.pk}


def test_a_grouped_idea_can_be_taken_off_and_put_back_on_its_own(delegate: Any) -> None:
    into = make_idea()
    idea = act("merge", make_idea(), delegate, into=into)
    idea = act("restore", act("archive", idea, delegate), delegate)
    assert (idea.state, idea.merged_into) == ("published", None)
    assert list(into.merged.all()) == []


def test_merging_needs_another_published_idea_of_one_s_region(delegate: Any) -> None:
    idea = make_idea()
    for into in (idea, make_idea(state="submitted"), make_idea(state="archived")):
        with pytest.raises(moderation.NotMergeable):
            act("merge", idea, delegate, into=into)
    with pytest.raises(PermissionDenied):
        act("merge", idea, delegate, into=make_idea(ELSEWHERE))
    assert act("merge", idea, make_user(Role.ADMINISTRATOR), into=make_idea(ELSEWHERE)).state == "merged"


@pytest.mark.parametrize(
    ("verb", "kind"),
    [
        ("publish", "idea.published"),
        ("return", "idea.returned"),
        ("merge", "idea.merged"),
        ("archive", "idea.archived"),
    ],
)
def test_the_author_is_told(verb: str, kind: str, delegate: Any) -> None:
    author = make_user()
    idea = make_idea(state="submitted", author=author)
    act(verb, idea, delegate)
    told = Notification.objects.get(user=author)
    assert (told.kind, told.data["reference"]) == (kind, idea.reference)
    assert told.data["reason"] == ("" if verb == "publish" else "Voici pourquoi.")


def test_reading_the_contact_is_written_down(delegate: Any) -> None:
    idea = make_idea(contact_name="Fatima", contact_phone="+212612345678")
    assert moderation.read_contact(idea=idea, actor=delegate, at=NOW)["phone"] == "+212612345678"
    assert (trail_of(idea).get().verb, trail_of(idea).get().actor) == ("read_contact", delegate)
    with pytest.raises(PermissionDenied):
        moderation.read_contact(idea=idea, actor=make_user(Role.ADVISOR), at=NOW)


@pytest.fixture
def comment() -> Comment:
    """One shown comment, counted."""
    return Comment.objects.create(
        idea=make_idea(comment_count=1), author=make_user(), text="Bravo", language="fr"
    )


def test_hiding_and_showing_a_comment_counts_it(comment: Comment, delegate: Any) -> None:
    moderation.hide_comment(comment=comment, actor=delegate, at=NOW, reason="Propos blessants.")
    assert Idea.objects.get(pk=comment.idea_id).comment_count == 0
    assert Notification.objects.get(user=comment.author).kind == "comment.hidden"
    with pytest.raises(IllegalMove):
        moderation.hide_comment(comment=comment, actor=delegate, at=NOW, reason="Encore.")
    moderation.show_comment(comment=comment, actor=delegate, at=NOW)
    assert Idea.objects.get(pk=comment.idea_id).comment_count == 1
    assert list(trail_of(comment).values_list("verb", flat=True)) == ["hide", "show"]


def test_hiding_belongs_to_the_idea_s_moderators(comment: Comment) -> None:
    allowed = set()
    for role, person in {**people_of_every_role(), "author": comment.author}.items():
        Comment.objects.filter(pk=comment.pk).update(state="shown")
        Idea.objects.filter(pk=comment.idea_id).update(comment_count=1)
        try:
            moderation.hide_comment(comment=comment, actor=person, at=NOW, reason="Non.")
        except PermissionDenied:
            continue
        allowed.add(role)
    assert allowed == {Role.DELEGATE, Role.ADMINISTRATOR}


def make_report(idea: Idea, comment: Comment | None = None) -> Report:
    """An open report by somebody new."""
    return Report.objects.create(
        idea=idea, comment=comment, reporter=make_user(), reason="Ce n’est pas vrai."
    )


def test_an_answer_closes_every_report_of_the_same_thing(comment: Comment, delegate: Any) -> None:
    first, second = make_report(comment.idea, comment), make_report(comment.idea, comment)
    other = make_report(comment.idea)
    closed = moderation.close_report(
        report=first, outcome=ReportOutcome.HIDDEN, actor=delegate, at=NOW, reason="Propos blessants."
    )
    assert closed == 2
    for report in (first, second):
        report.refresh_from_db()
        assert (report.outcome, report.closed_by, report.closed_at) == ("hidden", delegate, NOW)
        assert Notification.objects.get(user=report.reporter).kind == "report.hidden"
    assert Comment.objects.get(pk=comment.pk).state == "hidden"
    other.refresh_from_db()
    assert other.closed_at is None
    with pytest.raises(moderation.AlreadyClosed):
        moderation.close_report(report=second, outcome=ReportOutcome.KEPT, actor=delegate, at=NOW)


def test_a_report_of_an_idea_may_archive_it(delegate: Any) -> None:
    report = make_report(make_idea())
    with pytest.raises(IllegalMove):
        moderation.close_report(
            report=report, outcome=ReportOutcome.HIDDEN, actor=delegate, at=NOW, reason="Non."
        )
    with pytest.raises(ReasonMissing):
        moderation.close_report(report=report, outcome=ReportOutcome.ARCHIVED, actor=delegate, at=NOW)
    report.refresh_from_db()
    assert report.closed_at is None
    moderation.close_report(
        report=report, outcome=ReportOutcome.ARCHIVED, actor=delegate, at=NOW, reason="Publicité."
    )
    assert Idea.objects.get(pk=report.idea_id).state == "archived"
    assert list(trail_of(report).values_list("verb", "before", "after")) == [
        ("close_report", "open", "archived")
    ]


def test_keeping_needs_no_reason_and_changes_nothing(comment: Comment, delegate: Any) -> None:
    report = make_report(comment.idea, comment)
    moderation.close_report(report=report, outcome=ReportOutcome.KEPT, actor=delegate, at=NOW)
    assert Comment.objects.get(pk=comment.pk).state == "shown"


def test_a_delegate_elsewhere_answers_no_report() -> None:
    report = make_report(make_idea())
    with pytest.raises(PermissionDenied):
        moderation.close_report(
            report=report,
            outcome=ReportOutcome.KEPT,
            actor=make_user(Role.DELEGATE, region=ELSEWHERE[:2]),
            at=NOW,
        )


def at_once(*acts: Any) -> list[str]:
    """Run the acts together on PostgreSQL, one after the other on SQLite; the names of what they raised."""
    together = connection.vendor == "postgresql"
    raised: list[str] = []

    def run(one: Any) -> None:
        try:
            one()
        except Exception as refusal:
            raised.append(type(refusal).__name__)
        finally:
            if together:
                connection.close()

    threads = [threading.Thread(target=run, args=[one]) for one in acts]
    for thread, one in zip(threads, acts, strict=True):
        thread.start() if together else run(one)
    for thread in threads:
        if together:
            thread.join()
    return raised


@pytest.mark.usefixtures("reference_again")
@pytest.mark.django_db(transaction=True)
def test_two_moderators_at_once_leave_one_move() -> None:
    first, second = make_user(Role.DELEGATE), make_user(Role.ADMINISTRATOR)
    idea, before = make_idea(state="submitted"), published_count(HERE)
    raised = at_once(lambda: act("publish", idea, first), lambda: act("publish", idea, second))
    assert raised == ["IllegalMove"]
    assert verbs_of(idea) == [("publish", "submitted", "published")]
    assert published_count(HERE) == before + 1


@pytest.mark.usefixtures("reference_again")
@pytest.mark.django_db(transaction=True)
def test_two_merges_that_cross_leave_one_and_no_loop() -> None:
    actor, one, other = make_user(Role.ADMINISTRATOR), make_idea(), make_idea()
    raised = at_once(
        lambda: act("merge", one, actor, into=other), lambda: act("merge", other, actor, into=one)
    )
    assert raised == ["NotMergeable"]
    assert sorted(Idea.objects.values_list("state", flat=True)) == ["merged", "published"]
