"""Who sees and who changes a project: rule and queryset side by side.

The group, and the advisor an owner let in; nobody else, whatever their role: neither the delegate of the region
nor a national administrator reads a group's project.
"""

from typing import Any

from django.db.models import Q, QuerySet

from bpc.portal.foundation.permissions import declare_right, declare_visibility
from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.states import IdeaState
from bpc.portal.ideas.visibility import is_author
from bpc.portal.people.queries import addressed_to
from bpc.portal.people.roles import Role
from bpc.portal.projects.models import (
    AdvisorAccess,
    Project,
    ProjectInvitation,
    ProjectMember,
    ProjectPerson,
)
from bpc.portal.projects.states import MemberRole

WRITERS = (MemberRole.OWNER, MemberRole.EDITOR)


def belongs_to(person: Any, project: Project, *roles: str) -> bool:
    """Whether the person is a member of the group (with one of `roles`, when given)."""
    if not person.is_authenticated:
        return False
    own = ProjectMember.objects.filter(project=project, user=person)
    return (own.filter(role__in=roles) if roles else own).exists()


def memberships_of(person: Any) -> QuerySet[ProjectMember]:
    """The person's own memberships, in every project."""
    return ProjectMember.objects.filter(user=person)


def _running_accesses(person: Any) -> QuerySet[AdvisorAccess]:
    """What the person may read as an advisor: let in, not ended, and still an advisor of the project's region."""
    return AdvisorAccess.objects.filter(
        advisor=person, ended_at=None, project__region__in=person.regions_as(Role.ADVISOR)
    )


def advises(person: Any, project: Project) -> bool:
    """Whether the person reads the project as an advisor whom an owner let in."""
    if not person.is_authenticated or project.region_id not in person.regions_as(Role.ADVISOR):
        return False
    return _running_accesses(person).filter(project=project).exists()


def projects_advised_by(person: Any) -> QuerySet[Project]:
    """The projects `advises` allows."""
    if not person.is_authenticated:
        return Project.objects.none()
    return Project.objects.filter(pk__in=_running_accesses(person).values("project"))


def can_see_project(person: Any, project: Project) -> bool:
    """The members of its group, and the advisor one of its owners let in; no other staff."""
    return belongs_to(person, project) or advises(person, project)


def projects_visible_to(person: Any) -> QuerySet[Project]:
    """The projects `can_see_project` allows."""
    if not person.is_authenticated:
        return Project.objects.none()
    return Project.objects.filter(
        Q(pk__in=memberships_of(person).values("project"))
        | Q(pk__in=_running_accesses(person).values("project"))
    )


def can_see_person(person: Any, founder: ProjectPerson) -> bool:
    """Whoever sees the project."""
    return can_see_project(person, founder.project)


def people_visible_to(person: Any) -> QuerySet[ProjectPerson]:
    """The people `can_see_person` allows."""
    return ProjectPerson.objects.filter(project__in=projects_visible_to(person))


def can_see_member(person: Any, member: ProjectMember) -> bool:
    """The members of the same group."""
    return belongs_to(person, member.project)


def members_visible_to(person: Any) -> QuerySet[ProjectMember]:
    """The members `can_see_member` allows."""
    if not person.is_authenticated:
        return ProjectMember.objects.none()
    return ProjectMember.objects.filter(project__in=memberships_of(person).values("project"))


def invitations_for(person: Any) -> QuerySet[ProjectInvitation]:
    """The invitations sent to the person's address or verified number."""
    return ProjectInvitation.objects.filter(addressed_to(person)).select_related("project")


def can_see_invitation(person: Any, invitation: ProjectInvitation) -> bool:
    """The person invited, and the owners of the project."""
    if not person.is_authenticated:
        return False
    return (
        belongs_to(person, invitation.project, MemberRole.OWNER)
        or invitations_for(person).filter(pk=invitation.pk).exists()
    )


def invitations_visible_to(person: Any) -> QuerySet[ProjectInvitation]:
    """The invitations `can_see_invitation` allows."""
    if not person.is_authenticated:
        return ProjectInvitation.objects.none()
    owned = memberships_of(person).filter(role=MemberRole.OWNER)
    return ProjectInvitation.objects.filter(addressed_to(person) | Q(project__in=owned.values("project")))


def can_see_access(person: Any, access: AdvisorAccess) -> bool:
    """The members of the group, and the advisor it names."""
    if not person.is_authenticated:
        return False
    return access.advisor_id == person.pk or belongs_to(person, access.project)


def accesses_visible_to(person: Any) -> QuerySet[AdvisorAccess]:
    """The accesses `can_see_access` allows."""
    if not person.is_authenticated:
        return AdvisorAccess.objects.none()
    return AdvisorAccess.objects.filter(
        Q(advisor=person) | Q(project__in=memberships_of(person).values("project"))
    )


def can_edit(person: Any, project: Project | None) -> bool:
    """Owners and editors, while the project is not archived."""
    return project is not None and project.archived_at is None and belongs_to(person, project, *WRITERS)


def owns(person: Any, project: Project | None) -> bool:
    """The owners."""
    return project is not None and belongs_to(person, project, MemberRole.OWNER)


def can_start_from(person: Any, idea: Idea | None) -> bool:
    """The author of an idea, unless it was archived or grouped with another."""
    return (
        idea is not None
        and is_author(person, idea)
        and idea.state not in {IdeaState.ARCHIVED, IdeaState.MERGED}
    )


def declare() -> None:
    """Called once when the app is ready."""
    declare_visibility(Project, can_see=can_see_project, visible_to=projects_visible_to)
    declare_visibility(ProjectPerson, can_see=can_see_person, visible_to=people_visible_to)
    declare_visibility(ProjectMember, can_see=can_see_member, visible_to=members_visible_to)
    declare_visibility(ProjectInvitation, can_see=can_see_invitation, visible_to=invitations_visible_to)
    declare_visibility(AdvisorAccess, can_see=can_see_access, visible_to=accesses_visible_to)
    declare_right(
        "projects.edit",
        "Modifier un projet, ses personnes, son étape (son groupe, sauf les lecteurs)",
        can_edit,
    )
    declare_right(
        "projects.own",
        "Partager un projet, l’ouvrir à un conseiller, l’archiver, l’effacer (ses responsables)",
        owns,
    )
    declare_right(
        "projects.start_from_idea", "Faire d’une idée un projet (l’auteur de l’idée)", can_start_from
    )
