"""Nobody is in a team without saying so: by an account, by a link, or told before somebody by a team that says it."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from bpc.portal.contests import team
from bpc.portal.contests.entry_actions import NotNow
from bpc.portal.contests.models import Entry, EntryMember
from bpc.portal.contests.states import Phase
from bpc.portal.contests.team import Person
from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.permissions import visible
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.people.models import Notification, User
from tests.portal.contests.contest_world import NOW, make_edition, make_entry
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db
Commits = Callable[..., AbstractContextManager[Any]]


def draft(author: User, phase: Phase = Phase.ENTRIES, **changes: Any) -> Entry:
    """A draft of `author`."""
    return make_entry(make_edition(phase), author, state="draft", **changes)


def test_a_link_leaves_by_email_and_its_holder_agrees_without_an_account(
    django_capture_on_commit_callbacks: Commits,
) -> None:
    author = make_user(display_name="Fatima")
    entry = draft(author)
    with django_capture_on_commit_callbacks(execute=True):
        member = team.name_member(
            entry=entry, person=Person("Aïcha", "trésorière", email="aicha@example.org"), actor=author, at=NOW
        )
    assert member.consent == "pending"
    body = mail.outbox[0].body
    assert mail.outbox[0].to == ["aicha@example.org"]
    assert "Séchoir partagé" in body
    token = re.search(r"/candidatures/accord/([^\s/]+)", body)
    assert token is not None
    found = team.member_of_token(token.group(1))
    assert found == member
    kept = team.answer_consent(member=member, agrees=True, actor=None, at=NOW)
    assert kept is not None
    assert (kept.consent, kept.door, kept.answered_at, kept.user) == ("given", "link", NOW, None)
    assert Notification.objects.get(kind="entry.agreed").data["who"] == "Aïcha"
    assert team.member_of_token(token.group(1)[:-2] + "xx") is None


def test_who_refuses_is_erased_whenever_they_refuse_and_the_lead_is_told() -> None:
    author = make_user()
    entry = draft(author)
    member = team.name_member(
        entry=entry, person=Person("Aïcha", phone="+212612345678"), actor=author, at=NOW
    )
    team.answer_consent(member=member, agrees=True, actor=None, at=NOW)
    Entry.objects.update(state="submitted", submitted_at=NOW)  # even after it was handed in
    assert team.answer_consent(member=member, agrees=False, actor=None, at=NOW) is None
    assert not EntryMember.objects.filter(name="Aïcha").exists()
    told = Notification.objects.get(user=author, kind="entry.declined")
    assert "Aïcha" not in str(told.data)
    assert not [row for row in trail_of(entry) if "Aïcha" in f"{row.data}{row.reason}"]
    with pytest.raises(EntryMember.DoesNotExist):
        team.answer_consent(member=member, agrees=True, actor=None, at=NOW)


def test_somebody_with_an_account_is_told_there_and_answers_from_it(
    django_capture_on_commit_callbacks: Commits,
) -> None:
    author, named, other = make_user(), make_user(), make_user()
    entry = draft(author)
    with django_capture_on_commit_callbacks(execute=True):
        member = team.name_member(
            entry=entry, person=Person("Ahmed", email=str(named.email)), actor=author, at=NOW
        )
    assert Notification.objects.filter(user=named, kind="entry.named").count() == 1
    assert all("/candidatures/accord/" not in message.body for message in mail.outbox)
    assert list(team.awaiting_answer(named)) == [member]
    assert not visible(named, Entry).filter(pk=entry.pk).exists()  # not before agreeing
    with pytest.raises(PermissionDenied):
        team.answer_consent(member=member, agrees=True, actor=other, at=NOW)
    team.answer_consent(member=member, agrees=True, actor=named, at=NOW)
    member.refresh_from_db()
    assert (member.user, member.door) == (named, "account")
    assert visible(named, Entry).filter(pk=entry.pk).exists()
    assert Notification.objects.filter(user=author, kind="entry.agreed").count() == 1
    assert not team.awaiting_answer(named).exists()


def test_an_agreement_told_in_person_names_its_witness_and_who_declares_it() -> None:
    author = make_user()
    entry = draft(author)
    member = team.name_member(entry=entry, person=Person("Hajja Zineb"), actor=author, at=NOW)
    assert member.asked_at is None
    told = team.declare_consent(member=member, witness="M. Idrissi, instituteur, 3 mai", actor=author, at=NOW)
    assert (told.consent, told.door, told.declared_by) == ("given", "told", author)
    assert trail_of(entry).filter(verb="declare team consent", actor=author).count() == 1
    with pytest.raises(team.Answered):
        team.declare_consent(member=member, witness="Un autre", actor=author, at=NOW)
    own = team.answer_consent(member=member, agrees=True, actor=None, at=NOW)  # then by themselves
    assert own is not None
    assert (own.door, own.witness, own.declared_by) == ("link", "", None)


def test_the_name_of_who_answered_is_theirs() -> None:
    author = make_user()
    entry = draft(author)
    member = team.name_member(
        entry=entry, person=Person("Aïcha", phone="+212612345678"), actor=author, at=NOW
    )
    team.edit_member(member=member, person=Person("Aïcha B.", phone="+212612345678"), actor=author, at=NOW)
    team.answer_consent(member=member, agrees=True, actor=None, at=NOW)
    with pytest.raises(team.Answered):
        team.edit_member(member=member, person=Person("Autre"), actor=author, at=NOW)
    lead = entry.members.get(is_lead=True)
    team.edit_member(member=lead, person=Person("Fatima", woman="yes"), actor=author, at=NOW)
    lead.refresh_from_db()
    assert (lead.name, lead.woman, lead.consent) == ("Fatima", "yes", "given")
    with pytest.raises(PermissionDenied):
        team.remove_member(member=lead, actor=author, at=NOW)


def test_a_button_pressed_twice_names_one_person() -> None:
    author = make_user()
    entry = draft(author)
    said: dict[str, Any] = {"entry": entry, "person": Person("Aïcha", phone="+212612345678"), "actor": author}
    first = team.name_member(**said, at=NOW)
    assert team.name_member(**said, at=NOW + timedelta(seconds=2)) == first
    assert entry.members.count() == 2
    with pytest.raises(team.NamedBefore):
        team.name_member(**said, at=NOW + timedelta(minutes=2))


def test_links_are_few_and_nobody_is_named_twice() -> None:
    author = make_user()
    entry = draft(author)
    member = team.name_member(
        entry=entry, person=Person("Aïcha", phone="+212612345678"), actor=author, at=NOW
    )
    with pytest.raises(team.NamedBefore):
        team.name_member(entry=entry, person=Person("Autre", phone="+212612345678"), actor=author, at=NOW)
    with pytest.raises(team.NamedBefore):
        team.name_member(entry=entry, person=Person("Moi", email=str(author.email)), actor=author, at=NOW)
    with pytest.raises(team.TooManyLinks):
        team.ask_again(member=member, actor=author, at=NOW + timedelta(hours=1))
    team.ask_again(member=member, actor=author, at=NOW + timedelta(hours=13))
    for number in range(team.MOST_MEMBERS - 2):
        team.name_member(entry=entry, person=Person(f"Personne {number}"), actor=author, at=NOW)
    with pytest.raises(team.TooManyMembers):
        team.name_member(entry=entry, person=Person("De trop"), actor=author, at=NOW)


@pytest.mark.parametrize(
    ("phase", "state", "refusal"),
    [
        (Phase.CHECKING, "draft", NotNow),
        (Phase.CANCELLED, "draft", NotNow),
        (Phase.ENTRIES, "submitted", IllegalMove),
    ],
)
def test_a_team_changes_only_while_its_entry_may(phase: Phase, state: str, refusal: type[Exception]) -> None:
    author = make_user()
    entry = make_entry(make_edition(phase), author, state=state)
    with pytest.raises(refusal):
        team.name_member(entry=entry, person=Person("Aïcha"), actor=author, at=NOW)


def test_a_link_does_not_last_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    member = draft(make_user()).members.get()
    token = team.consent_token(member)
    assert team.member_of_token(token) == member
    monkeypatch.setattr(team, "LINK_LIFETIME", timedelta(seconds=-1))
    assert team.member_of_token(token) is None
