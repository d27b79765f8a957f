"""Giving seats: first in, first served; a freed seat goes to whoever waits longest.

Every caller locks the row of the event first, so that two people who press at once never take the same seat, and
the counts kept on that row are exact. Who may, when it is open and who is told is the room's own.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.ideas.references import new_reference
from bpc.portal.projects.states import Answer
from bpc.portal.seats.states import RegistrationDoor, RegistrationState

CONSENT_VERSION = "2026-11"  # of the words beside the box of the registration form
KEPT = timedelta(days=183)  # names and contacts, after the day of the event: said beside the form
_DRAWS = 5  # two twins in a row among 148 million codes do not happen

#: What a registration becomes when nothing may say any more whose it was.
NAMELESS: dict[str, Any] = {"name": "", "phone": "", "email": "", "user": None}


class RegistrationClosed(Exception):
    """Nobody registers any more, or not yet; `why`: "not-open", "late", "over", "cancelled", as the room says it."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class AlreadyRegistered(Exception):
    """This account, number or address has a running registration, `registration`."""

    def __init__(self, registration: Any) -> None:
        super().__init__(registration.code)
        self.registration = registration


class TooFewSeats(Exception):
    """More people have a seat than the new capacity: `seats` of them."""

    def __init__(self, seats: int) -> None:
        super().__init__(seats)
        self.seats = seats


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
        """The columns of a registration they fill."""
        return {
            "name": self.name, "phone": self.phone, "email": self.email, "language": self.language,
            "woman": self.woman, "young": self.young, "actor_kind": self.actor_kind, "user_id": self.user_id,
        }  # fmt: skip


def running(event: Any) -> QuerySet[Any]:
    """The registrations that are not cancelled."""
    rows: QuerySet[Any] = event.registrations.exclude(state=RegistrationState.CANCELLED)
    return rows


def running_registration(event: Any, attendee: Attendee) -> Any | None:
    """The registration of the same account, number or address that is not cancelled."""
    same = Q(pk=None)
    for name, value in (("user", attendee.user_id), ("phone", attendee.phone), ("email", attendee.email)):
        if value:
            same |= Q(**{name: value})
    return running(event).filter(same).order_by("pk").first()


def seat_or_wait(
    event: Any, attendee: Attendee, *, key: UUID, door: str, consent_version: str, actor: Any, at: datetime
) -> Any:
    """A seat where one is free that nobody waits for, else a place in the list; on the spot always a seat."""
    has_seat = door == RegistrationDoor.SPOT or (event.waiting_count == 0 and event.seats_left != 0)
    made = _create(
        event, key, **attendee.columns(), door=door, registered_at=at,
        state=RegistrationState.REGISTERED if has_seat else RegistrationState.WAITING,
        seated_at=at if has_seat else None, consent_version=consent_version, is_demo=event.is_demo,
    )  # fmt: skip
    record(actor=actor, verb="register", obj=made, at=at, after=made.state, data={"door": door})
    count_again(event)
    return made


def give_back(event: Any, row: Any, *, actor: Any, at: datetime) -> None:
    """Cancel; the seat is free. Raises `IllegalMove` when it is already cancelled."""
    if row.state == RegistrationState.CANCELLED:
        raise IllegalMove(f"cancel registration: {row.state}")
    before, row.state, row.cancelled_at = row.state, RegistrationState.CANCELLED, at
    row.save(update_fields=["state", "cancelled_at"])
    record(actor=actor, verb="cancel registration", obj=row, at=at, before=before, after=row.state)
    count_again(event)


def give_freed(event: Any, *, at: datetime) -> list[Any]:
    """Give the free seats to those who wait longest; returns who got one, to be told."""
    waiting = event.registrations.filter(state=RegistrationState.WAITING).order_by("pk")
    chosen = list(waiting if event.seats_left is None else waiting[: event.seats_left])
    for row in chosen:
        _seat(row, actor=None, at=at)
    if chosen:
        count_again(event)
    return chosen


def seat_on_the_spot(event: Any, row: Any, *, actor: Any, at: datetime) -> None:
    """Who waited and came is in the room, whatever the capacity."""
    if row.state == RegistrationState.WAITING:
        _seat(row, actor=actor, at=at)
        count_again(event)


def bring_up_to_date(event: Any, known: Any, attendee: Attendee, *, actor: Any, at: datetime) -> Any:
    """What is said on the spot completes what was said before; nothing known becomes unknown."""
    blank = {"", Answer.UNKNOWN, None}
    told = {name: value for name, value in attendee.columns().items() if value not in blank}
    taken = running(event).exclude(pk=known.pk)
    for name in ("phone", "email", "user_id"):
        if name in told and taken.filter(**{name: told[name]}).exists():
            del told[name]  # another running registration has it: two people said the same contact
    changed = {name: value for name, value in told.items() if getattr(known, name) != value}
    for name, value in changed.items():
        setattr(known, name, value)
    known.save(update_fields=list(changed))
    seat_on_the_spot(event, known, actor=actor, at=at)
    return known


def count_again(event: Any) -> None:
    """The counts of the row follow the registrations, under the lock the caller holds.

    Seats have a generation of their own: the sheets and maps that name an event do not change with them.
    """
    states = list(running(event).values_list("state", flat=True))
    event.seat_count = states.count(RegistrationState.REGISTERED)
    event.waiting_count = states.count(RegistrationState.WAITING)
    event.save(update_fields=["seat_count", "waiting_count"])
    outdate("seats")


def _create(event: Any, key: UUID, **columns: Any) -> Any:
    rows = event.registrations
    for _ in range(_DRAWS):
        try:
            with transaction.atomic():
                return rows.create(code=new_reference(), submission_key=key, **columns)
        except IntegrityError:
            if rows.model.objects.filter(submission_key=key).exists():
                raise  # a form of another event: copied by hand
    raise IntegrityError("no free code")


def _seat(row: Any, *, actor: Any, at: datetime) -> None:
    row.state, row.seated_at = RegistrationState.REGISTERED, at
    row.save(update_fields=["state", "seated_at"])
    record(actor=actor, verb="give seat", obj=row, at=at, before=RegistrationState.WAITING, after=row.state)
