"""What a person takes away, and what becomes of projects when somebody leaves for good."""

import json

import pytest

from bpc.portal.people.contacts import Contact
from bpc.portal.people.departure import delete_account
from bpc.portal.people.models import Notification, User
from bpc.portal.people.personal_data import export
from bpc.portal.projects.models import AdvisorAccess, Project, ProjectInvitation, ProjectPerson
from bpc.portal.projects.sharing import invite
from bpc.portal.projects.states import MemberRole
from tests.portal.projects.project_world import NOW, add_people, join, make_group, make_project
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db


def exported(user: User) -> dict[str, list[dict[str, object]]]:
    return {holding.key: rows for holding, rows in export(user)}


def test_the_export_holds_the_projects_of_the_person_and_of_nobody_else() -> None:
    group = make_group()
    owner, advisor = group.inside["owner"], group.inside["advisor"]
    add_people(group.project, owner, 2)
    invite(
        project=group.project, contact=Contact(email="ami@example.org"), role="reader", actor=owner, at=NOW
    )
    (row,) = exported(owner)["projects"]
    assert (row["title"], row["stage"], row["project_role"]) == ("Safran d’Igherm", "idea", "owner")
    assert [one["name"] for one in row["people"]] == ["Personne 0", "Personne 1"]  # type: ignore[attr-defined]
    assert [sent["direction"] for sent in exported(owner)["project_invitations"]] == ["sent"]
    assert [seen["code"] for seen in exported(advisor)["advised_projects"]] == [group.project.reference]
    assert "Safran" not in json.dumps(exported(make_user()), default=str)


def leave(user: User) -> None:
    delete_account(user=user, actor=user, at=NOW)


def test_the_project_of_one_person_goes_with_them() -> None:
    owner = make_user()
    add_people(make_project(owner), owner, 3)
    leave(owner)
    assert not Project.objects.exists()
    assert not ProjectPerson.objects.exists()


def test_a_group_that_loses_its_only_owner_gets_the_editor_who_came_first() -> None:
    group = make_group()
    leave(group.inside["owner"])
    heir = group.inside["editor"]
    assert Project.objects.get().created_by is None
    roles = dict(group.project.members.values_list("user", "role"))
    assert roles == {heir.pk: MemberRole.OWNER, group.inside["reader"].pk: MemberRole.READER}
    assert Notification.objects.filter(user=heir, kind="project.inherited").exists()
    leave(heir)
    assert group.project.members.get().role == MemberRole.OWNER


def test_another_owner_keeps_the_project_as_it_is() -> None:
    group = make_group()
    second = make_user()
    join(group.project, second, MemberRole.OWNER)
    leave(group.inside["owner"])
    roles = {member.user_id: member.role for member in group.project.members.all()}
    assert roles[second.pk] == MemberRole.OWNER
    assert roles[group.inside["editor"].pk] == MemberRole.EDITOR


def test_an_advisor_who_leaves_reads_no_more_and_invitations_go() -> None:
    group = make_group()
    invite(
        project=group.project, contact=Contact(email="ami@example.org"), role="reader",
        actor=group.inside["owner"], at=NOW,
    )  # fmt: skip
    leave(group.inside["advisor"])
    assert AdvisorAccess.objects.get().ended_at is not None
    leave(make_user(email="ami@example.org"))
    assert not ProjectInvitation.objects.exists()
