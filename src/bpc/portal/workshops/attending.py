"""Who was there, day by day: shown by code or ticked on the list, once a day whatever is sent twice.

When the session is held, those who followed it are told to the rooms above; who is added later is told then. What was
told is not taken back here.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.seats.giving import running, seat_on_the_spot
from bpc.portal.seats.states import RegistrationState
from bpc.portal.workshops.followed import has_followed, tell_followed
from bpc.portal.workshops.models import Enrolment, Presence, Workshop, WorkshopDay
from bpc.portal.workshops.states import HOLD, WorkshopState


def note_presence(*, enrolment: Enrolment, day: WorkshopDay, actor: Any, at: datetime) -> bool:
    """The person is there on this day; False when it was noted before. Who waited gets a seat: they are in the room.

    Raises `IllegalMove` for a cancelled registration or session, or before the day; `PermissionDenied`.
    """
    with transaction.atomic():
        workshop = _locked(day, actor, at)
        row = workshop.registrations.select_for_update().get(pk=enrolment.pk)
        return _note(workshop, row, day, actor, at)


def take_back_presence(*, enrolment: Enrolment, day: WorkshopDay, actor: Any, at: datetime) -> bool:
    """Noted by mistake; False when it was not noted. Raises `IllegalMove` once the session is held."""
    with transaction.atomic():
        workshop = _locked(day, actor, at)
        row = workshop.registrations.get(pk=enrolment.pk)
        return _take_back(workshop, row, day, actor, at)


def tick_list(
    *, day: WorkshopDay, ticked: Collection[int], was: Collection[int], actor: Any, at: datetime
) -> int:
    """What changed on the list of a day since it was shown: keys `ticked` now, keys that `was` ticked then.

    Only what the person changed is written, so that two lists sent at once, or one twice, lose nothing. Returns how
    many changed. Once held nothing is taken back.
    """
    with transaction.atomic():
        workshop = _locked(day, actor, at)
        changed = set(ticked) ^ set(was)
        rows = running(workshop).select_for_update().filter(pk__in=changed).order_by("pk")
        return sum(
            _note(workshop, row, day, actor, at)
            if row.pk in ticked
            else workshop.is_running and _take_back(workshop, row, day, actor, at)
            for row in rows
        )


def tell_those_who_followed(*, workshop: Workshop, at: datetime) -> int:
    """When it is held: each account that followed it is told once to the rooms above; returns how many."""
    days = workshop.days.count()
    rows = running(workshop).filter(followed_at=None).annotate(present=Count("presences")).order_by("pk")
    followed = [row for row in rows if has_followed(days, row.present)]
    for row in followed:
        _told(row, at)
    return len(followed)


def days_present(workshop: Workshop) -> dict[int, set[int]]:
    """The days each registration was there: keys of registrations, and of days. One query."""
    found: dict[int, set[int]] = {}
    pairs = Presence.objects.filter(enrolment__workshop=workshop).values_list("enrolment_id", "day_id")
    for enrolment, day in pairs:
        found.setdefault(enrolment, set()).add(day)
    return found


def _locked(day: WorkshopDay, actor: Any, at: datetime) -> Workshop:
    workshop = Workshop.objects.select_for_update().get(pk=day.workshop_id)
    check(actor, HOLD, workshop)
    if workshop.state not in {WorkshopState.ANNOUNCED, WorkshopState.HELD}:
        raise IllegalMove(f"note presence: {workshop.state}")
    if day.day > timezone.localdate(at):
        raise IllegalMove("note presence: the day has not come")
    return workshop


def _note(workshop: Workshop, row: Enrolment, day: WorkshopDay, actor: Any, at: datetime) -> bool:
    if row.state == RegistrationState.CANCELLED:
        raise IllegalMove("note presence: cancelled")
    _presence, is_new = Presence.objects.get_or_create(
        enrolment=row, day=day, defaults={"at": at, "by": actor}
    )
    if is_new:
        seat_on_the_spot(workshop, row, actor=actor, at=at)
        record(actor=actor, verb="note presence", obj=row, at=at, after=row.state, data={"day": str(day)})
        is_late = workshop.state == WorkshopState.HELD and row.followed_at is None
        if is_late and has_followed(workshop.days.count(), row.presences.count()):
            _told(row, at)
    return is_new


def _take_back(workshop: Workshop, row: Enrolment, day: WorkshopDay, actor: Any, at: datetime) -> bool:
    if not workshop.is_running:
        raise IllegalMove("take back presence: the session is held")
    removed, _kinds = Presence.objects.filter(enrolment=row, day=day).delete()
    if removed:
        record(actor=actor, verb="take back presence", obj=row, at=at, data={"day": str(day)})
    return bool(removed)


def _told(row: Enrolment, at: datetime) -> None:
    row.followed_at = at
    row.save(update_fields=["followed_at"])
    if row.user_id is not None:
        tell_followed(row, at)
