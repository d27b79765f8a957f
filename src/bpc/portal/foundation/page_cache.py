"""Whole pages kept for strangers, forgotten the moment their content changes.

The key holds the address, the language and the generations of the content shown. Actions call `outdate`
inside their transaction, so all workers see the change at once without talking to each other.
"""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from bpc.portal.foundation.models import Generation

LIFETIME = 600  # seconds; a guard against what no generation tells, such as "days left"


def outdate(*names: str) -> None:
    """Mark the content `names` as changed. Call it in the transaction that changes it."""
    for name in names:
        if not Generation.objects.filter(name=name).update(number=F("number") + 1):
            Generation.objects.get_or_create(name=name)


def generations(*names: str) -> str:
    """The present generations of `names`, one query, as part of a cache key or an ETag."""
    known = dict(Generation.objects.filter(name__in=names).values_list("name", "number"))
    return ".".join(str(known.get(name, 0)) for name in names)


def is_stranger(request: HttpRequest) -> bool:
    """A visitor without a session: nothing on the page can be about them."""
    return settings.SESSION_COOKIE_NAME not in request.COOKIES


def kept_for_strangers(*names: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Decorate a public GET view whose page depends on its address, the language and the content `names` only.

    The page must hold no form token; a session, a message or a method other than GET/HEAD skips the cache.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def cached(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in {"GET", "HEAD"} or not is_stranger(request):
                return view(request, *args, **kwargs)
            partial = "p" if request.headers.get("HX-Request") else "f"
            address = f"{request.get_host()}{request.get_full_path()}|{get_language()}|{partial}"
            key = f"page:{hashlib.sha256(address.encode()).hexdigest()}:{generations(*names)}"
            kept = cache.get(key)
            if kept is not None:
                body, content_type = kept
                return HttpResponse(body, content_type=content_type)
            response = view(request, *args, **kwargs)
            if response.status_code == 200 and not response.streaming and not response.cookies:
                cache.set(key, (response.content, response["Content-Type"]), LIFETIME)
            return response

        return cached

    return decorate
