"""Who sees and who keeps the resources: rule and queryset side by side.

Everybody reads what is shown. Delegates keep the rows of their region, national administrators all; they also see what
was taken off.
"""

from typing import Any

from django.db.models import Q, QuerySet

from bpc.portal.foundation.permissions import declare_right, declare_visibility
from bpc.portal.people.roles import Role
from bpc.portal.people.visibility import is_administrator
from bpc.portal.resources.models import Resource
from bpc.portal.resources.states import ResourceState


def keeps(person: Any, resource: Resource | None = None) -> bool:
    """Delegates the resources of their region, national administrators all. Without one: anyone of these."""
    return keeps_in(person, None if resource is None else resource.region_id)


def keeps_in(person: Any, region: str | None) -> bool:
    """Whether the person keeps the resources of a region (its code; None: of any)."""
    if not person.is_authenticated:
        return False
    if is_administrator(person):
        return True
    regions = person.regions_as(Role.DELEGATE)
    return bool(regions) if region is None else region in regions


def resources_kept_by(person: Any) -> QuerySet[Resource]:
    """The resources `keeps` allows."""
    if not person.is_authenticated:
        return Resource.objects.none()
    if is_administrator(person):
        return Resource.objects.all()
    return Resource.objects.filter(region__in=person.regions_as(Role.DELEGATE))


def can_see_resource(person: Any, resource: Resource) -> bool:
    """Everybody when it is shown; those who keep it, always."""
    return resource.state == ResourceState.ACTIVE or keeps(person, resource)


def resources_visible_to(person: Any) -> QuerySet[Resource]:
    """The resources `can_see_resource` allows."""
    shown = Q(state=ResourceState.ACTIVE)
    if not person.is_authenticated:
        return Resource.objects.filter(shown)
    if is_administrator(person):
        return Resource.objects.all()
    return Resource.objects.filter(shown | Q(region__in=person.regions_as(Role.DELEGATE)))


def declare() -> None:
    """Called once when the app is ready."""
    declare_visibility(Resource, can_see=can_see_resource, visible_to=resources_visible_to)
    declare_right(
        "resources.keep",
        "Ajouter, modifier, retirer, rétablir une ressource (délégué de la région, administrateur national)",
        keeps,
    )
