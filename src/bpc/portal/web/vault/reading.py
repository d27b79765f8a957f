"""Reaching a project's vault and its applications: whoever may not open them is told the page does not exist."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from bpc.portal.foundation.permissions import can, check, get_visible_or_404
from bpc.portal.projects.models import Project
from bpc.portal.vault.models import VaultDocument
from bpc.portal.web.projects.reading import project_or_404

UNACCEPTABLE = 422


def opened_project(request: HttpRequest, reference: str) -> Project:
    """The project, for who may open its vault: a reader of the group is refused, a stranger finds nothing."""
    row = project_or_404(request, reference)
    check(request.user, "vault.open", row)
    return row


def edited_project(request: HttpRequest, reference: str) -> Project:
    """The project, for who keeps its vault."""
    row = project_or_404(request, reference)
    check(request.user, "vault.edit", row)
    return row


def paper_or_404(request: HttpRequest, reference: str, pk: int) -> VaultDocument:
    """A paper of this project."""
    row = opened_project(request, reference)
    rows = VaultDocument.objects.kept().select_related("project__commune", "uploaded_by")
    return get_visible_or_404(request.user, rows, pk=pk, project=row)


def erased_or_404(request: HttpRequest, reference: str, pk: int) -> VaultDocument:
    """An erased paper of this project, for who may take it back."""
    row = edited_project(request, reference)
    rows = VaultDocument.objects.erased().select_related("project")
    return get_visible_or_404(request.user, rows, pk=pk, project=row)


def frame(request: HttpRequest, row: Project, **more: Any) -> dict[str, Any]:
    """What every page of this room shows around its content."""
    return {
        "project": row,
        "edits": can(request.user, "vault.edit", row),
        "today": timezone.localdate(),
        **more,
    }
