"""What other rooms do when a learner finishes a partner course, and when one that was failed is passed at last.

declare_completion("badges", award)
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ImproperlyConfigured

from bpc.portal.partner_courses.models import PartnerCourse
from bpc.portal.people.models import User


@dataclass(frozen=True)
class Completion:
    """A course finished. `percent` None: without mark; `passed` None: the course has no pass mark."""

    person: User
    course: PartnerCourse
    percent: Decimal | None
    passed: bool | None
    at: datetime


Hook = Callable[[Completion], None]
_hooks: dict[str, Hook] = {}


def declare_completion(room: str, hook: Hook) -> None:
    """Register once what a room does, in the transaction that keeps the result."""
    if room in _hooks:
        raise ImproperlyConfigured(f"what {room!r} does of a finished partner course is declared twice")
    _hooks[room] = hook


def tell_completion(completion: Completion) -> None:
    """Let every room do what it declared."""
    for hook in _hooks.values():
        hook(completion)
