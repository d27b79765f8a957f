"""What is done to the papers of a group: put in, dated, replaced, erased."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any, BinaryIO

from django.db import transaction
from django.db.models import Sum

from bpc.portal.applications.models import MOST_PAPERS, OTHER_KIND, VaultDocument
from bpc.portal.applications.papers import OWN_KINDS, kept_kinds
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.kept_files import delete_files, random_file, shown_name
from bpc.portal.foundation.permissions import check
from bpc.portal.projects.actions import lock as lock_project
from bpc.portal.projects.actions import touch
from bpc.portal.projects.models import Project
from bpc.portal.projects.received import ReceivedPaper, received_paper

MOST_BYTES = 150 * 1024 * 1024  # of a project's vault


class VaultFull(Exception):
    """The project has all the papers, or the bytes, it may have."""


class UnknownKind(Exception):
    """No such kind of paper, or one that is never kept here."""


class PaperGone(Exception):
    """The paper was replaced or erased a moment ago."""


@dataclass(frozen=True)
class Description:
    """What a group says of a paper. `label` and its language only where the kind names nothing."""

    kind: str
    issued_on: date | None = None
    expires_on: date | None = None
    label: str = ""
    language: str = ""


@dataclass(frozen=True)
class Upload:
    """A file as it came: its bytes, how many are announced, the name it had."""

    file: BinaryIO
    size: int
    name: str


@transaction.atomic
def add_paper(
    *, project: Project, described: Description, upload: Upload, actor: Any, at: datetime
) -> VaultDocument:
    """Put a paper in the vault; the same file of the same kind sent twice is one paper.

    Raises `RefusedPaper`, `VaultFull`, `UnknownKind`, `PermissionDenied`.
    """
    row = lock_project(project)
    check(actor, "applications.edit", row)
    kept = described.kind in OWN_KINDS or described.kind in {kind.code for kind in kept_kinds()}
    if not kept:
        raise UnknownKind(described.kind)
    paper = received_paper(upload.file, upload.size)
    digest = sha256(paper.content).hexdigest()
    known = row.papers.filter(kind=described.kind, sha256=digest, replaced_by=None).first()
    if known is not None:
        return known
    return _keep(row, described, paper, upload.name, actor, at)


def _keep(
    project: Project, described: Description, paper: ReceivedPaper, name: str, actor: Any, at: datetime
) -> VaultDocument:
    taken = project.papers.aggregate(bytes=Sum("size"))["bytes"] or 0
    if project.papers.count() >= MOST_PAPERS or taken + len(paper.content) > MOST_BYTES:
        raise VaultFull
    kept = VaultDocument.objects.create(
        project=project, kind=described.kind, label=described.label.strip(),
        language=described.language if described.label.strip() else "",
        file=random_file(paper.content), original_name=shown_name(name, paper.ending),
        content_type=paper.content_type, size=len(paper.content),
        sha256=sha256(paper.content).hexdigest(), issued_on=described.issued_on,
        expires_on=described.expires_on, uploaded_by=actor, uploaded_at=at,
    )  # fmt: skip
    record(actor=actor, verb="add paper", obj=kept, at=at, data={"kind": kept.kind})
    touch(project, at)
    return kept


def _lock(paper: VaultDocument, actor: Any) -> VaultDocument:
    """The current paper, kept from others, for somebody who may change it."""
    project = lock_project(paper.project)
    check(actor, "applications.edit", project)
    row = VaultDocument.objects.select_for_update().filter(pk=paper.pk, replaced_by=None).first()
    if row is None:
        raise PaperGone(str(paper.pk))
    row.project = project
    return row


@transaction.atomic
def replace_paper(
    *, paper: VaultDocument, described: Description, upload: Upload, actor: Any, at: datetime
) -> VaultDocument:
    """Put a newer paper in place of this one, which stays behind it.

    Raises as `add_paper`, and `PaperGone`. The kind and the group's own words stay.
    """
    row = _lock(paper, actor)
    received = received_paper(upload.file, upload.size)
    if sha256(received.content).hexdigest() == row.sha256:
        date_paper(paper=row, described=described, actor=actor, at=at)
        return VaultDocument.objects.get(pk=row.pk)
    same = Description(row.kind, described.issued_on, described.expires_on, row.label, row.language)
    newer = _keep(row.project, same, received, upload.name, actor, at)
    row.replaced_by = newer
    row.save(update_fields=["replaced_by"])
    record(actor=actor, verb="replace paper", obj=row, at=at, data={"by": newer.pk})
    return newer


@transaction.atomic
def date_paper(*, paper: VaultDocument, described: Description, actor: Any, at: datetime) -> None:
    """Change the dates of a paper, and its name when its kind names nothing. Raises `PaperGone`."""
    row = _lock(paper, actor)
    row.issued_on, row.expires_on = described.issued_on, described.expires_on
    if row.kind == OTHER_KIND and described.label.strip():
        row.label, row.language = described.label.strip(), described.language
    row.save(update_fields=["issued_on", "expires_on", "label", "language"])
    record(actor=actor, verb="date paper", obj=row, at=at)
    touch(row.project, at)


@transaction.atomic
def delete_paper(*, paper: VaultDocument, actor: Any, at: datetime) -> None:
    """Erase a paper with all that it replaced, files included. Raises `PaperGone`."""
    row = _lock(paper, actor)
    gone = [row, *history_of(row)]
    record(actor=actor, verb="delete paper", obj=row, at=at, data={"kind": row.kind})
    delete_files([str(one.file.name) for one in gone])
    row.delete()
    touch(row.project, at)


def history_of(paper: VaultDocument) -> list[VaultDocument]:
    """What it replaced, the newest first."""
    former: list[VaultDocument] = []
    behind = VaultDocument.objects.filter(replaced_by=paper).first()
    while behind is not None:
        former.append(behind)
        behind = VaultDocument.objects.filter(replaced_by=behind).first()
    return former
