"""How the service answers: read only, from any site, kept in the process under the generations of its content."""

import time
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from bpc.portal.foundation.page_cache import generations
from bpc.portal.foundation.problems import RefusedError, problem
from bpc.portal.foundation.public_bytes import OPEN_TO_ALL, PublicBytes
from bpc.portal.foundation.shelf import shelf

METHODS = "GET, HEAD, OPTIONS"
LIFETIME = 600  # seconds at most an answer is kept, whatever its generations say
MINUTE = 60
READABLE = {"Access-Control-Expose-Headers": "Content-Crs, ETag, Link"}
#: body, media type, more headers
Written = tuple[bytes, str, dict[str, str]]


def refused(refusal: RefusedError) -> HttpResponse:
    """A problem any site may read, that nobody keeps."""
    response = problem(refusal.status, refusal.code, refusal.detail)
    for name, value in {**OPEN_TO_ALL, "Cache-Control": "no-store"}.items():
        response[name] = value
    return response


def answer(
    request: HttpRequest,
    write: Callable[..., Written],
    names: tuple[str, ...],
    *,
    kept: bool = True,
    **given: Any,
) -> HttpResponse:
    """What `write` writes, in the language asked for; from memory where it is known already."""
    if request.method not in {"GET", "HEAD"}:
        return _other_method(request)
    language = request.GET.get("lang") or get_language() or "fr"
    language = "ar" if language.startswith("ar") else "fr"
    with override(language):
        key = _key(request, language, names) if kept else ""
        found = shelf.get(key) if key else None
        if found is None:
            try:
                found = _made(write(request, **given))
            except RefusedError as refusal:
                return refused(refusal)
            if key:
                shelf.put(key, found)
    response = found.respond(request)
    response["Vary"] = "Accept-Encoding, Accept-Language"
    return response


def _key(request: HttpRequest, language: str, names: tuple[str, ...]) -> str:
    """The origin is part of it: every link begins with it."""
    period = int(time.time()) // LIFETIME
    asked = request.META.get("QUERY_STRING", "")
    where = f"{request.scheme}://{request.get_host()}{request.path_info}"
    state = generations(*names) if names else ""
    return f"ogc {state} {period} {language} {where}?{asked}"


def _made(written: Written) -> PublicBytes:
    body, kind, headers = written
    return PublicBytes.of(body, kind, MINUTE, headers=tuple({**OPEN_TO_ALL, **READABLE, **headers}.items()))


def _other_method(request: HttpRequest) -> HttpResponse:
    if request.method == "OPTIONS":
        allowed = {"Access-Control-Allow-Methods": METHODS, "Access-Control-Allow-Headers": "If-None-Match"}
        return HttpResponse(status=204, headers={"Allow": METHODS, **OPEN_TO_ALL, **allowed})
    response = refused(RefusedError(405, "method_not_allowed", _("Cette interface se lit seulement (GET).")))
    response["Allow"] = METHODS
    return response
