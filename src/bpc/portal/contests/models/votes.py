"""The public's votes: one person once, held back until checked, never mixed with the jury's marks."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from bpc.portal.contests.models.editions import Edition
from bpc.portal.contests.models.entries import Entry
from bpc.portal.contests.states import BallotState


class Ballot(models.Model):
    """One person's vote in one edition; they may change it while the vote runs."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="ballots")
    voter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="ballots")
    state = models.CharField(max_length=10, choices=BallotState.choices, default=BallotState.HELD)
    reason = models.CharField(max_length=300, blank=True)
    cast_at = models.DateTimeField(default=timezone.now)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # a keyed digest of the network it came from, to see many votes from one place; forgotten after the results
    network = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["edition", "voter"], name="one_person_one_vote"),
            models.CheckConstraint(
                condition=~Q(state="rejected") | ~Q(reason=""), name="rejected_ballot_has_a_reason"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["edition", "state"], name="ballot_of_edition"),
        ]

    def __str__(self) -> str:
        return f"{self.voter_id} → {self.entry_id}"
