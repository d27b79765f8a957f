"""A group's project with a member of each role, an advisor let in, and people who have nothing to do with it."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from bpc.portal.people.models import User
from bpc.portal.people.roles import Role
from bpc.portal.projects.actions import Description, Start, create_project
from bpc.portal.projects.founders import Founder, add_person
from bpc.portal.projects.models import Project, ProjectMember, ProjectPerson
from bpc.portal.projects.sharing import grant_advisor
from bpc.portal.projects.states import MemberRole, Stage
from bpc.portal.reference.models import Territory
from tests.portal.world import HERE, make_user

NOW = timezone.now()


def describe(commune: str = HERE, **changes: Any) -> Description:
    """What a group says."""
    values: dict[str, Any] = {"name": "Safran d’Igherm", "summary": "Nous séchons ensemble.", "language": "fr",
                              "sector_id": "food"}  # fmt: skip
    return Description(commune=Territory.objects.get(pk=commune), **{**values, **changes})


def make_project(owner: User, **changes: Any) -> Project:
    """A blank project at the stage of idea."""
    start = changes.pop("start", Start())
    stage = changes.pop("stage", Stage.IDEA)
    return create_project(
        description=describe(**changes), stage=stage, start=start, submission_key=uuid4(), actor=owner, at=NOW
    )


def join(project: Project, user: User, role: str) -> ProjectMember:
    """A member, without the invitation."""
    return ProjectMember.objects.create(project=project, user=user, role=role, joined_at=NOW)


def add_people(project: Project, owner: User, number: int) -> list[ProjectPerson]:
    """So many founders."""
    return [
        add_person(project=project, founder=Founder(f"Personne {rank}"), actor=owner, at=NOW)
        for rank in range(number)
    ]


@dataclass(frozen=True)
class Group:
    """The project, and everybody by what they are to it."""

    project: Project
    inside: dict[str, Any]
    outside: dict[str, Any]

    @property
    def everybody(self) -> dict[str, Any]:
        return {**self.inside, **self.outside}


def make_group(**changes: Any) -> Group:
    """One of each: owner, editor, reader, advisor let in; and those who must see nothing."""
    inside = {
        "owner": make_user(display_name="Amina"),
        "editor": make_user(),
        "reader": make_user(),
        "advisor": make_user(Role.ADVISOR),
    }
    project = make_project(inside["owner"], **changes)
    join(project, inside["editor"], MemberRole.EDITOR)
    join(project, inside["reader"], MemberRole.READER)
    grant_advisor(project=project, advisor=inside["advisor"], actor=inside["owner"], at=NOW)
    outside = {
        "stranger": AnonymousUser(),
        "person": make_user(),
        "other advisor": make_user(Role.ADVISOR),
        "delegate": make_user(Role.DELEGATE),
        "administrator": make_user(Role.ADMINISTRATOR),
    }
    return Group(project, inside, outside)
