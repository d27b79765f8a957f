"""What time does to requests, each day: silence escalates, absences hand over, quiet answers close, orphans settle."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from bpc.portal.counsel.advising import absences_beginning, hand_over_absent
from bpc.portal.counsel.asking import close
from bpc.portal.counsel.assigning import settle_assignments
from bpc.portal.counsel.delays import QUIET
from bpc.portal.counsel.handing import escalate, settle
from bpc.portal.counsel.models import HelpRequest, RequestText
from bpc.portal.counsel.states import OPEN_STATES, DeskKind, RequestState
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.people.models import RoleGrant
from bpc.portal.people.roles import Role


@dataclass(frozen=True)
class Watched:
    """How many requests each thing happened to."""

    settled: int
    absent: int
    escalated: int
    closed: int
    unplaced: int = 0  # projects whose chosen advisor left: they wait for another


def watch(at: datetime) -> Watched:
    """Safe at any time and twice at once: each request is locked and judged again before anything is done to it."""
    today = timezone.localtime(at).date()
    settled = _each(orphans(), lambda row: settle(request=row, at=at))
    absent = sum(hand_over_absent(absence=one, at=at) for one in list(absences_beginning(today)))
    late = HelpRequest.objects.filter(state=RequestState.WAITING, due_on__lt=today).order_by("due_on", "pk")
    escalated = _each(late, lambda row: escalate(request=row, at=at))
    closed = _each(_quiet(at), lambda row: _close_quiet(row, at))
    return Watched(settled, absent, escalated, closed, settle_assignments(at=at))


def _each(rows: Iterable[HelpRequest], act: Callable[[HelpRequest], bool]) -> int:
    return sum(act(row) for row in list(rows))


def orphans() -> Iterable[HelpRequest]:
    """Open requests whose holder no longer works where they wait."""
    works = RoleGrant.objects.filter(
        user=OuterRef("holder"), region=OuterRef("region"), ended_at=None, user__is_active=True
    )
    advises, leads = works.filter(role=Role.ADVISOR), works.filter(role=Role.DELEGATE)
    return HelpRequest.objects.filter(
        Q(desk=DeskKind.ADVISOR) & ~Exists(advises) | Q(desk=DeskKind.REGION) & ~Exists(leads),
        state__in=OPEN_STATES,
    ).order_by("pk")


def _quiet(at: datetime) -> Iterable[HelpRequest]:
    """Answered, and nothing written since."""
    since = RequestText.objects.filter(request=OuterRef("pk"), at__gt=at - QUIET)
    return HelpRequest.objects.filter(
        ~Exists(since), state=RequestState.ANSWERED, answered_at__lte=at - QUIET
    ).order_by(F("answered_at"), "pk")


def _close_quiet(row: HelpRequest, at: datetime) -> bool:
    try:
        close(request=row, actor=None, at=at)
    except IllegalMove:  # a further question came in between
        return False
    return True
