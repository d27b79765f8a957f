"""Reading the path of a project: the whole of it, one step."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bpc.portal.followup.catalogue import published_versions, template_of
from bpc.portal.followup.queries import (
    PathReading,
    ProjectReading,
    closed_paths,
    read_project,
)
from bpc.portal.followup.words import told
from bpc.portal.foundation.permissions import can
from bpc.portal.projects.models import Project
from bpc.portal.web.followup.rows import clock_rows, next_card, path_tabs, phase_rows
from bpc.portal.web.projects.reading import project_or_404

UNACCEPTABLE = 422


def frame(request: HttpRequest, row: Project, **more: Any) -> dict[str, Any]:
    """What every page of this room shows around its content."""
    return {
        "project": row,
        "marks": can(request.user, "followup.mark", row),
        "chooses": can(request.user, "followup.choose", row),
        "today": timezone.localdate(),
        **more,
    }


def reading_or_404(request: HttpRequest, reference: str, pk: int) -> tuple[ProjectReading, PathReading]:
    """The project's paths and the one asked for, if the person sees the project."""
    reading = read_project(project_or_404(request, reference), timezone.localdate())
    found = next((one for one in reading.paths if one.path.pk == pk), None)
    if found is None:
        raise Http404("no running path of this project")
    return reading, found


@require_safe
@never_cache
def paths(request: HttpRequest, reference: str) -> HttpResponse:
    """The path whose next step comes first; without any, those that can be opened."""
    reading = read_project(project_or_404(request, reference), timezone.localdate())
    return _page(request, reading, reading.foremost(timezone.localdate()))


@require_safe
@never_cache
def path(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """One path of the project."""
    return _page(request, *reading_or_404(request, reference, pk))


def _page(request: HttpRequest, reading: ProjectReading, shown: PathReading | None) -> HttpResponse:
    today, row = timezone.localdate(), reading.project
    published = published_versions()
    context = frame(
        request,
        row,
        tabs=path_tabs(reading, shown),
        clocks=clock_rows(reading),
        offered=_offered(reading, published),
        closed=[(one, told(template_of(one.version).name)) for one in closed_paths(row)],
        known=reading.known,
    )
    if shown is not None:
        newest = published.get(shown.path.template.slug)
        context |= {
            "shown": shown,
            "name": told(shown.standing.template.name),
            "about": told(shown.standing.template.about),
            "next": next_card(shown, row.reference, today),
            "phases": phase_rows(shown, row.reference, today),
            "newer": newest is not None and newest.pk != shown.path.version_id,
            "declined": newest is not None and newest.pk == shown.path.declined_id,
            "update_url": reverse("web:path_update", args=[row.reference, shown.path.pk]),
        }
    return render(request, "followup/path.html", context)


def _offered(reading: ProjectReading, published: dict[str, Any]) -> list[dict[str, Any]]:
    """The templates the project does not follow yet, those of its stage first."""
    running = {one.path.template.slug for one in reading.paths}
    rows = []
    for slug, version in published.items():
        if slug in running:
            continue
        template = template_of(version)
        suits = reading.project.stage in template.stages
        rows.append(
            {
                "slug": slug,
                "name": told(template.name),
                "about": told(template.about),
                "icon": template.icon,
                "suits": suits,
            }
        )
    return sorted(rows, key=lambda one: not one["suits"])
