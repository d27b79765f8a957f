"""A group, one of whose owners lets an advisor fill in the project for her."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from bpc.portal.people.contacts import Contact
from bpc.portal.people.models import User
from bpc.portal.people.roles import Role
from bpc.portal.projects.mandates.codes import code_of
from bpc.portal.projects.mandates.giving import Asked, ask_mandate, confirm_by_code
from bpc.portal.projects.mandates.models import Mandate
from bpc.portal.projects.models import Project
from tests.portal.projects.project_world import make_project
from tests.portal.world import make_user

PHONE = "+212661000001"


@dataclass
class World:
    """Fadma cannot use the site; the advisor of her region fills in for her; a delegate watches."""

    project: Project
    fadma: User
    advisor: User
    delegate: User

    def acting(self, mandate: Mandate) -> User:
        """The advisor as a request of theirs that acts under the mandate."""
        person = User.objects.get(pk=self.advisor.pk)
        person.acting_under = mandate.pk
        return person


def make_world(**changes: Any) -> World:
    """Nobody is let in yet; the roles were given long ago."""
    fadma = make_user(email=None, phone=PHONE, display_name="Fadma A.", language="ar")
    advisor, delegate = make_user(Role.ADVISOR, display_name="Conseillère"), make_user(Role.DELEGATE)
    advisor.role_grants.update(granted_at=timezone.now() - timedelta(days=400))
    return World(make_project(fadma, **changes), fadma, advisor, delegate)


def asked(given: str = "code", *, days: int = 90, **changes: Any) -> Asked:
    """What the advisor records."""
    return Asked(
        **{
            "given": given,
            "language": "ar",
            "until_on": timezone.localdate() + timedelta(days=days),
            **changes,
        }
    )


def ask(world: World, given: str = "code", *, at: datetime | None = None, **changes: Any) -> Mandate:
    """A request about Fadma."""
    return ask_mandate(
        code=world.project.reference, contact=Contact(phone=PHONE), asked=asked(given, **changes),
        actor=world.advisor, at=at or timezone.now(),
    )  # fmt: skip


def give(world: World, *, at: datetime | None = None, **changes: Any) -> Mandate:
    """A mandate in force, by code."""
    at = at or timezone.now()
    mandate = ask(world, at=at, **changes)
    confirm_by_code(mandate=mandate, code=code_of(mandate), actor=world.advisor, at=at)
    mandate.refresh_from_db()
    return mandate


def fill_mandates(project: Project, owner: User, people: dict[str, Any]) -> None:
    """For the visibility world: of an owner and of an editor, waiting, in force and ended."""
    for person, ending in ((owner, ""), (owner, "person"), (people["trainer"], "")):
        Mandate.objects.create(
            project=project, person=person, advisor=people["advisor"], given="code", language="fr",
            until_on=timezone.localdate() + timedelta(days=9), ending=ending,
            confirmed_at=timezone.now() if ending or person == owner else None,
            ended_at=timezone.now() if ending else None,
        )  # fmt: skip
