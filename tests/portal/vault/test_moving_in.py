"""A database made when papers lived with the applications keeps every row, trail and proof."""

from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from bpc.portal.applications.models import ApplicationEvent
from bpc.portal.foundation.audit import trail_of
from bpc.portal.people.models import User
from bpc.portal.projects.models import Project
from bpc.portal.vault.models import VaultDocument
from tests.portal.applications.application_world import NOW, TODAY
from tests.portal.projects.project_world import make_group

BEFORE = [("applications", "0001_papers_and_applications"), ("vault", None)]


def _migrate(targets: list[Any]) -> Any:
    executor = MigrationExecutor(connection)
    executor.loader.build_graph()
    return executor.migrate(targets).apps


def _latest() -> list[tuple[str, str]]:
    leaves = MigrationExecutor(connection).loader.graph.leaf_nodes()
    return [leaf for leaf in leaves if leaf[0] in {"applications", "vault"}]


def _old_rows(apps: Any, project: Project, owner: User) -> tuple[int, int]:
    """A paper, the one it replaced, their trail, and an event that the newer proves, as the older site wrote them."""
    papers = apps.get_model("applications", "VaultDocument").objects
    plain = {"content_type": "application/pdf", "size": 5, "sha256": "0" * 64, "original_name": "a.pdf"}
    newer = papers.create(project_id=project.pk, kind="statutes", file="vault/2026/11/b.bin", issued_on=TODAY,
                          uploaded_by_id=owner.pk, **plain)  # fmt: skip
    papers.create(project_id=project.pk, kind="statutes", file="vault/2026/11/a.bin", replaced_by_id=newer.pk,
                  **plain)  # fmt: skip
    entry = apps.get_model("foundation", "AuditEntry")
    entry.objects.create(
        verb="add paper", object_kind="applications.vaultdocument", object_key=str(newer.pk), at=NOW
    )
    made = apps.get_model("applications", "Application").objects.create(
        project_id=project.pk, source_slug="x", source_name_fr="x", source_name_ar="x", source_kind="grant",
        language="fr",
    )  # fmt: skip
    event = apps.get_model("applications", "ApplicationEvent").objects.create(
        application_id=made.pk, step="send", on=TODAY, before="preparing", position=1, proof_id=newer.pk
    )
    return newer.pk, event.pk


@pytest.mark.usefixtures("reference_again")
@pytest.mark.django_db(transaction=True)
def test_papers_of_an_older_site_move_without_loss() -> None:
    group = make_group()
    try:
        older = _migrate(BEFORE)
        ContentType.objects.filter(model="vaultdocument").update(app_label="applications")
        newer_pk, event_pk = _old_rows(older, group.project, group.inside["owner"])
        kind_pk = ContentType.objects.get(app_label="applications", model="vaultdocument").pk
    finally:
        _migrate(_latest())
    ContentType.objects.clear_cache()
    paper = VaultDocument.objects.get(pk=newer_pk)
    assert (paper.kind, paper.issued_on, paper.uploaded_by) == ("statutes", TODAY, group.inside["owner"])
    assert [one.file.name for one in paper.former.all()] == ["vault/2026/11/a.bin"]
    assert [entry.verb for entry in trail_of(paper)] == ["add paper"]
    assert ApplicationEvent.objects.get(pk=event_pk).proof == paper
    assert ContentType.objects.get_for_model(VaultDocument).pk == kind_pk
    assert not ContentType.objects.filter(app_label="applications", model="vaultdocument").exists()
