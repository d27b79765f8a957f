"""What this room holds on a person: how it is shown to them, and what becomes of it when they leave."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.people.delivery import notify
from bpc.portal.people.models import User
from bpc.portal.people.personal_data import Holding, Row, declare_holding, exclude_column
from bpc.portal.projects.belongings import erase_projects
from bpc.portal.projects.models import AdvisorAccess, Project, ProjectInvitation, ProjectMember
from bpc.portal.projects.states import MemberRole
from bpc.portal.projects.visibility import invitations_for


def declare() -> None:
    """Called once when the app is ready."""
    for holding in (
        Holding(
            "projects",
            _("Vos projets"),
            ("projects.ProjectMember.user", "projects.Project.created_by"),
            _projects,
            _(
                "Un projet dont vous étiez seul est effacé. Les autres restent à leur groupe, sans votre nom ; "
                "si vous en étiez le seul responsable, le membre le plus ancien le devient."
            ),
            _forget_projects,
        ),
        Holding(
            "project_invitations",
            _("Vos invitations à des projets"),
            ("projects.ProjectInvitation.invited_by",),
            _invitations,
            _("Effacées."),
            _forget_invitations,
        ),
        Holding(
            "advised_projects",
            _("Les projets que vous accompagnez"),
            ("projects.AdvisorAccess.advisor",),
            _accesses,
            _("Ils ne vous sont plus ouverts ; la trace en est conservée sans votre nom."),
            _forget_accesses,
        ),
    ):
        declare_holding(holding)
    exclude_column(
        "projects.AdvisorAccess.granted_by",
        "tells which owner let an advisor in; exported as an act of the trail",
    )


def _projects(user: User) -> list[Row]:
    rows = (
        ProjectMember.objects.filter(user=user)
        .select_related("project__idea")
        .prefetch_related("project__people")
        .order_by("pk")
    )
    return [_project(row) for row in rows]


def _project(row: ProjectMember) -> Row:
    project = row.project
    return {
        "code": project.reference,
        "title": project.name,
        "summary": project.summary,
        "language": project.language,
        "stage": project.stage,
        "sector": project.sector_id,
        "commune": project.commune_id,
        "idea": project.idea.reference if project.idea is not None else "",
        "project_role": row.role,
        "joined": row.joined_at,
        "created": project.created_at,
        "archived": project.archived_at,
        "people": [
            {"name": one.name, "function": one.function, "woman": one.woman, "young": one.young}
            for one in project.people.all()
        ],
    }


def _invitations(user: User) -> list[Row]:
    received = [
        {"title": row.project.name, "project_role": row.role, "direction": "received", "sent": row.created_at}
        for row in invitations_for(user)
    ]
    sent = ProjectInvitation.objects.filter(invited_by=user).select_related("project")
    return received + [
        {"title": row.project.name, "project_role": row.role, "direction": "sent", "sent": row.created_at}
        for row in sent
    ]


def _accesses(user: User) -> list[Row]:
    rows = AdvisorAccess.objects.filter(advisor=user).select_related("project").order_by("pk")
    return [{"code": row.project.reference, "granted": row.granted_at, "ended": row.ended_at} for row in rows]


def _forget_projects(user: User) -> None:
    """Out of every group; the project of nobody else goes, one left without owner passes on."""
    now = timezone.now()
    mine = Project.objects.filter(members__user=user).order_by("pk")
    locked = Project.objects.select_for_update(of=("self",)).filter(pk__in=mine.values("pk"))
    for project in list(locked.order_by("pk")):
        project.members.filter(user=user).delete()
        _pass_on(project, now)
    Project.objects.filter(created_by=user).update(created_by=None)
    outdate("ideas")


def _pass_on(project: Project, now: datetime) -> None:
    """Keep an owner: the editor who came first, else the reader who did; nobody left, nothing left."""
    left = list(
        project.members.filter(user__is_active=True).select_related("user").order_by("joined_at", "pk")
    )
    if any(member.role == MemberRole.OWNER for member in left):
        return
    if not left:
        record(actor=None, verb="delete project", obj=project, at=now)
        erase_projects([project.pk])
        return
    heir = next((member for member in left if member.role == MemberRole.EDITOR), left[0])
    before, heir.role = heir.role, MemberRole.OWNER
    heir.save(update_fields=["role"])
    record(actor=None, verb="change project role", obj=project, at=now, before=before, after=MemberRole.OWNER,
           data={"member": heir.user_id})  # fmt: skip
    about = {"title": project.name, "reference": project.reference}
    notify(user=heir.user, kind="project.inherited", data=about, at=now)


def _forget_invitations(user: User) -> None:
    invitations_for(user).delete()
    ProjectInvitation.objects.filter(invited_by=user).update(invited_by=None)


def _forget_accesses(user: User) -> None:
    AdvisorAccess.objects.filter(advisor=user, ended_at=None).update(ended_at=timezone.now())
