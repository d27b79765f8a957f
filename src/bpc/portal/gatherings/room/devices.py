"""Devices let into a room: opened by an organiser, known by a secret, old or lost ones shut out."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.gatherings.models import Device, Gathering

LIFETIME = timedelta(days=45)  # after it, an organiser opens the device again or takes its file in
MOST_DEVICES = 60  # in one meeting, those shut out included


class TooManyDevices(Exception):
    """The meeting has as many devices as it may have."""


@dataclass(frozen=True)
class Opened:
    """A device and its secret, which is told once."""

    device: Device
    secret: str


def open_device(*, gathering: Gathering, name: str, actor: Any, at: datetime) -> Opened:
    """Let one more device into the room. Raises `TooManyDevices`."""
    check(actor, "gatherings.room", gathering)
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        Gathering.objects.select_for_update().get(pk=gathering.pk)
        if gathering.devices.count() >= MOST_DEVICES:
            raise TooManyDevices(gathering.key)
        device = Device.objects.create(
            gathering=gathering, name=name[:60], secret_digest=digest(secret), opened_by=actor, opened_at=at
        )
        record(actor=actor, verb="open_device", obj=gathering, at=at, data={"device": str(device.key)})
    return Opened(device, secret)


def revoke_device(*, device: Device, actor: Any, at: datetime) -> Device:
    """Shut a lost device out: what it sent stays, it sends no more."""
    check(actor, "gatherings.room", device.gathering)
    with transaction.atomic():
        row = Device.objects.select_for_update().get(pk=device.pk)
        if row.revoked_at is None:
            row.revoked_at, row.revoked_by = at, actor
            row.save(update_fields=["revoked_at", "revoked_by"])
            record(
                actor=actor, verb="revoke_device", obj=device.gathering, at=at, data={"device": str(row.key)}
            )
    return row


def known_device(gathering: Gathering, key: UUID, secret: str, at: datetime) -> Device | None:
    """The device of this meeting with this key and secret, still let in; None otherwise, whatever the cause."""
    device = Device.objects.filter(gathering=gathering, key=key).first()
    expected = device.secret_digest if device is not None else digest("nobody")
    fits = hmac.compare_digest(expected, digest(secret))
    if device is None or not fits or device.revoked_at is not None or at - device.opened_at > LIFETIME:
        return None
    return device


def digest(secret: str) -> str:
    """What is kept of a secret: it is drawn at random, so a plain digest is enough."""
    return sha256(secret.encode("utf-8", "replace")).hexdigest()
