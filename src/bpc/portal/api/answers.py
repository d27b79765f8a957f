"""How the API answers: bytes built once, a strong ETag, an early 304, readable from any site, no session.

Answers are kept in the process, in a room counted in bytes: a number of answers would bound nothing, since the map
of all ideas weighs as much as a thousand sectors. What depends on ideas is kept under their generation, so that a
publication is seen at once by every worker.
"""

import sys
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from bpc.portal.api.problems import problem
from bpc.portal.foundation.page_cache import generations
from bpc.portal.foundation.permissions import PUBLIC
from bpc.portal.foundation.public_bytes import PublicBytes

View = Callable[..., HttpResponse]
#: Any site may read: every answer is public and none depends on who asks. Nothing in it may be run.
OPEN_TO_ALL = {
    "Access-Control-Allow-Origin": "*",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}
ROOT = "/api/v1/"
METHODS = "GET, HEAD, OPTIONS"
ROOM = 48 * 1024 * 1024  # bytes of kept answers per process
LIFETIME = 600  # seconds at most for what depends on ideas, whatever their generation says


class Shelf:
    """The answers this process keeps, the least recently used leaving first when they take too much room."""

    def __init__(self, room: int) -> None:
        self._room, self._taken, self._lock = room, 0, Lock()
        self._kept: OrderedDict[str, PublicBytes] = OrderedDict()

    def get(self, key: str) -> PublicBytes | None:
        """The answer kept under `key`, if any."""
        answer = self._kept.get(key)
        if answer is not None:
            with self._lock:
                if key in self._kept:
                    self._kept.move_to_end(key)
        return answer

    def put(self, key: str, answer: PublicBytes) -> None:
        """Keep an answer."""
        weight = _weight(key, answer)
        with self._lock:
            if key not in self._kept and weight <= self._room:
                self._kept[key] = answer
                self._taken += weight
            while self._taken > self._room:
                self._taken -= _weight(*self._kept.popitem(last=False))

    def clear(self) -> None:
        """Keep nothing any more."""
        with self._lock:
            self._kept.clear()
            self._taken = 0

    @property
    def taken(self) -> int:
        """Bytes taken at present."""
        return self._taken


def _weight(key: str, answer: PublicBytes) -> int:
    """Bytes of the answer and of its key: anybody may ask for a small answer under a long address."""
    return answer.size + sys.getsizeof(key)


shelf = Shelf(ROOM)


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
