"""What is done to a project: every verb by every role, the trail it leaves, and what two people at once get."""

import itertools
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.page_cache import generations
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.people.models import Notification
from bpc.portal.projects import actions
from bpc.portal.projects.actions import Start, create_project
from bpc.portal.projects.models import AdvisorAccess, Project, ProjectMember, ProjectPerson
from bpc.portal.projects.queries import projects_shown_on, stage_history
from bpc.portal.projects.states import MemberRole, Origin, Stage
from tests.portal.projects.project_world import (
    NOW,
    Group,
    add_people,
    describe,
    make_group,
    make_project,
)
from tests.portal.world import ELSEWHERE, make_idea, make_user

pytestmark = pytest.mark.django_db


def verbs(project: Project) -> list[str]:
    return [entry.verb for entry in trail_of(project)]


def test_a_blank_project_belongs_to_who_began_it() -> None:
    owner = make_user()
    project = make_project(owner, stage=Stage.LAUNCH)
    assert (project.origin, project.stage, project.revision) == (Origin.BLANK, Stage.LAUNCH, 1)
    assert (project.province_id, project.region_id) == ("09.541", "09")
    assert [(row.user, row.role) for row in project.members.all()] == [(owner, MemberRole.OWNER)]
    entry = trail_of(project).get()
    assert (entry.verb, entry.after, entry.data) == ("create project", "launch", {"origin": "blank"})


def test_the_same_form_sent_twice_makes_one_project() -> None:
    owner, key = make_user(), uuid4()
    common: dict[str, Any] = {"description": describe(), "stage": "idea", "submission_key": key, "at": NOW}
    first = create_project(start=Start(), actor=owner, **common)
    assert create_project(start=Start(), actor=owner, **common) == first
    other = make_user()
    second = create_project(start=Start(), actor=other, **common)
    assert second != first  # somebody else's key gives nobody's project
    assert [member.user for member in second.members.all()] == [other]


def test_an_idea_becomes_a_project_once_by_its_author_only() -> None:
    author, other = make_user(), make_user()
    idea = make_idea(author=author)
    with pytest.raises(PermissionDenied):
        make_project(other, start=Start(idea=idea))
    project = make_project(author, start=Start(idea=idea))
    assert (project.origin, project.idea) == (Origin.IDEA, idea)
    with pytest.raises(actions.AlreadyAProject):
        make_project(author, start=Start(idea=idea))
    for state in ("archived", "merged"):
        with pytest.raises(PermissionDenied):
            make_project(author, start=Start(idea=make_idea(author=author, state=state)))
    with pytest.raises(PermissionDenied):  # written without an account: nobody can prove it
        make_project(other, start=Start(idea=make_idea(author=None)))


def test_an_idea_becomes_another_project_when_its_author_means_it() -> None:
    author = make_user()
    idea = make_idea(author=author)
    first = make_project(author, start=Start(idea=idea))
    second = make_project(author, start=Start(idea=idea, is_another=True))
    assert list(idea.projects.order_by("pk")) == [first, second]
    with pytest.raises(PermissionDenied):
        make_project(make_user(), start=Start(idea=idea, is_another=True))


def test_the_idea_says_so_only_if_the_owner_agrees() -> None:
    author = make_user()
    idea = make_idea(author=author)
    project = make_project(author, start=Start(idea=idea))
    assert projects_shown_on(idea) == []
    before = generations("ideas")
    actions.set_shown_on_idea(project=project, shown=True, actor=author, at=NOW)
    assert projects_shown_on(idea) == [project]
    assert generations("ideas") != before
    with pytest.raises(PermissionDenied):
        actions.set_shown_on_idea(project=project, shown=False, actor=make_user(), at=NOW)
    actions.archive_project(project=project, actor=author, at=NOW)
    assert projects_shown_on(idea) == []
    actions.set_shown_on_idea(project=project, shown=False, actor=author, at=NOW)
    assert verbs(project)[1:] == ["show project on idea", "archive project", "hide project on idea"]


def test_a_project_from_a_model_keeps_which_one() -> None:
    project = make_project(make_user(), start=Start(model_slug="safran", model_version=3))
    assert (project.origin, project.model_slug, project.model_version) == (Origin.MODEL, "safran", 3)
    with transaction.atomic(), pytest.raises(IntegrityError):
        Project.objects.filter(pk=project.pk).update(model_slug="")


MAY = {
    "edit": {"owner", "editor"},
    "stage": {"owner", "editor"},
    "archive": {"owner"},
    "restore": {"owner"},
    "delete": {"owner"},
}


@pytest.mark.parametrize("act", MAY)
def test_each_verb_by_each_role(act: str) -> None:
    for role in make_group().everybody:
        group = make_group()
        person, project = group.everybody[role], group.project
        common: dict[str, Any] = {"project": project, "actor": person, "at": NOW}
        calls: dict[str, Callable[[], object]] = {
            "edit": partial(actions.edit_project, description=describe(name="Autre"), revision=1, **common),
            "stage": partial(actions.set_stage, stage=Stage.DESIGN, **common),
            "archive": partial(actions.archive_project, **common),
            "restore": partial(actions.restore_project, **common),
            "delete": partial(actions.delete_project, typed_name="Safran d’Igherm", **common),
        }
        if role in MAY[act]:
            calls[act]()
        else:
            with pytest.raises(PermissionDenied):
                calls[act]()
            assert verbs(project) == ["create project", "grant advisor access"], role


@pytest.mark.parametrize(("source", "target"), list(itertools.permutations(Stage.values, 2)))
def test_any_stage_leads_to_any_other(source: str, target: str) -> None:
    owner = make_user()
    project = make_project(owner, stage=source)
    actions.set_stage(project=project, stage=target, actor=owner, at=NOW)
    assert Project.objects.get(pk=project.pk).stage == project.stage == target
    assert [(step.stage, step.began, step.who) for step in stage_history(project)] == [
        (Stage(source), True, owner),
        (Stage(target), False, owner),
    ]


def test_no_stage_leads_to_itself_or_to_nowhere() -> None:
    owner = make_user()
    project = make_project(owner)
    with pytest.raises(IllegalMove):
        actions.set_stage(project=project, stage=Stage.IDEA, actor=owner, at=NOW)
    with pytest.raises(KeyError):
        actions.set_stage(project=project, stage="bankrupt", actor=owner, at=NOW)
    with transaction.atomic(), pytest.raises(IntegrityError):
        Project.objects.filter(pk=project.pk).update(stage="bankrupt")


def test_editing_raises_the_revision_and_names_the_columns() -> None:
    owner = make_user()
    project = make_project(owner)
    new = describe(name="Safran des femmes", sector_id="crafts")
    edited = actions.edit_project(project=project, description=new, revision=1, actor=owner, at=NOW)
    assert (edited.name, edited.sector_id, edited.revision) == ("Safran des femmes", "crafts", 2)
    assert trail_of(project).last().data == {"columns": ["name", "sector"]}  # type: ignore[union-attr]


def test_of_two_who_edit_the_second_is_told_and_nothing_is_lost() -> None:
    group = make_group()
    common: dict[str, Any] = {"project": group.project, "revision": 1, "at": NOW}
    actions.edit_project(description=describe(name="Première"), actor=group.inside["owner"], **common)
    with pytest.raises(actions.StaleProject) as stale:
        actions.edit_project(description=describe(name="Seconde"), actor=group.inside["editor"], **common)
    assert stale.value.current.name == Project.objects.get().name == "Première"
    # the same words as the first: nothing to choose between
    actions.edit_project(description=describe(name="Première"), actor=group.inside["editor"], **common)
    assert Project.objects.get().revision == 2


def test_a_project_that_moves_to_another_region_leaves_its_advisor() -> None:
    group = make_group()
    owner = group.inside["owner"]
    actions.edit_project(
        project=group.project, description=describe(ELSEWHERE), revision=1, actor=owner, at=NOW
    )
    assert Project.objects.get().region_id == "02"
    assert AdvisorAccess.objects.get().ended_at == NOW
    told = Notification.objects.filter(user=group.inside["advisor"]).values_list("kind", flat=True)
    assert sorted(told) == ["project.advisor_ended", "project.advisor_granted"]


def test_archived_then_restored_at_its_stage() -> None:
    owner = make_user()
    project = make_project(owner, stage=Stage.CREATION)
    actions.archive_project(project=project, actor=owner, at=NOW)
    actions.archive_project(project=project, actor=owner, at=NOW)
    with pytest.raises(PermissionDenied):
        actions.set_stage(project=project, stage=Stage.LAUNCH, actor=owner, at=NOW)
    actions.restore_project(project=project, actor=owner, at=NOW)
    stored = Project.objects.get()
    assert (stored.archived_at, stored.stage) == (None, Stage.CREATION)
    assert verbs(project) == ["create project", "archive project", "restore project"]


def test_deleting_asks_for_the_name_erases_all_and_tells_the_others() -> None:
    group = make_group()
    owner = group.inside["owner"]
    add_people(group.project, owner, 3)
    common: dict[str, Any] = {"project": group.project, "actor": owner, "at": NOW}
    with pytest.raises(actions.NameMismatch):
        actions.delete_project(typed_name="Safran", **common)
    actions.delete_project(typed_name="  Safran   d’Igherm ", **common)
    for model in (Project, ProjectMember, ProjectPerson, AdvisorAccess):
        assert not model._default_manager.exists()
    told = Notification.objects.filter(kind="project.deleted").values_list("user", flat=True)
    assert set(told) == {group.inside[role].pk for role in ("editor", "reader", "advisor")}


def test_a_group_is_of_this_project_only() -> None:
    """An owner of one project is nobody in another."""
    first: Group = make_group()
    second = make_group()
    with pytest.raises(PermissionDenied):
        actions.archive_project(project=first.project, actor=second.inside["owner"], at=NOW)
