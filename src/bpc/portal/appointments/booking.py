"""Booking, moving, cancelling. Nobody is ever in two places.

Every verb locks the row of the calendar first, so that of people who press at once the first is served and the
others are told with the next free moments. The rows of `TakenTime` are the guarantee beneath: the database refuses
a second appointment on anybody's five minutes, whoever writes it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from bpc.portal.appointments import notices
from bpc.portal.appointments.engaging import ROOM
from bpc.portal.appointments.models import Appointment, Calendar, OpeningRule, TakenTime
from bpc.portal.appointments.openings import Hours, Slot, offered, on_the_wall, steps
from bpc.portal.appointments.queries import bounds, free_slots, hours_of, next_free
from bpc.portal.appointments.states import MOVES, Audience, State, Subject
from bpc.portal.appointments.visibility import projects_letting_in, rules_visible_to
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import IllegalMove, ReasonMissing, move
from bpc.portal.ideas.references import new_reference
from bpc.portal.people.engagements import engagements, lock_time
from bpc.portal.projects.models import Project
from bpc.portal.projects.signs import note_meeting, note_sign
from bpc.portal.projects.visibility import advises

MOST_AHEAD = 4  # appointments to come of one person: the moments are for everybody
_DRAWS = 5  # two twins in a row among 142 million codes do not happen


class MomentTaken(Exception):
    """Somebody was quicker, or the moment is offered no more; `instead`: the next free ones."""

    def __init__(self, instead: list[Slot]) -> None:
        super().__init__(", ".join(f"{slot.starts_at:%Y-%m-%d %H:%M}" for slot in instead))
        self.instead = instead


class AskerBusy(Exception):
    """The person has another appointment at that time."""


class TooManyAhead(Exception):
    """The person has as many appointments to come as anybody may."""


class TooLate(Exception):
    """The appointment has begun, or is nearer than its calendar lets people move it."""


@dataclass(frozen=True)
class Ask:
    """What an appointment is about. `name`, `phone` and `asker` of whom the advisor books for."""

    subject: str
    words: str = ""
    phone: str = ""
    language: str = "fr"
    name: str = ""
    project: Project | None = None


def book(
    *, rule: OpeningRule, starts_at: datetime, ask: Ask, asker: Any, submission_key: UUID, actor: Any, at: datetime,
    is_demo: bool = False,
) -> Appointment:  # fmt: skip
    """Take a moment; the appointment this form already made when it is sent twice.

    `actor` is the asker, or the advisor who books for somebody (`asker` None for who has no account). Raises
    `MomentTaken`, `AskerBusy`, `TooManyAhead`, `PermissionDenied`.
    """
    with transaction.atomic():
        calendar = _locked(rule.calendar_id)
        twin = Appointment.objects.filter(submission_key=submission_key, booked_by=actor).first()
        if twin is not None:
            return twin
        by_advisor = actor.pk == calendar.user_id
        _check_may_book(calendar, rule, ask, asker, actor)
        if not by_advisor and _ahead_of(asker, at) >= MOST_AHEAD:
            raise TooManyAhead(str(MOST_AHEAD))
        lock_time({calendar.user_id, asker.pk if asker is not None else calendar.user_id})
        slot = _free_slot(calendar, rule, starts_at, actor, at)
        made = _create(
            calendar, slot, asker_id=asker.pk if asker is not None else None, asker_name=ask.name, phone=ask.phone,
            language=ask.language, project=ask.project, subject=Subject(ask.subject), words=ask.words,
            submission_key=submission_key, booked_by=actor, booked_at=at, changed_at=at, is_demo=is_demo,
        )  # fmt: skip
        take_time(made)
        note_sign(made.project_id, actor, at)
        record(actor=actor, verb="book appointment", obj=made, at=at, after=made.state)
        notices.tell_booked(made, by_advisor=by_advisor, at=at)
    return made


def _check_may_book(calendar: Calendar, rule: OpeningRule, ask: Ask, asker: Any, actor: Any) -> None:
    if actor.pk == calendar.user_id:
        check(actor, "appointments.keep", calendar)
        if asker is not None and asker.pk == actor.pk:
            raise PermissionDenied("an appointment with oneself")
        if ask.project is not None and not advises(actor, ask.project):
            raise PermissionDenied("the project does not let this advisor in")
        return
    if asker is None or asker.pk != actor.pk:
        raise PermissionDenied("only the advisor books for somebody else")
    check(actor, "appointments.ask", rule)
    let_in = projects_letting_in(actor, calendar.user_id)
    if ask.project is None:
        if rule.audience == Audience.PROJECTS:
            raise PermissionDenied("these hours are for groups: a project must be named")
    elif not let_in.filter(pk=ask.project.pk).exists():
        raise PermissionDenied("the project does not let this advisor in")


def move_appointment(
    *, appointment: Appointment, rule: OpeningRule, starts_at: datetime, actor: Any, at: datetime
) -> Appointment:
    """Take another moment of the same calendar in place of this one; the other person is told. Same moment: nothing.

    Raises `MomentTaken`, `AskerBusy`, `TooLate`, `IllegalMove`, `PermissionDenied`.
    """
    with transaction.atomic():
        calendar = _locked(appointment.calendar_id)
        row = _fresh(appointment)
        check(actor, "appointments.change", row)
        by_advisor = actor.pk == calendar.user_id
        if row.state != State.BOOKED:
            raise IllegalMove(f"move appointment: {row.state}")
        if rule.calendar_id != calendar.pk:
            raise PermissionDenied("hours of another calendar")
        if row.starts_at == starts_at and row.manner == rule.manner:
            return row
        if row.starts_at <= at or (not by_advisor and is_late(row, at)):
            raise TooLate(str(row.starts_at))
        if not by_advisor:
            check(actor, "appointments.ask", rule)
        before = row.starts_at
        lock_time({calendar.user_id, row.asker_id or calendar.user_id})
        TakenTime.objects.filter(appointment=row).delete()
        slot = _free_slot(calendar, rule, starts_at, actor, at)
        copied = _copied(slot)
        for name, value in copied.items():
            setattr(row, name, value)
        row.sequence, row.changed_at = row.sequence + 1, at
        row.save(update_fields=[*copied, "sequence", "changed_at"])
        take_time(row)
        note_sign(row.project_id, actor, at)
        record(
            actor=actor, verb="move appointment", obj=row, at=at, before=before.isoformat(),
            after=row.starts_at.isoformat(),
        )  # fmt: skip
        notices.tell_moved(row, by_advisor=by_advisor, at=at)
    return row


def cancel_appointment(
    *,
    appointment: Appointment,
    actor: Any,
    at: datetime,
    reason: str = "",
    proposed: list[Slot] | None = None,
) -> Appointment:
    """Give the moment back; the other person is told. Cancelling twice changes nothing.

    The advisor says why and may propose other moments. Who asked may cancel until it begins: late is better than
    not coming, and is noted. Raises `TooLate`, `ReasonMissing`, `IllegalMove`, `PermissionDenied`.
    """
    with transaction.atomic():
        calendar = _locked(appointment.calendar_id)
        row = _fresh(appointment)
        check(actor, "appointments.change", row)
        if row.state == State.CANCELLED:
            return row
        by_advisor = actor.pk == calendar.user_id
        if by_advisor and not reason.strip():
            raise ReasonMissing("cancel appointment")
        if row.starts_at <= at:
            raise TooLate(str(row.starts_at))
        note_sign(row.project_id, actor, at)
        move(row, MOVES, "cancel appointment", actor=actor, at=at)
        _write_cancelled(row, reason.strip(), by_advisor, proposed or [], at)
        TakenTime.objects.filter(appointment=row).delete()
        notices.tell_cancelled(row, by_advisor=by_advisor, at=at)
    return row


@transaction.atomic
def mark_held(*, appointment: Appointment, actor: Any, at: datetime) -> None:
    """The two met, a sign of life of the group. Raises `TooLate` before it begins, `IllegalMove`."""
    _mark(appointment, "hold appointment", actor, at)
    note_meeting(appointment.project_id, appointment.starts_at)


def _write_cancelled(
    row: Appointment, reason: str, by_advisor: bool, proposed: list[Slot], at: datetime
) -> None:
    """The reason stays on the row, where the two read it, and not in the trail."""
    changed = {
        "cancel_reason": reason, "cancelled_by_advisor": by_advisor, "late": not by_advisor and is_late(row, at),
        "proposed": [[slot.rule.pk, slot.starts_at.isoformat()] for slot in proposed],
        "sequence": row.sequence + 1, "changed_at": at,
    }  # fmt: skip
    for name, value in changed.items():
        setattr(row, name, value)
    row.save(update_fields=list(changed))


@transaction.atomic
def mark_missed(*, appointment: Appointment, actor: Any, at: datetime) -> None:
    """The person did not come; they are told kindly, and how to take another moment. Raises as `mark_held` does."""
    _mark(appointment, "miss appointment", actor, at)
    notices.tell_missed(appointment, at=at)


def _mark(appointment: Appointment, verb: str, actor: Any, at: datetime) -> None:
    if appointment.starts_at > at:
        raise TooLate("it has not begun")
    move(appointment, MOVES, verb, actor=actor, at=at)


def is_late(appointment: Appointment, at: datetime) -> bool:
    """Whether less time is left than the calendar asks to move or cancel."""
    return appointment.starts_at - at < timedelta(hours=appointment.calendar.cancel_before)


def proposed_slots(appointment: Appointment, rules: QuerySet[OpeningRule], *, at: datetime) -> list[Slot]:
    """The moments the advisor proposed on cancelling that are still free; `rules`: those the reader may book in."""
    wanted = {(rule, moment) for rule, moment in appointment.proposed}
    if not wanted:
        return []
    found = free_slots(
        appointment.calendar, timezone.localdate(at), bounds(appointment.calendar, at)[1], at=at, rules=rules
    )
    return [slot for slot in found if (slot.rule.pk, slot.starts_at.isoformat()) in wanted]


def take_time(appointment: Appointment) -> None:
    """Take every five minutes of it for the two people. Raises `AskerBusy` when the database or another room refuses.

    In one order for everybody, so that two bookings wait for each other and never both.
    """
    people = sorted({appointment.calendar.user_id, appointment.asker_id or appointment.calendar.user_id})
    if any(engagements(people, appointment.starts_at, appointment.ends_at, but=ROOM)):
        raise AskerBusy(appointment.reference)
    rows = [
        TakenTime(user_id=user, moment=moment, appointment=appointment)
        for user in people
        for moment in steps(appointment.starts_at, appointment.ends_at)
    ]
    try:
        with transaction.atomic():
            TakenTime.objects.bulk_create(rows)
    except IntegrityError:
        raise AskerBusy(appointment.reference) from None


def _free_slot(calendar: Calendar, rule: OpeningRule, starts_at: datetime, actor: Any, at: datetime) -> Slot:
    """The moment as the hours give it now. The advisor may book nearer than others. Raises `MomentTaken`."""
    day = timezone.localdate(starts_at)
    hours: Hours = hours_of([calendar], day, day)[calendar.pk]
    soonest, farthest = bounds(calendar, at)
    after = at if actor.pk == calendar.user_id else soonest
    for slot in offered(hours, day, day):
        if slot.rule.pk == rule.pk and slot.starts_at == starts_at:
            open_ = slot.starts_at > after and day <= farthest
            if open_ and hours.taken.isdisjoint(steps(slot.starts_at, slot.ends_at)):
                return slot
    mine = rules_visible_to(actor)
    raise MomentTaken(next_free(calendar, at=at, near=starts_at, rules=mine, after=after))


def _locked(calendar: int) -> Calendar:
    rows = Calendar.objects.select_for_update(of=("self",)).select_related("user", "region")
    return rows.get(pk=calendar)


def _fresh(appointment: Appointment) -> Appointment:
    rows = Appointment.objects.select_for_update(of=("self",)).select_related("calendar__user")
    return rows.get(pk=appointment.pk)


def _ahead_of(asker: Any, at: datetime) -> int:
    return Appointment.objects.filter(asker=asker, state=State.BOOKED, starts_at__gt=at).count()


def _copied(slot: Slot) -> dict[str, Any]:
    rule = slot.rule
    return {
        "starts_at": slot.starts_at, "ends_at": slot.ends_at, "wall": on_the_wall(slot.starts_at),
        "manner": rule.manner, "place": rule.place, "address": rule.address, "commune_id": rule.commune_id,
        "video_link": rule.video_link, "spoken": rule.spoken,
    }  # fmt: skip


def _create(calendar: Calendar, slot: Slot, **columns: Any) -> Appointment:
    for _ in range(_DRAWS):
        try:
            with transaction.atomic():
                return Appointment.objects.create(
                    reference=new_reference(),
                    calendar=calendar,
                    region=calendar.region,
                    **_copied(slot),
                    **columns,
                )
        except IntegrityError:
            if Appointment.objects.filter(submission_key=columns["submission_key"]).exists():
                raise PermissionDenied("a form of somebody else") from None
    raise IntegrityError("no free code")
