"""The files of the vault on the disk: gone with their rows once the transaction stands."""

from collections.abc import Iterable

from django.core.files.storage import default_storage

from bpc.portal.foundation.kept_files import delete_files
from bpc.portal.vault.models import VaultDocument


def delete_papers_of(projects: Iterable[int]) -> None:
    """The files of projects about to be erased; their rows go with the projects."""
    papers = VaultDocument.objects.filter(project__in=list(projects))
    delete_files(list(papers.values_list("file", flat=True)))


def delete_orphans(papers: Iterable[VaultDocument]) -> None:
    """The files of papers whose rows were undone with their transaction; those of rows that stand are kept."""
    for paper in papers:
        if not VaultDocument.objects.filter(pk=paper.pk, sha256=paper.sha256).exists():
            default_storage.delete(str(paper.file.name))
