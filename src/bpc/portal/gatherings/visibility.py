"""Who sees the meetings: everybody, they are public events."""

from typing import Any

from django.db.models import QuerySet

from bpc.portal.foundation.permissions import declare_visibility
from bpc.portal.gatherings.models import Gathering


def can_see_gathering(person: Any, gathering: Gathering) -> bool:
    """Everybody."""
    return True


def gatherings_visible_to(person: Any) -> QuerySet[Gathering]:
    """Every meeting."""
    return Gathering.objects.all()


def declare() -> None:
    """Called once when the app is ready."""
    declare_visibility(Gathering, can_see=can_see_gathering, visible_to=gatherings_visible_to)
