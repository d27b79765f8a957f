"""The self-diagnoses of a project, one after the other; of a project, never of a person."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from bpc.portal.projects.models import Project

MOST_RUNS = 60  # kept of a project


def _person() -> Any:
    """Who did it; their name goes with their account."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )


class Diagnosis(models.Model):
    """One time that a group answered. Finished, it never changes: the next time is another row."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="diagnoses")
    number = models.PositiveIntegerField()  # of the project's
    version = models.PositiveIntegerField()  # of the questionnaire it began with
    answers = models.JSONField(default=dict)  # question -> answer, null: not known
    # questions the site answered from what it knew, left as they were: question -> fact
    from_facts = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)  # a stale form is told so
    started_by = _person()
    started_at = models.DateTimeField(default=timezone.now)
    finished_by = _person()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project", "number"], name="one_diagnosis_of_a_number"),
            models.UniqueConstraint(
                fields=["project"], condition=Q(finished_at=None), name="one_open_diagnosis_of_a_project"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="diagnoses_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} n{self.number}"
