"""How the API calculates on demand: POST from any site, nothing stored, bounded in size and in number."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bpc.portal.api.problems import problem
from bpc.portal.foundation.client import client_address
from bpc.portal.foundation.metering import Meter
from bpc.portal.foundation.permissions import PUBLIC
from bpc.portal.foundation.public_bytes import OPEN_TO_ALL

METHODS = "POST, OPTIONS"
LARGEST_BODY = 200_000  # bytes: a plan is a tenth of it
meter = Meter()


def calculated(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view as anybody may call it: POST and OPTIONS only, no larger than a plan, so many times a minute."""

    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = _refusal(request) or view(request, *args, **kwargs)
        for name, value in {**OPEN_TO_ALL, "Cache-Control": "no-store"}.items():
            response[name] = value
        return response

    answered.declared_right = PUBLIC  # type: ignore[attr-defined]
    answered.csrf_exempt = True  # type: ignore[attr-defined]  # nothing is written, no cookie is read
    return answered


def _refusal(request: HttpRequest) -> HttpResponse | None:
    if request.method == "OPTIONS":
        allowed = {"Access-Control-Allow-Methods": METHODS, "Access-Control-Allow-Headers": "Content-Type"}
        return HttpResponse(status=204, headers={"Allow": METHODS, **allowed})
    if request.method != "POST":
        response = problem(405, "method_not_allowed", _("Cette adresse calcule ce qu’on lui envoie (POST)."))
        response["Allow"] = METHODS
        return response
    if _too_large(request):
        return problem(413, "too_large", _("Cette demande est trop grande : 200 kB au plus."))
    if wait := meter.count(client_address(request)):
        response = problem(429, "too_many", _("Trop de calculs en une minute : attendez un peu."))
        response["Retry-After"] = str(wait)
        return response
    return None


def _too_large(request: HttpRequest) -> bool:
    """By what is announced: the server reads no more than that."""
    announced = str(request.META.get("CONTENT_LENGTH") or "0")
    return not announced.isdecimal() or int(announced) > LARGEST_BODY
