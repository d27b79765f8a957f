"""What a team enters: its words, its people and their consent, its files."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from bpc.portal.contests.models.editions import Edition
from bpc.portal.contests.states import ConsentDoor, Entrant, EntryState, TeamConsent
from bpc.portal.ideas.models import GivenFile, Idea
from bpc.portal.people.models import Organisation
from bpc.portal.projects.models import Project
from bpc.portal.projects.states import Answer
from bpc.portal.reference.models import Sector, Territory


class Entry(models.Model):
    """An entry of a team in an edition; `region` repeats the commune's."""

    reference = models.CharField(max_length=12, unique=True)  # short code with a check digit
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="entries")
    state = models.CharField(max_length=10, choices=EntryState.choices, default=EntryState.DRAFT)
    title = models.CharField(max_length=120)
    summary = models.TextField(max_length=600, blank=True)  # the pitch, the public words of a laureate
    answers = models.JSONField(default=dict)  # code of the form's field → what the team wrote
    language = models.CharField(max_length=8)
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="+")
    commune = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    province = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    idea = models.ForeignKey(Idea, null=True, blank=True, on_delete=models.SET_NULL, related_name="entries")
    project = models.ForeignKey(
        Project, null=True, blank=True, on_delete=models.SET_NULL, related_name="entries"
    )
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    entrant = models.CharField(
        max_length=12, choices=Entrant.choices, blank=True
    )  # who enters; empty: not said yet
    # whether the entry may be read by everybody who votes; asked only when the edition has a public vote
    shown_to_voters = models.CharField(max_length=10, choices=Answer.choices, default=Answer.UNKNOWN)
    video_url = models.URLField(max_length=300, blank=True)
    # what the check of eligibility found, rule by rule, and who confirmed it (see `eligibility.py`)
    eligibility = models.JSONField(default=list)
    rules_version = models.PositiveIntegerField(null=True, blank=True)  # the rules the team accepted
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="entries"
    )
    submission_key = models.UUIDField(default=uuid.uuid4, unique=True)  # the same form twice makes one entry
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    appealed_at = models.DateTimeField(null=True, blank=True)  # asked once to be looked at again
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=~Q(state="submitted") | Q(submitted_at__isnull=False), name="submitted_entry_dated"
            ),
            # an idea or a project stands once in an edition; what was withdrawn may come back
            models.UniqueConstraint(
                fields=["edition", "idea"], condition=~Q(state="withdrawn"), name="idea_entered_once"
            ),
            models.UniqueConstraint(
                fields=["edition", "project"], condition=~Q(state="withdrawn"), name="project_entered_once"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["edition", "state", "-id"], name="entry_of_edition"),
            models.Index(fields=["created_by", "-id"], name="entry_author"),
        ]

    def __str__(self) -> str:
        return self.title


class EntryMember(models.Model):
    """Somebody of the team. Named only by the team until they agree themselves, by their account or a link."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="entry_memberships"
    )  # fmt: skip
    name = models.CharField(max_length=80)
    role = models.CharField(max_length=80, blank=True)  # what they do in the team, in its words
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    woman = models.CharField(max_length=10, choices=Answer.choices, default=Answer.UNKNOWN)
    young = models.CharField(max_length=10, choices=Answer.choices, default=Answer.UNKNOWN)  # under 35
    is_lead = models.BooleanField(default=False)
    consent = models.CharField(max_length=8, choices=TeamConsent.choices, default=TeamConsent.PENDING)
    door = models.CharField(max_length=8, choices=ConsentDoor.choices, blank=True)  # how they answered
    # of a consent told in person: before whom it was given, and who of the team declares so
    witness = models.CharField(max_length=160, blank=True)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField(null=True, blank=True)  # when the last link left
    answered_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["entry", "user"], name="entry_member_once"),
            models.CheckConstraint(
                condition=Q(consent="pending") | Q(answered_at__isnull=False), name="entry_consent_dated"
            ),
            models.CheckConstraint(
                condition=~Q(door="told") | ~Q(witness=""), name="told_consent_has_a_witness"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class EntryFile(GivenFile):
    """A photo or a document of an entry."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="attachments")


class IdeaInvitation(models.Model):
    """The organisers invite the author of an idea to enter an edition."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="idea_invitations")
    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="contest_invitations")
    message = models.CharField(max_length=600, blank=True)
    language = models.CharField(max_length=8, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    invited_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-invited_at", "-pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["edition", "idea"], name="idea_invited_once")
        ]

    def __str__(self) -> str:
        return f"{self.idea_id} → {self.edition_id}"
