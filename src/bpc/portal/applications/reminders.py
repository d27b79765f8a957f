"""Papers about to expire and answers about to be due: the group is told, each date once."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from bpc.portal.applications.models import Application, VaultDocument
from bpc.portal.applications.papers import SOON
from bpc.portal.applications.states import State
from bpc.portal.people.delivery import notify
from bpc.portal.people.models import User
from bpc.portal.projects.models import Project
from bpc.portal.projects.visibility import WRITERS

DUE_SOON = timedelta(days=7)


def remind(at: datetime) -> tuple[int, int]:
    """Tell those who keep the papers; returns how many papers and how many answers were told."""
    today = timezone.localtime(at).date()
    return _remind_papers(today, at), _remind_answers(today, at)


def _remind_papers(today: date, at: datetime) -> int:
    """One notice a project, however many of its papers expire."""
    waiting = VaultDocument.objects.filter(
        Q(reminded_for=None) | ~Q(reminded_for=F("expires_on")),
        replaced_by=None, project__archived_at=None, expires_on__gte=today, expires_on__lte=today + SOON,
    )  # fmt: skip
    projects = Project.objects.filter(pk__in=waiting.values("project")).order_by("pk")
    told = 0
    for project in list(projects):
        with transaction.atomic():
            Project.objects.select_for_update().get(
                pk=project.pk
            )  # two runs at once: the second finds nothing
            mine = list(waiting.filter(project=project).values_list("pk", flat=True))
            if not mine:
                continue
            VaultDocument.objects.filter(pk__in=mine).update(reminded_for=F("expires_on"))
            _tell(project, "applications.paper_expires", {}, at)
            told += len(mine)
    return told


def _remind_answers(today: date, at: datetime) -> int:
    waiting = Application.objects.filter(
        Q(reminded_for=None) | ~Q(reminded_for=F("due_on")),
        state=State.MORE_ASKED, project__archived_at=None, due_on__gte=today, due_on__lte=today + DUE_SOON,
    )  # fmt: skip
    told = 0
    for application in list(waiting.select_related("project")):
        with transaction.atomic():
            mine = waiting.filter(pk=application.pk)
            if not mine.update(reminded_for=F("due_on")):
                continue
            _tell(application.project, "applications.due", {"application": application.pk}, at)
            told += 1
    return told


def _tell(project: Project, kind: str, more: dict[str, int], at: datetime) -> None:
    keepers = User.objects.filter(
        project_memberships__project=project, project_memberships__role__in=WRITERS, is_active=True
    )
    about = {"title": project.name, "reference": project.reference, **more}
    for user in keepers:
        notify(user=user, kind=kind, data=about, at=at)
