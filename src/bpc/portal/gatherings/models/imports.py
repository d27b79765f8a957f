"""Files of ideas collected elsewhere: how each was read, what it gave, and which idea each line made."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from bpc.portal.gatherings.models.meetings import Gathering
from bpc.portal.ideas.models import Idea


class ImportStage(models.TextChoices):
    """checked without changing anything → waiting for the worker → running → applied → undone.

    A file just sent has no columns said yet. Stopped by an error, what was taken in stays: resumed, or undone.
    """

    DRAFT = "draft"
    CHECKED = "checked"
    WAITING = "waiting"
    RUNNING = "running"
    STOPPED = "stopped"
    APPLIED = "applied"
    UNDONE = "undone"


#: The worker has it, or soon will.
BUSY = (ImportStage.WAITING, ImportStage.RUNNING)


class IdeaImport(models.Model):
    """One file. It is deleted once applied: the ideas keep what they need, `sha256` tells the same file sent again.

    `counts`: numbers of the last check, application and undoing; `report`: [line, column, code, cell] of what was
    found, never the cell of a contact. Once asked to be applied both speak of the lines taken in so far: down to
    the line `reached` of the file, which has `total` lines of ideas.
    """

    file = models.FileField(upload_to="ideas/imports/%Y/%m/", blank=True)
    file_name = models.CharField(max_length=160)
    sha256 = models.CharField(max_length=64)
    gathering = models.ForeignKey(
        Gathering, null=True, blank=True, on_delete=models.SET_NULL, related_name="idea_imports"
    )
    reading = models.JSONField(default=dict)
    mapping = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=ImportStage.choices, default=ImportStage.DRAFT)
    counts = models.JSONField(default=dict)
    report = models.JSONField(default=list)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)  # a stale form is told so
    total = models.PositiveIntegerField(default=0)
    reached = models.PositiveIntegerField(default=0)
    run = models.PositiveIntegerField(
        default=0
    )  # how often the work was asked: the worker of an earlier one stops
    moved_at = models.DateTimeField(null=True, blank=True)  # when the work was last seen to go on
    problem = models.CharField(max_length=30, blank=True)  # why it stopped, a code of `reason_words`
    problem_line = models.PositiveIntegerField(default=0)  # 0: not at one line

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]

    def __str__(self) -> str:
        return self.file_name


class ImportedIdea(models.Model):
    """The idea that a line made. While it stands, no other line with the same words and place makes another."""

    idea_import = models.ForeignKey(IdeaImport, on_delete=models.CASCADE, related_name="ideas")
    line = models.PositiveIntegerField()
    idea = models.OneToOneField(Idea, on_delete=models.CASCADE, related_name="imported")
    digest = models.CharField(max_length=64)  # of the commune and the words, folded
    version = models.PositiveIntegerField()  # of the idea as imported: a later one was changed by somebody
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["line"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["digest"], condition=Q(undone_at=None), name="imported_idea_once")
        ]

    def __str__(self) -> str:
        return f"{self.idea_import_id}:{self.line}"
