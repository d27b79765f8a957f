"""Giving the seats of a meeting (`seats.giving`): who may register, when, and who is told.

Every verb locks the row of the meeting first.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.gatherings import notices
from bpc.portal.gatherings.models import Gathering, Registration
from bpc.portal.gatherings.states import GatheringState
from bpc.portal.seats.giving import (
    CONSENT_VERSION,
    AlreadyRegistered,
    Attendee,
    RegistrationClosed,
    bring_up_to_date,
    give_back,
    give_freed,
    running_registration,
    seat_or_wait,
)
from bpc.portal.seats.states import RegistrationDoor


def why_closed(gathering: Gathering, at: datetime) -> str:
    """Why nobody registers on the site at this moment; "" when anybody may."""
    if gathering.state == GatheringState.CANCELLED:
        return "cancelled"
    if gathering.state == GatheringState.HELD or _is_over(gathering, at):
        return "over"
    if gathering.state != GatheringState.OPEN:
        return "not-open"
    until = gathering.registration_until or gathering.starts_at
    return "late" if until is not None and at >= until else ""


def register(
    *,
    gathering: Gathering,
    attendee: Attendee,
    door: str,
    submission_key: UUID,
    actor: Any,
    at: datetime,
    consent_version: str = CONSENT_VERSION,
) -> Registration:
    """A seat, or a place in the waiting list; the one this form already made when it is sent twice.

    On the spot a seat is always given, and a person already registered is brought up to date: who is in the room
    is in the room. By phone or on the spot, `actor` organises the meeting. `actor` None: a stranger, on the site.
    Raises `RegistrationClosed`, `AlreadyRegistered`, `PermissionDenied`.
    """
    with transaction.atomic():
        row = Gathering.objects.select_for_update().get(pk=gathering.pk)
        twin: Registration | None = row.registrations.filter(submission_key=submission_key).first()
        if twin is not None:
            return twin
        _check_door(row, door, actor, at)
        known: Registration | None = running_registration(row, attendee)
        if known is not None:
            if door != RegistrationDoor.SPOT:
                raise AlreadyRegistered(known)
            bring_up_to_date(row, known, attendee, actor=actor, at=at)
            return known
        made: Registration = seat_or_wait(
            row, attendee, key=submission_key, door=door, consent_version=consent_version, actor=actor, at=at
        )
        if (
            actor is not None or door != RegistrationDoor.SPOT
        ):  # whom a device noted in the hall is in the hall
            notices.tell_registered(made, at=at)
    return made


def cancel_registration(*, registration: Registration, actor: Any, at: datetime) -> Registration:
    """Give the seat or the place back; the next who waits gets the seat and is told.

    `actor` None: who holds the signed link. Raises `IllegalMove` when it is already cancelled or they came.
    """
    with transaction.atomic():
        gathering = Gathering.objects.select_for_update().get(pk=registration.gathering_id)
        row = Registration.objects.select_for_update().get(pk=registration.pk)
        if actor is not None:
            check(actor, "gatherings.cancel_registration", row)
        if row.attended_at is not None:
            raise IllegalMove("cancel registration: they came")
        give_back(gathering, row, actor=actor, at=at)
        fill_seats(gathering=gathering, at=at)
    return row


def fill_seats(*, gathering: Gathering, at: datetime) -> list[Registration]:
    """Give the free seats to those who wait longest, and tell them; `gathering` is locked by the caller.

    Nobody is promoted to a meeting that is cancelled, held or over.
    """
    if gathering.state in {GatheringState.CANCELLED, GatheringState.HELD} or _is_over(gathering, at):
        return []
    chosen: list[Registration] = give_freed(gathering, at=at)
    for row in chosen:
        notices.tell_seated(row, at=at)
    return chosen


def _check_door(gathering: Gathering, door: str, actor: Any, at: datetime) -> None:
    """On the site while registration is open; organisers until the meeting is over, in the room ever after."""
    if door == RegistrationDoor.WEB:
        if why := why_closed(gathering, at):
            raise RegistrationClosed(why)
        return
    if actor is not None:
        check(actor, "gatherings.organise", gathering)
    if gathering.state == GatheringState.CANCELLED:
        raise RegistrationClosed("cancelled")
    is_past = gathering.state == GatheringState.HELD or _is_over(gathering, at)
    if door == RegistrationDoor.PHONE and is_past:
        raise RegistrationClosed("over")


def _is_over(gathering: Gathering, at: datetime) -> bool:
    return gathering.ends_at is not None and at >= gathering.ends_at
