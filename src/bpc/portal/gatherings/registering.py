"""Taking and leaving a seat: first in, first served; a freed seat goes to whoever waits longest.

Every verb locks the row of the meeting first, so that two people who press at once never take the same seat,
and the counts kept on that row are exact.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.gatherings import notices
from bpc.portal.gatherings.models import Gathering, Registration
from bpc.portal.gatherings.states import GatheringState, RegistrationDoor, RegistrationState
from bpc.portal.ideas.references import new_reference
from bpc.portal.projects.states import Answer

CONSENT_VERSION = "2026-11"  # of the words beside the box of the registration form
_DRAWS = 5  # two twins in a row among 148 million codes do not happen


class RegistrationClosed(Exception):
    """Nobody registers any more, or not yet; `why`: "not-open", "late", "over" or "cancelled"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class AlreadyRegistered(Exception):
    """This account, number or address has a running registration, `registration`."""

    def __init__(self, registration: Registration) -> None:
        super().__init__(registration.code)
        self.registration = registration


@dataclass(frozen=True)
class Attendee:
    """Who comes, as they said it: `phone` in E.164, `email` in lower case; what is not said stays unknown."""

    name: str = ""
    phone: str = ""
    email: str = ""
    language: str = "fr"
    woman: str = Answer.UNKNOWN
    young: str = Answer.UNKNOWN
    actor_kind: str = ""
    user_id: int | None = None

    def columns(self) -> dict[str, Any]:
        """The columns of `Registration` they fill."""
        return {
            "name": self.name, "phone": self.phone, "email": self.email, "language": self.language,
            "woman": self.woman, "young": self.young, "actor_kind": self.actor_kind, "user_id": self.user_id,
        }  # fmt: skip


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
        if (twin := row.registrations.filter(submission_key=submission_key).first()) is not None:
            return twin
        _check_door(row, door, actor, at)
        if (known := running_registration(row, attendee)) is not None:
            if door != RegistrationDoor.SPOT:
                raise AlreadyRegistered(known)
            return _bring_up_to_date(row, known, attendee, actor, at)
        has_seat = door == RegistrationDoor.SPOT or _has_room(row)
        made = _create(
            row, submission_key, **attendee.columns(), door=door, registered_at=at,
            state=RegistrationState.REGISTERED if has_seat else RegistrationState.WAITING,
            seated_at=at if has_seat else None, consent_version=consent_version, is_demo=row.is_demo,
        )  # fmt: skip
        record(actor=actor, verb="register", obj=made, at=at, after=made.state, data={"door": door})
        _count_again(row)
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
        if row.state == RegistrationState.CANCELLED or row.attended_at is not None:
            raise IllegalMove(f"cancel registration: {row.state}")
        before, row.state, row.cancelled_at = row.state, RegistrationState.CANCELLED, at
        row.save(update_fields=["state", "cancelled_at"])
        record(actor=actor, verb="cancel registration", obj=row, at=at, before=before, after=row.state)
        _count_again(gathering)
        fill_seats(gathering=gathering, at=at)
    return row


def fill_seats(*, gathering: Gathering, at: datetime) -> list[Registration]:
    """Give the free seats to those who wait longest, and tell them; `gathering` is locked by the caller.

    Nobody is promoted to a meeting that is cancelled, held or over.
    """
    if gathering.state in {GatheringState.CANCELLED, GatheringState.HELD} or _is_over(gathering, at):
        return []
    waiting = gathering.registrations.filter(state=RegistrationState.WAITING).order_by("pk")
    chosen = list(waiting if gathering.seats_left is None else waiting[: gathering.seats_left])
    for row in chosen:
        _seat(row, actor=None, at=at)
        notices.tell_seated(row, at=at)
    if chosen:
        _count_again(gathering)
    return chosen


def seat_on_the_spot(*, gathering: Gathering, registration: Registration, actor: Any, at: datetime) -> None:
    """Who waited and came is in the room, whatever the capacity; `gathering` is locked by the caller."""
    if registration.state == RegistrationState.WAITING:
        _seat(registration, actor=actor, at=at)
        _count_again(gathering)


def running_registration(gathering: Gathering, attendee: Attendee) -> Registration | None:
    """The registration of the same account, number or address that is not cancelled."""
    same = Q(pk=None)
    for name, value in (("user", attendee.user_id), ("phone", attendee.phone), ("email", attendee.email)):
        if value:
            same |= Q(**{name: value})
    running = gathering.registrations.exclude(state=RegistrationState.CANCELLED)
    return running.filter(same).order_by("pk").first()


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


def _has_room(gathering: Gathering) -> bool:
    """A free seat that nobody waits for."""
    return gathering.waiting_count == 0 and (gathering.seats_left is None or gathering.seats_left > 0)


def _create(gathering: Gathering, key: UUID, **columns: Any) -> Registration:
    for _ in range(_DRAWS):
        try:
            with transaction.atomic():
                return gathering.registrations.create(code=new_reference(), submission_key=key, **columns)
        except IntegrityError:
            if Registration.objects.filter(submission_key=key).exists():
                raise  # a form of another meeting: copied by hand
    raise IntegrityError("no free code")


def _bring_up_to_date(
    gathering: Gathering, known: Registration, attendee: Attendee, actor: Any, at: datetime
) -> Registration:
    """What is said now completes what was said before; nothing known becomes unknown."""
    blank = {"", Answer.UNKNOWN, None}
    told = {name: value for name, value in attendee.columns().items() if value not in blank}
    taken = gathering.registrations.exclude(state=RegistrationState.CANCELLED).exclude(pk=known.pk)
    for name in ("phone", "email", "user_id"):
        if name in told and taken.filter(**{name: told[name]}).exists():
            del told[name]  # another running registration has it: two people said the same contact
    changed = {name: value for name, value in told.items() if getattr(known, name) != value}
    for name, value in changed.items():
        setattr(known, name, value)
    known.save(update_fields=list(changed))
    if known.state == RegistrationState.WAITING:
        _seat(known, actor=actor, at=at)
    _count_again(gathering)
    return known


def _seat(registration: Registration, *, actor: Any, at: datetime) -> None:
    registration.state, registration.seated_at = RegistrationState.REGISTERED, at
    registration.save(update_fields=["state", "seated_at"])
    record(
        actor=actor, verb="give seat", obj=registration, at=at,
        before=RegistrationState.WAITING, after=registration.state,
    )  # fmt: skip


def _count_again(gathering: Gathering) -> None:
    """The counts of the row follow the registrations, under the lock the caller holds.

    Seats have a generation of their own: the sheets and maps that name a meeting do not change with them.
    """
    states = list(
        gathering.registrations.exclude(state=RegistrationState.CANCELLED).values_list("state", flat=True)
    )
    gathering.seat_count = states.count(RegistrationState.REGISTERED)
    gathering.waiting_count = states.count(RegistrationState.WAITING)
    gathering.save(update_fields=["seat_count", "waiting_count"])
    outdate("seats")
