"""Small turns of a language that no catalogue holds."""

from collections.abc import Iterable

from django.utils.translation import get_language


def listed(parts: Iterable[str]) -> str:
    """Parts one after the other, separated as the active language does."""
    return ("؛ " if get_language() == "ar" else "\u202f; ").join(parts)


def enumerated(parts: Iterable[str]) -> str:
    """Short parts separated by commas."""
    return ("، " if get_language() == "ar" else ", ").join(parts)


def labelled(name: str, value: str) -> str:
    """A name, a colon as the active language spaces it, and a value."""
    colon = ":" if get_language() == "ar" else "\u00a0:"
    return f"{name}{colon} {value}"
