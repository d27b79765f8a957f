"""What is published after a meeting: the report with its figures, and photos whose people agreed."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from bpc.portal.gatherings.models.meetings import Gathering
from bpc.portal.gatherings.states import PhotoConsent
from bpc.portal.ideas.models import GivenFile


class MeetingReport(models.Model):
    """The report of one meeting: written by its organisers, public once published.

    `figures` are those of the day of publication: registrations lose their contacts later, figures stay.
    """

    gathering = models.OneToOneField(Gathering, on_delete=models.CASCADE, related_name="report")
    text_fr = models.TextField(max_length=10000, blank=True)
    text_ar = models.TextField(max_length=10000, blank=True)
    figures = models.JSONField(default=dict, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(published_at=None) | ~Q(text_fr="", text_ar=""), name="published_report_has_words"
            )
        ]

    def __str__(self) -> str:
        return f"{self.gathering_id}"


class MeetingPhoto(GivenFile):
    """A photo of a meeting, with what was stated of the people on it; withdrawn, its files are gone."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="photos")
    consent = models.CharField(max_length=10, choices=PhotoConsent.choices)
    statement = models.CharField(max_length=300, blank=True)  # how the agreement was given, in words
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    added_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta(GivenFile.Meta):
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(consent="nobody") | ~Q(statement=""), name="photo_says_how_people_agreed"
            )
        ]
