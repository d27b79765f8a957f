"""From the public simulator to a project: the answers wait in the session of the person who signs in for it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bpc.portal.projects.queries import projects_of
from bpc.portal.web.funding.simulator_answers import Told, read_told
from bpc.portal.web.funding.told_answers import told_lines

_KEY = "funding_answers"
_LONGEST = 4000
_MOST_PROJECTS = 20


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def simulator_project(request: HttpRequest) -> HttpResponse:
    """Begin a project with these answers, or take them to one: kept until its page of funding takes them over."""
    posted = request.method == "POST"
    told = read_told(request.POST if posted else request.GET)
    if posted:
        if told.answers:
            request.session[_KEY] = told.query[:_LONGEST]
        mine = projects_of(request.user).filter(reference=request.POST.get("projet", "")).first()
        return redirect("web:project_funding", mine.reference) if mine else redirect("web:project_new")
    context = {
        "pairs": told.pairs,
        "told": told_lines(told, lambda _name: ""),
        "projects": projects_of(request.user).filter(archived_at=None)[:_MOST_PROJECTS],
    }
    return render(request, "funding/simulator/project.html", context)


def pending_told(session: Any) -> Told | None:
    """The answers that wait, if any."""
    query = session.get(_KEY)
    return read_told(QueryDict(query)) if isinstance(query, str) else None


def take_pending(session: Any) -> Told | None:
    """The same, no longer waiting."""
    told = pending_told(session)
    session.pop(_KEY, None)
    return told
