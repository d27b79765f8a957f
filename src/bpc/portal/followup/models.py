"""Templates of paths and their versions; the paths of a project, what was said of their steps, its legal dates."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from bpc.portal.followup.states import Holder, Moment, Question, StepState, VersionOrigin, VersionState
from bpc.portal.projects.models import Project


def _person() -> Any:
    """Who did it; their name goes with their account."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )


class PathTemplate(models.Model):
    """One kind of path, known by its slug; all that it says is in its versions."""

    slug = models.SlugField(max_length=60, unique=True)
    position = models.PositiveSmallIntegerField(default=0)  # in the lists, as in the file
    created_at = models.DateTimeField(default=timezone.now)
    file_version = models.PositiveIntegerField(default=0)  # of the last file taken in

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "slug"]

    def __str__(self) -> str:
        return self.slug


class TemplateVersion(models.Model):
    """What a template said at one time. Once published its content is never changed, nor the row deleted."""

    template = models.ForeignKey(PathTemplate, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=VersionState.choices, default=VersionState.DRAFT)
    content = models.JSONField()  # the schema of `bpc.datasets.path_templates`, both languages
    content_hash = models.CharField(max_length=64)
    origin = models.CharField(max_length=10, choices=VersionOrigin.choices)
    note = models.TextField(max_length=500, blank=True)  # what changed, in the words of who published it
    made_by = _person()
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    published_by = _person()
    published_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)  # of a draft: a stale form is told so

    class Meta:
        ordering: ClassVar[list[str]] = ["template", "number"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["template", "number"], name="one_path_version_number"),
            models.UniqueConstraint(
                fields=["template"], condition=Q(state="published"), name="one_published_path_version"
            ),
            models.UniqueConstraint(
                fields=["template"], condition=Q(state="draft"), name="one_draft_path_version"
            ),
            models.CheckConstraint(condition=Q(state__in=VersionState.values), name="path_version_state"),
            models.CheckConstraint(condition=Q(origin__in=VersionOrigin.values), name="path_version_origin"),
            models.CheckConstraint(
                condition=Q(state=VersionState.DRAFT) | Q(published_at__isnull=False),
                name="path_version_published_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template_id} v{self.number}"


class ProjectPath(models.Model):
    """A path a project follows, on the version it was opened with until somebody moves it."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="paths")
    template = models.ForeignKey(PathTemplate, on_delete=models.PROTECT, related_name="paths")
    version = models.ForeignKey(TemplateVersion, on_delete=models.PROTECT, related_name="paths")
    opened_by = _person()
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    # of the last mark; how long the path has been silent is read without its marks
    moved_at = models.DateTimeField(default=timezone.now)
    # the newer version the group read and chose not to follow: it is not offered again
    declined = models.ForeignKey(
        TemplateVersion, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["opened_at", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["project", "template"],
                condition=Q(closed_at=None),
                name="one_running_path_of_a_template",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            # the office's counts and its paths to try, never through those of other templates
            models.Index(
                fields=["template", "version", "moved_at"], condition=Q(closed_at=None), name="running_paths"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template_id} of {self.project_id}"


class StepMark(models.Model):
    """What a person said of a step. Never changed: the last one not taken back stands."""

    path = models.ForeignKey(ProjectPath, on_delete=models.CASCADE, related_name="marks")
    step = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=StepState.choices)
    on = models.DateField(null=True, blank=True)  # the day it was done
    due_on = models.DateField(null=True, blank=True)  # the day the group gave itself
    waits_on = models.CharField(max_length=10, choices=Holder.choices, blank=True)  # of what is blocked
    note = models.TextField(max_length=500, blank=True)
    language = models.CharField(max_length=8, blank=True)  # of the note
    made_by = _person()
    made_at = models.DateTimeField(default=timezone.now)
    undone_by = _person()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["made_at", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(state__in=StepState.values), name="step_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state__in=[StepState.BLOCKED, StepState.SKIPPED]) | ~Q(note=""),
                name="step_blocked_or_skipped_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(waits_on="") | Q(state=StepState.BLOCKED, waits_on__in=Holder.values),
                name="step_waits_on_somebody_where_blocked",
            ),
            models.CheckConstraint(
                condition=Q(on=None) | Q(state=StepState.DONE), name="step_day_of_what_is_done"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["path", "step"], condition=Q(undone_at=None), name="standing_step_marks"),
            models.Index(
                fields=["path", "made_at"],
                condition=Q(undone_at=None, state="blocked"),
                name="standing_blocked_marks",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.state}"


class LegalDate(models.Model):
    """A dated fact of the project, by its name in `bpc.core.law.events`: delays of the law start from it."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="legal_dates")
    event = models.CharField(max_length=40)
    on = models.DateField()
    said_by = _person()
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["on", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project", "event"], name="one_date_of_an_event"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.on}"


class GroupAnswer(models.Model):
    """Yes or no to a question the path depends on; without a row, nobody knows."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="path_answers")
    question = models.CharField(max_length=20, choices=Question.choices)
    yes = models.BooleanField()
    said_by = _person()
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project", "question"], name="one_answer_to_a_path_question"),
            models.CheckConstraint(condition=Q(question__in=Question.values), name="path_question_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.yes}"


class ClockNotice(models.Model):
    """The group was told that a delay ends on a day, at a moment; told once."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="clock_notices")
    clock = models.CharField(max_length=60)
    due_on = models.DateField()
    moment = models.CharField(max_length=10, choices=Moment.choices)
    told_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["project", "clock", "due_on", "moment"], name="one_notice_of_a_clock_at_a_moment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clock} {self.due_on}"


class CalendarFeed(models.Model):
    """A person's calendar address. `nonce` makes it secret and is replaced to revoke it; the address is not kept."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed"
    )
    nonce = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"calendar of {self.user_id}"
