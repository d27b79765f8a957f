"""What the rooms that give seats keep: an event with its counts, and one row for each person who comes.

Each room has its own tables. Its registrations are found from the event by `registrations`.
"""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from bpc.portal.ideas.states import Speaker
from bpc.portal.projects.states import Answer
from bpc.portal.seats.states import RegistrationDoor, RegistrationState


class SeatedEvent(models.Model):
    """`seat_count` and `waiting_count` repeat the registrations and are written under the lock of this row."""

    registrations: Any
    capacity = models.PositiveIntegerField(null=True, blank=True)  # empty: no limit was set
    registration_until = models.DateTimeField(null=True, blank=True)  # empty: until it begins
    seat_count = models.PositiveIntegerField(default=0)
    waiting_count = models.PositiveIntegerField(default=0)
    forgotten_at = models.DateTimeField(null=True, blank=True)  # when its registrations lost their names

    class Meta:
        abstract = True

    @property
    def seats_left(self) -> int | None:
        """Free seats; None where no limit was set."""
        return None if self.capacity is None else max(0, self.capacity - self.seat_count)


class SeatRow(models.Model):
    """One person at one event. Contacts are erased some months after it; what counts is kept.

    `code` is the short code with a check sign shown at the door. The waiting list goes by the order of `pk`.
    """

    user_id: int | None
    code = models.CharField(max_length=12, unique=True)
    state = models.CharField(max_length=10, choices=RegistrationState.choices)
    door = models.CharField(max_length=5, choices=RegistrationDoor.choices, default=RegistrationDoor.WEB)
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
    forgotten_at = models.DateTimeField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        abstract = True
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return self.code


def one_by_person(event: str, name: str) -> list[models.UniqueConstraint]:
    """At most one running registration of an account, a number and an address at the `event`, a column."""
    running = ~Q(state="cancelled")
    return [
        models.UniqueConstraint(fields=[event, "user"], condition=running, name=f"{name}_by_account"),
        models.UniqueConstraint(
            fields=[event, "phone"], condition=running & ~Q(phone=""), name=f"{name}_by_phone"
        ),
        models.UniqueConstraint(
            fields=[event, "email"], condition=running & ~Q(email=""), name=f"{name}_by_email"
        ),
    ]
