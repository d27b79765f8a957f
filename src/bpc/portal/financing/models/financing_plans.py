"""A study of who could pay for a project: what was asked, what was found, what the group decided."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from bpc.portal.financing.states import PlanState
from bpc.portal.projects.models import Project

MOST_STUDIES = 60  # kept of a project


class FinancingPlan(models.Model):
    """One study of one scenario as it stood at a revision. `study` is what `studies.read_study` reads.

    Scenarios are kept in another room: their key and their revision, no foreign key.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="financing_plans")
    number = models.PositiveIntegerField()  # of the project's studies
    plan_key = models.PositiveBigIntegerField()
    plan_name = models.CharField(max_length=80)
    plan_language = models.CharField(max_length=8)  # of its name
    plan_revision = models.PositiveIntegerField()
    input_hash = models.CharField(max_length=64)  # of the assumptions calculated
    sources_stamp = models.CharField(max_length=64)  # of the directory of sources as it was
    answers = models.JSONField(default=dict)  # of the project when sources were matched
    options = models.JSONField(default=dict)  # see `studies.Options`
    study = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=PlanState.choices, default=PlanState.PROPOSED)
    chosen = models.PositiveSmallIntegerField(null=True, blank=True)  # which proposal was accepted
    accepted_revision = models.PositiveIntegerField(null=True, blank=True)  # of the plan, once written in it
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)  # one more with each change

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project", "number"], name="one_financing_plan_of_a_number"),
            models.UniqueConstraint(
                fields=["project", "plan_key"],
                condition=Q(state=PlanState.ACCEPTED),
                name="one_accepted_financing_of_a_plan",
            ),
            models.CheckConstraint(
                condition=Q(state__in=PlanState.values), name="financing_plan_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=PlanState.ACCEPTED)
                | Q(chosen__isnull=False, accepted_revision__isnull=False),
                name="financing_plan_accepted_says_which",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="financing_plans_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} n{self.number}"
