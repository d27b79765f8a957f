"""The project an exercise is done on, and what is known of it."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from bpc.datasets.training_exercises import Exercise
from bpc.portal.foundation.permissions import get_visible_or_404
from bpc.portal.journeys.exercise_facts import Known, facts_of
from bpc.portal.projects.models import Project
from bpc.portal.projects.visibility import memberships_of

_MOST = 20


def chosen_project(request: HttpRequest, reference: str) -> Project | None:
    """The project named in the address, which the person must see; None when none is named."""
    if not reference or not request.user.is_authenticated:
        return None
    return get_visible_or_404(request.user, Project, reference=reference)


def projects_to_choose(person: Any) -> list[Project]:
    """The person's own projects, the last first."""
    if not person.is_authenticated:
        return []
    own = Project.objects.filter(pk__in=memberships_of(person).values("project"), archived_at=None)
    return list(own.only("pk", "reference", "name", "language").order_by("-pk")[:_MOST])


def facts_known(project: Project | None, person: Any, exercise: Exercise) -> Mapping[str, Known]:
    """What the project already says, for the fields of an exercise; nothing without a project."""
    wanted = {field.known for field in exercise.fields if field.known is not None}
    return facts_of(project, person, wanted) if project is not None and wanted else {}
