"""A browser without windows: our site and the tool's, cookies, redirections and the page that posts by itself."""

from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import requests
from django.test import Client

from bpc.portal.people.models import User


class _Form(HTMLParser):
    """The form that posts by itself, and what it carries."""

    def __init__(self) -> None:
        super().__init__()
        self.action, self.fields = "", dict[str, str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form" and "data-submit-at-once" in said:
            self.action = said["action"]
        if tag == "input" and said.get("type") == "hidden":
            self.fields[said["name"]] = said["value"]


@dataclass
class Browser:
    """A person before a screen. Addresses of ours begin with a slash."""

    site: str
    web: requests.Session

    def sign_in(self, person: User) -> None:
        """Signed in as this person from now on."""
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        self.web.cookies.set("sessionid", client.cookies["sessionid"].value)

    def get(self, address: str) -> requests.Response:
        """A page, without following where it leads."""
        return self.web.get(self._whole(address), allow_redirects=False)

    def post(self, address: str, values: dict[str, Any]) -> requests.Response:
        """A form of ours, sent as a browser sends it."""
        token = self.web.cookies.get("csrftoken", domain="127.0.0.1") or ""
        data = {"csrfmiddlewaretoken": token, **values}
        return self.web.post(self._whole(address), data=data, allow_redirects=False)

    def begin(self, course: int, **choices: str) -> str:
        """Open a course with these choices; returns the tool's login address, hints included."""
        address = f"/fr/formations/partenaires/{course}/ouvrir"
        assert self.get(address).status_code == 200
        response = self.post(address, {"chosen": "1", **choices})
        assert response.status_code == 302, response.text
        return response.headers["Location"]

    def at_login(self, address: str) -> str:
        """What the tool answers there: our authentication address, with what it asks."""
        response = self.get(address)
        assert response.status_code == 302, response.text
        return response.headers["Location"]

    def authenticated(self, address: str) -> tuple[str, dict[str, str]]:
        """The form our page posts to the tool: where, and what."""
        response = self.get(address)
        assert response.status_code == 200, response.text
        form = _Form()
        form.feed(response.text)
        return form.action, form.fields

    def open(self, course: int, **choices: str) -> requests.Response:
        """The whole way; what the tool answers to the launch."""
        where, fields = self.authenticated(self.at_login(self.begin(course, **choices)))
        return self.web.post(where, data=fields, allow_redirects=False)

    def _whole(self, address: str) -> str:
        return f"{self.site}{address}" if address.startswith("/") else address


def altered(address: str, **changes: str | None) -> str:
    """An address with other values in its query; None takes one out."""
    parts = urlsplit(address)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    query.update({name: value for name, value in changes.items() if value is not None})
    kept = {name: value for name, value in query.items() if name not in changes or changes[name] is not None}
    return parts._replace(query=urlencode(kept)).geturl()


def asked(address: str) -> dict[str, str]:
    """What an address asks in its query."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
