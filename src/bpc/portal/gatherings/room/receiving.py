"""Events in batches, exactly once: kept by (device, sequence), whatever is cut, doubled or out of order on the way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from bpc.portal.gatherings.models import Device, Gathering, RoomEvent
from bpc.portal.gatherings.room.taking_down import ThingKey, take_down
from bpc.portal.gatherings.room.told import Refused, Told, parse

MOST_IN_A_BATCH = 200


@dataclass
class Receipt:
    """What became of a batch: sequences kept (now or before), those refused with the reason, those not sent."""

    kept: list[int] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)


def receive(*, device: Device, events: Sequence[Any], at: datetime) -> Receipt:
    """Keep what is new among `events`, and bring what it is about up to date, all or nothing.

    A good event is kept beside a bad one: nothing waits for ever behind it. A sequence already kept with other words
    is refused as "different": the first words stay. Batches of a meeting are taken one after the other.
    """
    receipt = Receipt()
    told = _parsed(events[:MOST_IN_A_BATCH], receipt)
    with transaction.atomic():
        gathering = Gathering.objects.select_for_update().get(pk=device.gathering_id)
        fresh = _without_known(device, told, receipt)
        RoomEvent.objects.bulk_create(
            RoomEvent(
                device=device, gathering=gathering, sequence=one.sequence, thing=one.thing, kind=one.kind,
                payload=one.payload, stamped_at=one.stamp, received_at=at,
            )
            for one in fresh
        )  # fmt: skip
        Device.objects.filter(pk=device.pk).update(seen_at=at)
        names: set[ThingKey] = {(one.kind, one.thing) for one in fresh}
        if names:
            take_down(gathering=gathering, names=names, at=at)
    receipt.kept = sorted({*receipt.kept, *(one.sequence for one in fresh)})
    return receipt


def _parsed(events: Iterable[Any], receipt: Receipt) -> list[Told]:
    """The well-formed events, each sequence once; the others noted as refused where they have a number."""
    told: dict[int, Told] = {}
    for raw in events:
        number = raw.get("sequence") if isinstance(raw, dict) else None
        try:
            one = parse(raw)
        except Refused as fault:
            if isinstance(number, int) and not isinstance(number, bool) and 0 < number < 2**31:
                receipt.refused[number] = fault.reason
            continue
        if (twin := told.get(one.sequence)) is not None and twin != one:
            receipt.refused[one.sequence] = "different"
        told.setdefault(one.sequence, one)
    return list(told.values())


def _without_known(device: Device, told: list[Told], receipt: Receipt) -> list[Told]:
    """Those never received; of the others, the same words are kept already, other words are refused."""
    rows = device.events.filter(sequence__in=[one.sequence for one in told])
    known = {row.sequence: row for row in rows}
    fresh = []
    for one in told:
        row = known.get(one.sequence)
        if row is None:
            fresh.append(one)
        elif (row.thing, row.kind, row.payload, row.stamped_at) == (
            one.thing,
            one.kind,
            one.payload,
            one.stamp,
        ):
            receipt.kept.append(one.sequence)
        else:
            receipt.refused[one.sequence] = "different"
    return fresh
