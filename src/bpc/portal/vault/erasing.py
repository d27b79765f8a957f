"""Papers erased: out of sight at once, gone for good some days later, taken back in between."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Sum

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.kept_files import delete_files
from bpc.portal.projects.actions import lock as lock_project
from bpc.portal.projects.actions import touch
from bpc.portal.projects.models import Project
from bpc.portal.vault.actions import MOST_BYTES, VaultFull, history_of, lock_paper
from bpc.portal.vault.models import MOST_PAPERS, VaultDocument

UNDO = timedelta(days=7)


@transaction.atomic
def delete_paper(*, paper: VaultDocument, actor: Any, at: datetime) -> None:
    """Take a paper and all that it replaced out of the vault. Raises `PaperGone`."""
    row = lock_paper(paper, actor)
    pks = [row.pk, *(one.pk for one in history_of(row))]
    VaultDocument.objects.filter(pk__in=pks).update(deleted_at=at, deleted_by=actor)
    record(actor=actor, verb="delete paper", obj=row, at=at, data={"kind": row.kind})
    _make_room(row.project)
    touch(row.project, actor, at)


def _make_room(project: Project) -> None:
    """What waits to be gone takes no more than a vault: the oldest go first."""
    waiting = project.papers.filter(deleted_at__isnull=False)
    for oldest in project.papers.erased().order_by("deleted_at", "pk"):
        if (waiting.aggregate(bytes=Sum("size"))["bytes"] or 0) <= MOST_BYTES:
            return
        _erase(oldest)


@transaction.atomic
def take_back(*, paper: VaultDocument, actor: Any, at: datetime) -> VaultDocument:
    """Put an erased paper back with its history. Raises `PaperGone`, `VaultFull`."""
    row = lock_paper(paper, actor, VaultDocument.objects.erased())
    rows = [row, *history_of(row)]
    kept = row.project.papers.kept()
    taken = (kept.aggregate(bytes=Sum("size"))["bytes"] or 0) + sum(one.size for one in rows)
    if kept.count() + len(rows) > MOST_PAPERS or taken > MOST_BYTES:
        raise VaultFull
    VaultDocument.objects.filter(pk__in=[one.pk for one in rows]).update(deleted_at=None, deleted_by=None)
    record(actor=actor, verb="take paper back", obj=row, at=at)
    touch(row.project, actor, at)
    return row


@transaction.atomic
def erase_paper(*, paper: VaultDocument, actor: Any, at: datetime) -> None:
    """Let an erased paper go for good, without waiting. Raises `PaperGone`."""
    row = lock_paper(paper, actor, VaultDocument.objects.erased())
    record(actor=actor, verb="erase paper", obj=row, at=at, data={"kind": row.kind})
    _erase(row)


def erase_overdue(at: datetime) -> int:
    """Let go what nobody took back in time; returns how many papers."""
    overdue = VaultDocument.objects.erased().filter(deleted_at__lt=at - UNDO).order_by("pk")
    gone = 0
    for paper in list(overdue.select_related("project")):
        with transaction.atomic():
            lock_project(paper.project)
            row = VaultDocument.objects.erased().filter(pk=paper.pk, deleted_at__lt=at - UNDO).first()
            if row is not None:
                _erase(row)
                gone += 1
    return gone


def _erase(row: VaultDocument) -> None:
    delete_files([str(one.file.name) for one in (row, *history_of(row))])
    row.delete()
