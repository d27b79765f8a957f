"""What the certificates that conditions ask for are called: another room knows, and declares it once."""

from collections.abc import Callable

from django.core.exceptions import ImproperlyConfigured

#: The name of a certificate by its code and a language; None when nobody defined it.
Namer = Callable[[str, str], str | None]
_namers: list[Namer] = []


def declare_badge_names(name: Namer) -> None:
    """Register once, from an app's `ready`."""
    if _namers:
        raise ImproperlyConfigured("the names of badges are declared twice")
    _namers.append(name)


def badge_name(code: str, language: str) -> str:
    """What a certificate is called; its code until a room says it."""
    found = next((name for namer in _namers if (name := namer(code, language))), None)
    return found or code
