"""What is taken down in the hall: the devices, their events as they came, what became of them; and the paper slips."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from bpc.portal.gatherings.models.meetings import Gathering
from bpc.portal.gatherings.models.registrations import Registration
from bpc.portal.ideas.models import Idea


class Kind(models.TextChoices):
    """What an event of the room is about."""

    ATTENDEE = "attendee"
    IDEA = "idea"
    NEED = "need"
    OPPORTUNITY = "opportunity"


class Device(models.Model):
    """A laptop or a phone let into the room of a meeting. Only the digest of its secret is known to us."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="devices")
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    name = models.CharField(max_length=60)
    secret_digest = models.CharField(max_length=64)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    opened_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["opened_at", "pk"]

    def __str__(self) -> str:
        return self.name


class RoomEvent(models.Model):
    """One thing written down on a device, as it came; the state of the room is the fold of all. Nothing is changed in
    it but the names and numbers, erased with those of the registrations.
    """

    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="events")
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="+")  # the device's
    sequence = models.PositiveIntegerField()  # from 1, given by the device, one after the other
    thing = models.UUIDField()  # drawn by the device: the person, the idea the event is about
    kind = models.CharField(max_length=12, choices=Kind.choices)
    payload = models.JSONField()
    stamped_at = models.BigIntegerField()  # milliseconds of the device's clock, which never goes back
    received_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["device", "sequence"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["device", "sequence"], name="room_event_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["gathering", "kind", "thing"], name="room_event_of_thing")
        ]

    def __str__(self) -> str:
        return f"{self.device_id}#{self.sequence} {self.kind}"


class GatheredIdea(models.Model):
    """An idea said in a meeting: the row it became, who said it there, the hands counted for it."""

    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="gathered_ideas")
    key = models.UUIDField(default=uuid.uuid4)  # of the thing in the events; of the form for paper
    idea = models.OneToOneField(
        Idea, null=True, blank=True, on_delete=models.SET_NULL, related_name="gathered"
    )  # empty until its title has reached us, and when it was taken back before
    speaker_key = models.UUIDField(null=True, blank=True)  # the attendee, as the events name them
    hands = models.PositiveIntegerField(null=True, blank=True)  # counted in the hall; empty: not counted
    paper_code = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["gathering", "key"], name="gathered_idea_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["gathering", "speaker_key"], name="gathered_idea_speaker")
        ]

    def __str__(self) -> str:
        return f"{self.gathering_id}: {self.idea_id}"


class GatheredPerson(models.Model):
    """Somebody signed in on a device, and their registration: two devices may have noted the same person."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="gathered_people")
    key = models.UUIDField()  # of the thing in the events
    registration = models.ForeignKey(
        Registration, null=True, blank=True, on_delete=models.SET_NULL, related_name="gathered"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["gathering", "key"], name="gathered_person_once")
        ]

    def __str__(self) -> str:
        return f"{self.gathering_id}: {self.registration_id}"


class PaperSlip(models.Model):
    """A printed form, known by its code before anybody writes on it."""

    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="slips")
    code = models.CharField(max_length=12, unique=True)
    language = models.CharField(max_length=8)
    printed_at = models.DateTimeField(default=timezone.now)
    printed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    idea = models.OneToOneField(Idea, null=True, blank=True, on_delete=models.SET_NULL, related_name="slip")
    entered_at = models.DateTimeField(null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(idea=None) | Q(entered_at__isnull=False), name="entered_slip_is_dated"
            )
        ]

    def __str__(self) -> str:
        return self.code
