"""One shape for every error that a program reads (after RFC 9457), whatever went wrong."""

import json
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse

CONTENT_TYPE = "application/problem+json"


class RefusedError(Exception):
    """Raised by a view to answer a problem."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        super().__init__(code)
        self.status, self.code, self.detail = status, code, detail


def problem(
    status: int, code: str, detail: str, errors: list[dict[str, str]] | None = None, **more: Any
) -> HttpResponse:
    """The answer itself; `more` is what this kind of problem has beside."""
    content = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        "errors": errors or [],
        **more,
    }
    return HttpResponse(json.dumps(content, ensure_ascii=False), status=status, content_type=CONTENT_TYPE)
