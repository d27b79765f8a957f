"""The only way a request changes owner: one interval ends where the next begins, in one transaction, with its trace."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from bpc.portal.counsel import notices
from bpc.portal.counsel.choosing import Choice, above, at_region, choose, may_hold
from bpc.portal.counsel.delays import due_after, due_when_handed
from bpc.portal.counsel.models import HelpRequest, Ownership
from bpc.portal.counsel.ownership import NATIONAL, RANKS, Desk, History, Interval, Owner
from bpc.portal.counsel.staffing import need_of, staff_of
from bpc.portal.counsel.states import OPEN_STATES, RequestState, Why
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.ideas.languages import language_of
from bpc.portal.people.delivery import notify
from bpc.portal.people.models import User


class ChangedHands(Exception):
    """Somebody else gave the request to another owner a moment ago: read it again."""


class CannotHold(Exception):
    """The person chosen is not, or no longer, an advisor of the region; or asked the request."""


class NothingWaits(Exception):
    """The request is over: nobody needs to be given it."""


def lock(request: HelpRequest) -> HelpRequest:
    """The row as it stands, kept from others until the transaction ends."""
    return (
        HelpRequest.objects.select_for_update(of=("self",))
        .select_related("holder", "asker")
        .get(pk=request.pk)
    )


def owner_of(request: HelpRequest) -> Owner:
    """The present owner."""
    return Owner(Desk(request.desk), request.holder_id)


def history_of(request: HelpRequest) -> History:
    """The chain of owners as the database holds it."""
    return tuple(
        Interval(Owner(Desk(row.desk), row.holder_id), row.since, row.until, row.why)
        for row in request.owners.order_by("turn")
    )


def first_owner(request: HelpRequest, choice: Choice) -> None:
    """Open the chain of a request that was just created with this owner."""
    Ownership.objects.create(
        request=request, turn=1, desk=choice.owner.desk, holder_id=choice.owner.holder,
        since=request.asked_at, why=Why.ASKED, reasons=list(choice.reasons),
    )  # fmt: skip


def pass_on(
    request: HelpRequest, choice: Choice, why: str, *, actor: Any, at: datetime, note: str = ""
) -> bool:
    """Give a locked request to another owner; False when it is theirs already.

    The promise made to who asked stands (see `delays.due_when_handed`), unless silence caused it: then the new desk's
    delay runs. Leaves one row of audit; the callers tell people.
    """
    before, owner = owner_of(request), choice.owner
    if before == owner:
        return False
    last = request.owners.get(until=None)
    moment = max(at, last.since)  # a clock that runs behind opens no gap
    last.until = moment
    last.save(update_fields=["until"])
    Ownership.objects.create(
        request=request, turn=last.turn + 1, desk=owner.desk, holder_id=owner.holder, since=moment, why=why,
        reasons=list(choice.reasons), note=note, language=language_of(note) if note else "", by=actor,
    )  # fmt: skip
    request.desk, request.holder_id, request.turns = owner.desk.value, owner.holder, last.turn + 1
    request.reach = max(request.reach, RANKS[owner.desk])
    if request.state == RequestState.WAITING and request.due_on is not None:
        today = timezone.localtime(at).date()
        silent = why == Why.SILENCE
        request.due_on = due_after(owner.desk, today) if silent else due_when_handed(request.due_on, today)
    request.save(update_fields=["desk", "holder", "turns", "reach", "due_on"])
    record(
        actor=actor, verb="hand request", obj=request, at=at, before=_told(before), after=_told(owner),
        reason=note, data={"why": str(why), "turn": request.turns},
    )  # fmt: skip
    return True


def _told(owner: Owner) -> str:
    return owner.desk.value if owner.holder is None else f"{owner.desk.value} {owner.holder}"


@transaction.atomic
def transfer(
    *, request: HelpRequest, to: User | None, desk: str, note: str, seen_turn: int, actor: Any, at: datetime
) -> HelpRequest:
    """Give the request to an advisor of its region (`to`), to the region's desk, or to the national one.

    `seen_turn` is the turn the person read: two who transfer at once do not undo each other. Raises `ChangedHands`,
    `CannotHold`, `NothingWaits`, `PermissionDenied`.
    """
    row = lock(request)
    check(actor, "counsel.transfer", row)
    if row.turns != seen_turn:
        raise ChangedHands(row.reference)
    if row.state not in OPEN_STATES:
        raise NothingWaits(row.reference)
    former = row.holder
    choice = _asked_for(row, to, Desk(desk), at)
    if pass_on(row, choice, Why.TRANSFERRED, actor=actor, at=at, note=note.strip()):
        _tell_change(row, former, "counsel.moved", actor, at)
    return row


def _asked_for(row: HelpRequest, to: User | None, desk: Desk, at: datetime) -> Choice:
    need, staff = need_of(row), staff_of(row.region_id, at, row.project_id)
    if desk == Desk.NATIONAL:
        return Choice(NATIONAL, ())
    if desk == Desk.REGION:
        return at_region(need, staff)
    if to is None:
        return choose(need, staff, frozenset({row.holder_id} if row.holder_id is not None else ()))
    owner = Owner(Desk.ADVISOR, to.pk)
    if not may_hold(owner, need, staff):
        raise CannotHold(to.pk)
    return Choice(owner, ())


def _tell_change(row: HelpRequest, former: User | None, kind: str, actor: Any, at: datetime) -> None:
    """The new owner, the former one, and who asked."""
    fresh = HelpRequest.objects.select_related("holder", "asker").get(pk=row.pk)
    if fresh.state == RequestState.WAITING:
        notices.tell_owner(fresh, "counsel.given", at=at, but=actor)
    if former is not None and former.is_active and (actor is None or former.pk != actor.pk):
        notify(user=former, kind="counsel.taken", data={"reference": fresh.reference}, at=at)
    notices.tell_asker(fresh, kind, at=at)


@transaction.atomic
def escalate(*, request: HelpRequest, at: datetime) -> bool:
    """The promise passed in silence: one desk up, with a new promise, told to all; False when nothing is late.

    The national desk has nobody above: its administrators and who asked are told again, with a new promise.
    """
    row = lock(request)
    today = timezone.localtime(at).date()
    if row.state != RequestState.WAITING or row.due_on is None or row.due_on >= today:
        return False
    former, owner = row.holder, owner_of(row)
    choice = above(owner, need_of(row), staff_of(row.region_id, at, row.project_id))
    if pass_on(row, choice, Why.SILENCE, actor=None, at=at):
        _tell_change(row, former, "counsel.silence", None, at)
        return True
    missed, row.due_on = row.due_on, due_after(row.desk, today)
    row.save(update_fields=["due_on"])
    record(actor=None, verb="remind national desk", obj=row, at=at, data={"missed": missed.isoformat()})
    notices.tell_owner(row, "counsel.national", at=at)
    notices.tell_asker(row, "counsel.still_silent", at=at)
    return True


@transaction.atomic
def settle(*, request: HelpRequest, at: datetime) -> bool:
    """Give a request whose owner no longer works there to somebody who does; False when its owner stands."""
    row = lock(request)
    need, staff = need_of(row), staff_of(row.region_id, at, row.project_id)
    if may_hold(owner_of(row), need, staff):
        return False
    former = row.holder
    but = frozenset({row.holder_id} if row.holder_id is not None else ())
    choice = choose(need, staff, but) if row.desk == Desk.ADVISOR else at_region(need, staff, but)
    pass_on(row, choice, Why.ROLE_ENDED, actor=None, at=at)
    if row.state in OPEN_STATES:
        _tell_change(row, former, "counsel.moved", None, at)
    return True


@transaction.atomic
def give_elsewhere(
    *,
    request: HelpRequest,
    leaving: User,
    why: str,
    to: User | None,
    actor: Any,
    at: datetime,
    but: frozenset[int] = frozenset(),
) -> bool:
    """Take a request from `leaving`: to the advisor `to` when they may have it, else to whoever is best placed.

    `but` are others it must not go to either.
    """
    row = lock(request)
    if row.holder_id != leaving.pk:
        return False
    need, staff = need_of(row), staff_of(row.region_id, at, row.project_id)
    wanted = Owner(Desk.ADVISOR, to.pk) if to is not None else None
    if wanted is not None and may_hold(wanted, need, staff):
        choice = Choice(wanted, ())
    elif row.desk == Desk.ADVISOR:
        choice = choose(need, staff, but | {leaving.pk})
    else:
        choice = at_region(need, staff, but | {leaving.pk})
    changed = pass_on(row, choice, why, actor=actor, at=at)
    if changed and row.state in OPEN_STATES:
        _tell_change(row, leaving, "counsel.moved", actor, at)
    return changed
