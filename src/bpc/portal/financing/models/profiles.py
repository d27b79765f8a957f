"""What a group said for its funding, and what a person asked to be told of."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from bpc.portal.projects.models import Project


class FundingProfile(models.Model):
    """Answers of a project to the questions of « peut-on l’avoir ? » that nothing else of the site knows."""

    project = models.OneToOneField(Project, on_delete=models.CASCADE, related_name="funding_profile")
    answers = models.JSONField(
        default=dict
    )  # field of core.matching.vocabulary -> JSON value, null: not known
    revision = models.PositiveIntegerField(default=1)  # a stale form is told so
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"funding profile of {self.project_id}"


class Watch(models.Model):
    """A person wants to be told, once a week, of what changed for a project or for answers kept under a name.

    Stopped, it is deleted. `seen` is the state last told: what the next message is compared with.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="funding_watches"
    )
    project = models.ForeignKey(
        Project, null=True, blank=True, on_delete=models.CASCADE, related_name="funding_watches"
    )
    name = models.CharField(max_length=120, blank=True)  # what the person calls the answers kept
    answers = models.JSONField(default=dict)  # empty for a project: its own are read
    seen = models.JSONField(default=dict)  # slug of a source -> what was told of it
    told_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["user", "project"], condition=Q(project__isnull=False), name="one_watch_of_a_project"
            ),
            models.CheckConstraint(
                condition=Q(project__isnull=False) | ~Q(name=""), name="watch_of_a_project_or_named"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} watches {self.project_id or self.name}"
