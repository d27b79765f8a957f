"""Who comes to a meeting: a seat or a place in the waiting list, and what was sent to remind them."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from bpc.portal.gatherings.models.meetings import Gathering
from bpc.portal.gatherings.states import RegistrationDoor, RegistrationState
from bpc.portal.ideas.states import Speaker
from bpc.portal.projects.states import Answer


class Registration(models.Model):
    """One person at one meeting. Contacts are erased some months after it; what counts is kept.

    `code` is the short code with a check digit shown at the door. The waiting list goes by the order of `pk`.
    """

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="registrations")
    code = models.CharField(max_length=12, unique=True)
    state = models.CharField(max_length=10, choices=RegistrationState.choices)
    door = models.CharField(max_length=5, choices=RegistrationDoor.choices, default=RegistrationDoor.WEB)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="registrations",
    )
    name = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=20, blank=True)  # E.164
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=8, default="fr")
    woman = models.CharField(max_length=10, choices=Answer.choices, default=Answer.UNKNOWN)
    young = models.CharField(max_length=10, choices=Answer.choices, default=Answer.UNKNOWN)  # under 35
    actor_kind = models.CharField(max_length=20, choices=Speaker.choices, blank=True)  # empty: not said
    submission_key = models.UUIDField(
        default=uuid.uuid4, unique=True
    )  # the same form sent twice makes one row
    consent_version = models.CharField(max_length=20, blank=True)  # the text agreed to
    registered_at = models.DateTimeField(default=timezone.now)
    seated_at = models.DateTimeField(null=True, blank=True)  # when the seat was theirs
    cancelled_at = models.DateTimeField(null=True, blank=True)
    attended_at = models.DateTimeField(null=True, blank=True)
    attended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    forgotten_at = models.DateTimeField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["gathering", "user"],
                condition=~Q(state="cancelled"),
                name="one_registration_by_account",
            ),
            models.UniqueConstraint(
                fields=["gathering", "phone"],
                condition=~Q(state="cancelled") & ~Q(phone=""),
                name="one_registration_by_phone",
            ),
            models.UniqueConstraint(
                fields=["gathering", "email"],
                condition=~Q(state="cancelled") & ~Q(email=""),
                name="one_registration_by_email",
            ),
            models.CheckConstraint(
                condition=Q(attended_at=None) | Q(state="registered"), name="who_came_has_a_seat"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["gathering", "state", "id"], name="registration_list"),
        ]

    def __str__(self) -> str:
        return self.code


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
