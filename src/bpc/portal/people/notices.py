"""What people are told: each kind of notice has one text, made in the reader's language when it is read.

Rooms above declare theirs from their app's `ready`:

    declare_notice("idea.published", _("« %(title)s » est publiée."), page="web:idea", args=("reference",))
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from bpc.portal.foundation.writing import isolated
from bpc.portal.people.consents import SERVICE
from bpc.portal.people.models import Notification

# First-strong isolates: a title in the other script must not reorder the sentence around it


@dataclass(frozen=True)
class NoticeKind:
    """One kind: `text` is a lazy translation with `%(key)s` places filled from the notice's data."""

    kind: str
    text: Any
    page: str
    args: tuple[str, ...]
    purpose: str
    by_message: bool


_kinds: dict[str, NoticeKind] = {}


def declare_notice(
    kind: str,
    text: Any,
    *,
    page: str = "web:notifications",
    args: tuple[str, ...] = (),
    purpose: str = SERVICE,
    by_message: bool = True,
) -> None:
    """Register a kind once. `page` is the address it leads to, `args` the data keys that address needs.

    With `by_message` it also leaves by e-mail or SMS, provided the person agreed to `purpose`.
    """
    if kind in _kinds:
        raise ImproperlyConfigured(f"notice {kind!r} is declared twice")
    _kinds[kind] = NoticeKind(kind, text, page, args, purpose, by_message)


def kind_of(notice: Notification) -> NoticeKind | None:
    """The declared kind; None for one that is no longer declared."""
    return _kinds.get(notice.kind)


def declared_kinds() -> frozenset[str]:
    """Every kind some room declared."""
    return frozenset(_kinds)


def is_declared_notice(kind: str) -> bool:
    """Whether some room declared this kind."""
    return kind in _kinds


def text_of(notice: Notification) -> str:
    """The sentence, in the active language; empty for a kind nobody declares any more."""
    declared = kind_of(notice)
    if declared is None:
        return ""
    kept_whole = {
        key: isolated(value) if isinstance(value, str) else value for key, value in notice.data.items()
    }
    return str(declared.text) % kept_whole


def address_of(notice: Notification) -> str:
    """Where the notice leads, in the active language."""
    declared = kind_of(notice)
    if declared is None:
        return reverse("web:notifications")
    return reverse(declared.page, args=[notice.data[key] for key in declared.args])


def full_address(path: str) -> str:
    """A path of the site as a message bears it: under the public address, whatever host was asked for it."""
    return f"{settings.PUBLIC_URL}{path}"
