"""Courses begun by people, what their devices noted of them, and the questions that come back.

Only the events are a source; the rest is what they come to, written again with each of them so that lists stay cheap.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from bpc.core.learning.progress import Did
from bpc.portal.projects.models import Project
from bpc.portal.training.models import Course


class Following(models.Model):
    """A person and a course begun. `lessons_done` of `lessons`: as of `version`, the version last counted with."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="followings")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="followings")
    # on which the exercises are done; the group does not see them
    project = models.ForeignKey(Project, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now)
    last_at = models.DateTimeField(default=timezone.now)
    last_lesson = models.CharField(max_length=60, blank=True)
    version = models.PositiveIntegerField(default=0)
    lessons = models.PositiveSmallIntegerField(default=0)
    done_lessons = models.JSONField(default=list)  # codes, in the order of the course
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-last_at", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["user", "course"], name="one_following_of_a_course"),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["user", "-last_at"], name="following_of_user")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.course_id}"

    @property
    def lessons_done(self) -> int:
        """How many lessons are done."""
        return len(self.done_lessons)


class LearningEvent(models.Model):
    """One thing a device noted, never changed. `key`: made by the device; `at`: its clock, held to the arrival."""

    following = models.ForeignKey(Following, on_delete=models.CASCADE, related_name="events")
    key = models.UUIDField()
    device = models.UUIDField(null=True, blank=True)  # None: a page of the site
    did = models.CharField(max_length=10, choices=[(str(one), str(one)) for one in Did])
    lesson = models.CharField(max_length=60)
    question = models.CharField(max_length=60, blank=True)
    answer = models.JSONField(null=True, blank=True)
    # of the course, as the device held it: ranks of options are its own
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    received_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "key"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["following", "key"], name="one_learning_event_key"),
            models.CheckConstraint(
                condition=Q(did__in=[str(one) for one in Did]), name="learning_did_is_known"
            ),
            models.CheckConstraint(
                condition=Q(at__lte=models.F("received_at")), name="learning_not_from_the_future"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.following_id} {self.did} {self.lesson}"


class ReviewItem(models.Model):
    """A question once missed that comes back on `due`; gone when it is known for good."""

    following = models.ForeignKey(Following, on_delete=models.CASCADE, related_name="reviews")
    lesson = models.CharField(max_length=60)
    question = models.CharField(max_length=60)
    box = models.PositiveSmallIntegerField(default=0)
    due = models.DateField()

    class Meta:
        ordering: ClassVar[list[str]] = ["due", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["following", "lesson", "question"], name="one_review_of_a_question"
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["following", "due"], name="review_due")]

    def __str__(self) -> str:
        return f"{self.following_id} {self.lesson}/{self.question}: {self.due}"
