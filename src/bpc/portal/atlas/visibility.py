"""Who reads what was heard before it is public: delegates of their region, national administrators of all."""

from typing import Any

from django.db.models import QuerySet

from bpc.portal.foundation.permissions import declare_right
from bpc.portal.people.roles import Role
from bpc.portal.people.visibility import is_administrator
from bpc.portal.reference.models import Territory


def reads_heard(person: Any, region: Territory | None = None) -> bool:
    """Delegates for their region, national administrators for all. Without a region: anyone of these."""
    if not person.is_authenticated:
        return False
    if is_administrator(person):
        return True
    regions = person.regions_as(Role.DELEGATE)
    return bool(regions) if region is None else region.pk in regions


def regions_heard_by(person: Any) -> QuerySet[Territory]:
    """The regions `reads_heard` allows."""
    regions = Territory.objects.filter(level=Territory.Level.REGION)
    if not person.is_authenticated:
        return regions.none()
    return regions if is_administrator(person) else regions.filter(pk__in=person.regions_as(Role.DELEGATE))


def declare() -> None:
    """Called once when the app is ready."""
    declare_right(
        "heard.read",
        "Lire ce que l’on entend, semaine par semaine : délégué de la région, administrateur national",
        reads_heard,
    )
