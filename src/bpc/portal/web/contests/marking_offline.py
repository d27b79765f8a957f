"""The worker that shows a juror's pages without network. Its address gives it its scope: the jury's pages alone."""

from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

_SOURCE = Path(__file__).parents[1] / "static" / "web" / "js" / "contest-marking-worker.js"


@cache
def _script() -> str:
    return _SOURCE.read_text(encoding="utf-8")


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script itself; browsers ask again at each visit."""
    return HttpResponse(_script(), content_type="text/javascript", headers={"Cache-Control": "no-cache"})
