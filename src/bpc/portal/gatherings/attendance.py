"""Who came: ticked at the door by code, and counted by public, unknown counted as unknown."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.small_cells import is_small, without_small
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.gatherings.models import Gathering, Registration
from bpc.portal.gatherings.states import GatheringState
from bpc.portal.projects.states import Answer
from bpc.portal.seats.giving import seat_on_the_spot
from bpc.portal.seats.states import RegistrationState


@dataclass(frozen=True)
class Attendance:
    """How many came, and of which public; each count of a public adds up to `came` with its unknown."""

    came: int
    registered: int
    women: dict[str, int]  # by Answer
    young: dict[str, int]  # by Answer
    kinds: dict[str, int]  # by Speaker, "" for not said


def check_in(*, registration: Registration, actor: Any, at: datetime) -> Registration:
    """Note that the person came; a second time changes nothing. Who waited gets a seat: they are in the room.

    Raises `IllegalMove` for a cancelled registration or meeting, `PermissionDenied`.
    """
    with transaction.atomic():
        gathering = Gathering.objects.select_for_update().get(pk=registration.gathering_id)
        row = Registration.objects.select_for_update().get(pk=registration.pk)
        if actor is not None:
            check(actor, "gatherings.organise", gathering)
        if row.state == RegistrationState.CANCELLED or gathering.state == GatheringState.CANCELLED:
            raise IllegalMove(f"check in: {row.state}")
        if row.attended_at is not None:
            return row
        seat_on_the_spot(gathering, row, actor=actor, at=at)
        row.attended_at = at
        row.attended_by_id = actor.pk if actor is not None else None
        row.save(update_fields=["attended_at", "attended_by"])
        record(actor=actor, verb="check in", obj=row, at=at, after=row.state)
    return row


def undo_check_in(*, registration: Registration, actor: Any, at: datetime) -> Registration:
    """Ticked by mistake. Raises `PermissionDenied`."""
    with transaction.atomic():
        row = Registration.objects.select_for_update().get(pk=registration.pk)
        check(actor, "gatherings.organise", row.gathering)
        if row.attended_at is not None:
            row.attended_at = row.attended_by = None
            row.save(update_fields=["attended_at", "attended_by"])
            record(actor=actor, verb="undo check in", obj=row, at=at, after=row.state)
    return row


def attendance_of(gathering: Gathering) -> Attendance:
    """Counted from the registrations: one query."""
    running = gathering.registrations.exclude(state=RegistrationState.CANCELLED)
    rows = list(running.values_list("state", "attended_at", "woman", "young", "actor_kind"))
    came = [row for row in rows if row[1] is not None]
    return Attendance(
        came=len(came),
        registered=sum(row[0] == RegistrationState.REGISTERED for row in rows),
        women=_by_answer(row[2] for row in came),
        young=_by_answer(row[3] for row in came),
        kinds=dict(Counter(row[4] for row in came)),
    )


def published_figures(attendance: Attendance) -> dict[str, Any]:
    """The figures as a report prints them: a number below five is None, « moins de cinq »; zero stays zero.

    With a small cell the smallest of the others is hidden too, or the whole group when there is none: no
    subtraction from `came` gives it back.
    """
    return {
        "came": None if is_small(attendance.came) else attendance.came,
        "women": without_small(attendance.women),
        "young": without_small(attendance.young),
        "kinds": without_small(attendance.kinds),
    }


def _by_answer(values: Any) -> dict[str, int]:
    found = Counter(values)
    return {answer: found[answer] for answer in Answer.values}
