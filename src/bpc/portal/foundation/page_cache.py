"""Whole pages kept for strangers, forgotten the moment their content changes.

The key holds the address, the language and the generations of the content shown. Actions call `outdate`
inside their transaction, so all workers see the change at once without talking to each other.

A kept page is compressed once, when it is kept, and answered so to browsers that accept it. That is safe against
attacks that guess a secret from the compressed size, because a page for strangers holds no secret; pages of
signed-in people are never compressed here.
"""

import gzip
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.cache import caches
from django.db import connection
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from bpc.portal.foundation.models import Generation

LIFETIME = 600  # seconds; a guard against what no generation tells, such as "days left"
WORTH_COMPRESSING = 860  # bytes; under one network packet nothing is gained
LEVEL = 5  # of gzip: 6, the usual one, takes half as long again for two percent less
HEAVY = 200_000  # bytes; from here those two percent are a kilobyte on a slow line
_GENERATIONS = f"SELECT name, number FROM {Generation._meta.db_table}"  # noqa: S608 - our own name; few rows
_moment: ContextVar[dict[str, int] | None] = ContextVar("generations of this moment", default=None)
_KEPT_HEADERS = (
    "Access-Control-Allow-Origin",
    "Content-Type",
    "Content-Disposition",
    "Content-Language",
    "Content-Encoding",
    "ETag",
    "Vary",
)


def outdate(*names: str) -> None:
    """Mark the content `names` as changed. Call it in the transaction that changes it."""
    for name in names:
        if not Generation.objects.filter(name=name).update(number=F("number") + 1):
            Generation.objects.get_or_create(name=name)


def generations(*names: str) -> str:
    """The present generations of `names`, one query, as part of a cache key or an ETag."""
    moment = _moment.get()
    known = moment or _read_generations()
    if moment is not None:
        moment.update(known)
    return ".".join(str(known.get(name, 0)) for name in names)


def _read_generations() -> dict[str, int]:
    with connection.cursor() as cursor:  # asked at every page: by the ORM it would be a third of a kept page
        cursor.execute(_GENERATIONS)
        return dict(cursor.fetchall())


@contextmanager
def same_moment() -> Iterator[None]:
    """Within it generations are asked once, at the first need: all that is held by the process is of one moment.

    For pages that only read, from many places that each ask. Also a decorator of their views.
    """
    token = _moment.set({})
    try:
        yield
    finally:
        _moment.reset(token)


def is_stranger(request: HttpRequest) -> bool:
    """A visitor with neither a session nor a message waiting: nothing on the page can be about them.

    Who has just signed out, or deleted the account, has no session any more; what they are told waits in a cookie.
    """
    return request.COOKIES.keys().isdisjoint({settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name})


def accepts_gzip(request: HttpRequest) -> bool:
    """Whether the browser reads gzip: named (or `*`) in `Accept-Encoding`, and not with a quality of zero."""
    qualities: dict[str, float] = {}
    for offer in request.headers.get("Accept-Encoding", "").lower().split(","):
        coding, _, parameters = offer.partition(";")
        quality = parameters.strip().removeprefix("q=")
        try:
            qualities[coding.strip()] = float(quality) if quality else 1.0
        except ValueError:
            qualities[coding.strip()] = 0.0
    return qualities.get("gzip", qualities.get("*", 0.0)) > 0


@dataclass(frozen=True)
class KeptPage:
    """A page as it is kept: its headers, and its body, compressed where that makes it smaller."""

    headers: dict[str, str]
    body: bytes
    compressed: bool

    @classmethod
    def of(cls, response: HttpResponse) -> "KeptPage":
        """Compress the page once. The same page always gives the same bytes (no date inside)."""
        headers = {name: response[name] for name in _KEPT_HEADERS if name in response}
        if len(response.content) >= WORTH_COMPRESSING and not response.has_header("Content-Encoding"):
            level = LEVEL + (len(response.content) >= HEAVY)
            smaller = gzip.compress(response.content, level, mtime=0)
            if len(smaller) < len(response.content):
                return cls(headers, smaller, True)
        return cls(headers, response.content, False)

    def answer(self, request: HttpRequest) -> HttpResponse:
        """The page for this browser, compressed if it accepts that."""
        if self.compressed and accepts_gzip(request):
            response = HttpResponse(self.body, headers={**self.headers, "Content-Encoding": "gzip"})
        else:
            response = HttpResponse(
                gzip.decompress(self.body) if self.compressed else self.body, headers=self.headers
            )
        patch_vary_headers(response, ("Accept-Encoding",))
        return response


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
            kept: KeptPage | None = caches["pages"].get(key)
            if kept is None:
                response = view(request, *args, **kwargs)
                if response.status_code != 200 or response.streaming or response.cookies:
                    return response
                kept = KeptPage.of(response)
                caches["pages"].set(key, kept, LIFETIME)
            return kept.answer(request)

        return cached

    return decorate
