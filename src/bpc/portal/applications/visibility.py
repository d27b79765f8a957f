"""Who sees a group's papers and applications: whoever may change the project, and the advisor an owner let in.

Readers of the group do not: papers tell more than a project. Funders never do: what they receive is sent by the group.
"""

from typing import Any

from django.db.models import Q, QuerySet

from bpc.portal.applications.models import (
    Application,
    ApplicationEvent,
    ApplicationTick,
    PieceDraft,
    VaultDocument,
)
from bpc.portal.foundation.permissions import declare_right, declare_visibility
from bpc.portal.projects import visibility as projects
from bpc.portal.projects.models import Project


def can_open(person: Any, project: Project) -> bool:
    """The owners and editors, of an archived project too, and the advisor let in."""
    return projects.belongs_to(person, project, *projects.WRITERS) or projects.advises(person, project)


def projects_open_to(person: Any) -> QuerySet[Project]:
    """The projects `can_open` allows."""
    if not person.is_authenticated:
        return Project.objects.none()
    own = projects.memberships_of(person).filter(role__in=projects.WRITERS)
    return Project.objects.filter(
        Q(pk__in=own.values("project")) | Q(pk__in=projects.projects_advised_by(person).values("pk"))
    )


def can_see_own(person: Any, row: VaultDocument | Application) -> bool:
    """A paper, an application: whoever opens the project's vault."""
    return can_open(person, row.project)


def papers_visible_to(person: Any) -> QuerySet[VaultDocument]:
    """The papers `can_see_own` allows."""
    return VaultDocument.objects.filter(project__in=projects_open_to(person))


def applications_visible_to(person: Any) -> QuerySet[Application]:
    """The applications `can_see_own` allows."""
    return Application.objects.filter(project__in=projects_open_to(person))


def can_see_part(person: Any, part: ApplicationEvent | PieceDraft | ApplicationTick) -> bool:
    """Events, texts and ticks: whoever sees the application."""
    return can_open(person, part.application.project)


def events_visible_to(person: Any) -> QuerySet[ApplicationEvent]:
    """The events `can_see_part` allows."""
    return ApplicationEvent.objects.filter(application__in=applications_visible_to(person))


def drafts_visible_to(person: Any) -> QuerySet[PieceDraft]:
    """The texts `can_see_part` allows."""
    return PieceDraft.objects.filter(application__in=applications_visible_to(person))


def ticks_visible_to(person: Any) -> QuerySet[ApplicationTick]:
    """The ticks `can_see_part` allows."""
    return ApplicationTick.objects.filter(application__in=applications_visible_to(person))


def _project_of(row: Any) -> Project | None:
    return row if isinstance(row, Project) else getattr(row, "project", None)


def may_open(person: Any, row: Any) -> bool:
    """`can_open` for a project, a paper or an application."""
    project = _project_of(row)
    return project is not None and can_open(person, project)


def may_edit(person: Any, row: Any) -> bool:
    """The owners and editors, while the project is not archived."""
    project = _project_of(row)
    return project is not None and projects.can_edit(person, project)


def declare() -> None:
    """Called once when the app is ready."""
    declare_visibility(VaultDocument, can_see=can_see_own, visible_to=papers_visible_to)
    declare_visibility(Application, can_see=can_see_own, visible_to=applications_visible_to)
    declare_visibility(ApplicationEvent, can_see=can_see_part, visible_to=events_visible_to)
    declare_visibility(PieceDraft, can_see=can_see_part, visible_to=drafts_visible_to)
    declare_visibility(ApplicationTick, can_see=can_see_part, visible_to=ticks_visible_to)
    declare_right(
        "applications.open",
        "Voir les pièces et les demandes d’un projet (son groupe, sauf les lecteurs, et le conseiller admis)",
        may_open,
    )
    declare_right(
        "applications.edit",
        "Tenir les pièces et les demandes d’un projet (son groupe, sauf les lecteurs)",
        may_edit,
    )
