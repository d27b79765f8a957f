"""Reaching a project's vault and its applications: whoever may not open them is told the page does not exist."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from bpc.portal.applications.models import Application
from bpc.portal.foundation.permissions import can, check, get_visible_or_404
from bpc.portal.projects.models import Project
from bpc.portal.web.projects.reading import project_or_404

UNACCEPTABLE = 422


def opened_project(request: HttpRequest, reference: str) -> Project:
    """The project, for who may open its vault: a reader of the group is refused, a stranger finds nothing."""
    row = project_or_404(request, reference)
    check(request.user, "applications.open", row)
    return row


def edited_project(request: HttpRequest, reference: str) -> Project:
    """The project, for who keeps its vault."""
    row = project_or_404(request, reference)
    check(request.user, "applications.edit", row)
    return row


def application_or_404(request: HttpRequest, reference: str, pk: int) -> Application:
    """An application of this project."""
    row = opened_project(request, reference)
    found = get_visible_or_404(request.user, Application, pk=pk, project=row)
    found.project = row
    return found


def frame(request: HttpRequest, row: Project, **more: Any) -> dict[str, Any]:
    """What every page of this room shows around its content."""
    return {
        "project": row,
        "edits": can(request.user, "applications.edit", row),
        "today": timezone.localdate(),
        **more,
    }
