"""From somebody signed in on a device to their registration: come, and known by name only if they agreed."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.gatherings.attendance import check_in
from bpc.portal.gatherings.models import GatheredPerson, Gathering, Registration
from bpc.portal.gatherings.registering import register
from bpc.portal.gatherings.room.folding import Thing
from bpc.portal.gatherings.room.speaking import phone_of
from bpc.portal.ideas.languages import language_of
from bpc.portal.projects.states import Answer
from bpc.portal.seats.giving import CONSENT_VERSION, Attendee, RegistrationClosed, running_registration
from bpc.portal.seats.states import RegistrationDoor, RegistrationState


def attendee_of(thing: Thing) -> Attendee:
    """Who they are as the room knows them; without their agreement, neither name nor number."""
    values = thing.values
    agreed = bool(values.get("agreed"))
    name = (values.get("name") or "") if agreed else ""
    return Attendee(
        name=name,
        phone=phone_of(values.get("phone") or "") if agreed else "",
        language=language_of(name),
        woman=values.get("woman") or Answer.UNKNOWN,
        young=values.get("young") or Answer.UNKNOWN,
        actor_kind=values.get("actor_kind") or "",
    )


def sign_in(*, gathering: Gathering, thing: Thing, key: UUID, at: datetime) -> None:
    """Register and tick who came, correct it, or take it back; `gathering` is locked by the caller."""
    person, _ = GatheredPerson.objects.select_related("registration").get_or_create(
        gathering=gathering, key=thing.key
    )
    if person.registration is not None and person.registration.forgotten_at is not None:
        return
    if thing.is_removed:
        _leave(person, key, at)
        return
    attendee = _with_own_phone(gathering, person, attendee_of(thing))
    known = running_registration(gathering, attendee)
    own = person.registration
    if own is not None and known is not None and known.pk != own.pk:
        _leave(person, key, at)  # the number tells who they are: one seat, the one they had
        own = None
    if own is not None and own.state != RegistrationState.CANCELLED:
        _refresh(own, attendee, is_ours=own.submission_key == key)
        return
    _revive_key(key)
    try:
        made = register(
            gathering=gathering, attendee=attendee, door=RegistrationDoor.SPOT, submission_key=key, actor=None, at=at,
            consent_version=CONSENT_VERSION if attendee.name or attendee.phone else "",
        )  # fmt: skip
        check_in(registration=made, actor=None, at=at)
    except (RegistrationClosed, IllegalMove):  # the meeting was cancelled: the events stay, nobody came
        return
    person.registration = made
    person.save(update_fields=["registration"])


def _with_own_phone(gathering: Gathering, person: GatheredPerson, attendee: Attendee) -> Attendee:
    """A number shared by two people of different names stays with the first: a family phone is not one person."""
    known = running_registration(gathering, attendee) if attendee.phone else None
    if known is None or known.pk == person.registration_id:
        return attendee
    others = known.gathered.exclude(pk=person.pk).exists()
    same_name = known.name.casefold().split() == attendee.name.casefold().split()
    return replace(attendee, phone="") if others and not same_name else attendee


def _refresh(registration: Registration, attendee: Attendee, *, is_ours: bool) -> None:
    """What the room says now; what was said on the site before is only completed."""
    told = attendee.columns()
    del told["user_id"], told["email"]
    if not is_ours:
        told = {name: value for name, value in told.items() if value not in {"", Answer.UNKNOWN}}
    changed = {name: value for name, value in told.items() if getattr(registration, name) != value}
    for name, value in changed.items():
        setattr(registration, name, value)
    if changed:
        registration.save(update_fields=list(changed))


def _leave(person: GatheredPerson, key: UUID, at: datetime) -> None:
    """Noted by mistake: the registration made here is cancelled, one made before is only no longer ticked by us."""
    own = person.registration
    person.registration = None
    person.save(update_fields=["registration"])
    if own is None or own.gathered.exists():
        return
    own.attended_at = own.attended_by = None
    if own.submission_key == key and own.state != RegistrationState.CANCELLED:
        before, own.state, own.cancelled_at = own.state, RegistrationState.CANCELLED, at
        record(actor=None, verb="cancel registration", obj=own, at=at, before=before, after=own.state)
    own.save(update_fields=["attended_at", "attended_by", "state", "cancelled_at"])
    _count_seats(own.gathering_id)


def _revive_key(key: UUID) -> None:
    """A cancelled registration gives the key back, so that the person may be noted again."""
    cancelled = Registration.objects.filter(submission_key=key, state=RegistrationState.CANCELLED)
    for row in cancelled:
        row.submission_key = UUID(int=row.pk)
        row.save(update_fields=["submission_key"])


def _count_seats(gathering: int) -> None:
    running = Registration.objects.filter(gathering=gathering, state=RegistrationState.REGISTERED)
    Gathering.objects.filter(pk=gathering).update(seat_count=running.count())
