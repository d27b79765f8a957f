"""Courses on a telephone: their list, the page of one whole course, the worker that shows them without network."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bpc.portal.learning.models import Following
from bpc.portal.projects.models import Project
from bpc.portal.training.catalogue import Published, catalogue
from bpc.portal.web.kept_pages import worker_script
from bpc.portal.web.training.exercise_project import chosen_project, projects_to_choose
from bpc.portal.web.training.lesson_page import course_or_404
from bpc.portal.web.training.offline_page import course_context, list_context

_FOLDER = "/formations/hors-ligne"


@never_cache
@require_safe
def courses_offline(request: HttpRequest) -> HttpResponse:
    """The courses, and which of them this device has."""
    return render(request, "training/offline_list.html", list_context(catalogue()))


@never_cache
@require_safe
def course_offline(request: HttpRequest, code: str) -> HttpResponse:
    """A whole course in one page, which works without network once it was taken."""
    entry = course_or_404(code)
    projects = projects_to_choose(request.user)
    project = _project(request, entry, projects)
    context = course_context(entry, request.user, project)
    return render(request, "training/offline.html", context | {"projects": projects, "project": project})


def _project(request: HttpRequest, entry: Published, projects: list[Project]) -> Project | None:
    """The one asked for, else that of the course as it was begun, else the person's last."""
    asked = chosen_project(request, request.GET.get("projet", ""))
    if asked is not None:
        return asked
    rows = Following.objects.filter(user=request.user.pk, course=entry.key, project__in=projects)
    own = rows.values_list("project", flat=True).first()
    return next((one for one in projects if one.pk == own), projects[0] if projects else None)


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker of these pages; it holds no data."""
    return worker_script("bpc-courses-", own=_FOLDER)
