"""Asking projects that have started what became of them: once a period, recalled twice at most, each time once."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from bpc.portal.foundation.models import AuditEntry
from bpc.portal.people.delivery import notify
from bpc.portal.people.models import User
from bpc.portal.projects.models import Project
from bpc.portal.projects.states import Answer, Stage
from bpc.portal.projects.visibility import WRITERS
from bpc.portal.results.models import MOST_REMINDERS, Following, PeriodResult
from bpc.portal.results.periods import periods_ended

BETWEEN_REMINDERS = timedelta(days=14)
_STARTED = (Stage.LAUNCH, Stage.GROWTH)


def ask(at: datetime) -> tuple[int, int, int]:
    """Follow projects that say they started, ask those whose period is over, recall; returns how many of each.

    Run twice, or by two machines at once, it does nothing more the second time.
    """
    return _follow_started(at), _ask_ended(at), _recall(at)


def _follow_started(at: datetime) -> int:
    """A project that came to « démarrage » is followed from that day, until its group says another."""
    waiting = Project.objects.filter(
        stage__in=_STARTED, following=None, archived_at=None, is_demo=False
    ).order_by("pk")
    found = 0
    for project in list(waiting):
        kind = Project._meta.label_lower
        moves = AuditEntry.objects.filter(object_kind=kind, object_key=str(project.pk), after__in=_STARTED)
        first = moves.order_by("at", "pk").first()
        day = timezone.localdate(first.at if first is not None else project.created_at)
        with transaction.atomic():
            Project.objects.select_for_update().get(pk=project.pk)
            _row, made = Following.objects.get_or_create(
                project=project, defaults={"launched_on": day, "changed_at": at}
            )
        found += made
    return found


def _ask_ended(at: datetime) -> int:
    """Only the last period that is over: nobody is asked for years at once."""
    today, asked = timezone.localdate(at), 0
    still_asked = Q(alumni_since=None) | Q(contact_agreed_at__isnull=False)
    followed = Following.objects.filter(still_asked, project__archived_at=None, project__is_demo=False)
    for following in followed.select_related("project").order_by("pk").iterator(chunk_size=500):
        ended = periods_ended(following.launched_on, today)
        if ended:
            asked += _ask_one(following.project, ended[-1].ends_on, ended[-1].months, at)
    return asked


def _ask_one(project: Project, ends_on: date, months: int, at: datetime) -> bool:
    with transaction.atomic():
        Project.objects.select_for_update().get(pk=project.pk)
        rows = PeriodResult.objects.filter(project=project)
        # a project that says it stopped is left in peace
        if rows.filter(alive=Answer.NO).exists() or rows.filter(ends_on__gte=ends_on).exists():
            return False
        PeriodResult.objects.create(project=project, ends_on=ends_on, months=months, asked_at=at)
        _tell(project, "results.asked", at)
    return True


def _recall(at: datetime) -> int:
    long_ago = at - BETWEEN_REMINDERS
    waiting = PeriodResult.objects.filter(
        Q(reminded_at=None, asked_at__lte=long_ago) | Q(reminded_at__lte=long_ago),
        answered_at=None, reminders__lt=MOST_REMINDERS, project__archived_at=None,
        project__is_demo=False,
    ).order_by("pk")  # fmt: skip
    told = 0
    for row in list(waiting.select_related("project")):
        with transaction.atomic():
            mine = waiting.order_by().filter(pk=row.pk, reminders=row.reminders)
            # a later period was asked meanwhile: that one is enough
            later = PeriodResult.objects.filter(project=row.project_id, ends_on__gt=row.ends_on).exists()
            if later or not mine.update(reminders=F("reminders") + 1, reminded_at=at):
                continue
            _tell(row.project, "results.reminder", at)
            told += 1
    return told


def _tell(project: Project, kind: str, at: datetime) -> None:
    writers = User.objects.filter(
        project_memberships__project=project, project_memberships__role__in=WRITERS, is_active=True
    )
    about = {"title": project.name, "reference": project.reference}
    for user in writers:
        notify(user=user, kind=kind, data=about, at=at)
