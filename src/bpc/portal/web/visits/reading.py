"""Reading reports: those of a project, one of them whole, its photos."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bpc.portal.foundation.kept_files import sent_file
from bpc.portal.foundation.permissions import can, get_visible_or_404
from bpc.portal.projects.models import Project
from bpc.portal.visits.models import FormerVisit, VisitPhoto, VisitReport
from bpc.portal.visits.queries import visit_sheet, visits_of
from bpc.portal.visits.states import THEMES, Mood, Need
from bpc.portal.visits.visibility import CHANGE_WITHIN, may_change
from bpc.portal.web.projects.reading import project_or_404

_PER_PAGE = 20


def visit_or_404(request: HttpRequest, reference: str, pk: int) -> VisitReport:
    """A report on this project, if the person sees it."""
    project = project_or_404(request, reference)
    rows = VisitReport.objects.select_related("author", "commune")
    found = get_visible_or_404(request.user, rows, pk=pk, project=project)
    found.project = project
    return found


def frame(request: HttpRequest, row: Project, **more: Any) -> dict[str, Any]:
    """What every page of a project's visits shows around its content."""
    return {"project": row, "writes": can(request.user, "visits.write", row), **more}


@never_cache
@require_safe
def visits(request: HttpRequest, reference: str) -> HttpResponse:
    """The reports on a project, the last visit first."""
    row = project_or_404(request, reference)
    page_obj = Paginator(visits_of(row), _PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "visits/visits.html", frame(request, row, page_obj=page_obj))


@never_cache
@require_safe
def visit(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """One report: what the group reads, and for its advisors what they keep apart."""
    row = visit_or_404(request, reference, pk)
    sheet = visit_sheet(row, request.user)
    withdraws = [one for one in sheet.photos if not one.withdrawn_at and _may_withdraw(request, row, one)]
    context = frame(
        request, row.project, visit=row, sheet=sheet,
        themes=[(label, getattr(row, name)) for name, label in THEMES.items() if getattr(row, name)],
        former=[_former(one) for one in sheet.former],
        changes=may_change(request.user, row, at=timezone.now()),
        until=row.received_at + CHANGE_WITHIN, withdraws=withdraws,
    )  # fmt: skip
    return render(request, "visits/visit.html", context)


def _may_withdraw(request: HttpRequest, row: VisitReport, photo: VisitPhoto) -> bool:
    photo.visit = row
    return can(request.user, "visits.withdraw_photo", photo)


def _former(row: FormerVisit) -> dict[str, Any]:
    """What was written before, label by label; what had said nothing is said so."""
    lines = []
    for name, value in row.contents.items():
        if name == "agreements":
            said = " ; ".join(" · ".join(part for part in one if part) for one in value)
        else:
            said = str(_CHOICES.get(name, {}).get(value, value)) if value is not None else ""
        lines.append((_label(name), said))
    return {"at": row.until, "part": row.part, "lines": lines}


_CHOICES: dict[str, dict[Any, Any]] = {"need": dict(Need.choices), "mood": dict(Mood.choices)}


def _label(name: str) -> str:
    labels = {
        "visited_at": _("Jour et heure"), "commune_id": _("Commune"), "place": _("Lieu"), "women": _("Femmes"),
        "men": _("Hommes"), "young": _("Dont moins de 35 ans"), "need": _("Besoin"), "blocked_on": _("Bloqué par"),
        "agreements": _("Ce qui a été convenu"), "mood": _("Comment va le groupe"), "text": _("Remarques"),
    }  # fmt: skip
    return labels.get(name) or str(THEMES.get(name, name))


@never_cache
@require_safe
def visit_photo(request: HttpRequest, reference: str, pk: int, photo: int) -> HttpResponse:
    """A photo, for whoever reads the report."""
    row = visit_or_404(request, reference, pk)
    found = get_visible_or_404(request.user, VisitPhoto, pk=photo, visit=row, withdrawn_at=None)
    try:
        with found.file.open("rb") as kept:
            data = kept.read()
    except FileNotFoundError:
        raise Http404("the file is gone") from None
    return sent_file(HttpResponse(data, content_type="image/jpeg"))
