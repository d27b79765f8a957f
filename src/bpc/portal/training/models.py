"""Courses and their versions. A course is known by its code; all that it says is in its versions."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from bpc.portal.training.states import VersionOrigin, VersionState

_OPEN = (VersionState.DRAFT, VersionState.REVIEW)


class Course(models.Model):
    """One course of the platform."""

    code = models.SlugField(max_length=60, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)
    # of the last file taken in: a draft of it thrown away does not come back
    file_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["code"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=~Q(code=""), name="course_has_a_code"),
        ]

    def __str__(self) -> str:
        return self.code


class CourseVersion(models.Model):
    """What a course said at one time. Once published its content is never changed, nor the row deleted."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=VersionState.choices, default=VersionState.DRAFT)
    # the schema of `bpc.datasets.training_courses`, every language
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    origin = models.CharField(max_length=10, choices=VersionOrigin.choices)
    # why, in the words of who published it or sent it back
    note = models.TextField(max_length=500, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # everybody whose words it may hold: none of them publishes it
    writers = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)  # of a draft: a stale form is told so

    class Meta:
        ordering: ClassVar[list[str]] = ["course", "number"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["course", "number"], name="one_course_version_number"),
            models.UniqueConstraint(
                fields=["course"], condition=Q(state="published"), name="one_published_course_version"
            ),
            models.UniqueConstraint(
                fields=["course"], condition=Q(state__in=["draft", "review"]), name="one_open_course_version"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="course_version_from_one"),
            models.CheckConstraint(condition=Q(state__in=VersionState.values), name="course_state_is_known"),
            models.CheckConstraint(
                condition=Q(origin__in=VersionOrigin.values), name="course_origin_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=_OPEN) | Q(published_at__isnull=False), name="course_published_is_dated"
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["state", "-changed_at", "id"], name="course_version_changed"),
            models.Index(fields=["state", "submitted_at", "id"], name="course_version_submitted"),
        ]

    def __str__(self) -> str:
        return f"{self.course_id} v{self.number}"


class LessonSound(models.Model):
    """A lesson of a version read aloud in one language. Versions that follow share the file while they keep it."""

    version = models.ForeignKey(CourseVersion, on_delete=models.CASCADE, related_name="sounds")
    lesson = models.CharField(max_length=60)
    language = models.CharField(max_length=3)
    file = models.FileField(upload_to="training/%Y/%m/", max_length=200)
    name = models.CharField(max_length=120)  # as it came, for those who write
    content_type = models.CharField(max_length=30)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    seconds = models.PositiveSmallIntegerField()
    reads = models.CharField(max_length=64)  # hash of the words it reads: they may change after
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["version", "lesson", "language"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["version", "lesson", "language"], name="one_sound_per_lesson_language"
            ),
            models.CheckConstraint(condition=Q(seconds__gte=1), name="lesson_sound_lasts"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.lesson}.{self.language}"
