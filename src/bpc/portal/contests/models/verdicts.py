"""From marks to laureates: the computed ranking, what the president decided, what is published and what follows."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from bpc.portal.contests.models.editions import Edition
from bpc.portal.contests.models.entries import Entry
from bpc.portal.contests.states import Outcome, SupportState


class Ranking(models.Model):
    """What `core.jury` makes of the marks at one moment. It proposes; the president decides."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="rankings")
    computed_at = models.DateTimeField(default=timezone.now)
    computed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    method = models.CharField(max_length=40)  # name and version of the method
    software = models.CharField(max_length=40)
    marks_sha256 = models.CharField(max_length=64)  # of the marks it was made from
    content = models.JSONField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-computed_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.computed_at:%Y-%m-%d %H:%M}"


class Decision(models.Model):
    """What the president decided of one entry. Departing from the computed order needs a written reason."""

    ranking = models.ForeignKey(Ranking, on_delete=models.PROTECT, related_name="decisions")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    place = models.PositiveSmallIntegerField(null=True, blank=True)  # of a laureate; the same for a tie
    departs = models.BooleanField(default=False)  # from what the ranking proposed
    reason = models.TextField(max_length=2000, blank=True)
    language = models.CharField(max_length=8, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(departs=False) | ~Q(reason=""), name="departure_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.outcome}"


class Publication(models.Model):
    """The verdict as published: one file, byte for byte, whose chain of digests ends at `head`."""

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="publication")
    text = models.TextField()  # the file, as served
    head = models.CharField(max_length=64)
    software = models.CharField(max_length=40)
    # key of an entry → its number in the file: drawn by a secret that may change, so it is kept; never shown whole
    numbers = models.JSONField(default=dict)
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.edition_id} {self.head[:8]}"


class AdvisorSlot(models.Model):
    """A moment that an advisor keeps for teams; taken by one entry."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="slots")
    advisor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="contest_slots"
    )
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=30)
    place = models.CharField(max_length=160)  # an address, or how to call
    language = models.CharField(max_length=8, blank=True)
    entry = models.OneToOneField(
        Entry, null=True, blank=True, on_delete=models.SET_NULL, related_name="advisor_slot"
    )
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["starts_at", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["advisor", "starts_at"], name="advisor_in_one_place"),
        ]

    def __str__(self) -> str:
        return f"{self.advisor_id} {self.starts_at:%Y-%m-%d %H:%M}"


class Feedback(models.Model):
    """What an entry not chosen leaves with. Nothing is sent without its four parts."""

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="feedback")
    reached = models.JSONField(default=list)  # codes of criteria reached, with the mean mark and its sentence
    improvements = models.JSONField(default=list)  # the two that would have moved it most, from core.jury
    course = models.CharField(max_length=64, blank=True)  # code of data/courses.csv
    words = models.TextField(max_length=2000, blank=True)  # of the jury, kept by the president
    language = models.CharField(max_length=8, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(sent_at=None) | ~Q(course=""), name="feedback_names_a_course"),
        ]

    def __str__(self) -> str:
        return f"feedback {self.entry_id}"


class Certificate(models.Model):
    """A laureate's certificate, checked by anyone with its code."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="certificate")
    code = models.CharField(max_length=12, unique=True)
    issued_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.code


class ReinforcedSupport(models.Model):
    """What a laureate wins: an advisor of the region, offered; the team accepts and lets them in."""

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="support")
    advisor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(max_length=10, choices=SupportState.choices, default=SupportState.OFFERED)
    offered_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.entry_id} {self.state}"
