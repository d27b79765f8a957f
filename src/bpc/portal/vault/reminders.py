"""Papers about to expire: the group is told, each date once."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Q

from bpc.portal.people.delivery import notify
from bpc.portal.people.models import User
from bpc.portal.projects.models import Project
from bpc.portal.projects.states import MemberRole
from bpc.portal.projects.visibility import WRITERS
from bpc.portal.vault.models import Audience, VaultDocument
from bpc.portal.vault.papers import SOON


def remind_papers(today: date, at: datetime) -> int:
    """One notice a project, however many of its papers expire."""
    waiting = VaultDocument.objects.filter(
        Q(reminded_for=None) | ~Q(reminded_for=F("expires_on")),
        replaced_by=None, deleted_at=None, project__archived_at=None,
        expires_on__gte=today, expires_on__lte=today + SOON,
    )  # fmt: skip
    projects = Project.objects.filter(pk__in=waiting.values("project")).order_by("pk")
    told = 0
    for project in list(projects):
        with transaction.atomic():
            Project.objects.select_for_update().get(
                pk=project.pk
            )  # two runs at once: the second finds nothing
            mine = dict(waiting.filter(project=project).values_list("pk", "audience"))
            if not mine:
                continue
            VaultDocument.objects.filter(pk__in=list(mine)).update(reminded_for=F("expires_on"))
            roles = (MemberRole.OWNER,) if set(mine.values()) == {Audience.OWNERS} else WRITERS
            tell_keepers(project, "applications.paper_expires", {}, at, roles)
            told += len(mine)
    return told


def tell_keepers(
    project: Project, kind: str, more: dict[str, int], at: datetime, roles: tuple[str, ...] = WRITERS
) -> None:
    """Tell those who keep the papers of a project."""
    keepers = User.objects.filter(
        project_memberships__project=project, project_memberships__role__in=roles, is_active=True
    )
    about = {"title": project.name, "reference": project.reference, **more}
    for user in keepers:
        notify(user=user, kind=kind, data=about, at=at)
