"""One shape for every error of the API (after RFC 9457), whatever went wrong."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Schema
from ninja.errors import ValidationError
from pydantic import Field

from bpc.portal.foundation.problems import CONTENT_TYPE, RefusedError, problem

__all__ = [
    "CONTENT_TYPE",
    "Problem",
    "Refusal",
    "RefusedError",
    "on_invalid",
    "on_missing",
    "on_refused",
    "problem",
]


class Refusal(Schema):
    """One refused parameter."""

    parameter: str
    reason: str


class Problem(Schema):
    """Why the API did not answer; `code` is stable and made for programs, `detail` for people."""

    type: str = Field("about:blank")
    title: str
    status: int
    code: str
    detail: str
    errors: list[Refusal] = Field(default_factory=list)


def on_refused(request: HttpRequest, refused: Any) -> HttpResponse:
    """A view said no."""
    return problem(refused.status, refused.code, refused.detail)


def on_invalid(request: HttpRequest, invalid: ValidationError | Any) -> HttpResponse:
    """A parameter is not of its type or beyond its bounds."""
    errors = [{"parameter": str(error["loc"][-1]), "reason": str(error["msg"])} for error in invalid.errors]
    return problem(422, "invalid_parameter", _("Un paramètre de la demande n’est pas valable."), errors)


def on_missing(request: HttpRequest, missing: Any = None) -> HttpResponse:
    """Nothing at this address."""
    return problem(404, "not_found", _("Rien ne se trouve à cette adresse."))
