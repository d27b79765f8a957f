"""The people of a project: written by owners and editors, bounded, never overwritten unseen."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from bpc.portal.foundation.audit import trail_of
from bpc.portal.projects import founders
from bpc.portal.projects.founders import Founder
from bpc.portal.projects.models import Project, ProjectPerson
from bpc.portal.projects.queries import whole_projects
from bpc.portal.projects.states import Answer, Function
from tests.portal.projects.project_world import NOW, add_people, make_group, make_project
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db


def test_what_is_not_said_is_unknown() -> None:
    owner = make_user()
    person = founders.add_person(project=make_project(owner), founder=Founder("Fadma"), actor=owner, at=NOW)
    assert (person.function, person.woman, person.young) == (Function.MEMBER, Answer.UNKNOWN, Answer.UNKNOWN)


@pytest.mark.parametrize("act", ["add", "edit", "remove"])
def test_each_verb_by_each_role(act: str) -> None:
    for role in make_group().everybody:
        group = make_group()
        (person,) = add_people(group.project, group.inside["owner"], 1)
        common: dict[str, Any] = {"actor": group.everybody[role], "at": NOW}
        calls: dict[str, Callable[[], object]] = {
            "add": partial(founders.add_person, project=group.project, founder=Founder("B"), **common),
            "edit": partial(founders.edit_person, person=person, founder=Founder("B"), revision=1, **common),
            "remove": partial(founders.remove_person, person=person, **common),
        }
        if role in {"owner", "editor"}:
            calls[act]()
            names = list(group.project.people.values_list("name", flat=True))
            assert names == {"add": ["Personne 0", "B"], "edit": ["B"], "remove": []}[act]
        else:
            with pytest.raises(PermissionDenied):
                calls[act]()


def test_of_two_who_edit_one_person_the_second_is_told() -> None:
    owner = make_user()
    project = make_project(owner)
    (person,) = add_people(project, owner, 1)
    common: dict[str, Any] = {"person": person, "revision": 1, "actor": owner, "at": NOW}
    founders.edit_person(founder=Founder("Fadma"), **common)
    with pytest.raises(founders.StalePerson) as stale:
        founders.edit_person(founder=Founder("Rkia"), **common)
    assert stale.value.current.name == "Fadma"
    founders.remove_person(person=person, actor=owner, at=NOW)
    with pytest.raises(ProjectPerson.DoesNotExist):
        founders.edit_person(founder=Founder("Rkia"), **common)
    assert "Fadma" not in str(list(trail_of(project).values()))  # the trail keeps no name of anybody


def test_a_group_is_not_a_register(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(founders, "MOST_PEOPLE", 3)
    owner = make_user()
    project = make_project(owner)
    add_people(project, owner, 3)
    with pytest.raises(founders.TooManyPeople):
        add_people(project, owner, 1)


@pytest.mark.parametrize("wrong", [{"name": ""}, {"function": "king"}, {"woman": "perhaps"}, {"young": ""}])
def test_the_database_refuses_what_is_no_answer(wrong: dict[str, str]) -> None:
    owner = make_user()
    add_people(make_project(owner), owner, 1)
    with transaction.atomic(), pytest.raises(IntegrityError):
        ProjectPerson.objects.update(**wrong)


def test_people_are_counted_with_the_project() -> None:
    owner = make_user()
    add_people(make_project(owner), owner, 4)
    empty = make_project(owner)
    counted = {row.pk: row.people_count for row in whole_projects()}  # type: ignore[attr-defined]
    assert counted == {Project.objects.exclude(pk=empty.pk).get().pk: 4, empty.pk: 0}
