"""Who is told when a person finishes a course: rooms above declare what they do of it, in the same transaction.

declare_finished("certificates", award_certificate)
"""

from collections.abc import Callable
from datetime import datetime

from django.core.exceptions import ImproperlyConfigured

from bpc.portal.learning.models import Following
from bpc.portal.training.catalogue import Published

Told = Callable[[Following, Published, datetime], None]
_told: dict[str, Told] = {}


def declare_finished(name: str, tell: Told) -> None:
    """Register once. `tell` is called with the course, just finished for the first time, and the moment."""
    if name in _told:
        raise ImproperlyConfigured(f"{name!r} is declared twice")
    _told[name] = tell


def tell_finished(following: Following, published: Published, at: datetime) -> None:
    """Tell every one that declared itself."""
    for tell in _told.values():
        tell(following, published, at)
