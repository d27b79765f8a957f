"""What a tool asks of us by itself: a token, the line item of a course, and that a score be kept.

Errors are told as the standards say: RFC 6749 for tokens, RFC 6750 for their use, and a line of why.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from bpc.portal.foundation.client import client_address
from bpc.portal.foundation.metering import Meter
from bpc.portal.partner_courses.addresses import results_address
from bpc.portal.partner_courses.claims import LINE_ITEM, LINE_ITEM_READ, RESULT_READ, SCORE
from bpc.portal.partner_courses.gradebook import MOST_RESULTS, results_page
from bpc.portal.partner_courses.gradebook import line_item as told_line_item
from bpc.portal.partner_courses.launching import with_query
from bpc.portal.partner_courses.models import PartnerCourse
from bpc.portal.partner_courses.receiving import UnknownLearner, receive_score
from bpc.portal.partner_courses.scores import WrongScore, read_score
from bpc.portal.partner_courses.tokens import Token, TokenRefused, give_token, read_token

_TOKENS, _CALLS = (
    Meter(60),
    Meter(600),
)  # a minute: by address; by partner, whose whole class may finish at once
_LINE_ITEM_TYPE = "application/vnd.ims.lis.v2.lineitem+json"
_LINE_ITEMS_TYPE = "application/vnd.ims.lis.v2.lineitemcontainer+json"
_RESULTS_TYPE = "application/vnd.ims.lis.v2.resultcontainer+json"
_MOST_BYTES = 16 * 1024
View = Callable[..., HttpResponse]


def _wait(seconds: int) -> HttpResponse:
    return JsonResponse({"error": "slow_down"}, status=429, headers={"Retry-After": str(seconds)})


def _refused(status: int, error: str, why: str) -> HttpResponse:
    challenge = f'Bearer error="{error}"' if error else "Bearer"
    headers = {"WWW-Authenticate": challenge} if status in (401, 403) else {}
    return JsonResponse(
        {"error": error or "unauthorized", "error_description": why}, status=status, headers=headers
    )


@csrf_exempt  # no cookie is read: the signed assertion is the right
@never_cache
@require_POST
def token(request: HttpRequest) -> HttpResponse:
    """A token for an hour, against a signed assertion."""
    if wait := _TOKENS.count(client_address(request)):
        return _wait(wait)
    try:
        return JsonResponse(give_token(request.POST.dict(), timezone.now()))
    except TokenRefused as refusal:
        status = 401 if refusal.code == "invalid_client" else 400
        return JsonResponse({"error": refusal.code, "error_description": refusal.why}, status=status)


def _for_tools(method: str, *scopes: str) -> Callable[[View], View]:
    """A view of a course of the partner whose token is shown, holding one of these scopes."""

    def decorate(view: View) -> View:
        @csrf_exempt  # no cookie is read: the token is the right
        @never_cache
        @wraps(view)
        def guarded(request: HttpRequest, key: UUID) -> HttpResponse:
            held = _token_shown(request)
            if held is None:
                return _refused(
                    401, "invalid_token" if "Authorization" in request.headers else "", "show a token"
                )
            if wait := _CALLS.count(str(held.partner.pk)):
                return _wait(wait)
            course = (
                PartnerCourse.objects.filter(key=key, partner=held.partner).select_related("partner").first()
            )
            if course is None:
                return _refused(404, "not_found", "no such line item")
            if request.method != method:
                return _refused(405, "method_not_allowed", method)
            if not held.scopes & set(scopes):
                return _refused(403, "insufficient_scope", scopes[0])
            return view(request, course)

        return guarded

    return decorate


def _token_shown(request: HttpRequest) -> Token | None:
    kind, _space, held = request.headers.get("Authorization", "").partition(" ")
    return read_token(held.strip(), timezone.now()) if kind.lower() == "bearer" else None


@_for_tools("GET", LINE_ITEM, LINE_ITEM_READ)
def line_items(request: HttpRequest, course: PartnerCourse) -> HttpResponse:
    """The one line item of a course, unless it is asked for by what it is not."""
    row = told_line_item(course)
    names = {"resource_link_id": "resourceLinkId", "resource_id": "resourceId", "tag": "tag"}
    fits = all(request.GET.get(asked, row[name]) == row[name] for asked, name in names.items())
    return JsonResponse([row] if fits else [], safe=False, content_type=_LINE_ITEMS_TYPE)


@_for_tools("GET", LINE_ITEM, LINE_ITEM_READ)
def line_item(request: HttpRequest, course: PartnerCourse) -> HttpResponse:
    """The line item."""
    return JsonResponse(told_line_item(course), content_type=_LINE_ITEM_TYPE)


@_for_tools("POST", SCORE)
def scores(request: HttpRequest, course: PartnerCourse) -> HttpResponse:
    """Keep a score. What was said already, or is older than what is known, changes nothing and is no error."""
    if len(request.body) > _MOST_BYTES:
        return _refused(413, "too_long", f"{_MOST_BYTES} bytes at most")
    now = timezone.now()
    try:
        receive_score(course=course, score=read_score(request.body, now), at=now)
    except WrongScore as fault:
        return _refused(400, "invalid_request", str(fault))
    except UnknownLearner:
        return _refused(404, "not_found", "nobody of this userId opened the course")
    return HttpResponse(status=200, content_type="application/json")


@_for_tools("GET", RESULT_READ)
def results(request: HttpRequest, course: PartnerCourse) -> HttpResponse:
    """The results, a hundred at a time at most; the following ones are in the `Link` header."""
    asked = {name: _number(request.GET.get(name, "")) for name in ("limit", "after")}
    most = min(asked["limit"] or MOST_RESULTS, MOST_RESULTS)
    page = results_page(course, user=request.GET.get("user_id", ""), most=most, after=asked["after"])
    response = JsonResponse(page.rows, safe=False, content_type=_RESULTS_TYPE)
    if page.following is not None:
        more: dict[str, Any] = {**request.GET.dict(), "limit": most, "after": page.following}
        response["Link"] = f'<{with_query(results_address(course), more)}>; rel="next"'
    return response


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0
