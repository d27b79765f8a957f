"""Organisations: whoever comes and goes, somebody manages; nobody enters uninvited."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bpc.portal.foundation.audit import trail_of
from bpc.portal.people import organisation_actions as actions
from bpc.portal.people.contacts import Contact, parse_contact
from bpc.portal.people.models import Invitation, Membership, Notification, Organisation, User
from bpc.portal.people.queries import invitations_for
from bpc.portal.people.roles import Role
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def make_organisation(founder: User) -> Organisation:
    return actions.create_organisation(
        kind="cooperative", name="Tifaouine", language="fr", commune=None, actor=founder, at=NOW
    )


def join(organisation: Organisation, manager: User, newcomer: User) -> Membership:
    contact = Contact(email=newcomer.email or "")
    invitation = actions.invite(organisation=organisation, contact=contact, actor=manager, at=NOW)
    return actions.accept_invitation(invitation=invitation, actor=newcomer, at=NOW)


def test_invite_accept_leave() -> None:
    founder, newcomer = make_user(), make_user()
    organisation = make_organisation(founder)
    membership = join(organisation, founder, newcomer)
    assert not membership.is_manager
    assert not Invitation.objects.exists()
    assert Notification.objects.get(user=newcomer).data == {"organisation": "Tifaouine"}
    actions.leave_organisation(membership=membership, actor=newcomer, at=NOW)
    assert [row.user for row in organisation.memberships.all()] == [founder]
    verbs = [row.verb for row in trail_of(organisation)]
    assert verbs == ["create organisation", "invite member", "join organisation", "leave organisation"]


def test_an_invitation_reaches_who_signs_up_later_and_only_with_a_verified_number() -> None:
    founder = make_user()
    organisation = make_organisation(founder)
    actions.invite(organisation=organisation, contact=parse_contact("06 12 34 56 78"), actor=founder, at=NOW)
    later = make_user(email=None, phone="+212612345678")
    assert not invitations_for(later).exists()
    later.phone_verified = True
    invitation = invitations_for(later).get()
    actions.accept_invitation(invitation=invitation, actor=later, at=NOW)
    assert organisation.memberships.filter(user=later).exists()


def test_inviting_does_not_tell_who_has_an_account() -> None:
    founder, known = make_user(), make_user()
    organisation = make_organisation(founder)
    made = [
        actions.invite(organisation=organisation, contact=Contact(email=email), actor=founder, at=NOW)
        for email in (known.email or "", "personne@example.org")
    ]
    assert {(row.phone, row.invited_by_id) for row in made} == {(None, founder.pk)}


def test_nobody_is_invited_twice() -> None:
    founder, newcomer = make_user(), make_user()
    organisation = make_organisation(founder)
    contact = Contact(email=newcomer.email or "")
    invitation = actions.invite(organisation=organisation, contact=contact, actor=founder, at=NOW)
    with pytest.raises(actions.AlreadyMember):
        actions.invite(organisation=organisation, contact=contact, actor=founder, at=NOW)
    actions.accept_invitation(invitation=invitation, actor=newcomer, at=NOW)
    with pytest.raises(actions.AlreadyMember):
        actions.invite(organisation=organisation, contact=contact, actor=founder, at=NOW)


def test_an_invitation_taken_back_a_moment_ago_opens_nothing() -> None:
    founder, newcomer = make_user(), make_user()
    organisation = make_organisation(founder)
    contact = Contact(email=newcomer.email or "")
    invitation = actions.invite(organisation=organisation, contact=contact, actor=founder, at=NOW)
    actions.cancel_invitation(invitation=Invitation.objects.get(), actor=founder, at=NOW)
    with pytest.raises(actions.InvitationGone):
        actions.accept_invitation(invitation=invitation, actor=newcomer, at=NOW)
    assert [row.user for row in organisation.memberships.all()] == [founder]


def test_one_person_invites_so_many_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "INVITATIONS_A_DAY", 2)
    founder = make_user()
    first, second = make_organisation(founder), make_organisation(founder)
    actions.invite(organisation=first, contact=Contact(email="a@example.org"), actor=founder, at=NOW)
    taken_back = actions.invite(
        organisation=second, contact=Contact(email="a@example.org"), actor=founder, at=NOW
    )
    actions.cancel_invitation(invitation=taken_back, actor=founder, at=NOW)
    with pytest.raises(actions.TooManyInvitations):
        actions.invite(organisation=second, contact=Contact(email="b@example.org"), actor=founder, at=NOW)
    tomorrow = NOW + timedelta(days=1)
    actions.invite(organisation=second, contact=Contact(email="b@example.org"), actor=founder, at=tomorrow)


def test_strangers_and_plain_members_may_not_manage() -> None:
    founder, plain, stranger = make_user(), make_user(), make_user()
    organisation = make_organisation(founder)
    own = join(organisation, founder, plain)
    first = organisation.memberships.get(user=founder)
    invitation = actions.invite(
        organisation=organisation, contact=Contact(email="a@example.org"), actor=founder, at=NOW
    )
    for actor in (plain, stranger, make_user(Role.DELEGATE)):
        common: dict[str, Any] = {"actor": actor, "at": NOW}
        refused = [
            lambda c=common: actions.invite(
                organisation=organisation, contact=Contact(email="b@example.org"), **c
            ),
            lambda c=common: actions.remove_member(membership=first, **c),
            lambda c=common: actions.set_manager(membership=own, is_manager=True, **c),
            lambda c=common: actions.cancel_invitation(invitation=invitation, **c),
            lambda c=common: actions.accept_invitation(invitation=invitation, **c),
            lambda c=common: actions.decline_invitation(invitation=invitation, **c),
            lambda c=common: actions.leave_organisation(membership=first, **c),
        ]
        for act in refused:
            with pytest.raises(PermissionDenied):
                act()
    assert organisation.memberships.count() == 2


def test_the_last_manager_stays() -> None:
    founder, plain = make_user(), make_user()
    organisation = make_organisation(founder)
    own = organisation.memberships.get()
    with pytest.raises(actions.LastManager):
        actions.leave_organisation(membership=own, actor=founder, at=NOW)
    other = join(organisation, founder, plain)
    with pytest.raises(actions.LastManager):
        actions.set_manager(membership=own, is_manager=False, actor=founder, at=NOW)
    actions.set_manager(membership=other, is_manager=True, actor=founder, at=NOW)
    actions.leave_organisation(membership=own, actor=founder, at=NOW)
    assert [(row.user, row.is_manager) for row in organisation.memberships.all()] == [(plain, True)]


_STEP = st.tuples(
    st.sampled_from(["join", "leave", "remove", "promote", "demote"]), st.integers(0, 3), st.integers(0, 3)
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.lists(_STEP, max_size=12))
def test_after_any_history_somebody_manages(history: list[tuple[str, int, int]]) -> None:
    people = [make_user() for _number in range(4)]
    organisation = make_organisation(people[0])
    for act, actor_index, target_index in history:
        actor, target = people[actor_index], people[target_index]
        _try(act, organisation, actor, target)
        managers = organisation.memberships.filter(is_manager=True, accepted_at__isnull=False)
        assert managers.exists(), (act, history)


def _try(act: str, organisation: Organisation, actor: User, target: User) -> None:
    membership = organisation.memberships.filter(user=target).first()
    common: dict[str, Any] = {"membership": membership, "actor": actor, "at": NOW}
    try:
        if act == "join":
            join(organisation, actor, target)
        elif membership is not None and act == "leave":
            actions.leave_organisation(**common)
        elif membership is not None and act == "remove":
            actions.remove_member(**common)
        elif membership is not None:
            actions.set_manager(is_manager=act == "promote", **common)
    except (PermissionDenied, actions.LastManager, actions.AlreadyMember):
        pass
