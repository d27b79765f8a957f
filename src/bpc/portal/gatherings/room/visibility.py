"""Who opens the room of a meeting and sees what was taken down there: rule and queryset side by side."""

from typing import Any

from django.db.models import Model, Q, QuerySet

from bpc.portal.foundation.permissions import declare_right, declare_visibility
from bpc.portal.gatherings.models import Device, GatheredIdea, GatheredPerson, Gathering, PaperSlip, RoomEvent
from bpc.portal.ideas.visibility import can_see_idea, ideas_visible_to
from bpc.portal.people.roles import Role
from bpc.portal.people.visibility import is_administrator


def _regions(person: Any) -> set[str]:
    regions: set[str] = person.regions_as(Role.DELEGATE) | person.regions_as(Role.ADVISOR)
    return regions


def runs_room(person: Any, gathering: Gathering | None = None) -> bool:
    """Delegates and advisors of the region, administrators for all. Without a meeting: anyone of these."""
    if not person.is_authenticated:
        return False
    if is_administrator(person):
        return True
    regions = _regions(person)
    return bool(regions) if gathering is None else gathering.region_id in regions


def rooms_run_by(person: Any) -> QuerySet[Gathering]:
    """The meetings `runs_room` allows."""
    if not person.is_authenticated:
        return Gathering.objects.none()
    if is_administrator(person):
        return Gathering.objects.all()
    return Gathering.objects.filter(region__in=_regions(person))


def can_see_room_row(person: Any, row: Any) -> bool:
    """Devices, events, people, slips: whoever runs the room."""
    return runs_room(person, row.gathering)


def _of_rooms(model: type[Model]) -> Any:
    def visible(person: Any) -> QuerySet[Any]:
        return model._default_manager.filter(gathering__in=rooms_run_by(person).values("pk"))

    return visible


def can_see_gathered(person: Any, gathered: GatheredIdea) -> bool:
    """Whoever sees the idea; whoever runs the room."""
    if runs_room(person, gathered.gathering):
        return True
    return gathered.idea is not None and can_see_idea(person, gathered.idea)


def gathered_visible_to(person: Any) -> QuerySet[GatheredIdea]:
    """The gathered ideas `can_see_gathered` allows."""
    seen = Q(idea__in=ideas_visible_to(person).values("pk"))
    return GatheredIdea.objects.filter(seen | Q(gathering__in=rooms_run_by(person).values("pk")))


def declare() -> None:
    """Called once when the app is ready."""
    for model in (Device, GatheredPerson, RoomEvent, PaperSlip):
        declare_visibility(model, can_see=can_see_room_row, visible_to=_of_rooms(model))
    declare_visibility(GatheredIdea, can_see=can_see_gathered, visible_to=gathered_visible_to)
    declare_right(
        "gatherings.room",
        "Tenir la salle d’une rencontre : appareils, formulaires papier, saisie (délégué ou conseiller de la "
        "région, administrateur national)",
        runs_room,
    )
