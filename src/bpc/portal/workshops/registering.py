"""Giving the seats of a session (`seats.giving`): who may register, when, and who is told.

Every verb locks the row of the session first.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import IllegalMove
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
from bpc.portal.workshops import notices
from bpc.portal.workshops.asking import meet_request
from bpc.portal.workshops.models import Enrolment, Workshop
from bpc.portal.workshops.states import HOLD, Audience, WorkshopState
from bpc.portal.workshops.visibility import is_member


def why_closed(workshop: Workshop, at: datetime) -> str:
    """Why nobody registers on the site at this moment; "" when anybody it is for may."""
    if workshop.state == WorkshopState.CANCELLED:
        return "cancelled"
    if workshop.state == WorkshopState.HELD or at >= workshop.ends_at:
        return "over"
    if workshop.state != WorkshopState.ANNOUNCED:
        return "not-open"
    return "late" if at >= (workshop.registration_until or workshop.starts_at) else ""


def register(
    *, workshop: Workshop, attendee: Attendee, door: str, submission_key: UUID, actor: Any, at: datetime
) -> Enrolment:
    """A seat, or a place in the waiting list; the one this form already made when it is sent twice.

    On the spot a seat is always given, and a person already registered is brought up to date. By phone or on the
    spot, `actor` holds the session. A session for a cooperative takes its members, on the site. A waiting request
    of the same account for this course is met. Raises `RegistrationClosed`, `AlreadyRegistered`, `PermissionDenied`.
    """
    with transaction.atomic():
        row = Workshop.objects.select_for_update().get(pk=workshop.pk)
        twin: Enrolment | None = row.registrations.filter(submission_key=submission_key).first()
        if twin is not None:
            return twin
        _check_door(row, door, actor, at)
        known: Enrolment | None = running_registration(row, attendee)
        if known is not None:
            if door != RegistrationDoor.SPOT:
                raise AlreadyRegistered(known)
            bring_up_to_date(row, known, attendee, actor=actor, at=at)
            return known
        made: Enrolment = seat_or_wait(
            row, attendee, key=submission_key, door=door, consent_version=CONSENT_VERSION, actor=actor, at=at
        )
        meet_request(enrolment=made, at=at)
        notices.tell_registered(made, at=at)
    return made


def cancel_enrolment(*, enrolment: Enrolment, actor: Any, at: datetime) -> Enrolment:
    """Give the seat or the place back; the next who waits gets the seat and is told.

    `actor` None: who holds the signed link. Raises `IllegalMove` when it is already cancelled, they came, or the
    session is over.
    """
    with transaction.atomic():
        workshop = Workshop.objects.select_for_update().get(pk=enrolment.workshop_id)
        row = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
        if actor is not None:
            check(actor, "workshops.cancel_enrolment", row)
        if row.presences.exists() or not workshop.is_running or at >= workshop.ends_at:
            raise IllegalMove("cancel enrolment: they came, or it is over")
        give_back(workshop, row, actor=actor, at=at)
        fill_seats(workshop=workshop, at=at)
    return row


def fill_seats(*, workshop: Workshop, at: datetime) -> list[Enrolment]:
    """Give the free seats to those who wait longest, and tell them; `workshop` is locked by the caller.

    Nobody is promoted to a session that is cancelled, held or over.
    """
    if not workshop.is_running or at >= workshop.ends_at:
        return []
    chosen: list[Enrolment] = give_freed(workshop, at=at)
    notices.tell(chosen, "workshop.seated", at=at)
    return chosen


def is_for(workshop: Workshop, person: Any) -> bool:
    """Whether the person may register on the site: everybody, or the members of the cooperative it is for."""
    if workshop.audience == Audience.ALL:
        return True
    return person is not None and is_member(person, workshop)


def _check_door(workshop: Workshop, door: str, actor: Any, at: datetime) -> None:
    """On the site while registration is open; by phone until it is over; in the room ever after."""
    if door == RegistrationDoor.WEB:
        if why := why_closed(workshop, at):
            raise RegistrationClosed(why)
        if not is_for(workshop, actor):
            raise RegistrationClosed("cooperative")
        return
    check(actor, HOLD, workshop)
    if workshop.state in {WorkshopState.CANCELLED, WorkshopState.DRAFT}:
        raise RegistrationClosed("cancelled" if workshop.state == WorkshopState.CANCELLED else "not-open")
    if door == RegistrationDoor.PHONE and (workshop.state == WorkshopState.HELD or at >= workshop.ends_at):
        raise RegistrationClosed("over")
