"""The documentation of the API, made from its OpenAPI document and from answers asked of it.

The API is a sibling of this room: it is read as any reader does, by its addresses, without leaving the process.
"""

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, QueryDict
from django.urls import resolve, reverse
from django.utils.translation import gettext as _

SHOWN = 2  # how many items of a long list an example shows


@dataclass(frozen=True)
class Parameter:
    """One parameter: its kind and bounds are told in a few words."""

    name: str
    place: str
    required: bool
    text: str
    values: str


@dataclass(frozen=True)
class Example:
    """A request made just now and its real answer; `shortened` tells that long lists were cut.

    `body` is what was sent, as JSON; empty for a reading.
    """

    url: str
    body: str
    status: int
    answer: str
    shortened: bool


@dataclass(frozen=True)
class Endpoint:
    """One address of the API. `example` is None where there is nothing to show yet (no published idea)."""

    method: str
    path: str
    anchor: str
    title: str
    text: str
    parameters: list[Parameter]
    example: Example | None


@dataclass(frozen=True)
class ApiReference:
    """The whole documentation."""

    text: str
    version: str
    document_url: str
    endpoints: list[Endpoint]


def ask(address: str, body: Any = None) -> tuple[int, Any]:
    """The status and the decoded answer of a GET on an address of the API, or of a POST when there is a body."""
    parts = urlsplit(address)
    sent = b"" if body is None else json.dumps(body).encode()
    request = HttpRequest()
    request.method, request.path, request.path_info = "POST" if sent else "GET", parts.path, parts.path
    request.META = {
        "QUERY_STRING": parts.query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "CONTENT_LENGTH": str(len(sent)),
    }
    request.GET = QueryDict(parts.query)
    request._body = sent  # what a server would have read
    match = resolve(parts.path)
    response = match.func(request, *match.args, **match.kwargs)
    return response.status_code, json.loads(response.content)


def describe_api(origin: str) -> ApiReference:
    """The documentation in the language of the page; `origin` begins the examples (scheme and host)."""
    address = reverse("api-v1:openapi-json")
    _status, document = ask(address)
    endpoints = [
        _endpoint(method, path, operation, origin)
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    ]
    return ApiReference(_(document["info"]["description"]), document["info"]["version"], address, endpoints)


def _endpoint(method: str, path: str, operation: dict[str, Any], origin: str) -> Endpoint:
    return Endpoint(
        method=method.upper(),
        path=path,
        anchor=path.strip("/").translate(str.maketrans("/.{}", "----")).strip("-"),
        title=_(operation["summary"]),
        text=_(operation["description"]),
        parameters=[_parameter(parameter) for parameter in operation["parameters"]],
        example=_example(operation["x-example"], operation.get("x-body"), origin),
    )


def _parameter(parameter: dict[str, Any]) -> Parameter:
    kind = parameter["schema"]
    return Parameter(
        name=parameter["name"],
        place=parameter["in"],
        required=parameter.get("required", False),
        text=_(kind["description"]),
        values=_values(kind),
    )


def _values(kind: dict[str, Any]) -> str:
    """The closed list, or the bounds, and what holds when nothing is said."""
    inner = next((option for option in kind.get("anyOf", [kind]) if option.get("type") != "null"), kind)
    told = []
    if "enum" in inner:
        told.append(" · ".join(str(value) for value in inner["enum"]))
    elif "minimum" in inner and "maximum" in inner:
        told.append(f"{inner['minimum']:g} … {inner['maximum']:g}")
    if kind.get("default") not in (None, ""):
        told.append(_("%(value)s si rien n’est dit") % {"value": kind["default"]})
    return " – ".join(told)


def _example(address: str, body: Any, origin: str) -> Example | None:
    if named := re.search(r"/\{(\w+)\}", address):  # the first of the list above it
        _status, listed = ask(
            f"{address[: named.start()]}?limit=1&size=1"
        )  # what a list does not know it lets pass
        if not listed["results"]:
            return None
        address = address.replace(named[0], f"/{listed['results'][0][named[1]]}")
    status, answer = ask(address, body)
    short = _shorten(answer)
    text = json.dumps(short, ensure_ascii=False, indent=2)
    sent = "" if body is None else json.dumps(body, ensure_ascii=False)
    return Example(f"{origin}{address}", sent, status, text, short != answer)


def _shorten(value: Any) -> Any:
    """Long lists and long texts cut, so that an example can be read."""
    if isinstance(value, dict):
        return {key: _shorten(below) for key, below in value.items()}
    if isinstance(value, list):
        cut = [_shorten(below) for below in value[: SHOWN if len(value) > 2 * SHOWN + 1 else None]]
        return [*cut, "…"] if len(value) > 2 * SHOWN + 1 else cut
    if isinstance(value, str) and len(value) > 160:
        return value[:150].rsplit(" ", 1)[0] + " …"
    return value
