"""Who sees the self-diagnoses of a project: rule and queryset side by side."""

from typing import Any

from django.db.models import QuerySet

from bpc.portal.diagnosis.models import Diagnosis
from bpc.portal.foundation.permissions import declare_visibility
from bpc.portal.projects.visibility import can_see_project, projects_visible_to


def can_see_diagnosis(person: Any, diagnosis: Diagnosis) -> bool:
    """Whoever sees the project: its group, and the advisor it let in."""
    return can_see_project(person, diagnosis.project)


def diagnoses_visible_to(person: Any) -> QuerySet[Diagnosis]:
    """The diagnoses `can_see_diagnosis` allows."""
    return Diagnosis.objects.filter(project__in=projects_visible_to(person))


def declare() -> None:
    """Called once when the app is ready. Writing asks for `projects.edit`."""
    declare_visibility(Diagnosis, can_see=can_see_diagnosis, visible_to=diagnoses_visible_to)
