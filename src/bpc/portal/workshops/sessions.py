"""The verbs of who holds sessions: open a draft, edit, announce, hold, cancel."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import IllegalMove, move
from bpc.portal.ideas.references import new_reference
from bpc.portal.people.models import Organisation
from bpc.portal.people.roles import Role
from bpc.portal.people.visibility import is_administrator
from bpc.portal.reference.models import Territory
from bpc.portal.seats.giving import TooFewSeats
from bpc.portal.training.models import Course
from bpc.portal.workshops import notices
from bpc.portal.workshops.asking import tell_askers
from bpc.portal.workshops.attending import tell_those_who_followed
from bpc.portal.workshops.models import Workshop, WorkshopDay, WorkshopTrainer
from bpc.portal.workshops.registering import fill_seats
from bpc.portal.workshops.states import HOLD, WORKSHOP_MOVES, Audience
from bpc.portal.workshops.visibility import may_open_in

GENERATION = "workshops"  # pages that show sessions are kept under it
_DRAWS = 5  # of a code nobody has


class StaleWorkshop(Exception):
    """The session changed after the form was opened; `current` is it as it is now."""

    def __init__(self, current: Workshop) -> None:
        super().__init__(current.reference)
        self.current = current


class DayAttended(Exception):
    """A day to be taken away on which somebody was noted present: `day`."""

    def __init__(self, day: date) -> None:
        super().__init__(str(day))
        self.day = day


@dataclass(frozen=True, order=True)
class DayHours:
    """One day, from an hour to another."""

    day: date
    starts: time
    ends: time


@dataclass(frozen=True)
class SessionContent:
    """What is said of a session: at least one day, at least one language spoken. `trainers`: keys of accounts."""

    course: Course
    commune: Territory
    days: tuple[DayHours, ...]
    capacity: int
    place: str
    spoken: tuple[str, ...]
    trainers: tuple[int, ...]
    language: str  # of place, address and note
    address: str = ""
    note: str = ""
    organisation: Organisation | None = None
    registration_until: datetime | None = None

    def columns(self) -> dict[str, Any]:
        """The columns of `Workshop` they fill."""
        days = sorted(self.days)
        return {
            "course_id": self.course.pk, "commune_id": self.commune.pk, "region_id": self.commune.region_code,
            "starts_at": timezone.make_aware(datetime.combine(days[0].day, days[0].starts)),
            "ends_at": timezone.make_aware(datetime.combine(days[-1].day, days[-1].ends)),
            "capacity": self.capacity, "place": self.place, "address": self.address, "note": self.note,
            "language": self.language, "spoken": list(self.spoken), "organisation_id": _key(self.organisation),
            "audience": Audience.ALL if self.organisation is None else Audience.COOPERATIVE,
            "registration_until": self.registration_until,
        }  # fmt: skip


#: What registered people are told when it changes.
TOLD = frozenset({"days", "commune_id", "place", "address"})


def open_workshop(*, content: SessionContent, actor: Any, at: datetime, is_demo: bool = False) -> Workshop:
    """A draft, which only those who hold it see. A trainer teaches what they open.

    Raises `PermissionDenied` for a region that is not the actor's.
    """
    columns = content.columns()
    if not may_open_in(actor, columns["region_id"]):
        raise PermissionDenied("not of this region")
    with transaction.atomic():
        row = _created(**columns, created_by=actor, created_at=at, is_demo=is_demo)
        _write_days(row, content.days)
        _write_trainers(row, content.trainers, actor)
        record(actor=actor, verb="open workshop", obj=row, at=at, after=row.state)
    return row


def edit_workshop(
    *, workshop: Workshop, content: SessionContent, revision: int, actor: Any, at: datetime
) -> Workshop:
    """Write it anew, as read at `revision`; the registered are told when a day or the place changed.

    More seats go at once to those who wait. Raises `StaleWorkshop`, `TooFewSeats`, `DayAttended`, `IllegalMove`,
    `PermissionDenied`.
    """
    with transaction.atomic():
        row = _locked(workshop, actor)
        if not row.is_running:
            raise IllegalMove(f"edit workshop: {row.state}")
        if row.revision != revision:
            raise StaleWorkshop(row)
        columns = content.columns()
        if columns["region_id"] != row.region_id and not may_open_in(actor, columns["region_id"]):
            raise PermissionDenied("not of this region")
        if content.capacity < row.seat_count:
            raise TooFewSeats(row.seat_count)
        changed = {name for name, value in columns.items() if getattr(row, name) != value}
        for name in changed:
            setattr(row, name, columns[name])
        row.revision += 1
        row.save()
        if _write_days(row, content.days):
            changed.add("days")
        _write_trainers(row, content.trainers, actor)
        record(
            actor=actor, verb="edit workshop", obj=row, at=at, before=row.state, after=row.state,
            data={"changed": sorted(changed)},
        )  # fmt: skip
        fill_seats(workshop=row, at=at)
        if TOLD & changed:
            notices.tell_everybody(row, "workshop.changed", at=at)
        outdate(GENERATION)
    return row


def announce_workshop(*, workshop: Workshop, actor: Any, at: datetime) -> int:
    """Show it in the calendar, open its seats, tell those of the province who asked; returns how many were told.

    Raises `IllegalMove` once it has begun, or while nobody teaches it.
    """
    with transaction.atomic():
        row = _locked(workshop, actor)
        if at >= row.starts_at or not row.trainers.exists():
            raise IllegalMove("announce workshop: begun, or without a trainer")
        move(row, WORKSHOP_MOVES, "announce workshop", actor=actor, at=at)
        outdate(GENERATION)
        return tell_askers(workshop=row, at=at)


def hold_workshop(*, workshop: Workshop, actor: Any, at: datetime) -> int:
    """Say that it took place: its list is closed, who came is asked what they think. Returns how many followed it.

    Raises `IllegalMove` before its last day.
    """
    with transaction.atomic():
        row = _locked(workshop, actor)
        if timezone.localdate(at) < timezone.localdate(row.ends_at):
            raise IllegalMove("hold workshop: its last day has not come")
        move(row, WORKSHOP_MOVES, "hold workshop", actor=actor, at=at)
        outdate(GENERATION)
        came = row.registrations.filter(presences__isnull=False).distinct().select_related("user")
        notices.tell(list(came.order_by("pk")), "workshop.judge", at=at)
        return tell_those_who_followed(workshop=row, at=at)


def cancel_workshop(*, workshop: Workshop, reason: str, language: str, actor: Any, at: datetime) -> Workshop:
    """Cancel, with a reason that the registered are told. Raises `ReasonMissing`, `IllegalMove`."""
    with transaction.atomic():
        row = _locked(workshop, actor)
        # with the state in one writing: a cancelled session without its reason never stands
        Workshop.objects.filter(pk=row.pk).update(cancel_reason=reason.strip(), cancel_language=language)
        move(row, WORKSHOP_MOVES, "cancel workshop", actor=actor, at=at, reason=reason)
        notices.tell_everybody(row, "workshop.cancelled", at=at, reason=reason.strip())
        outdate(GENERATION)
    return row


def _locked(workshop: Workshop, actor: Any) -> Workshop:
    row = Workshop.objects.select_for_update().get(pk=workshop.pk)
    check(actor, HOLD, row)
    return row


def _created(**columns: Any) -> Workshop:
    for _ in range(_DRAWS):
        code = new_reference()
        try:
            with transaction.atomic():
                return Workshop.objects.create(reference=code, **columns)
        except IntegrityError:
            if not Workshop.objects.filter(reference=code).exists():
                raise
    raise IntegrityError("no free code")


def _write_days(workshop: Workshop, days: tuple[DayHours, ...]) -> bool:
    """Whether anything changed. A day keeps its row, so that who was there stays there."""
    known = {row.day: row for row in workshop.days.all()}
    wanted = {one.day: one for one in days}
    changed = False
    for day, row in known.items():
        if day not in wanted:
            if row.presences.exists():
                raise DayAttended(day)
            row.delete()
            changed = True
    for day, said in wanted.items():
        row = known.get(day) or WorkshopDay(workshop=workshop, day=day)
        if row.pk is None or (row.starts, row.ends) != (said.starts, said.ends):
            row.starts, row.ends = said.starts, said.ends
            row.save()
            changed = True
    return changed


def _write_trainers(workshop: Workshop, trainers: tuple[int, ...], actor: Any) -> None:
    wanted = set(trainers)
    is_its_own = is_administrator(actor) or workshop.region_id in actor.regions_as(Role.DELEGATE)
    if not is_its_own:
        wanted.add(actor.pk)  # else it would be theirs no more
    workshop.trainers.exclude(user__in=wanted).delete()
    known = set(workshop.trainers.values_list("user", flat=True))
    WorkshopTrainer.objects.bulk_create(
        [WorkshopTrainer(workshop=workshop, user_id=key) for key in sorted(wanted - known)]
    )


def _key(organisation: Organisation | None) -> int | None:
    return None if organisation is None else organisation.pk
