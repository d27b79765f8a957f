"""Threads of messages on a project, what is attached to them, who read how far; notes that staff keep apart."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from bpc.portal.projects.models import Project
from bpc.portal.threads.states import FileKind, MailOutcome, Origin

LONGEST_TEXT = 4000  # characters of a message or a note
LONGEST_SUBJECT = 120
MOST_SECONDS = 60  # of a voice note


def _account(related: str = "+") -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name=related
    )


class Thread(models.Model):
    """A subject the group and its advisor write about. Its people are those who see the project: no list of them."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="threads")
    subject = models.CharField(max_length=LONGEST_SUBJECT)
    language = models.CharField(max_length=8)  # of the subject
    opened_by = _account()
    opened_at = models.DateTimeField(default=timezone.now)
    # repeat what its last message says, so that lists and counts of what is new read no message
    last_number = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-last_at", "-pk"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=~Q(subject=""), name="thread_has_a_subject"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["project", "-last_at"], name="thread_of_project")
        ]

    def __str__(self) -> str:
        return self.subject


class Message(models.Model):
    """What somebody wrote, said or sent. Numbered in its thread, so that a page is read without counting."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="messages")
    number = models.PositiveIntegerField()
    author = _account()
    text = models.TextField(
        max_length=LONGEST_TEXT, blank=True
    )  # empty: a file says all, or it was withdrawn
    language = models.CharField(max_length=8, blank=True)
    origin = models.CharField(max_length=4, choices=Origin.choices, default=Origin.SITE)
    # the same form, the same mail sent twice makes one message
    submission_key = models.UUIDField(default=uuid.uuid4, unique=True)
    written_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["thread", "number"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["thread", "number"], name="one_message_of_a_number"),
            models.CheckConstraint(condition=Q(number__gt=0), name="message_numbers_begin_at_one"),
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="message_origin_is_known"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(text=""), name="withdrawn_message_says_nothing"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["author", "written_at"], name="message_of_author")
        ]

    def __str__(self) -> str:
        return f"{self.thread_id} #{self.number}"


class FormerText(models.Model):
    """What a message said before it was put right: its readers may have read it."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="former")
    text = models.TextField(max_length=LONGEST_TEXT, blank=True)
    language = models.CharField(max_length=8, blank=True)
    until = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return f"{self.message_id} until {self.until:%Y-%m-%d %H:%M}"


class MessageFile(models.Model):
    """A document, a photo or a voice note that came with a message."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField(max_length=10, choices=FileKind.choices)
    # never served by path; a random name tells nothing to who reads the disk
    file = models.FileField(upload_to="threads/%Y/%m/", max_length=120)
    original_name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    seconds = models.PositiveSmallIntegerField(null=True, blank=True)  # of a voice note, rounded up

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(kind__in=FileKind.values), name="message_file_kind_is_known"),
            models.CheckConstraint(
                condition=Q(kind=FileKind.VOICE, seconds__lte=MOST_SECONDS)
                | (~Q(kind=FileKind.VOICE) & Q(seconds=None)),
                name="voice_note_has_a_length",
            ),
        ]

    def __str__(self) -> str:
        return self.original_name


class ReadMark(models.Model):
    """How far a person has read a thread, and when they were last told that it has something new."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="marks")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField(default=0)  # of the last message read
    read_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)  # a word left then, by e-mail or SMS
    is_owed = models.BooleanField(default=False)  # another word waits for its hour

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["thread", "user"], name="one_read_mark")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} read {self.thread_id} up to {self.number}"


class ReceivedMail(models.Model):
    """A mail that came, known by the digest of its Message-ID: read twice, it makes one message."""

    digest = models.CharField(max_length=64, unique=True)
    outcome = models.CharField(max_length=12, choices=MailOutcome.choices)
    message = models.ForeignKey(Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    received_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(outcome__in=MailOutcome.values), name="mail_outcome_is_known")
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.received_at:%Y-%m-%d %H:%M}"


class StaffNote(models.Model):
    """What an advisor notes on a project, apart from its group; shared with the region's delegates, they may answer."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="staff_notes")
    root = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="answers")
    author = _account()
    text = models.TextField(max_length=LONGEST_TEXT)
    language = models.CharField(max_length=8)
    submission_key = models.UUIDField(default=uuid.uuid4, unique=True)
    written_at = models.DateTimeField(default=timezone.now)
    shared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-written_at", "-pk"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=~Q(text=""), name="staff_note_says_something"),
            # an answer is seen by who sees what it answers
            models.CheckConstraint(condition=Q(root=None) | Q(shared_at=None), name="answers_are_not_shared"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["project", "-written_at"], name="staff_note_of_project"),
            models.Index(
                fields=["-shared_at"], condition=Q(shared_at__isnull=False), name="staff_note_shared"
            ),
        ]

    def __str__(self) -> str:
        return f"note on {self.project_id}"
