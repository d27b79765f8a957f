"""Who sees and who changes the paths: rule and queryset side by side.

A path is seen by whoever sees its project: its group, readers too, and the advisor let in. Everybody reads the
published templates; drafts and former versions are for those who keep them.
"""

from typing import Any

from django.db.models import QuerySet

from bpc.portal.followup.models import (
    CalendarFeed,
    GroupAnswer,
    LegalDate,
    PathTemplate,
    ProjectPath,
    StepMark,
    TemplateVersion,
)
from bpc.portal.followup.states import VersionState
from bpc.portal.foundation.permissions import declare_right, declare_visibility
from bpc.portal.people.visibility import is_administrator
from bpc.portal.projects import visibility as projects
from bpc.portal.projects.models import Project


def can_see_version(person: Any, version: TemplateVersion) -> bool:
    """Everybody what is published; the rest, those who keep the templates."""
    return version.state == VersionState.PUBLISHED or is_administrator(person)


def versions_visible_to(person: Any) -> QuerySet[TemplateVersion]:
    """The versions `can_see_version` allows."""
    if is_administrator(person):
        return TemplateVersion.objects.all()
    return TemplateVersion.objects.filter(state=VersionState.PUBLISHED)


def can_see_template(person: Any, template: PathTemplate) -> bool:
    """Everybody, once a version is published; those who keep the templates, always."""
    return is_administrator(person) or template.versions.filter(state=VersionState.PUBLISHED).exists()


def templates_visible_to(person: Any) -> QuerySet[PathTemplate]:
    """The templates `can_see_template` allows."""
    if is_administrator(person):
        return PathTemplate.objects.all()
    published = TemplateVersion.objects.filter(state=VersionState.PUBLISHED)
    return PathTemplate.objects.filter(pk__in=published.values("template"))


def can_see_own(person: Any, row: ProjectPath | LegalDate | GroupAnswer) -> bool:
    """A path, a date, an answer: whoever sees the project."""
    return projects.can_see_project(person, row.project)


def paths_visible_to(person: Any) -> QuerySet[ProjectPath]:
    """The paths `can_see_own` allows."""
    return ProjectPath.objects.filter(project__in=projects.projects_visible_to(person))


def dates_visible_to(person: Any) -> QuerySet[LegalDate]:
    """The dates `can_see_own` allows."""
    return LegalDate.objects.filter(project__in=projects.projects_visible_to(person))


def answers_visible_to(person: Any) -> QuerySet[GroupAnswer]:
    """The answers `can_see_own` allows."""
    return GroupAnswer.objects.filter(project__in=projects.projects_visible_to(person))


def can_see_mark(person: Any, mark: StepMark) -> bool:
    """Whoever sees the path."""
    return projects.can_see_project(person, mark.path.project)


def marks_visible_to(person: Any) -> QuerySet[StepMark]:
    """The marks `can_see_mark` allows."""
    return StepMark.objects.filter(path__in=paths_visible_to(person))


def can_see_feed(person: Any, feed: CalendarFeed) -> bool:
    """Its own person only."""
    return bool(person.is_authenticated) and feed.user_id == person.pk


def feeds_visible_to(person: Any) -> QuerySet[CalendarFeed]:
    """The feed `can_see_feed` allows."""
    return (
        CalendarFeed.objects.filter(user=person) if person.is_authenticated else CalendarFeed.objects.none()
    )


def may_mark(person: Any, row: Project | ProjectPath | None) -> bool:
    """The group, readers aside, and the advisor let in, who leaves their name; not on an archived project."""
    project = row.project if isinstance(row, ProjectPath) else row
    if project is None or project.archived_at is not None:
        return False
    return projects.can_edit(person, project) or projects.advises(person, project)


def may_choose(person: Any, row: Project | ProjectPath | None) -> bool:
    """The group, readers aside, while the project is not archived."""
    return projects.can_edit(person, row.project if isinstance(row, ProjectPath) else row)


def declare() -> None:
    """Called once when the app is ready."""
    declare_visibility(PathTemplate, can_see=can_see_template, visible_to=templates_visible_to)
    declare_visibility(TemplateVersion, can_see=can_see_version, visible_to=versions_visible_to)
    declare_visibility(ProjectPath, can_see=can_see_own, visible_to=paths_visible_to)
    declare_visibility(LegalDate, can_see=can_see_own, visible_to=dates_visible_to)
    declare_visibility(GroupAnswer, can_see=can_see_own, visible_to=answers_visible_to)
    declare_visibility(StepMark, can_see=can_see_mark, visible_to=marks_visible_to)
    declare_visibility(CalendarFeed, can_see=can_see_feed, visible_to=feeds_visible_to)
    declare_right(
        "followup.mark",
        "Dire où en est une étape du parcours (le groupe, sauf les lecteurs, et le conseiller admis)",
        may_mark,
    )
    declare_right(
        "followup.choose",
        "Ouvrir, fermer un parcours, le passer à sa nouvelle version (le groupe, sauf les lecteurs)",
        may_choose,
    )
    declare_right(
        "followup.templates",
        "Modifier et publier les modèles de parcours (administrateur national)",
        is_administrator,
    )
