"""Delays of the law about to end, or just over: the group is told at each moment, once."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from bpc.portal.followup.actions import writers_of
from bpc.portal.followup.clocks import Clock
from bpc.portal.followup.models import ClockNotice, LegalDate, ProjectPath
from bpc.portal.followup.queries import clocks_of
from bpc.portal.followup.states import Moment
from bpc.portal.people.delivery import notify
from bpc.portal.projects.models import Project

#: Days left when the group is told a second time.
LAST_DAYS = 1
#: A delay over for longer was told already, or is history typed in later.
STALE = 30
_SLICE = 500
_DATED = LegalDate.objects.filter(project=OuterRef("pk"))
_FOLLOWED = ProjectPath.objects.filter(project=OuterRef("pk"), closed_at=None)
_KINDS = {
    Moment.WARNED: "followup.delay_ends",
    Moment.LAST: "followup.delay_ends",
    Moment.OVER: "followup.delay_over",
}


def remind(at: datetime) -> int:
    """Tell those who keep the paths; returns how many moments of a delay were told."""
    today = timezone.localtime(at).date()
    told = 0
    dated = Project.objects.filter(Exists(_DATED) | Exists(_FOLLOWED), archived_at=None).order_by("pk")
    keys = list(dated.values_list("pk", flat=True))
    for start in range(0, len(keys), _SLICE):
        projects = Project.objects.in_bulk(keys[start : start + _SLICE])
        for key, clocks in clocks_of(list(projects), today).items():
            told += sum(_tell(projects[key], clock, at) for clock in clocks)
    return told


def moment_of(clock: Clock) -> Moment | None:
    """The moment reached, so that a late run tells once; None before the day to warn, and for others' delays."""
    if clock.by_others or clock.days_left < -STALE:
        return None
    if clock.over:
        return Moment.OVER
    if clock.days_left <= LAST_DAYS:
        return Moment.LAST
    return Moment.WARNED if clock.warned else None


def _tell(project: Project, clock: Clock, at: datetime) -> bool:
    moment = moment_of(clock)
    if moment is None:
        return False
    try:
        with transaction.atomic():  # two runs at once: the table refuses the second
            ClockNotice.objects.create(
                project=project, clock=clock.name, due_on=clock.due_on, moment=moment, told_at=at
            )
            _notify(project, _KINDS[moment], at)
    except IntegrityError:
        return False
    return True


def _notify(project: Project, kind: str, at: datetime) -> None:
    about = {"title": project.name, "reference": project.reference}
    for user in writers_of(project):
        notify(user=user, kind=kind, data=about, at=at)
