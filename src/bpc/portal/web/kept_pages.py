"""The worker that shows private pages put away on a device. The address it is served at gives it its scope."""

import json
from functools import cache
from pathlib import Path

from django.http import HttpResponse

_SOURCE = Path(__file__).parent / "static" / "web" / "js" / "kept-pages-worker.js"


@cache
def _source() -> str:
    return _SOURCE.read_text(encoding="utf-8")


def worker_script(prefix: str, own: str = "/mon-espace/") -> HttpResponse:
    """The script, for the caches whose names start with `prefix`; browsers ask again at each visit.

    `own`: what the addresses of its pages hold; an answer from elsewhere means that nobody is signed in.
    """
    script = f"const PREFIX = {json.dumps(prefix)}, OWN = {json.dumps(own)};\n{_source()}"
    return HttpResponse(script, content_type="text/javascript", headers={"Cache-Control": "no-cache"})
