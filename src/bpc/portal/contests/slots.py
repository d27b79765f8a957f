"""The moments that advisors keep for teams: offered, taken by one team, given back."""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from bpc.portal.contests.engaging import LONGEST, ROOM
from bpc.portal.contests.models import AdvisorSlot, Edition, Entry, Feedback
from bpc.portal.contests.notices.verdicts import about, tell_team
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.people.delivery import notify
from bpc.portal.people.engagements import engagements, lock_time
from bpc.portal.people.models import RoleGrant
from bpc.portal.people.roles import Role

SHORTEST = 10  # minutes
SLOTS_AHEAD = 200  # an advisor's free moments to come: more is a mistake


class BadSlot(Exception):
    """A moment in the past, too short or too long, or one more than an advisor can keep."""


class SlotOverlaps(Exception):
    """The advisor keeps another moment, or has an appointment, at that time."""


class SlotGone(Exception):
    """Another team took it, the advisor withdrew it, or its time has come."""


class HasSlot(Exception):
    """The team has a moment already: it gives it back first."""


@transaction.atomic
def offer_slot(
    *,
    edition: Edition,
    starts_at: datetime,
    minutes: int,
    place: str,
    language: str,
    actor: Any,
    at: datetime,
) -> AdvisorSlot:
    """Keep a moment for teams of an edition. The same moment offered twice is kept once.

    Raises `BadSlot`, `SlotOverlaps`, `PermissionDenied`.
    """
    check(actor, "contests.advise_teams", edition)
    lock_time([actor.pk])  # an appointment booked at the same instant waits, then finds the moment taken
    mine = AdvisorSlot.objects.select_for_update().filter(advisor=actor)
    same = mine.filter(edition=edition, starts_at=starts_at, minutes=minutes).first()
    if same is not None:
        return same
    if starts_at <= at or not SHORTEST <= minutes <= LONGEST or not place.strip():
        raise BadSlot(f"{starts_at:%Y-%m-%d %H:%M} {minutes}")
    if mine.filter(starts_at__gt=at, entry=None).count() >= SLOTS_AHEAD:
        raise BadSlot(str(SLOTS_AHEAD))
    _check_free(mine, starts_at, minutes)
    if _engaged_elsewhere(actor.pk, starts_at, minutes):
        raise SlotOverlaps(str(starts_at))
    slot = AdvisorSlot.objects.create(
        edition=edition,
        advisor=actor,
        starts_at=starts_at,
        minutes=minutes,
        place=place.strip(),
        language=language,
    )
    record(actor=actor, verb="offer slot", obj=edition, at=at, data={"slot": slot.pk})
    return slot


def _check_free(mine: QuerySet[AdvisorSlot], starts_at: datetime, minutes: int) -> None:
    ends = starts_at + timedelta(minutes=minutes)
    near = mine.filter(starts_at__lt=ends, starts_at__gt=starts_at - timedelta(minutes=LONGEST))
    for other in near:
        if other.starts_at + timedelta(minutes=other.minutes) > starts_at:
            raise SlotOverlaps(str(other.starts_at))


def _engaged_elsewhere(advisor: int, starts_at: datetime, minutes: int) -> bool:
    return any(engagements([advisor], starts_at, starts_at + timedelta(minutes=minutes), but=ROOM))


@transaction.atomic
def withdraw_slot(*, slot: AdvisorSlot, actor: Any, at: datetime) -> None:
    """The advisor no longer keeps the moment; a team that took it is told. Withdrawing twice changes nothing.

    Raises `PermissionDenied` for anybody else's.
    """
    row = AdvisorSlot.objects.select_for_update(of=("self",)).filter(pk=slot.pk).first()
    if row is None:
        return
    if row.advisor_id != actor.pk:
        raise PermissionDenied("not one's own slot")
    record(
        actor=actor,
        verb="withdraw slot",
        obj=row.edition,
        at=at,
        data={"slot": row.pk, "taken": row.entry_id},
    )
    entry = row.entry
    row.delete()
    if entry is not None:
        tell_team(entry, "contest.slot_cancelled", at=at)


def slots_for(entry: Entry, at: datetime) -> QuerySet[AdvisorSlot]:
    """The free moments to come that this team may take: of its edition, by advisors of its region."""
    return (
        AdvisorSlot.objects.filter(
            edition=entry.edition_id, entry=None, starts_at__gt=at, advisor__is_active=True,
            advisor__in=advisors_in(entry.region_id).values("user"),
        )
        .select_related("advisor", "edition")
        .order_by("starts_at", "pk")
    )  # fmt: skip


def advisors_in(region: str) -> QuerySet[RoleGrant]:
    """The roles of advisors held today in a region."""
    return RoleGrant.objects.filter(role=Role.ADVISOR, region=region, ended_at=None, user__is_active=True)


def slots_of(person: Any) -> QuerySet[AdvisorSlot]:
    """The moments an advisor keeps, the next one first."""
    return (
        AdvisorSlot.objects.filter(advisor=person)
        .select_related("edition", "entry")
        .order_by("starts_at", "pk")
    )


@transaction.atomic
def take_slot(*, slot: AdvisorSlot, entry: Entry, actor: Any, at: datetime) -> AdvisorSlot:
    """The team takes a moment. Taking one's own again changes nothing.

    Raises `SlotGone`, `HasSlot`, `PermissionDenied` (also before the team got its feedback).
    """
    team = Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    check(actor, "contests.enter", team)
    if not Feedback.objects.filter(entry=team, sent_at__isnull=False).exists():
        raise PermissionDenied("no feedback was sent to this team")
    taken = AdvisorSlot.objects.filter(entry=team).first()
    if taken is not None and taken.pk == slot.pk:
        return taken
    if taken is not None:
        raise HasSlot(str(taken.pk))
    lock_time([slot.advisor_id])  # before the slot, as `offer_slot` does
    row = AdvisorSlot.objects.select_for_update(of=("self",)).filter(pk=slot.pk).first()
    if row is not None and _engaged_elsewhere(row.advisor_id, row.starts_at, row.minutes):
        raise SlotGone(str(slot.pk))  # an appointment made before the two rooms asked each other
    if row is None or not slots_for(team, at).filter(pk=row.pk).exists():
        raise SlotGone(str(slot.pk))
    row.entry, row.taken_at = team, at
    row.save(update_fields=["entry", "taken_at"])
    record(actor=actor, verb="take slot", obj=team, at=at, data={"slot": row.pk})
    notify(user=row.advisor, kind="contest.slot_taken", data=about(team), at=at)
    return row


@transaction.atomic
def give_back_slot(*, entry: Entry, actor: Any, at: datetime) -> None:
    """The team gives its moment back, so that another may take it. Twice changes nothing."""
    check(actor, "contests.enter", entry)
    row = AdvisorSlot.objects.select_for_update(of=("self",)).filter(entry=entry).first()
    if row is None:
        return
    row.entry, row.taken_at = None, None
    row.save(update_fields=["entry", "taken_at"])
    record(actor=actor, verb="give slot back", obj=entry, at=at, data={"slot": row.pk})
    notify(user=row.advisor, kind="contest.slot_given_back", data=about(entry), at=at)
