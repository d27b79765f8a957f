"""Marks, one per criterion of a reading, and what jurors say to each other once both have marked."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from bpc.portal.contests.models.editions import Criterion
from bpc.portal.contests.models.entries import Entry
from bpc.portal.contests.models.juries import Juror, Reading


class Mark(models.Model):
    """What a juror gives a criterion, from 1 to 5, with the words behind it. Empty value: a draft not yet marked."""

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="marks")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    comment = models.TextField(max_length=1500, blank=True)
    language = models.CharField(max_length=8, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["reading", "criterion"], name="mark_once"),
            models.CheckConstraint(
                condition=Q(value=None) | Q(value__gte=1, value__lte=5), name="mark_from_1_to_5"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reading_id} {self.criterion_id}: {self.value}"


class DiscussionMessage(models.Model):
    """What a juror says of an entry to those who marked it too. Never before one's own marks are in."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="discussion")
    juror = models.ForeignKey(Juror, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(max_length=2000)
    language = models.CharField(max_length=8)
    submission_key = models.UUIDField(unique=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:40]
