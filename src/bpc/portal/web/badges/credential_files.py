"""A credential where its identifier leads: signed, readable, or carried in its picture. It names nobody by itself."""

import jwt
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request
from django.views.decorators.http import require_safe

from bpc.portal.badges.baking import bake_png, bake_svg
from bpc.portal.badges.models import Award
from bpc.portal.foundation.public_bytes import OPEN_TO_ALL
from bpc.portal.web.badges.documents import drawn, written

SIGNED = "application/vc+jwt"
_TYPES = {"jwt": SIGNED, "json": "application/json", "svg": "image/svg+xml", "png": "image/png"}
_TOO_MANY = 429


@require_safe
def credential(request: HttpRequest, code: str) -> HttpResponse:
    """The signed credential; a browser is led to the page that says in words what it is worth."""
    if "text/html" in request.headers.get("Accept", ""):
        language = get_language_from_request(request) or settings.LANGUAGE_CODE
        response: HttpResponse = HttpResponseRedirect(f"/{language}/verifier/{code}")
    else:
        response = _sent(_signed(code).token.encode(), "jwt")
    patch_vary_headers(response, ["Accept", "Accept-Language", "Cookie"])
    return response


@require_safe
def credential_file(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The credential as a file: `jwt`, `json` (to be read, it proves nothing), or within its picture."""
    if form not in _TYPES:
        raise Http404(form)
    row = _signed(code)
    response = _sent(_body(request, row, form), form)
    response["Content-Disposition"] = f'attachment; filename="attestation-{code.lower()}.{form}"'
    return response


def _signed(code: str) -> Award:
    found = Award.objects.select_related("version__achievement").filter(code=code).exclude(token="").first()
    if found is None:
        raise Http404("no signed credential")
    return found


def _body(request: HttpRequest, row: Award, form: str) -> bytes | None:
    if form == "jwt":
        return row.token.encode()
    claims = jwt.decode(row.token, options={"verify_signature": False})  # ours: read back, not judged
    if form == "json":
        return written({name: value for name, value in claims.items() if name not in {"iss", "jti", "nbf"}})
    language = claims["credentialSubject"]["achievement"]["inLanguage"]
    picture = drawn(request, row.version, language, form)
    if picture is None:
        return None
    return bake_svg(picture.body, row.token) if form == "svg" else bake_png(picture.body, row.token)


def _sent(body: bytes | None, form: str) -> HttpResponse:
    """Read from any site, run nowhere, asked for again each time: its holder may have it signed anew."""
    if body is None:
        return HttpResponse(status=_TOO_MANY)
    headers = {**OPEN_TO_ALL, "Cache-Control": "no-cache"}
    return HttpResponse(body, content_type=_TYPES[form], headers=headers)
