"""How the API answers: bytes built once, a strong ETag, an early 304, readable from any site, no session.

What depends on ideas is kept under their generation, so that a publication is seen at once by every worker.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from bpc.portal.api.problems import problem
from bpc.portal.foundation.page_cache import generations
from bpc.portal.foundation.permissions import PUBLIC
from bpc.portal.foundation.public_bytes import OPEN_TO_ALL, PublicBytes
from bpc.portal.foundation.shelf import Shelf, shelf

__all__ = ["Freshness", "KeptAnswersMiddleware", "Shelf", "public", "shelf"]

View = Callable[..., HttpResponse]
ROOT = "/api/v1/"
METHODS = "GET, HEAD, OPTIONS"
LIFETIME = 600  # seconds at most for what depends on ideas, whatever their generation says


@dataclass(frozen=True)
class Freshness:
    """How long an answer holds for its reader (seconds), what outdates it here, whether it is kept."""

    max_age: int
    names: tuple[str, ...] = ()
    kept: bool = True


def public(view: View, freshness: Freshness) -> View:
    """The view as anybody on any site may call it: GET, HEAD and OPTIONS only, answered from what is kept."""

    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD"}:
            return _other_method(request)
        key = _address(request) if freshness.kept else ""
        if freshness.names and key:
            key = f"{generations(*freshness.names)} {int(time.time()) // LIFETIME} {key}"
        answer = shelf.get(key) if key else None
        if answer is None:
            response = _ask(view, request, *args, **kwargs)
            if response.status_code != 200:
                return _headed(response, {**OPEN_TO_ALL, "Cache-Control": "no-store"})
            answer = PublicBytes.of(
                response.content,
                response["Content-Type"],
                freshness.max_age,
                headers=tuple(OPEN_TO_ALL.items()),
            )
            if key:
                shelf.put(key, answer)
        return answer.respond(request)

    answered.declared_right = PUBLIC  # type: ignore[attr-defined]
    answered.csrf_exempt = True  # type: ignore[attr-defined]  # nothing is written, no cookie is read
    return answered  # type: ignore[return-value]


class KeptAnswersMiddleware:
    """Give what the shelf holds before sessions, languages and accounts are looked at: none of them matters.

    Only answers of `public` views made of files lie on the shelf under their bare address, so nothing else can be
    answered here. This keeps an answer within twice the processor time of an empty page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(ROOT) and request.method in {"GET", "HEAD"}:
            answer = shelf.get(_address(request))
            if answer is not None:
                return answer.respond(request)
        return self.get_response(request)


def _address(request: HttpRequest) -> str:
    return f"{request.path_info}?{request.META.get('QUERY_STRING', '')}"


def _ask(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """HEAD is answered as GET; the server drops the body."""
    method, request.method = request.method, "GET"
    try:
        return view(request, *args, **kwargs)
    finally:
        request.method = method


def _other_method(request: HttpRequest) -> HttpResponse:
    if request.method == "OPTIONS":
        allowed = {"Access-Control-Allow-Methods": METHODS, "Access-Control-Allow-Headers": "If-None-Match"}
        return HttpResponse(status=204, headers={"Allow": METHODS, **OPEN_TO_ALL, **allowed})
    refused = problem(405, "method_not_allowed", _("Cette interface se lit seulement (GET)."))
    return _headed(refused, {"Allow": METHODS, **OPEN_TO_ALL})


def _headed(response: HttpResponse, headers: dict[str, str]) -> HttpResponse:
    for name, value in headers.items():
        response[name] = value
    return response
