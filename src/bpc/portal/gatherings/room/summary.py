"""What the room holds, for its organisers: device by device, and in all."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count

from bpc.portal.gatherings.models import Device, GatheredIdea, Gathering
from bpc.portal.gatherings.models.room import Kind
from bpc.portal.gatherings.room.folding import Thing
from bpc.portal.gatherings.room.taking_down import folded

MOST_TOLD = 500  # ideas of the other devices told to one


@dataclass(frozen=True)
class DeviceLine:
    """One device and the number of its events."""

    device: Device
    events: int
    opened_by: str

    @property
    def seen_at(self) -> datetime | None:
        """When it last sent something."""
        return self.device.seen_at


@dataclass(frozen=True)
class RoomSummary:
    """What came in: devices, people, ideas, needs and opportunities, taken-back ones left out."""

    devices: list[DeviceLine]
    counts: dict[str, int]
    incomplete: int  # ideas whose title, commune or sector has not come


def room_summary(gathering: Gathering) -> RoomSummary:
    """Three queries, whatever the number of devices; the events of the meeting are read."""
    rows = gathering.devices.select_related("opened_by").annotate(number=Count("events"))
    lines = [DeviceLine(row, row.number, str(row.opened_by or "")) for row in rows]
    things = [thing for thing in folded(gathering).values() if not thing.is_removed]
    counts = {kind: sum(thing.kind == kind for thing in things) for kind in Kind.values}
    made = set(
        GatheredIdea.objects.filter(gathering=gathering, idea__isnull=False).values_list("key", flat=True)
    )
    incomplete = sum(thing.kind == Kind.IDEA and thing.key not in made for thing in things)
    return RoomSummary(lines, counts, incomplete)


def heard_elsewhere(device: Device) -> list[dict[str, Any]]:
    """The ideas of the meeting as all its devices tell them: title and hands, never who spoke."""
    things = folded(device.gathering, kinds=(Kind.IDEA,)).values()
    ideas = [thing for thing in things if thing.values.get("title")]
    return [_line(thing) for thing in sorted(ideas, key=lambda one: -one.first_stamp)[:MOST_TOLD]]


def _line(thing: Thing) -> dict[str, Any]:
    return {
        "key": str(thing.key),
        "title": thing.values["title"],
        "hands": thing.values.get("hands"),
        "removed": thing.is_removed,
    }
