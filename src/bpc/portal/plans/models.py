"""Plans of a project: scenarios, their versions, the trail of each change, and remarks on assumptions."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from bpc.portal.plans.states import Change
from bpc.portal.projects.models import Project

MOST_SCENARIOS = 12  # of a project
MOST_VERSIONS = 200  # of a scenario


class Plan(models.Model):
    """One scenario of a project: its assumptions as the engine reads them, and what they last gave."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="plans")
    name = models.CharField(max_length=80)
    language = models.CharField(max_length=8)  # of the name
    position = models.PositiveSmallIntegerField()
    is_main = models.BooleanField(default=False)  # the one the project is judged by
    document = models.JSONField()  # see bpc.core.plan.document; items are named by their ids
    revision = models.PositiveIntegerField(default=1)  # one more with each change
    # The project model it was adopted from, kept in another room: no foreign key.
    blueprint_slug = models.CharField(max_length=64, blank=True)
    blueprint_version = models.CharField(max_length=20, blank=True)
    engine_version = models.CharField(max_length=20)
    input_hash = models.CharField(max_length=64)
    headline = models.JSONField(
        default=dict
    )  # figures by name, null when undefined: lists recalculate nothing
    errors = models.PositiveSmallIntegerField(default=0)  # found by the calculation
    warnings = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["project"], condition=Q(is_main=True), name="one_main_scenario_of_a_project"
            ),
            # one place each, and so many places
            models.UniqueConstraint(fields=["project", "position"], name="one_scenario_at_a_place"),
            models.CheckConstraint(condition=Q(position__lt=MOST_SCENARIOS), name="plan_place_is_known"),
            models.CheckConstraint(condition=~Q(name=""), name="plan_has_a_name"),
            models.CheckConstraint(
                condition=Q(blueprint_version="") | ~Q(blueprint_slug=""), name="plan_version_of_a_blueprint"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["blueprint_slug", "blueprint_version"], name="plan_blueprint")
        ]

    def __str__(self) -> str:
        return self.name


class PlanVersion(models.Model):
    """A plan as it was at some moment, kept by somebody with a note or by the site itself."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    revision = models.PositiveIntegerField()  # of the plan, when it was kept
    automatic = models.BooleanField(default=False)
    note = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=8, blank=True)  # of the note
    document = models.JSONField()
    headline = models.JSONField(default=dict)
    engine_version = models.CharField(max_length=20)
    input_hash = models.CharField(max_length=64)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["plan", "number"], name="one_plan_version_of_a_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="plan_versions_count_from_one"),
            models.CheckConstraint(
                condition=Q(note="", language="") | (~Q(note="") & ~Q(language="")),
                name="plan_note_has_its_language",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} v{self.number}"


class PlanEdit(models.Model):
    """One assumption changed: `revision` is the one it led to; `old` or `new` is null where nothing is written."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="edits")
    revision = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Change.choices, default=Change.EDIT)
    path = models.CharField(max_length=200)
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)
    undone_in = models.PositiveIntegerField(null=True, blank=True)  # the revision that took it back
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["revision", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["plan", "revision", "path"], name="one_edit_of_a_path"),
            models.CheckConstraint(condition=Q(kind__in=Change.values), name="plan_edit_kind_is_known"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["made_by", "made_at"], name="plan_edit_by_person")
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} r{self.revision} {self.path}"


class AssumptionComment(models.Model):
    """A remark on one assumption, or on the whole plan when `path` is empty; read by all who see the plan."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="comments")
    path = models.CharField(max_length=200, blank=True)
    text = models.TextField(max_length=1000)
    language = models.CharField(max_length=8)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["created_at", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=~Q(text=""), name="plan_comment_says_something"),
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=False) | Q(resolved_by=None),
                name="plan_comment_resolved_when",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["plan", "path"], name="plan_comment_path")
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.path}"
