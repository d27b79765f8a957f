"""Reports of visits to a group: what its members read, what was agreed, photos; what staff keep apart; former texts."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from bpc.portal.projects.models import Project
from bpc.portal.reference.models import Territory
from bpc.portal.visits.states import Mood, Need, Part

LONGEST_TEXT = 2000  # characters of a theme
LONGEST_LINE = 160
MOST_PEOPLE = 5000  # women, or men, of one visit


def _account() -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )


def _theme() -> Any:
    return models.TextField(max_length=LONGEST_TEXT, blank=True)


def _count() -> Any:
    return models.PositiveSmallIntegerField(null=True, blank=True)  # empty: not counted


class VisitReport(models.Model):
    """A visit, as its group reads it. No names of people: how many came is enough."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="visits")
    # drawn by the device or the form: the same one sent twice makes one report
    submission_key = models.UUIDField(default=uuid.uuid4, unique=True)
    # of what was first sent under the key, so that a replay is told from other words
    digest = models.CharField(max_length=64, blank=True)
    author = _account()
    visited_at = models.DateTimeField()
    commune = models.ForeignKey(Territory, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=LONGEST_LINE, blank=True)  # in the visitor's words
    women = _count()
    men = _count()
    young = _count()  # under 35, among both
    path = _theme()
    members = _theme()
    production = _theme()
    money = _theme()
    difficulties = _theme()
    need = models.CharField(max_length=10, choices=Need.choices, default=Need.NONE)
    blocked_on = models.CharField(max_length=LONGEST_LINE, blank=True)
    language = models.CharField(max_length=8)  # of its texts
    photos_agreed = models.BooleanField(default=False)  # the group agreed to be photographed for this report
    received_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["-visited_at", "-pk"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(need__in=Need.values), name="visit_need_is_known"),
            models.CheckConstraint(
                condition=Q(need=Need.BLOCKED) | Q(blocked_on=""), name="visit_blocked_on_when_blocked"
            ),
            models.CheckConstraint(
                condition=Q(commune__isnull=False) | ~Q(place=""), name="visit_is_somewhere"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["project", "-visited_at"], name="visit_of_project"),
            models.Index(fields=["author", "-visited_at"], name="visit_of_author"),
        ]

    def __str__(self) -> str:
        return f"visit to {self.project_id} on {self.visited_at:%Y-%m-%d}"


class Agreement(models.Model):
    """Something agreed: who does what, until when. `who` is a role or a group, as the visitor writes it."""

    visit = models.ForeignKey(VisitReport, on_delete=models.CASCADE, related_name="agreements")
    position = models.PositiveSmallIntegerField()
    who = models.CharField(max_length=LONGEST_LINE, blank=True)
    what = models.CharField(max_length=LONGEST_LINE)
    due_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["visit", "position"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["visit", "position"], name="one_agreement_at_a_place"),
            models.CheckConstraint(condition=~Q(what=""), name="agreement_says_what"),
        ]

    def __str__(self) -> str:
        return self.what


class StaffPart(models.Model):
    """What the visitor keeps for the advisors of the project; the group never reads it."""

    visit = models.OneToOneField(VisitReport, on_delete=models.CASCADE, related_name="staff_part")
    mood = models.CharField(max_length=10, choices=Mood.choices, blank=True)
    text = models.TextField(max_length=LONGEST_TEXT, blank=True)
    language = models.CharField(max_length=8)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(mood__in=Mood.values) | (Q(mood="") & ~Q(text="")),
                name="staff_part_says_something",
            )
        ]

    def __str__(self) -> str:
        return f"between staff, {self.visit_id}"


class VisitPhoto(models.Model):
    """A photo taken with the group's agreement, re-encoded; withdrawn, its file goes and its place says so."""

    visit = models.ForeignKey(VisitReport, on_delete=models.CASCADE, related_name="photos")
    key = models.UUIDField(default=uuid.uuid4, unique=True)  # the same photo sent twice is one
    # never served by path; a random name tells nothing to who reads the disk
    file = models.FileField(upload_to="visits/%Y/%m/", max_length=120, blank=True)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    added_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["visit", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(file=""), name="withdrawn_visit_photo_is_gone"
            )
        ]

    def __str__(self) -> str:
        return f"photo of {self.visit_id}"


class FormerVisit(models.Model):
    """What a part of a report said before it was put right: its readers may have read it."""

    visit = models.ForeignKey(VisitReport, on_delete=models.CASCADE, related_name="former")
    part = models.CharField(max_length=6, choices=Part.choices)
    contents = models.JSONField()  # only what changed: column → what it said
    until = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["visit", "-pk"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(part__in=Part.values), name="former_visit_part_is_known")
        ]

    def __str__(self) -> str:
        return f"{self.visit_id} until {self.until:%Y-%m-%d %H:%M}"
