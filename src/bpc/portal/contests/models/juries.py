"""A jury: who sits in it, what each may not read, what each is asked to read and why so."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from bpc.portal.contests.models.editions import Edition
from bpc.portal.contests.models.entries import Entry
from bpc.portal.contests.states import ConflictKind, JurorState, ReadingState
from bpc.portal.projects.states import Answer
from bpc.portal.reference.models import Territory


class Juror(models.Model):
    """Somebody invited to a jury, known by an address or number until they accept with an account."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="jurors")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="juries"
    )
    name = models.CharField(max_length=80)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=10, choices=JurorState.choices, default=JurorState.INVITED)
    is_president = models.BooleanField(default=False)
    languages = models.JSONField(default=list)  # codes the juror reads; said on acceptance
    woman = models.CharField(max_length=10, choices=Answer.choices, default=Answer.UNKNOWN)  # for the balance
    region = models.ForeignKey(Territory, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    commune = models.ForeignKey(Territory, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    body = models.CharField(max_length=160, blank=True)  # the organisation they come from, in words
    most_readings = models.PositiveSmallIntegerField(
        null=True, blank=True
    )  # what they can take; empty: their share
    rules_accepted_at = models.DateTimeField(null=True, blank=True)  # confidentiality and impartiality
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    invited_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)  # last time their marks or drafts reached us

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["edition", "user"], name="one_seat_in_a_jury"),
            models.UniqueConstraint(
                fields=["edition"], condition=Q(is_president=True), name="one_president_of_a_jury"
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(user__isnull=False) | Q(answered_at__isnull=False),
                name="accepted_juror_answered",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["user", "state"], name="juror_of_person"),
        ]

    def __str__(self) -> str:
        return self.name


class Conflict(models.Model):
    """A juror may not read an entry. Found ones may be lifted by nobody but the organisers, with a reason."""

    juror = models.ForeignKey(Juror, on_delete=models.CASCADE, related_name="conflicts")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="conflicts")
    kind = models.CharField(max_length=12, choices=ConflictKind.choices)
    note = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=8, blank=True)
    at = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["juror", "entry", "kind"], name="conflict_once"),
            models.CheckConstraint(
                condition=Q(lifted_at=None) | ~Q(lifted_reason=""), name="conflict_lifted_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.juror_id} ≠ {self.entry_id}: {self.kind}"


class Reading(models.Model):
    """An entry that a juror is asked to read. Released, never deleted, so that a reassignment stays readable."""

    juror = models.ForeignKey(Juror, on_delete=models.CASCADE, related_name="readings")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="readings")
    state = models.CharField(max_length=10, choices=ReadingState.choices, default=ReadingState.ASSIGNED)
    is_extra = models.BooleanField(default=False)  # a further reading asked where it is worth most
    reason = models.CharField(max_length=300, blank=True)
    comment = models.TextField(max_length=3000, blank=True)  # on the whole entry
    comment_language = models.CharField(max_length=8, blank=True)
    revision = models.PositiveIntegerField(default=0)  # of the draft: a device's older draft never wins
    draft_key = models.UUIDField(null=True, blank=True)  # of the draft kept last: sent twice, it counts once
    assigned_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["juror", "entry"], name="reading_once"),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(done_at__isnull=False), name="done_reading_dated"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["entry", "state"], name="reading_of_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.juror_id} reads {self.entry_id}"


class AssignmentRun(models.Model):
    """One run of the assignment: what it was asked, what it found, or why there is none."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="assignment_runs")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    status = models.CharField(max_length=12)  # proposed, then optimal (applied) or stale; or infeasible
    asked = models.JSONField(default=dict)
    report = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.status}"
