"""Whoever comes and goes, somebody decides; nobody enters uninvited, and an advisor by consent only."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bpc.portal.foundation.audit import trail_of
from bpc.portal.people.contacts import Contact, parse_contact
from bpc.portal.people.models import Notification, User
from bpc.portal.people.roles import Role
from bpc.portal.projects import sharing
from bpc.portal.projects.models import AdvisorAccess, Project, ProjectInvitation, ProjectMember
from bpc.portal.projects.states import MemberRole
from bpc.portal.projects.visibility import invitations_for
from tests.portal.projects.project_world import NOW, join, make_group, make_project
from tests.portal.world import ELSEWHERE, make_user

pytestmark = pytest.mark.django_db


def contact_of(user: User) -> Contact:
    return Contact(email=user.email or "")


def invited(project: Project, owner: User, guest: User, role: str = "reader") -> ProjectInvitation:
    return sharing.invite(project=project, contact=contact_of(guest), role=role, actor=owner, at=NOW)


def test_invite_accept_leave() -> None:
    owner, guest = make_user(), make_user()
    project = make_project(owner)
    invitation = invited(project, owner, guest, "editor")
    member = sharing.accept_invitation(invitation=invitation, actor=guest, at=NOW)
    assert (member.role, ProjectInvitation.objects.count()) == (MemberRole.EDITOR, 0)
    assert Notification.objects.get(user=guest).data == {"title": project.name}
    assert Notification.objects.get(user=owner).kind == "project.joined"
    sharing.leave_project(member=member, actor=guest, at=NOW)
    assert [row.user for row in project.members.all()] == [owner]
    assert [entry.verb for entry in trail_of(project)] == [
        "create project", "invite to project", "join project", "leave project",
    ]  # fmt: skip


def test_an_invitation_reaches_who_signs_up_later_and_only_with_a_verified_number() -> None:
    owner = make_user()
    project = make_project(owner)
    contact = parse_contact("06 12 34 56 78")
    sharing.invite(project=project, contact=contact, role="reader", actor=owner, at=NOW)
    later = make_user(email=None, phone="+212612345678")
    assert not invitations_for(later).exists()
    later.phone_verified = True
    sharing.accept_invitation(invitation=invitations_for(later).get(), actor=later, at=NOW)
    assert project.members.filter(user=later).exists()


def test_only_the_person_invited_answers_and_only_once() -> None:
    owner, guest, other = make_user(), make_user(), make_user()
    project = make_project(owner)
    invitation = invited(project, owner, guest)
    for answer in (sharing.accept_invitation, sharing.decline_invitation):
        with pytest.raises(PermissionDenied):
            answer(invitation=invitation, actor=other, at=NOW)
    sharing.decline_invitation(invitation=invitation, actor=guest, at=NOW)
    with pytest.raises(sharing.InvitationGone):
        sharing.accept_invitation(invitation=invitation, actor=guest, at=NOW)
    assert project.members.count() == 1


def test_nobody_is_invited_twice_nor_too_many_in_a_day() -> None:
    owner, guest = make_user(), make_user()
    project = make_project(owner)
    invitation = invited(project, owner, guest)
    with pytest.raises(sharing.AlreadyMember):
        invited(project, owner, guest)
    sharing.accept_invitation(invitation=invitation, actor=guest, at=NOW)
    with pytest.raises(sharing.AlreadyMember):
        invited(project, owner, guest)
    for number in range(sharing.INVITATIONS_A_DAY - 1):
        contact = Contact(email=f"ami{number}@example.org")
        made = sharing.invite(project=project, contact=contact, role="reader", actor=owner, at=NOW)
        sharing.cancel_invitation(invitation=made, actor=owner, at=NOW)
    last = Contact(email="encore@example.org")
    with pytest.raises(sharing.TooManyInvitations):
        sharing.invite(project=project, contact=last, role="reader", actor=owner, at=NOW)
    tomorrow = NOW + timedelta(days=1, seconds=1)
    assert sharing.invite(project=project, contact=last, role="reader", actor=owner, at=tomorrow)


def test_the_last_owner_stays_until_another_is_named() -> None:
    group = make_group()
    owner = group.inside["owner"]
    own = group.project.members.get(user=owner)
    with pytest.raises(sharing.LastOwner):
        sharing.leave_project(member=own, actor=owner, at=NOW)
    with pytest.raises(sharing.LastOwner):
        sharing.set_role(member=own, role="editor", actor=owner, at=NOW)
    with pytest.raises(sharing.LastOwner):
        sharing.remove_member(member=own, actor=owner, at=NOW)
    editor = group.project.members.get(user=group.inside["editor"])
    sharing.set_role(member=editor, role="owner", actor=owner, at=NOW)
    sharing.leave_project(member=own, actor=owner, at=NOW)
    assert not group.project.members.filter(user=owner).exists()


def test_an_owner_whose_account_is_closed_does_not_count() -> None:
    group = make_group()
    ghost = make_user()
    join(group.project, ghost, MemberRole.OWNER)
    User.objects.filter(pk=ghost.pk).update(is_active=False)
    own = group.project.members.get(user=group.inside["owner"])
    with pytest.raises(sharing.LastOwner):
        sharing.leave_project(member=own, actor=group.inside["owner"], at=NOW)


def _acts() -> dict[str, Callable[[Any, Any], Any]]:
    """Each verb of sharing, on a group, by a person."""
    return {
        "invite": lambda group, person: sharing.invite(
            project=group.project, contact=Contact(email="a@example.org"), role="reader", actor=person, at=NOW
        ),
        "set role": lambda group, person: sharing.set_role(
            member=group.project.members.get(user=group.inside["reader"]), role="owner", actor=person, at=NOW
        ),
        "remove": lambda group, person: sharing.remove_member(
            member=group.project.members.get(user=group.inside["editor"]), actor=person, at=NOW
        ),
        "let in": lambda group, person: sharing.grant_advisor(
            project=group.project, advisor=group.outside["other advisor"], actor=person, at=NOW
        ),
        "shut out": lambda group, person: sharing.end_advisor(
            access=AdvisorAccess.objects.get(project=group.project), actor=person, at=NOW
        ),
        "cancel": lambda group, person: sharing.cancel_invitation(
            invitation=invited(group.project, group.inside["owner"], make_user()), actor=person, at=NOW
        ),
    }


@pytest.mark.parametrize("act", sorted(_acts()))
def test_sharing_is_the_owners(act: str) -> None:
    for role in make_group().everybody:
        group = make_group()
        if role == "owner":
            _acts()[act](group, group.inside["owner"])
        else:
            with pytest.raises(PermissionDenied):
                _acts()[act](group, group.everybody[role])


def test_a_member_leaves_for_oneself_only() -> None:
    group = make_group()
    member = group.project.members.get(user=group.inside["reader"])
    for role, person in group.everybody.items():
        if role not in {"reader", "stranger"}:
            with pytest.raises(PermissionDenied):
                sharing.leave_project(member=member, actor=person, at=NOW)


def test_consent_names_an_advisor_of_the_region() -> None:
    owner = make_user()
    project = make_project(owner)
    for wrong in (make_user(), make_user(Role.DELEGATE), make_user(Role.ADVISOR, region=ELSEWHERE[:2])):
        with pytest.raises(sharing.NotAnAdvisor):
            sharing.grant_advisor(project=project, advisor=wrong, actor=owner, at=NOW)
    advisor = make_user(Role.ADVISOR)
    access = sharing.grant_advisor(project=project, advisor=advisor, actor=owner, at=NOW)
    assert sharing.grant_advisor(project=project, advisor=advisor, actor=owner, at=NOW) == access
    later = NOW + timedelta(days=3)
    sharing.end_advisor(access=access, actor=owner, at=later)
    sharing.end_advisor(access=access, actor=owner, at=later + timedelta(days=1))
    stored = AdvisorAccess.objects.get()
    assert (stored.granted_by, stored.granted_at, stored.ended_at) == (owner, NOW, later)
    again = sharing.grant_advisor(project=project, advisor=advisor, actor=owner, at=later)
    assert again != access
    assert [entry.verb for entry in trail_of(project)] == [
        "create project", "grant advisor access", "end advisor access", "grant advisor access",
    ]  # fmt: skip
    with transaction.atomic(), pytest.raises(IntegrityError):
        AdvisorAccess.objects.create(project=project, advisor=advisor)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(
            st.integers(0, 3), st.integers(0, 3), st.sampled_from(["leave", "remove", *MemberRole.values])
        ),
        max_size=12,
    )
)
def test_an_owner_always_remains(steps: list[tuple[int, int, str]]) -> None:
    with transaction.atomic():
        people = [make_user() for _ in range(4)]
        project = make_project(people[0])
        for person, role in zip(people[1:], ("owner", "editor", "reader"), strict=True):
            join(project, person, role)
        for who, whom, act in steps:
            member = ProjectMember.objects.filter(project=project, user=people[whom]).first()
            if member is None:
                continue
            common: dict[str, Any] = {"member": member, "actor": people[who], "at": NOW}
            try:
                with transaction.atomic():
                    if act == "leave":
                        sharing.leave_project(**common)
                    elif act == "remove":
                        sharing.remove_member(**common)
                    else:
                        sharing.set_role(role=act, **common)
            except (PermissionDenied, sharing.LastOwner):
                pass
            assert project.members.filter(role=MemberRole.OWNER).exists()
        transaction.set_rollback(True)
