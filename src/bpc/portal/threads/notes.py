"""What staff note on a project apart from its group: written, answered, shared with the region's delegates, erased."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.people.delivery import notify
from bpc.portal.people.models import Notification, RoleGrant, User
from bpc.portal.people.roles import Role
from bpc.portal.projects.actions import lock as lock_project
from bpc.portal.projects.models import Project
from bpc.portal.threads.models import StaffNote
from bpc.portal.threads.notices import NOTE


@transaction.atomic
def write_note(
    *, project: Project, text: str, language: str, submission_key: UUID, actor: Any, at: datetime
) -> StaffNote:
    """A note of the advisor's; the same form sent twice is one note."""
    row = lock_project(project)
    check(actor, "threads.note", row)
    return _keep(row, None, (text, language, submission_key), actor, at)


@transaction.atomic
def answer_note(
    *, note: StaffNote, text: str, language: str, submission_key: UUID, actor: Any, at: datetime
) -> StaffNote:
    """An answer, seen by who sees the note."""
    row = _lock(note)
    check(actor, "threads.answer_note", row)
    return _keep(row.project, row, (text, language, submission_key), actor, at)


def _keep(
    project: Project, root: StaffNote | None, said: tuple[str, str, UUID], actor: Any, at: datetime
) -> StaffNote:
    text, language, key = said
    made, is_new = StaffNote.objects.get_or_create(
        submission_key=key,
        defaults={"project": project, "root": root, "author": actor, "text": text, "language": language,
                  "written_at": at},
    )  # fmt: skip
    if made.author_id != actor.pk:
        raise PermissionDenied("threads.note")
    if is_new:
        record(actor=actor, verb="write staff note", obj=made, at=at)
    return made


def _lock(note: StaffNote) -> StaffNote:
    row = StaffNote.objects.select_for_update().get(pk=note.pk)
    row.project = Project.objects.get(pk=row.project_id)
    return row


@transaction.atomic
def share_note(*, note: StaffNote, shared: bool, actor: Any, at: datetime) -> None:
    """Let the delegates of the region read the note and its answers, or stop."""
    row = _lock(note)
    check(actor, "threads.share_note", row)
    if (row.shared_at is not None) == shared:
        return
    row.shared_at = at if shared else None
    row.save(update_fields=["shared_at"])
    record(actor=actor, verb="share staff note" if shared else "stop sharing staff note", obj=row, at=at)
    if shared:
        _tell_delegates(row, actor, at)


def _tell_delegates(note: StaffNote, actor: Any, at: datetime) -> None:
    """Each delegate of the region who sees it, once until they have read that there is one."""
    grants = RoleGrant.objects.filter(role=Role.DELEGATE, region=note.project.region_id, ended_at=None)
    told = Notification.objects.filter(kind=NOTE, read_at=None).values("user")
    group = note.project.members.values("user")
    delegates = User.objects.filter(is_active=True, pk__in=grants.values("user")).exclude(pk=actor.pk)
    for delegate in delegates.exclude(pk__in=told).exclude(pk__in=group):
        notify(user=delegate, kind=NOTE, data={}, at=at)


@transaction.atomic
def delete_note(*, note: StaffNote, actor: Any, at: datetime) -> None:
    """Erase one's own note with its answers. Raises `PermissionDenied`."""
    row = _lock(note)
    if row.author_id != actor.pk:
        raise PermissionDenied("threads.note")
    check(actor, "threads.answer_note", row if row.root is None else row.root)
    record(actor=actor, verb="delete staff note", obj=row, at=at)
    row.delete()
