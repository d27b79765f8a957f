"""Names and numbers in the events of a room are erased with those of its registrations; what was said stays."""

from django.db.models import QuerySet

from bpc.portal.gatherings.models import Gathering, RoomEvent

PERSONAL = ("name", "phone", "speaker_name")


def naming_events() -> QuerySet[RoomEvent]:
    """The events of all rooms that still say who somebody is."""
    return RoomEvent.objects.filter(payload__has_any_keys=PERSONAL)


def forget_room(gathering: Gathering) -> int:
    """Erase who was noted and who spoke from the events of the meeting; returns how many lost something.

    The ideas handed in keep the contact their author agreed to give, as every idea does.
    """
    changed = []
    for event in naming_events().filter(gathering=gathering).only("pk", "payload").iterator():
        event.payload = {name: value for name, value in event.payload.items() if name not in PERSONAL}
        changed.append(event)
    RoomEvent.objects.bulk_update(changed, ["payload"], batch_size=500)
    return len(changed)
