"""Bytes made once and sent many times: a strong ETag for each encoding, an early 304, compressed once.

For public content only: nothing in it depends on who asks, so compressing it can tell no secret.
"""

import gzip
import hashlib
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags

from bpc.portal.foundation.page_cache import WORTH_COMPRESSING, accepts_gzip

#: Any site may read: every answer is public and none depends on who asks. Nothing in it may be run.
OPEN_TO_ALL = {
    "Access-Control-Allow-Origin": "*",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True, slots=True)
class PublicBytes:
    """A public document: its bytes, the same compressed (None when nothing is gained), and its headers."""

    body: bytes
    packed: bytes | None
    etag: str
    content_type: str
    max_age: int
    headers: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(
        cls,
        body: bytes,
        content_type: str,
        max_age: int,
        *,
        packed: bytes | None = None,
        headers: tuple[tuple[str, str], ...] = (),
    ) -> "PublicBytes":
        """Hash, and compress unless `packed` is given. `max_age` is how many seconds a reader may keep it."""
        if packed is None and len(body) >= WORTH_COMPRESSING:
            packed = gzip.compress(body, 6, mtime=0)
        etag = hashlib.blake2b(body, digest_size=12).hexdigest()
        smaller = packed if packed is not None and len(packed) < len(body) else None
        return cls(body, smaller, etag, content_type, max_age, headers)

    @property
    def size(self) -> int:
        """Bytes it takes in memory, roughly."""
        return len(self.body) + len(self.packed or b"") + 500

    def respond(self, request: HttpRequest) -> HttpResponse:
        """The bytes for this reader, or 304 when it has them."""
        packed = self.packed if self.packed is not None and accepts_gzip(request) else None
        etags = f'"{self.etag}"', f'"{self.etag}-gzip"'
        headers = {
            "ETag": etags[packed is not None],
            "Cache-Control": f"public, max-age={self.max_age}",
            "Vary": "Accept-Encoding",
            **dict(self.headers),
        }
        known = request.META.get("HTTP_IF_NONE_MATCH")
        if known and any(tag == "*" or tag.removeprefix("W/") in etags for tag in parse_etags(known)):
            return HttpResponseNotModified(headers=headers)
        if packed is not None:
            headers["Content-Encoding"] = "gzip"
        return HttpResponse(packed or self.body, content_type=self.content_type, headers=headers)
