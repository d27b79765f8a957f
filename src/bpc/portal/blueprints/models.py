"""Ready-to-use project models and their versions. "Models" is Django's word: here they are blueprints."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from bpc.portal.blueprints.states import VersionOrigin, VersionState


class Blueprint(models.Model):
    """One project model, known by its slug; all that it says is in its versions."""

    slug = models.SlugField(max_length=60, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)
    # the `version` of the last file taken in; a draft of it thrown away does not come back
    file_version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["slug"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=~Q(slug=""), name="blueprint_has_a_slug"),
        ]

    def __str__(self) -> str:
        return self.slug


class BlueprintVersion(models.Model):
    """What a model said at one time. Once published its content is never changed, nor the row deleted."""

    blueprint = models.ForeignKey(Blueprint, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=VersionState.choices, default=VersionState.DRAFT)
    # the exchange schema of `bpc.datasets.project_models`, both languages
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    origin = models.CharField(max_length=10, choices=VersionOrigin.choices)
    # the `version` written in the file this one comes from
    file_version = models.PositiveIntegerField(null=True, blank=True)
    note = models.TextField(max_length=500, blank=True)  # why, in the words of who made or published it
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)  # of a draft: a stale form is told so
    # the main results, calculated from the content by the engine of this version and the law as it is
    headline = models.JSONField(default=dict)
    engine_version = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["blueprint", "number"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["blueprint", "number"], name="one_blueprint_version_number"),
            models.UniqueConstraint(
                fields=["blueprint"], condition=Q(state="published"), name="one_published_blueprint_version"
            ),
            models.UniqueConstraint(
                fields=["blueprint"], condition=Q(state="draft"), name="one_draft_blueprint_version"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="blueprint_version_from_one"),
            models.CheckConstraint(
                condition=Q(state__in=VersionState.values), name="blueprint_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(origin__in=VersionOrigin.values), name="blueprint_origin_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state=VersionState.DRAFT) | Q(published_at__isnull=False),
                name="blueprint_published_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.blueprint_id} v{self.number}"
