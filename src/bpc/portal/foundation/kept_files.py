"""Files that people send, kept on the disk under names that tell nothing, and sent only to be downloaded."""

import re
import secrets
from collections.abc import Iterable
from functools import partial
from pathlib import PurePath
from typing import TypeVar

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from bpc.portal.foundation.typesetting.characters import clean

Sent = TypeVar("Sent", bound=HttpResponseBase)
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def random_file(data: bytes) -> ContentFile[bytes]:
    """The bytes under a name that tells nothing, not even their type."""
    return ContentFile(data, f"{secrets.token_hex(16)}.bin")


def delete_files(names: Iterable[str]) -> None:
    """Once the transaction stands: one undone keeps its files."""
    for name in [name for name in names if name]:
        transaction.on_commit(partial(default_storage.delete, name))


def shown_name(name: str, ending: str, instead: str = "piece") -> str:
    """The last part of the name it came with, its ending that of what it is.

    >>> shown_name("C:\\\\papiers\\\\../statuts.EXE", "pdf"), shown_name("../../etc/passwd", "jpg")
    ('statuts.pdf', 'passwd.jpg')
    """
    last = clean(name.replace("\\", "/").split("/")[-1], 100).strip(". ")
    stem = PurePath(last or instead).stem.replace('"', "").strip() or instead
    return f"{stem[:100]}.{ending}"


def sent_file(response: Sent) -> Sent:
    """Never kept on the way, never guessed at, never run."""
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def asked_range(request: HttpRequest, total: int) -> tuple[int, int] | None:
    """The first and the last byte asked of a file of `total` bytes, the first after the last when there are none
    such; None when all of it is asked."""
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None or not (asked[1] or asked[2]) or not total:
        return None
    first = int(asked[1]) if asked[1] else max(total - int(asked[2]), 0)
    last = min(int(asked[2]), total - 1) if asked[1] and asked[2] else total - 1
    return first, last


def part_of(request: HttpRequest, data: bytes, content_type: str) -> HttpResponse:
    """The bytes, or the one range of them that was asked: some telephones play no sound from who sends it whole."""
    total, asked = len(data), asked_range(request, len(data))
    response = HttpResponse(data, content_type=content_type)
    if asked is not None:
        first, last = asked
        if first > last:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{total}"})
        response = HttpResponse(data[first : last + 1], status=206, content_type=content_type)
        response["Content-Range"] = f"bytes {first}-{last}/{total}"
    response["Accept-Ranges"] = "bytes"
    return response
