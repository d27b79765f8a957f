"""A group's project is read by the group and by the advisor it let in; by nobody else, whatever their role."""

from typing import Any

import pytest
from django.db.models import Model
from django.http import Http404

from bpc.portal.foundation.permissions import can, can_see, get_visible_or_404, visible
from bpc.portal.people.contacts import Contact
from bpc.portal.people.models import RoleGrant, User
from bpc.portal.people.roles import Role
from bpc.portal.projects.models import (
    AdvisorAccess,
    Project,
    ProjectInvitation,
    ProjectMember,
    ProjectPerson,
)
from bpc.portal.projects.sharing import end_advisor, invite
from bpc.portal.projects.states import MemberRole
from tests.portal.projects.project_world import NOW, Group, add_people, make_group, make_project
from tests.portal.world import make_user, people_of_every_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def group() -> Group:
    """A group with a founder and a waiting invitation."""
    made = make_group()
    add_people(made.project, made.inside["owner"], 1)
    contact = Contact(email=made.outside["person"].email)
    invite(project=made.project, contact=contact, role="reader", actor=made.inside["owner"], at=NOW)
    return made


@pytest.mark.parametrize("model", [Project, ProjectMember, ProjectInvitation, ProjectPerson, AdvisorAccess])
def test_rule_and_queryset_agree(model: type[Model], group: Group) -> None:
    other = make_user()
    project = make_project(other)
    add_people(project, other, 1)
    invite(project=project, contact=Contact(phone="+212612345678"), role="editor", actor=other, at=NOW)
    rows = list(model._default_manager.all())
    assert rows
    for role, person in {**group.everybody, **people_of_every_role(), "other": other}.items():
        by_rule = {row.pk for row in rows if can_see(person, row)}
        assert set(visible(person, model).values_list("pk", flat=True)) == by_rule, role


def test_only_the_group_and_its_advisor_read_it(group: Group) -> None:
    for role, person in group.inside.items():
        assert get_visible_or_404(person, Project, pk=group.project.pk) == group.project, role
    for role, person in {**group.outside, **people_of_every_role()}.items():
        with pytest.raises(Http404):
            get_visible_or_404(person, Project, pk=group.project.pk)
        assert not visible(person, ProjectPerson).exists(), role
        assert not visible(person, ProjectMember).exists(), role


RIGHTS: dict[str, set[str]] = {
    "projects.edit": {"owner", "editor"},
    "projects.own": {"owner"},
}


@pytest.mark.parametrize("right", RIGHTS)
def test_who_may(right: str, group: Group) -> None:
    held = {role for role, person in group.everybody.items() if can(person, right, group.project)}
    assert held == RIGHTS[right]
    assert not any(can(person, right) for person in group.everybody.values())


def test_an_archived_project_is_no_longer_changed(group: Group) -> None:
    Project.objects.update(archived_at=NOW)
    project = Project.objects.get()
    assert not can(group.inside["owner"], "projects.edit", project)
    assert can(group.inside["owner"], "projects.own", project)
    assert can_see(group.inside["reader"], project)


def test_the_advisor_reads_while_let_in_and_while_advisor_of_the_region(group: Group) -> None:
    access = AdvisorAccess.objects.get()

    def reads() -> bool:
        return can_see(User.objects.get(pk=access.advisor_id), group.project)

    assert reads()
    RoleGrant.objects.filter(user=access.advisor).update(region="02")
    assert not reads()
    RoleGrant.objects.filter(user=access.advisor).update(region=group.project.region_id)
    assert reads()
    end_advisor(access=access, actor=group.inside["owner"], at=NOW)
    assert not reads()
    assert can_see(group.inside["advisor"], access)  # that it was, and that it ended


def test_a_former_advisor_reads_nothing(group: Group) -> None:
    RoleGrant.objects.filter(role=Role.ADVISOR).update(ended_at=NOW)
    assert not can_see(User.objects.get(pk=group.inside["advisor"].pk), group.project)


def test_the_invited_see_their_invitation_and_nothing_more(group: Group) -> None:
    invited: Any = group.outside["person"]
    assert visible(invited, ProjectInvitation).get().role == MemberRole.READER
    assert not visible(invited, Project).exists()
    assert not visible(
        group.inside["editor"], ProjectInvitation
    ).exists()  # a contact is the owners' business
