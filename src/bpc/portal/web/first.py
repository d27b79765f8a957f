"""The two addresses without a language: the root, and the health probe."""

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request

from bpc.portal.foundation.permissions import PUBLIC


def to_preferred_language(request: HttpRequest) -> HttpResponse:
    """Send `/` to the language the browser asks for."""
    response = HttpResponseRedirect(f"/{get_language_from_request(request) or settings.LANGUAGE_CODE}/")
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


def health(request: HttpRequest) -> HttpResponse:
    """200 when the process answers and the database does too, 503 otherwise."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:  # any failure of the database is the answer
        return JsonResponse({"status": "database unreachable"}, status=503)
    return JsonResponse({"status": "ok"})


to_preferred_language.declared_right = PUBLIC  # type: ignore[attr-defined]
health.declared_right = PUBLIC  # type: ignore[attr-defined]
