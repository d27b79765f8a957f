"""From the public simulator to a project: the answers wait in the session of the person who signs in for it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bpc.portal.web.funding.simulator_answers import Told, read_told

_KEY = "funding_answers"
_LONGEST = 4000


@require_safe
@never_cache
def simulator_project(request: HttpRequest) -> HttpResponse:
    """Begin a project with these answers: kept until a page of the project takes them over."""
    told = read_told(request.GET)
    if told.answers:
        request.session[_KEY] = told.query[:_LONGEST]
    return redirect("web:project_new")


def pending_told(session: Any) -> Told | None:
    """The answers that wait, if any."""
    query = session.get(_KEY)
    return read_told(QueryDict(query)) if isinstance(query, str) else None


def take_pending(session: Any) -> Told | None:
    """The same, no longer waiting."""
    told = pending_told(session)
    session.pop(_KEY, None)
    return told
