"""What the pages of this room read: annotated, at a cost that does not grow with the number of rows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from bpc.portal.foundation.audit import trail_of
from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.states import IdeaState
from bpc.portal.ideas.visibility import is_author
from bpc.portal.people.models import RoleGrant, User
from bpc.portal.people.roles import Role
from bpc.portal.projects.models import AdvisorAccess, Project, ProjectMember, ProjectPerson
from bpc.portal.projects.states import Stage
from bpc.portal.projects.visibility import memberships_of, projects_advised_by


def whole_projects() -> QuerySet[Project]:
    """Projects with all that their own page shows; to be given to `get_visible_or_404`."""
    return Project.objects.select_related("commune", "province", "sector", "idea", "organisation").annotate(
        people_count=Coalesce(
            Subquery(
                ProjectPerson.objects.filter(project=OuterRef("pk"))
                .order_by()
                .values("project")
                .annotate(number=Count("pk"))
                .values("number"),
                output_field=IntegerField(),
            ),
            0,
        )
    )


def projects_of(person: Any) -> QuerySet[Project]:
    """The projects whose group the person belongs to, with `own_role`; those put aside last, else the newest first."""
    own = memberships_of(person).filter(project=OuterRef("pk"))
    return (
        whole_projects()
        .filter(pk__in=memberships_of(person).values("project"))
        .annotate(own_role=Subquery(own.values("role")[:1]))
        .order_by("archived_at", "-changed_at", "-pk")
    )


def advised_projects(person: Any) -> QuerySet[Project]:
    """The projects the person reads as an advisor, the one changed last first."""
    return whole_projects().filter(pk__in=projects_advised_by(person)).order_by("-changed_at", "-pk")


def members_of(project: Project) -> QuerySet[ProjectMember]:
    """The group on the site, in the order they came."""
    return project.members.select_related("user").order_by("joined_at", "pk")


def running_accesses(project: Project) -> QuerySet[AdvisorAccess]:
    """The advisors let in today."""
    return project.advisor_accesses.filter(ended_at=None).select_related("advisor")


def advisors_for(project: Project) -> QuerySet[User]:
    """The advisors of the project's region who may still be let in."""
    grants = RoleGrant.objects.filter(role=Role.ADVISOR, region=project.region_id, ended_at=None)
    let_in = project.advisor_accesses.filter(ended_at=None)
    return (
        User.objects.filter(is_active=True, pk__in=grants.values("user"))
        .exclude(pk__in=let_in.values("advisor"))
        .order_by("display_name", "pk")
    )


def ideas_to_take_up(person: Any) -> QuerySet[Idea]:
    """The person's own ideas that are not yet a project, the newest first."""
    return (
        Idea.objects.filter(author=person, projects=None)
        .exclude(state__in=(IdeaState.ARCHIVED, IdeaState.MERGED))
        .select_related("commune", "sector")
        .order_by("-created_at", "-pk")
    )


def projects_shown_on(idea: Idea) -> list[Project]:
    """The projects the idea has become, of which an owner agreed to tell everybody, in the order they began."""
    shown = Project.objects.filter(idea=idea, show_on_idea=True, archived_at=None)
    return list(shown.only("reference", "created_at").order_by("created_at", "pk"))


def projects_of_author(person: Any, idea: Idea) -> list[Project]:
    """The projects the idea has become, for its author when a member of the group; no query for anybody else."""
    if not is_author(person, idea):
        return []
    mine = Project.objects.filter(idea=idea, members__user=person)
    return list(mine.only("reference", "name", "language").order_by("created_at", "pk"))


@dataclass(frozen=True)
class StageReached:
    """The project came to a stage; `who` moved it, None when that account is gone."""

    stage: Stage
    at: datetime
    who: User | None
    began: bool


def stage_history(project: Project) -> list[StageReached]:
    """Each stage the project came to, the first one included, oldest first: one query."""
    verbs = ["create project", *(f"stage {stage}" for stage in Stage.values)]
    entries = trail_of(project).filter(verb__in=verbs).select_related("actor")
    return [
        StageReached(Stage(entry.after), entry.at, entry.actor, entry.verb == "create project")
        for entry in entries
    ]
