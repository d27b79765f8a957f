"""What is done to the founders of a creation file: taken from the project, added, edited, removed."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.founding.answers import Fault, UnlawfulAnswers
from bpc.portal.founding.founder_rules import crowd_faults, founder_faults
from bpc.portal.founding.models import CreationFile, FoundingMember
from bpc.portal.founding.states import MOST_FOUNDERS, Office
from bpc.portal.founding.told import Told
from bpc.portal.ideas.languages import language_of
from bpc.portal.projects.actions import lock, touch
from bpc.portal.projects.mandates.visibility import filling
from bpc.portal.projects.models import ProjectPerson
from bpc.portal.projects.states import Answer, Function

_OFFICES = {
    Function.PRESIDENT: Office.CHAIR,
    Function.VICE_PRESIDENT: Office.VICE_CHAIR,
    Function.TREASURER: Office.TREASURER,
    Function.SECRETARY: Office.SECRETARY,
    Function.MANAGER: Office.MANAGER,
    Function.MEMBER: Office.UNKNOWN,
}


class TooManyFounders(Exception):
    """The file holds as many founders as it may."""


class StaleFounder(Exception):
    """Somebody else changed these lines since the form was opened; `current` is what is stored now."""

    def __init__(self, current: FoundingMember) -> None:
        super().__init__(str(current.pk))
        self.current = current


def not_yet_taken(file: CreationFile) -> list[ProjectPerson]:
    """The people of the project who are not founders in the file."""
    taken = file.founders.exclude(person=None).values("person")
    return list(file.project.people.exclude(pk__in=taken))


def take_people(*, file: CreationFile, at: Any) -> int:
    """Make a founder of each person of the project who is none yet; returns how many. For an action that checked."""
    room = MOST_FOUNDERS - file.founders.count()
    people = not_yet_taken(file)[:room]
    FoundingMember.objects.bulk_create(
        FoundingMember(
            file=file, person=person, created_at=at, office=_OFFICES[Function(person.function)],
            adult=Answer.UNKNOWN, **_names(person.name),
        )
        for person in people
    )  # fmt: skip
    return len(people)


def _names(name: str) -> dict[str, str]:
    return {"name_ar" if language_of(name) == "ar" else "name_fr": name}


@transaction.atomic
def take_from_project(*, file: CreationFile, actor: Any, at: Any) -> int:
    """Add the people of the project who are not founders yet; returns how many. Raises `UnlawfulAnswers`."""
    project = lock(file.project)
    actor = filling(actor, project)
    _refuse(crowd_faults(file, len(not_yet_taken(file))))
    added = take_people(file=file, at=at)
    if added:
        record(actor=actor, verb="add founder", obj=project, at=at, data={"number": added})
        touch(project, actor, at)
    return added


@transaction.atomic
def add_founder(*, file: CreationFile, told: Told, actor: Any, at: Any) -> FoundingMember:
    """One founder more. Raises `UnlawfulAnswers`, `TooManyFounders`, `PermissionDenied`."""
    project = lock(file.project)
    actor = filling(actor, project)
    if file.founders.count() >= MOST_FOUNDERS:
        raise TooManyFounders
    _refuse([*founder_faults(told, file), *crowd_faults(file, 1)])
    founder = FoundingMember.objects.create(file=file, created_at=at, **asdict(told))
    _note("add founder", founder, project, actor, at)
    return founder


@transaction.atomic
def edit_founder(*, founder: FoundingMember, told: Told, revision: int, actor: Any, at: Any) -> None:
    """Change what is said of a founder.

    Raises `UnlawfulAnswers`, `StaleFounder`, `FoundingMember.DoesNotExist`, `PermissionDenied`.
    """
    project = lock(founder.file.project)
    actor = filling(actor, project)
    row = FoundingMember.objects.get(pk=founder.pk)
    if all(getattr(row, column) == value for column, value in asdict(told).items()):
        return
    if row.revision != revision:
        raise StaleFounder(row)
    _refuse(founder_faults(told, row.file, row.pk))
    for column, value in asdict(told).items():
        setattr(row, column, value)
    row.revision += 1
    row.save()
    _note("edit founder", row, project, actor, at)


@transaction.atomic
def remove_founder(*, founder: FoundingMember, actor: Any, at: Any) -> None:
    """Erase a founder's line; the trail keeps that it was done, not the name."""
    project = lock(founder.file.project)
    check(actor, "projects.edit", project)
    _note("remove founder", founder, project, actor, at)
    FoundingMember.objects.filter(pk=founder.pk).delete()


def _refuse(faults: Sequence[Fault]) -> None:
    if faults:
        raise UnlawfulAnswers(faults)


def _note(verb: str, founder: FoundingMember, project: Any, actor: Any, at: Any) -> None:
    record(actor=actor, verb=verb, obj=project, at=at, data={"founder": founder.pk})
    touch(project, actor, at)
