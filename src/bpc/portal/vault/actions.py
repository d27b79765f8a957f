"""What is done to the papers of a group: put in, dated, replaced, put back, shown to more or fewer."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import PurePath
from typing import Any, BinaryIO

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet, Sum

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.kept_files import random_file, shown_name
from bpc.portal.foundation.permissions import check
from bpc.portal.projects.actions import lock as lock_project
from bpc.portal.projects.actions import touch
from bpc.portal.projects.models import Project
from bpc.portal.projects.received import ReceivedPaper, received_paper
from bpc.portal.vault.models import MOST_PAPERS, OTHER_KIND, Audience, VaultDocument
from bpc.portal.vault.papers import OWN_KINDS, kept_kinds
from bpc.portal.vault.visibility import can_see_paper

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
    audience: str = Audience.ADVISOR


@dataclass(frozen=True)
class Upload:
    """A file as it came: its bytes, how many are announced, the name it had."""

    file: BinaryIO
    size: int
    name: str


def add_paper(
    *, project: Project, described: Description, upload: Upload, actor: Any, at: datetime
) -> VaultDocument:
    """Put a paper in the vault; the same file of the same kind sent twice is one paper.

    Raises `RefusedPaper`, `VaultFull`, `UnknownKind`, `PermissionDenied`.
    """
    check(actor, "vault.edit", project)
    kept = described.kind in OWN_KINDS or described.kind in {kind.code for kind in kept_kinds()}
    if not kept:
        raise UnknownKind(described.kind)
    paper = received_paper(upload.file, upload.size, settings.SCANNER)
    with transaction.atomic():  # only now: judging and scanning a file takes a while
        row = lock_project(project)
        check(actor, "vault.edit", row)
        digest = sha256(paper.content).hexdigest()
        known = row.papers.current().filter(kind=described.kind, sha256=digest).first()
        if known is not None and can_see_paper(actor, known):
            return known
        return _keep(row, described, paper, upload.name, actor, at)


def _keep(
    project: Project, described: Description, paper: ReceivedPaper, name: str, actor: Any, at: datetime
) -> VaultDocument:
    kept_papers = project.papers.kept()
    taken = kept_papers.aggregate(bytes=Sum("size"))["bytes"] or 0
    if kept_papers.count() >= MOST_PAPERS or taken + len(paper.content) > MOST_BYTES:
        raise VaultFull
    if described.audience == Audience.OWNERS:
        check(actor, "projects.own", project)
    kept = VaultDocument.objects.create(
        project=project, kind=described.kind, label=described.label.strip(),
        language=described.language if described.label.strip() else "",
        file=random_file(paper.content), original_name=shown_name(name, paper.ending),
        content_type=paper.content_type, size=len(paper.content),
        sha256=sha256(paper.content).hexdigest(), issued_on=described.issued_on,
        expires_on=described.expires_on, uploaded_by=actor, uploaded_at=at,
        audience=described.audience,
    )  # fmt: skip
    record(actor=actor, verb="add paper", obj=kept, at=at, data={"kind": kept.kind})
    touch(project, actor, at)
    return kept


def lock_paper(
    paper: VaultDocument, actor: Any, among: QuerySet[VaultDocument] | None = None
) -> VaultDocument:
    """The paper, kept from others, for somebody who may change it; `among` the current ones unless told otherwise.

    Raises `PaperGone`, `PermissionDenied`.
    """
    project = lock_project(paper.project)
    rows = VaultDocument.objects.current() if among is None else among
    row = rows.select_for_update().filter(pk=paper.pk).first()
    if row is None:
        check(actor, "vault.edit", project)
        raise PaperGone(str(paper.pk))
    row.project = project
    check(actor, "vault.edit", row)
    return row


def replace_paper(
    *, paper: VaultDocument, described: Description, upload: Upload, actor: Any, at: datetime
) -> VaultDocument:
    """Put a newer paper in place of this one, which stays behind it.

    Raises as `add_paper`, and `PaperGone`. The kind and the group's own words stay.
    """
    check(actor, "vault.edit", paper)
    received = received_paper(upload.file, upload.size, settings.SCANNER)
    with transaction.atomic():  # only now, as for a new one
        row = lock_paper(paper, actor)
        if sha256(received.content).hexdigest() == row.sha256:
            date_paper(paper=row, described=described, actor=actor, at=at)
            return VaultDocument.objects.get(pk=row.pk)
        same = Description(
            row.kind, described.issued_on, described.expires_on, row.label, row.language, row.audience
        )
        return _put_before(row, same, received, upload.name, actor, at)


def _put_before(
    row: VaultDocument, same: Description, received: ReceivedPaper, name: str, actor: Any, at: datetime
) -> VaultDocument:
    newer = _keep(row.project, same, received, name, actor, at)
    row.replaced_by = newer
    row.save(update_fields=["replaced_by"])
    record(actor=actor, verb="replace paper", obj=row, at=at, data={"by": newer.pk})
    return newer


@transaction.atomic
def date_paper(*, paper: VaultDocument, described: Description, actor: Any, at: datetime) -> None:
    """Change the dates of a paper, and its name when its kind names nothing. Raises `PaperGone`."""
    row = lock_paper(paper, actor)
    row.issued_on, row.expires_on = described.issued_on, described.expires_on
    if row.kind == OTHER_KIND and described.label.strip():
        row.label, row.language = described.label.strip(), described.language
    row.save(update_fields=["issued_on", "expires_on", "label", "language"])
    record(actor=actor, verb="date paper", obj=row, at=at)
    touch(row.project, actor, at)


@transaction.atomic
def restore_version(*, paper: VaultDocument, actor: Any, at: datetime) -> VaultDocument:
    """Put a former version back as the newest: a copy of it, before all that came since. Raises `PaperGone`."""
    check(actor, "vault.edit", paper)
    newest = VaultDocument.objects.select_related("project").filter(pk=paper.pk).first()
    while newest is not None and newest.replaced_by is not None:
        newest = newest.replaced_by
    if newest is None:
        raise PaperGone(str(paper.pk))
    row = lock_paper(newest, actor)
    if row.pk == paper.pk:
        return row
    try:
        with paper.file.open("rb") as stored:
            content = stored.read()
    except FileNotFoundError:
        raise PaperGone(str(paper.pk)) from None
    ending = PurePath(paper.original_name).suffix.lstrip(".")
    same = Description(row.kind, paper.issued_on, paper.expires_on, paper.label, paper.language, row.audience)
    return _put_before(
        row, same, ReceivedPaper(content, paper.content_type, ending), paper.original_name, actor, at
    )


@transaction.atomic
def set_audience(*, paper: VaultDocument, audience: str, actor: Any, at: datetime) -> None:
    """Change who reads a paper, its former versions included. Raises `PaperGone`, `PermissionDenied`."""
    row = lock_paper(paper, actor)
    if audience == Audience.OWNERS:
        check(actor, "projects.own", row.project)
    pks = [row.pk, *(one.pk for one in history_of(row))]
    VaultDocument.objects.filter(pk__in=pks).update(audience=Audience(audience))
    record(actor=actor, verb="set audience", obj=row, at=at, before=row.audience, after=audience)
    touch(row.project, actor, at)


def history_of(paper: VaultDocument) -> list[VaultDocument]:
    """What it replaced, the newest first."""
    former: list[VaultDocument] = []
    behind = VaultDocument.objects.filter(replaced_by=paper).select_related("uploaded_by").first()
    while behind is not None:
        former.append(behind)
        behind = VaultDocument.objects.filter(replaced_by=behind).select_related("uploaded_by").first()
    return former
