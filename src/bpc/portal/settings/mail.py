"""Where mail goes, from one address such as `smtp://user:password@host:587`."""

from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_LONGEST_NAME = 31  # before « + » and its token: 64 letters may stand before « @ »


def mail_settings(url: str) -> dict[str, Any]:
    """Django's mail settings for `console:`, `smtp://…` (STARTTLS) or `smtps://…` (TLS from the start).

    Raises ImproperlyConfigured for any other scheme.

    >>> mail_settings("smtp://ana:p%40ss@mail.example:587")["EMAIL_HOST_PASSWORD"]
    'p@ss'
    """
    parts = urlsplit(url)
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if parts.scheme not in {"smtp", "smtps"}:
        raise ImproperlyConfigured(f"EMAIL_URL={parts.scheme}: write console:, smtp://… or smtps://…")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp" and bool(parts.username),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
    }


def reply_address(value: str) -> str:
    """Where answers by e-mail come in; empty where the service receives none.

    Raises ImproperlyConfigured for what is no address, or one whose name is too long to take a token of 33 letters.

    >>> reply_address("reponse@projets.example")
    'reponse@projets.example'
    """
    name, at, domain = value.partition("@")
    if value and (not name or not at or "." not in domain or "+" in name or len(name) > _LONGEST_NAME):
        raise ImproperlyConfigured(
            "REPLY_ADDRESS: write reponse@domaine, without « + », 31 letters before « @ »"
        )
    return value
