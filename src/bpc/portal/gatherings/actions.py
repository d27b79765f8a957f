"""The organisers' verbs: announce, edit, write the programme, open and close registration, hold, cancel.

What a source printed of the meetings of 2025 is never rewritten here: corrections go to the file of facts.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, time
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import IllegalMove, move
from bpc.portal.gatherings import notices
from bpc.portal.gatherings.models import Gathering, ProgrammeItem, ReminderSent
from bpc.portal.gatherings.registering import fill_seats
from bpc.portal.gatherings.states import GATHERING_MOVES, DateStatus, GatheringState, Origin
from bpc.portal.reference.models import Territory
from bpc.portal.seats.giving import TooFewSeats

_KEYS = 1000  # meetings of one region in one year that may have a key


class StaleMeeting(Exception):
    """The meeting changed after the form was opened; `current` is it as it is now."""

    def __init__(self, current: Gathering) -> None:
        super().__init__(current.key)
        self.current = current


@dataclass(frozen=True)
class MeetingContent:
    """What an organiser says of a meeting. A day without an hour is allowed, an hour without a day is not."""

    commune: Territory
    day: date | None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    title_fr: str = ""
    title_ar: str = ""
    theme_fr: str = ""
    theme_ar: str = ""
    contest_fr: str = ""
    contest_ar: str = ""
    venue_fr: str = ""
    venue_ar: str = ""
    address: str = ""
    lon: float | None = None
    lat: float | None = None
    partners: tuple[tuple[str, str], ...] = ()
    capacity: int | None = None
    registration_until: datetime | None = None

    def columns(self) -> dict[str, Any]:
        """The columns of `Gathering` these words fill."""
        said = {one.name: getattr(self, one.name) for one in fields(self)}
        values = {name: value for name, value in said.items() if name not in {"commune", "day", "partners"}}
        return values | {
            "commune_id": self.commune.pk,
            "region_id": self.commune.region_code,
            "city_fr": self.commune.name_fr,
            "city_ar": self.commune.name_ar,
            "date": self.day,
            "date_status": DateStatus.ANNOUNCED if self.day is not None else DateStatus.UNKNOWN,
            "partners": [{"fr": french, "ar": arabic} for french, arabic in self.partners],
        }


@dataclass(frozen=True)
class ProgrammeLine:
    """One line of the programme."""

    title_fr: str
    title_ar: str = ""
    starts: time | None = None
    ends: time | None = None
    by_fr: str = ""
    by_ar: str = ""


#: What registered people are told when it changes.
TOLD = frozenset({"date", "starts_at", "commune_id", "venue_fr", "venue_ar", "address"})


def create_meeting(*, content: MeetingContent, actor: Any, at: datetime, is_demo: bool = False) -> Gathering:
    """Announce a meeting in the organiser's region. Raises `PermissionDenied` for another region."""
    columns = content.columns()
    check(actor, "gatherings.organise", Gathering(**columns))
    year = (content.day or timezone.localdate(at)).year
    with transaction.atomic():
        gathering = _created(
            f"{year}-{columns['region_id']}", **columns, origin=Origin.SITE, state=GatheringState.PLANNED,
            created_by=actor, created_at=at, is_demo=is_demo,
        )  # fmt: skip
        record(actor=actor, verb="announce gathering", obj=gathering, at=at, after=gathering.state)
        outdate("gatherings")
    return gathering


def edit_meeting(
    *, gathering: Gathering, content: MeetingContent, revision: int, actor: Any, at: datetime
) -> Gathering:
    """Write new words, read when it was at `revision`; the registered are told when the day or the place changed.

    More seats go at once to those who wait. Raises `StaleMeeting`, `TooFewSeats`, `IllegalMove`, `PermissionDenied`.
    """
    with transaction.atomic():
        row = _locked(gathering, actor, revision)
        columns = content.columns()
        check(actor, "gatherings.organise", Gathering(**columns))  # the place may move to another region
        if content.capacity is not None and content.capacity < row.seat_count:
            raise TooFewSeats(row.seat_count)
        changed = [name for name, value in columns.items() if getattr(row, name) != value]
        for name in changed:
            setattr(row, name, columns[name])
        row.revision += 1
        row.save()
        record(
            actor=actor, verb="edit gathering", obj=row, at=at, before=row.state, after=row.state,
            data={"changed": changed},
        )  # fmt: skip
        if "date" in changed:  # what was said of the former day is said again of the new one
            ReminderSent.objects.filter(registration__gathering=row).delete()
        fill_seats(gathering=row, at=at)
        if TOLD & set(changed):
            notices.tell_everybody(row, "gathering.changed", at=at)
        outdate("gatherings")
    return row


def write_programme(
    *, gathering: Gathering, lines: Sequence[ProgrammeLine], revision: int, actor: Any, at: datetime
) -> Gathering:
    """Replace the programme by these lines, in this order."""
    with transaction.atomic():
        row = _locked(gathering, actor, revision)
        row.programme.all().delete()
        ProgrammeItem.objects.bulk_create(
            [
                ProgrammeItem(gathering=row, position=position, **asdict(line))
                for position, line in enumerate(lines)
            ]
        )
        row.revision += 1
        row.save(update_fields=["revision"])
        record(
            actor=actor, verb="write programme", obj=row, at=at, before=row.state, after=row.state,
            data={"lines": len(lines)},
        )  # fmt: skip
        outdate("gatherings")
    return row


def open_registration(*, gathering: Gathering, actor: Any, at: datetime) -> Gathering:
    """Let people register. Raises `IllegalMove` for a meeting whose day is unknown or past."""
    with transaction.atomic():
        row = _lock(gathering)
        if row.date is None or row.date < timezone.localdate(at):
            raise IllegalMove("open registration: no day to come")
        return _moved(row, "open registration", actor=actor, at=at)


def close_registration(*, gathering: Gathering, actor: Any, at: datetime) -> Gathering:
    """Nobody registers on the site any more; who has a seat keeps it."""
    with transaction.atomic():
        return _moved(_lock(gathering), "close registration", actor=actor, at=at)


def hold_meeting(*, gathering: Gathering, actor: Any, at: datetime) -> Gathering:
    """Say that it took place. Raises `IllegalMove` before its day."""
    with transaction.atomic():
        row = _lock(gathering)
        if row.date is None or row.date > timezone.localdate(at):
            raise IllegalMove("hold gathering: its day has not come")
        return _moved(row, "hold gathering", actor=actor, at=at)


def cancel_meeting(
    *, gathering: Gathering, reason: str, language: str, actor: Any, at: datetime
) -> Gathering:
    """Cancel, with a reason that everybody reads; who registered is told. Raises `ReasonMissing`, `IllegalMove`."""
    with transaction.atomic():
        row = _lock(gathering)
        # with the state in one writing: a cancelled meeting without its reason never stands
        Gathering.objects.filter(pk=row.pk).update(cancel_reason=reason.strip(), cancel_language=language)
        row.cancel_reason, row.cancel_language = reason.strip(), language
        moved = _moved(row, "cancel gathering", actor=actor, at=at, reason=reason)
        notices.tell_everybody(moved, "gathering.cancelled", at=at, reason=reason.strip())
    return moved


def is_ours(gathering: Gathering) -> bool:
    """Whether it was announced here: then its words are its organisers'."""
    return gathering.origin == Origin.SITE


def _created(stem: str, **columns: Any) -> Gathering:
    """Under the first free key of the region and year: `2026-09-1`."""
    taken = set(Gathering.objects.filter(key__startswith=f"{stem}-").values_list("key", flat=True))
    for number in range(1, _KEYS):
        if (key := f"{stem}-{number}") in taken:
            continue
        try:
            with transaction.atomic():
                return Gathering.objects.create(key=key, **columns)
        except IntegrityError:  # another organiser of the region was quicker
            if not Gathering.objects.filter(key=key).exists():
                raise
    raise IntegrityError("no free key")


def _lock(gathering: Gathering) -> Gathering:
    row = Gathering.objects.select_for_update().get(pk=gathering.pk)
    if not is_ours(row):
        raise IllegalMove("a meeting of the facts")
    return row


def _locked(gathering: Gathering, actor: Any, revision: int) -> Gathering:
    row = _lock(gathering)
    check(actor, "gatherings.organise", row)
    if row.state == GatheringState.CANCELLED:
        raise IllegalMove(f"edit gathering: {row.state}")
    if row.revision != revision:
        raise StaleMeeting(row)
    return row


def _moved(gathering: Gathering, name: str, *, actor: Any, at: datetime, reason: str = "") -> Gathering:
    move(gathering, GATHERING_MOVES, name, actor=actor, at=at, reason=reason)
    outdate("gatherings")
    return gathering
