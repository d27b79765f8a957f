"""What is done to a project itself: begin, edit, move its stage, archive, restore, delete, tell on the idea's page."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import move
from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.references import new_reference
from bpc.portal.people.delivery import notify
from bpc.portal.people.models import User
from bpc.portal.projects.belongings import erase_projects
from bpc.portal.projects.mandates.visibility import filling
from bpc.portal.projects.models import Project, ProjectMember
from bpc.portal.projects.signs import note_sign
from bpc.portal.projects.states import STAGE_MOVES, MemberRole
from bpc.portal.reference.models import Territory


class StaleProject(Exception):
    """Somebody else changed the project since the form was opened; `current` is what is stored now."""

    def __init__(self, current: Project) -> None:
        super().__init__(current.reference)
        self.current = current


class AlreadyAProject(Exception):
    """The idea has become a project before, and nobody said that another was meant."""


class NameMismatch(Exception):
    """The name typed to confirm a deletion is not the project's."""


@dataclass(frozen=True)
class Description:
    """What a group says of its project. `language` is that of the name and the summary."""

    name: str
    summary: str
    language: str
    sector_id: str
    commune: Territory
    organisation_id: int | None = None


@dataclass(frozen=True)
class Start:
    """What a project starts from: an idea of the actor's, a model (its version once adopted), or nothing.

    `is_another`: the actor knows that the idea has become a project before, and wants one more.
    """

    idea: Idea | None = None
    is_another: bool = False
    model_slug: str = ""
    model_version: int | None = None


def lock(project: Project) -> Project:
    """The row as it is now, kept from others until the transaction ends."""
    return Project.objects.select_for_update().get(pk=project.pk)


def touch(project: Project, actor: Any, at: Any) -> None:
    """Date the last change, for the order of lists; a sign of life when the actor belongs to the group."""
    Project.objects.filter(pk=project.pk).update(changed_at=at)
    note_sign(project.pk, actor, at)


@transaction.atomic
def create_project(
    *,
    description: Description,
    stage: str,
    start: Start,
    submission_key: UUID,
    actor: User,
    at: Any,
    is_demo: bool = False,
) -> Project:
    """A new project owned by `actor`; the same form sent again by the same person gives the same project.

    Raises `PermissionDenied` for the idea of somebody else, `AlreadyAProject` for an idea taken up before.
    """
    sent_before = Project.objects.filter(submission_key=submission_key).first()
    if sent_before is not None and sent_before.created_by_id == actor.pk:
        return sent_before
    if start.idea is not None:
        # two windows on one idea: the second waits, then is told
        idea = Idea.objects.select_for_update(of=("self",)).get(pk=start.idea.pk)
        check(actor, "projects.start_from_idea", idea)
        if not start.is_another and Project.objects.filter(idea=idea).exists():
            raise AlreadyAProject(idea.reference)
    project, created = Project.objects.get_or_create(
        # the key of somebody else's form tells nothing of it; the same form at the same instant finds its twin
        submission_key=submission_key if sent_before is None else uuid4(),
        defaults={
            **_columns(description), "reference": new_reference(), "stage": stage, "idea": start.idea,
            "model_slug": start.model_slug, "model_version": start.model_version,
            "created_by": actor, "created_at": at, "changed_at": at, "last_sign_at": at,
            "is_demo": is_demo,
        },
    )  # fmt: skip
    if created:
        ProjectMember.objects.create(project=project, user=actor, role=MemberRole.OWNER, joined_at=at)
        data = {"origin": str(project.origin)}
        record(actor=actor, verb="create project", obj=project, at=at, after=stage, data=data)
    return project


def _columns(description: Description) -> dict[str, Any]:
    place = description.commune
    return {
        "name": description.name.strip(),
        "summary": description.summary.strip(),
        "language": description.language,
        "sector_id": description.sector_id,
        "commune_id": place.pk,
        "province_id": place.province_code,
        "region_id": place.region_code,
        "organisation_id": description.organisation_id,
    }


@transaction.atomic
def edit_project(
    *, project: Project, description: Description, revision: int, actor: Any, at: Any
) -> Project:
    """Change what is said of the project. The trail names the columns, not their contents.

    A form opened at an older `revision` raises `StaleProject` unless it says what is stored already. A move to another
    region ends the access of the advisors of the former one.
    """
    row = lock(project)
    actor = filling(actor, row)
    new = _columns(description)
    changed = sorted(column for column, value in new.items() if getattr(row, column) != value)
    if not changed:
        return row
    if row.revision != revision:
        raise StaleProject(row)
    moved_away = "region_id" in changed
    for column in changed:
        setattr(row, column, new[column])
    row.revision, row.changed_at = row.revision + 1, at
    row.save()
    note_sign(row.pk, actor, at)
    names = [column.removesuffix("_id") for column in changed]
    record(actor=actor, verb="edit project", obj=row, at=at, data={"columns": names})
    if moved_away:
        _end_accesses(row, actor, at)
    return row


def _end_accesses(project: Project, actor: Any, at: Any) -> None:
    running = project.advisor_accesses.filter(ended_at=None).select_related("advisor")
    for access in running:
        access.ended_at = at
        access.save(update_fields=["ended_at"])
        record(
            actor=actor, verb="end advisor access", obj=project, at=at, data={"advisor": access.advisor_id}
        )
        notify(user=access.advisor, kind="project.advisor_ended", data={"title": project.name}, at=at)


@transaction.atomic
def set_stage(*, project: Project, stage: str, actor: Any, at: Any) -> None:
    """Move the project to another stage, forward or back. The trail dates it and keeps no text of the group.

    Raises `IllegalMove` when it stands there already, `PermissionDenied`, KeyError for an unknown stage.
    """
    move(project, STAGE_MOVES, f"stage {stage}", actor=actor, at=at)
    touch(project, actor, at)


@transaction.atomic
def adopt_model(*, project: Project, slug: str, version: int, actor: Any, at: Any) -> None:
    """The project follows this version of a model from now on, whatever is published later."""
    row = lock(project)
    actor = filling(actor, row)
    if (row.model_slug, row.model_version) == (slug, version):
        return
    Project.objects.filter(pk=row.pk).update(model_slug=slug, model_version=version)
    record(actor=actor, verb="adopt model", obj=row, at=at, data={"model": slug, "version": version})
    touch(row, actor, at)


@transaction.atomic
def archive_project(*, project: Project, actor: Any, at: Any) -> None:
    """Put the project aside: it is read, no longer changed. Archiving twice changes nothing."""
    row = lock(project)
    check(actor, "projects.own", row)
    if row.archived_at is None:
        _set_archived(project, at)
        record(actor=actor, verb="archive project", obj=row, at=at)


@transaction.atomic
def restore_project(*, project: Project, actor: Any, at: Any) -> None:
    """Take the project up again, at the stage where it stood."""
    row = lock(project)
    check(actor, "projects.own", row)
    if row.archived_at is not None:
        _set_archived(project, None)
        note_sign(row.pk, actor, at)
        record(actor=actor, verb="restore project", obj=row, at=at)


def _set_archived(project: Project, at: Any) -> None:
    Project.objects.filter(pk=project.pk).update(archived_at=at, revision=F("revision") + 1)
    project.archived_at = at
    outdate("ideas")


@transaction.atomic
def delete_project(*, project: Project, typed_name: str, actor: Any, at: Any) -> None:
    """Erase the project with all that hangs on it; the others of the group and its advisors are told.

    Raises `NameMismatch` unless its name was typed, spaces aside, and `PermissionDenied`.
    """
    row = lock(project)
    check(actor, "projects.own", row)
    if " ".join(typed_name.split()) != " ".join(row.name.split()):
        raise NameMismatch
    told = list(User.objects.filter(project_memberships__project=row).exclude(pk=actor.pk))
    told += list(User.objects.filter(advised_projects__project=row, advised_projects__ended_at=None))
    for user in told:
        notify(user=user, kind="project.deleted", data={"title": row.name}, at=at)
    record(actor=actor, verb="delete project", obj=row, at=at)
    erase_projects([row.pk])
    outdate("ideas")


@transaction.atomic
def set_shown_on_idea(*, project: Project, shown: bool, actor: Any, at: Any) -> None:
    """Let the idea's public page say that it became a project, or no longer."""
    row = lock(project)
    check(actor, "projects.own", row)
    if row.idea_id is None or row.show_on_idea == shown:
        return
    row.show_on_idea = project.show_on_idea = shown
    row.save(update_fields=["show_on_idea"])
    verb = "show project on idea" if shown else "hide project on idea"
    record(actor=actor, verb=verb, obj=row, at=at)
    outdate("ideas")
