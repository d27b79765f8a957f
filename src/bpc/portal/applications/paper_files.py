"""The files of the vault on the disk: random names, gone with their rows once the transaction stands."""

import secrets
from collections.abc import Iterable
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from bpc.portal.applications.models import VaultDocument


def random_file(data: bytes) -> ContentFile[bytes]:
    """The bytes under a name that tells nothing, not even their type."""
    return ContentFile(data, f"{secrets.token_hex(16)}.bin")


def delete_files(names: Iterable[str]) -> None:
    """Once the transaction stands: one undone keeps its files."""
    for name in [name for name in names if name]:
        transaction.on_commit(partial(default_storage.delete, name))


def delete_papers_of(projects: Iterable[int]) -> None:
    """The files of projects about to be erased; their rows go with the projects."""
    papers = VaultDocument.objects.filter(project__in=list(projects))
    delete_files(list(papers.values_list("file", flat=True)))


def delete_orphans(papers: Iterable[VaultDocument]) -> None:
    """The files of papers whose rows were undone with their transaction; those of rows that stand are kept."""
    for paper in papers:
        if not VaultDocument.objects.filter(pk=paper.pk, sha256=paper.sha256).exists():
            default_storage.delete(str(paper.file.name))
