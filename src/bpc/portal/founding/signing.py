"""A paper of ours, printed and signed, goes back into the vault in one step; the file remembers what it said."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from bpc.datasets.founding import PaperKind
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.founding.models import CreationFile
from bpc.portal.founding.papers import fill_paper
from bpc.portal.projects.actions import lock
from bpc.portal.vault import actions as vault
from bpc.portal.vault.models import VaultDocument


def signed_copies(file: CreationFile) -> dict[str, VaultDocument]:
    """The signed copy of each paper that is still current in the vault, by the code of the paper."""
    keys = {code: one["document"] for code, one in file.signed.items()}
    rows = VaultDocument.objects.current().filter(project=file.project_id, pk__in=keys.values()).in_bulk()
    return {code: rows[pk] for code, pk in keys.items() if pk in rows}


def keep_signed(
    *,
    file: CreationFile,
    kind: PaperKind,
    language: str,
    signed_on: date | None,
    upload: vault.Upload,
    actor: Any,
    at: datetime,
) -> VaultDocument:
    """Put the signed scan of a paper in the vault, before the one signed earlier.

    Raises as `vault.actions.add_paper` and `replace_paper`.
    """
    check(actor, "projects.edit", file.project)
    described = vault.Description(kind.vault, signed_on)
    former = signed_copies(file).get(kind.code)
    if former is None:
        kept = vault.add_paper(project=file.project, described=described, upload=upload, actor=actor, at=at)
    else:
        kept = vault.replace_paper(paper=former, described=described, upload=upload, actor=actor, at=at)
    with transaction.atomic():
        project = lock(file.project)
        row = CreationFile.objects.select_for_update().get(pk=file.pk)
        said = fill_paper(kind, row, list(row.founders.all()), language).digest
        row.signed = {**row.signed, kind.code: {"document": kept.pk, "language": language, "digest": said}}
        row.save(update_fields=["signed"])
        record(actor=actor, verb="keep signed paper", obj=project, at=at, data={"paper": kind.code})
    file.signed = row.signed
    return kept
