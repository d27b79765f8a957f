"""What only an owner decides of a project: telling it on the idea's page, archiving, restoring, deleting."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bpc.portal.foundation.permissions import check
from bpc.portal.projects import actions
from bpc.portal.projects.models import Project
from bpc.portal.web.projects.forms import DeleteForm
from bpc.portal.web.projects.reading import project_or_404

_UNACCEPTABLE = 422


def _owned(request: HttpRequest, reference: str) -> Project:
    row = project_or_404(request, reference)
    check(request.user, "projects.own", row)
    return row


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def project_settings(request: HttpRequest, reference: str) -> HttpResponse:
    """The button pressed says what is done."""
    row = _owned(request, reference)
    if request.method != "POST":
        return render(request, "projects/settings.html", {"project": row})
    common: dict[str, Any] = {"project": row, "actor": request.user, "at": timezone.now()}
    match request.POST.get("act"):
        case "archive":
            actions.archive_project(**common)
            messages.success(
                request, _("Le projet est archivé. Rien n’est perdu : vous pouvez le reprendre.")
            )
        case "restore":
            actions.restore_project(**common)
            messages.success(request, _("Le projet est repris là où il en était."))
        case "show":
            actions.set_shown_on_idea(shown=True, **common)
            messages.success(request, _("La page de l’idée dit maintenant qu’elle est devenue un projet."))
        case "hide":
            actions.set_shown_on_idea(shown=False, **common)
            messages.success(request, _("La page de l’idée ne dit plus rien du projet."))
        case _:
            return redirect("web:project_settings", row.reference)
    return redirect("web:project", row.reference)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def project_delete(request: HttpRequest, reference: str) -> HttpResponse:
    """Erase the project, its name typed."""
    row = _owned(request, reference)
    form = DeleteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.delete_project(
                project=row, typed_name=form.cleaned_data["name"], actor=request.user, at=timezone.now()
            )
        except actions.NameMismatch:
            form.refuse_name()
        else:
            messages.success(request, _("Le projet est effacé."))
            return redirect("web:my_projects")
    context = {"project": row, "form": form}
    return render(request, "projects/delete.html", context, status=_UNACCEPTABLE if form.errors else 200)
