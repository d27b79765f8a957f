"""Sessions of a course in a room, who comes and what they thought; who asks for a session and where."""

import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from bpc.portal.people.models import Organisation
from bpc.portal.reference.models import Territory
from bpc.portal.seats.models import SeatedEvent, SeatRow, one_by_person
from bpc.portal.training.models import Course
from bpc.portal.workshops.states import AskState, Audience, Face, WorkshopState

MOST_SEATS = 500
MOST_PEOPLE = 50  # in one request
QUESTIONS = ("useful", "clear", "spoken", "place", "again")  # asked of who came, by faces


def _account() -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )


class Workshop(SeatedEvent):
    """One session of a course, on one day or several. `starts_at`, `ends_at` repeat the first and the last day."""

    reference = models.CharField(max_length=12, unique=True)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="workshops")
    state = models.CharField(max_length=10, choices=WorkshopState.choices, default=WorkshopState.DRAFT)
    region = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    commune = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="workshops")
    place = models.CharField(max_length=160)  # in the words of who opens it, as `address` and `note`
    address = models.CharField(max_length=200, blank=True)
    note = models.TextField(max_length=600, blank=True)  # what to bring, how to come
    language = models.CharField(max_length=8)  # of these words
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    spoken = models.JSONField(default=list)  # codes of `Spoken`
    audience = models.CharField(max_length=12, choices=Audience.choices, default=Audience.ALL)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    cancel_reason = models.TextField(max_length=1000, blank=True)
    cancel_language = models.CharField(max_length=8, blank=True)
    created_by = _account()
    created_at = models.DateTimeField(default=timezone.now)
    announced_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)  # a stale form is told so
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["starts_at", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(capacity__gte=1, capacity__lte=MOST_SEATS), name="workshop_has_seats"
            ),
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")), name="workshop_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(audience="cooperative", organisation__isnull=False)
                | Q(audience="all", organisation=None),
                name="workshop_says_which_cooperative",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(cancel_reason=""), name="cancelled_workshop_says_why"
            ),
            models.CheckConstraint(
                condition=Q(state__in=WorkshopState.values), name="workshop_state_is_known"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "starts_at", "id"], name="workshop_calendar"),
            models.Index(fields=["course", "starts_at"], name="workshop_of_course"),
            models.Index(fields=["region", "starts_at"], name="workshop_of_region"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_running(self) -> bool:
        """Whether it may still be changed: neither held nor cancelled."""
        return self.state in {WorkshopState.DRAFT, WorkshopState.ANNOUNCED}


class WorkshopDay(models.Model):
    """One of its days, from an hour to another, by the clock on the wall in Morocco."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="days")
    day = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["day"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["workshop", "day"], name="workshop_day_once"),
            models.CheckConstraint(
                condition=Q(starts__lt=F("ends")), name="workshop_day_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"

    @property
    def starts_at(self) -> datetime:
        """The moment it begins."""
        return timezone.make_aware(datetime.combine(self.day, self.starts))

    @property
    def ends_at(self) -> datetime:
        """The moment it ends."""
        return timezone.make_aware(datetime.combine(self.day, self.ends))


class WorkshopTrainer(models.Model):
    """Somebody who teaches a session: it is theirs to keep."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="trainers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["workshop", "user"], name="workshop_trainer_once")
        ]

    def __str__(self) -> str:
        return f"{self.workshop_id} by {self.user_id}"


class Enrolment(SeatRow):
    """One person at one session. `followed_at`: when it was told that they followed it, once held."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="registrations")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="workshop_enrolments",
    )
    followed_at = models.DateTimeField(null=True, blank=True)
    has_judged = models.BooleanField(default=False)  # said what they think; what they said is kept apart

    class Meta(SeatRow.Meta):
        constraints: ClassVar[list[Any]] = one_by_person("workshop", "one_enrolment")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workshop", "state", "id"], name="enrolment_list"),
        ]


class Presence(models.Model):
    """That somebody was there on one day."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="presences")
    day = models.ForeignKey(WorkshopDay, on_delete=models.RESTRICT, related_name="presences")
    at = models.DateTimeField(default=timezone.now)
    by = _account()

    class Meta:
        ordering: ClassVar[list[str]] = ["day"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["enrolment", "day"], name="present_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} on {self.day_id}"


class WorkshopReminder(models.Model):
    """That a reminder was given to be sent for the moment it speaks of: unique, so never twice."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="reminders")
    starts_at = models.DateTimeField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["enrolment", "starts_at"], name="workshop_reminder_once")
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.starts_at:%Y-%m-%d}"


def _face() -> Any:
    return models.PositiveSmallIntegerField(choices=Face.choices)


class Opinion(models.Model):
    """What one of those who came thinks. Nothing says whose it is: neither a link, nor a moment, nor an order.

    They are `counted` and read five at a time, so that one more answer never tells what its author said.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="opinions")
    counted = models.BooleanField(default=False)
    useful = _face()
    clear = _face()
    spoken = _face()
    place = _face()
    again = _face()
    words = models.TextField(max_length=600, blank=True)
    language = models.CharField(max_length=8)  # of the words

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(**{f"{name}__in": Face.values for name in QUESTIONS}), name="opinion_is_a_face"
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workshop", "counted"], name="opinion_counted")
        ]

    def __str__(self) -> str:
        return f"opinion on {self.workshop_id}"


class CourseRequest(models.Model):
    """Somebody asks for a session of a course near them, for `people` of them. One living request each."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="course_requests"
    )
    state = models.CharField(max_length=10, choices=AskState.choices, default=AskState.WAITING)
    commune = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    province = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    people = models.PositiveSmallIntegerField()
    spoken = models.CharField(max_length=3)  # of `Spoken`
    morning = models.BooleanField(default=False)  # when they could come: one column for each `Moment`
    afternoon = models.BooleanField(default=False)
    evening = models.BooleanField(default=False)
    weekend = models.BooleanField(default=False)
    asked_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    met_by = models.ForeignKey(Workshop, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["-asked_at", "-pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["course", "user"], condition=Q(state="waiting"), name="one_waiting_course_request"
            ),
            models.CheckConstraint(
                condition=Q(people__gte=1, people__lte=MOST_PEOPLE), name="course_request_for_some"
            ),
            models.CheckConstraint(
                condition=Q(state__in=AskState.values), name="course_request_state_is_known"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "course", "commune"], name="course_request_groups"),
        ]

    def __str__(self) -> str:
        return f"{self.course_id} asked by {self.user_id}"


class RequestTold(models.Model):
    """That who asked was told of a session: once."""

    request = models.ForeignKey(CourseRequest, on_delete=models.CASCADE, related_name="told")
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["request", "workshop"], name="told_of_a_session_once")
        ]

    def __str__(self) -> str:
        return f"{self.request_id} of {self.workshop_id}"
