"""Who sees a creation file: whoever sees its project. Who writes it: whoever changes the project."""

from typing import Any

from django.db.models import QuerySet

from bpc.portal.foundation.permissions import declare_visibility
from bpc.portal.founding.models import CreationFile, FoundingMember
from bpc.portal.projects.visibility import can_see_project, projects_visible_to


def can_see_file(person: Any, file: CreationFile) -> bool:
    """The group, and the advisor an owner let in."""
    return can_see_project(person, file.project)


def files_visible_to(person: Any) -> QuerySet[CreationFile]:
    """The files `can_see_file` allows."""
    return CreationFile.objects.filter(project__in=projects_visible_to(person))


def can_see_founder(person: Any, founder: FoundingMember) -> bool:
    """Whoever sees the file."""
    return can_see_project(person, founder.file.project)


def founders_visible_to(person: Any) -> QuerySet[FoundingMember]:
    """The founders `can_see_founder` allows."""
    return FoundingMember.objects.filter(file__in=files_visible_to(person))


def declare() -> None:
    """Called once when the app is ready."""
    declare_visibility(CreationFile, can_see=can_see_file, visible_to=files_visible_to)
    declare_visibility(FoundingMember, can_see=can_see_founder, visible_to=founders_visible_to)
