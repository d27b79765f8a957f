"""What is done to the people of a project: those who will found the cooperative, as the group writes them."""

from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.projects.actions import lock, touch
from bpc.portal.projects.mandates.visibility import filling
from bpc.portal.projects.models import Project, ProjectPerson
from bpc.portal.projects.states import Answer, Function

MOST_PEOPLE = 200  # a group, not a register


class TooManyPeople(Exception):
    """The project holds as many people as it may."""


class StalePerson(Exception):
    """Somebody else changed these lines since the form was opened; `current` is what is stored now."""

    def __init__(self, current: ProjectPerson) -> None:
        super().__init__(str(current.pk))
        self.current = current


@dataclass(frozen=True)
class Founder:
    """What the group says of one person."""

    name: str
    function: str = Function.MEMBER
    woman: str = Answer.UNKNOWN
    young: str = Answer.UNKNOWN


@transaction.atomic
def add_person(*, project: Project, founder: Founder, actor: Any, at: Any) -> ProjectPerson:
    """One person more. Raises `TooManyPeople`, `PermissionDenied`."""
    row = lock(project)
    actor = filling(actor, row)
    if row.people.count() >= MOST_PEOPLE:
        raise TooManyPeople
    person = ProjectPerson.objects.create(project=row, created_at=at, **asdict(founder))
    _note("add person", person, actor, at)
    return person


@transaction.atomic
def edit_person(*, person: ProjectPerson, founder: Founder, revision: int, actor: Any, at: Any) -> None:
    """Change what is said of a person. Raises `StalePerson` as `edit_project` raises `StaleProject`.

    Raises `ProjectPerson.DoesNotExist` when somebody removed the person meanwhile.
    """
    actor = filling(actor, lock(person.project))
    row = ProjectPerson.objects.get(pk=person.pk)
    if all(getattr(row, column) == value for column, value in asdict(founder).items()):
        return
    if row.revision != revision:
        raise StalePerson(row)
    for column, value in asdict(founder).items():
        setattr(row, column, value)
    row.revision += 1
    row.save()
    _note("edit person", row, actor, at)


@transaction.atomic
def remove_person(*, person: ProjectPerson, actor: Any, at: Any) -> None:
    """Erase a person's line; the trail keeps that it was done, not the name."""
    check(actor, "projects.edit", lock(person.project))
    _note("remove person", person, actor, at)
    ProjectPerson.objects.filter(pk=person.pk).delete()


def _note(verb: str, person: ProjectPerson, actor: Any, at: Any) -> None:
    record(actor=actor, verb=verb, obj=person.project, at=at, data={"person": person.pk})
    touch(person.project, actor, at)
