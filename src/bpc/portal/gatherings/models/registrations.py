"""Who comes to a meeting: a seat or a place in the waiting list, and what was sent to remind them."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from bpc.portal.gatherings.models.meetings import Gathering
from bpc.portal.seats.models import SeatRow, one_by_person


class Registration(SeatRow):
    """One person at one meeting."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="registrations")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="registrations",
    )
    attended_at = models.DateTimeField(null=True, blank=True)
    attended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta(SeatRow.Meta):
        constraints: ClassVar[list[Any]] = [
            *one_by_person("gathering", "one_registration"),
            models.CheckConstraint(
                condition=Q(attended_at=None) | Q(state="registered"), name="who_came_has_a_seat"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["gathering", "state", "id"], name="registration_list"),
        ]


class ReminderSent(models.Model):
    """That a reminder of one kind was given to be sent to one registration: unique, so never twice."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=12)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["registration", "kind"], name="reminder_once")
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.kind}"
