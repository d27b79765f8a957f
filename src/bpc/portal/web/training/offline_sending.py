"""What a device did in a course without network arrives here, and what the other devices did goes back to it."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bpc.portal.foundation.client import client_address
from bpc.portal.foundation.metering import Meter
from bpc.portal.learning.models import Following
from bpc.portal.learning.noting import Kept, TooMany, note
from bpc.portal.learning.sharing import tell_events
from bpc.portal.learning.told import MOST_AT_ONCE, parse_moment
from bpc.portal.training.catalogue import Published, edition, last_edition
from bpc.portal.web.training.offline_words import refusal_words

_METER = Meter(most=240)  # pieces a minute and address: a class of twenty telephones behind one line
_CONFLICT, _UNACCEPTABLE, _WAIT = 409, 422, 429


@never_cache
@require_POST
def course_send(request: HttpRequest, code: str) -> JsonResponse:
    """A piece of what was done, each event under the key that its device drew: the same again is answered the same.

    Whoever is signed in, the events belong to the account that wrote them. `terms`: the version of the course that
    the device shows; with it, what arrived after `since` is told back.
    """
    if wait := _METER.count(client_address(request)):
        return JsonResponse({"problem": "wait"}, status=_WAIT, headers={"Retry-After": str(wait)})
    if request.POST.get("account") != str(request.user.pk):
        return JsonResponse({"problem": "account"}, status=_CONFLICT)
    published = last_edition(code)
    events = _events(request)
    if published is None or events is None:
        return JsonResponse({"problem": "unfit"}, status=_UNACCEPTABLE)
    try:
        kept = _kept(request, published, events)
    except TooMany:
        return JsonResponse({"problem": "full"}, status=_CONFLICT)
    refused = {key: refusal_words(reason) for key, reason in kept.refused.items()}
    answer = {"kept": [str(key) for key in kept.kept], "refused": refused, "now": timezone.now().isoformat()}
    return JsonResponse(answer | _told(request, published))


def _events(request: HttpRequest) -> list[Any] | None:
    """The events sent, not yet read one by one; None for what is no list of a fair length."""
    try:
        found = json.loads(request.POST.get("events", ""))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, list) and len(found) <= MOST_AT_ONCE else None


def _kept(request: HttpRequest, published: Published, events: list[Any]) -> Kept:
    """Only what was done begins a course: a device that merely asks leaves no trace."""
    if not events:
        return Kept(())
    try:
        device = UUID(request.POST.get("device", ""))
    except ValueError:
        device = None
    sent_at = parse_moment(request.POST.get("sent_at"))
    return note(
        user=request.user,  # type: ignore[arg-type]  # signed in
        published=published, events=events, at=timezone.now(), device=device, sent_at=sent_at,
    )  # fmt: skip


def _told(request: HttpRequest, published: Published) -> dict[str, Any]:
    terms = edition(published.code, _number(request, "terms"))
    following = Following.objects.filter(user=request.user.pk, course=published.key).first()
    if terms is None:
        return {"events": [], "since": 0, "more": False}
    told = tell_events(following, terms, since=_number(request, "since"))
    return {"events": told.events, "since": told.since, "more": told.more}


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 16 else 0
