"""Names and numbers in the events of a room are erased with those of its registrations; what was said stays."""

from bpc.portal.gatherings.models import Gathering, RoomEvent

PERSONAL = ("name", "phone", "speaker_name")


def forget_room(gathering: Gathering) -> int:
    """Erase who was noted and who spoke from the events of the meeting; returns how many lost something.

    The ideas handed in keep the contact their author agreed to give, as every idea does.
    """
    changed = []
    for event in RoomEvent.objects.filter(gathering=gathering).only("pk", "payload").iterator():
        kept = {name: value for name, value in event.payload.items() if name not in PERSONAL}
        if len(kept) < len(event.payload):
            event.payload = kept
            changed.append(event)
    RoomEvent.objects.bulk_update(changed, ["payload"], batch_size=500)
    return len(changed)
