"""Addresses of what the service serves, and links to it, as its documents write them."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

JSON, GEOJSON, HTML = "application/json", "application/geo+json", "text/html"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
SCHEMA = "application/schema+json"
QUERYABLES = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
Link = dict[str, Any]


def origin_of(request: HttpRequest) -> str:
    """Scheme and host the reader used."""
    return f"{request.scheme}://{request.get_host()}"


def address(origin: str, name: str, *args: str, **query: Any) -> str:
    """The whole address of one of our resources."""
    asked = f"?{urlencode(query)}" if query else ""
    return f"{origin}{reverse(f'ogc:{name}', args=args)}{asked}"


def link(href: str, rel: str, kind: str, title: Any = "", **more: str) -> Link:
    """A link (RFC 8288 in JSON)."""
    made = {"href": href, "rel": rel, "type": kind, **more}
    return {**made, "title": str(title)} if title else made
