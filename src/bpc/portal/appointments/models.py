"""Rows of appointments: an advisor's calendar, the weekly hours and what differs from them, what was booked.

Free moments are computed from hours and never stored. What is stored is taken time: `TakenTime` holds every five
minutes of an appointment for each of the two people, once each, by a unique column pair. So the database itself
refuses that anybody be in two places, on PostgreSQL and on SQLite alike, whoever writes and from wherever; an
exclusion constraint would need an extension that small hosts do not grant, and would hold on one engine only.
"""

import secrets
import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from bpc.portal.appointments.states import Audience, ChangeKind, Manner, Spoken, State, Subject
from bpc.portal.projects.models import Project
from bpc.portal.reference.models import Territory

STEP = 5  # minutes: hours, lengths and pauses are multiples of it
SHORTEST, LONGEST = 10, 180  # minutes of an appointment


def new_feed_key() -> str:
    """An address that nobody guesses."""
    return secrets.token_urlsafe(32)


class Calendar(models.Model):
    """The calendar of one advisor, or of a delegation kept by its delegate. Its row is the lock of every booking."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="appointment_calendar"
    )
    region = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    book_before = models.PositiveSmallIntegerField(
        default=4
    )  # hours between booking and the moment, at least
    cancel_before = models.PositiveSmallIntegerField(default=12)  # hours; nearer, cancelling is late
    days_ahead = models.PositiveSmallIntegerField(default=42)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(days_ahead__gte=1, days_ahead__lte=180), name="calendar_opens_ahead"
            ),
            models.CheckConstraint(
                condition=Q(book_before__lte=336, cancel_before__lte=336), name="calendar_delays_are_sane"
            ),
        ]

    def __str__(self) -> str:
        return f"calendar of {self.user_id}"


class OpeningRule(models.Model):
    """Weekly hours: on these days, from one hour to another, moments of one length with a pause between."""

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="rules")
    weekdays = models.CharField(max_length=7)  # ISO digits in order, "135": Monday, Wednesday, Friday
    from_time = models.TimeField()  # hours of the clock on the wall in Morocco, whatever its offset that day
    to_time = models.TimeField()
    minutes = models.PositiveSmallIntegerField(default=30)
    pause = models.PositiveSmallIntegerField(default=0)
    manner = models.CharField(max_length=6, choices=Manner.choices)
    place = models.CharField(max_length=160, blank=True)
    address = models.CharField(max_length=200, blank=True)
    commune = models.ForeignKey(Territory, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    video_link = models.URLField(max_length=300, blank=True)
    spoken = models.CharField(max_length=4, choices=Spoken.choices, default=Spoken.BOTH)
    audience = models.CharField(max_length=8, choices=Audience.choices, default=Audience.PROJECTS)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)  # the last day
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["from_time", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(from_time__lt=F("to_time")), name="rule_begins_before_it_ends"
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=SHORTEST, minutes__lte=LONGEST, pause__lte=120),
                name="rule_length_is_sane",
            ),
            models.CheckConstraint(
                condition=Q(manner__in=Manner.values, audience__in=Audience.values, spoken__in=Spoken.values),
                name="rule_lists_are_known",
            ),
            models.CheckConstraint(
                condition=(Q(manner=Manner.PLACE) & ~Q(place=""))
                | (Q(manner=Manner.VIDEO) & ~Q(video_link=""))
                | Q(manner=Manner.PHONE),
                name="rule_says_where",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekdays} {self.from_time:%H:%M}-{self.to_time:%H:%M} {self.manner}"


class CalendarChange(models.Model):
    """An absence, or hours in plus that are given like those of a rule; the note is the advisor's alone."""

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=8, choices=ChangeKind.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    rule = models.ForeignKey(
        OpeningRule, null=True, blank=True, on_delete=models.CASCADE, related_name="extra_hours"
    )
    note = models.CharField(max_length=160, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["starts_at", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")), name="change_begins_before_it_ends"
            ),
            models.CheckConstraint(
                condition=Q(kind=ChangeKind.ABSENCE, rule=None)
                | Q(kind=ChangeKind.EXTRA, rule__isnull=False),
                name="extra_hours_follow_a_rule",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["calendar", "ends_at"], name="change_by_calendar")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.starts_at:%Y-%m-%d %H:%M}"


class Appointment(models.Model):
    """One appointment. Where and how are copied from the hours: these may change, what was promised does not."""

    reference = models.CharField(max_length=12, unique=True)
    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="appointments")
    asker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="appointments",
    )
    # of whom an advisor books for: the name and number they said; empty once forgotten
    asker_name = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=20, blank=True)  # E.164, to call: read by the advisor only
    language = models.CharField(max_length=8, default="fr")  # to write to the asker in
    project = models.ForeignKey(
        Project, null=True, blank=True, on_delete=models.SET_NULL, related_name="appointments"
    )
    region = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=State.choices, default=State.BOOKED)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    # the hour promised, "2027-02-08T10:00" on the wall in Morocco: see `clocks`
    wall = models.CharField(max_length=16, blank=True)
    manner = models.CharField(max_length=6, choices=Manner.choices)
    place = models.CharField(max_length=160, blank=True)
    address = models.CharField(max_length=200, blank=True)
    commune = models.ForeignKey(Territory, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    video_link = models.URLField(max_length=300, blank=True)
    spoken = models.CharField(max_length=4, choices=Spoken.choices, default=Spoken.BOTH)
    subject = models.CharField(max_length=10, choices=Subject.choices)
    words = models.CharField(max_length=400, blank=True)
    cancel_reason = models.CharField(max_length=400, blank=True)
    cancelled_by_advisor = models.BooleanField(default=False)
    late = models.BooleanField(default=False)  # cancelled by the asker nearer than the calendar asks
    proposed: Any = models.JSONField(default=list, blank=True)  # [[rule, ISO moment], …] proposed instead
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    submission_key = models.UUIDField(default=uuid.uuid4, unique=True)  # the same form sent twice books once
    sequence = models.PositiveIntegerField(default=0)  # of its calendar entry: each move is one more
    booked_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    marked_at = models.DateTimeField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["starts_at", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")), name="appointment_begins_before_it_ends"
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values, manner__in=Manner.values, subject__in=Subject.values),
                name="appointment_lists_are_known",
            ),
            # whatever becomes of the rows of taken time: no two that stand begin at once
            models.UniqueConstraint(
                fields=["calendar", "starts_at"],
                condition=~Q(state=State.CANCELLED),
                name="one_appointment_at_once",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["asker", "starts_at"], name="appointment_by_asker"),
            models.Index(fields=["state", "starts_at"], name="appointment_by_state"),
            models.Index(fields=["region", "starts_at"], name="appointment_by_region"),
        ]

    def __str__(self) -> str:
        return self.reference


class TakenTime(models.Model):
    """Five minutes of a person's time, taken by one appointment: never by two."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="taken_times")
    moment = models.DateTimeField()  # its beginning
    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="taken_times")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["user", "moment"], name="nobody_is_in_two_places")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["moment"], name="taken_by_moment")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.moment:%Y-%m-%d %H:%M}"


class ReminderSent(models.Model):
    """A reminder that left, for the hour it spoke of: one that moved is reminded again."""

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=12)
    starts_at = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["appointment", "kind", "starts_at"], name="one_reminder_of_each_appointment"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.appointment_id}"


class CalendarFeed(models.Model):
    """The secret address under which a person's telephone reads their appointments; a new key closes the former."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="appointment_feed"
    )
    key = models.CharField(max_length=64, unique=True, default=new_feed_key)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"feed of {self.user_id}"
