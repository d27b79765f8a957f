"""Who is told that somebody followed a session: rooms above declare what they do of it, in the same transaction.

declare_followed("badges", award_workshop_badge)
"""

from collections.abc import Callable
from datetime import datetime

from django.core.exceptions import ImproperlyConfigured

from bpc.portal.workshops.models import Enrolment

Told = Callable[[Enrolment, datetime], None]
_told: dict[str, Told] = {}


def declare_followed(name: str, tell: Told) -> None:
    """Register once. `tell` is called with a registration of an account, once, when the session is held."""
    if name in _told:
        raise ImproperlyConfigured(f"{name!r} is declared twice")
    _told[name] = tell


def tell_followed(enrolment: Enrolment, at: datetime) -> None:
    """Tell every one that declared itself."""
    for tell in _told.values():
        tell(enrolment, at)


def has_followed(days: int, present: int) -> bool:
    """Whether who was there on `present` of the `days` followed the session: at least two days of three.

    >>> [has_followed(days, days - 1) for days in (1, 2, 3, 4)]
    [False, False, True, True]
    """
    return days > 0 and present * 3 >= days * 2
