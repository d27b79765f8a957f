"""What becomes of a project once it has started: when it is asked, what it answers, what it lets be shown."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from bpc.portal.projects.models import Project
from bpc.portal.projects.states import Answer
from bpc.portal.results.states import Cause, StoryState

MOST_REMINDERS = 2  # after having asked once
LONGEST_STORY, LONGEST_CAUSE = 600, 300


def _person() -> Any:
    """Who did it; their name goes with their account."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )


class Following(models.Model):
    """A project that has started. Its group says when, whether support is over, what may be shown or asked since.

    Each consent is its day, taken back by emptying it.
    """

    project = models.OneToOneField(Project, on_delete=models.CASCADE, related_name="following")
    launched_on = models.DateField()
    alumni_since = models.DateField(null=True, blank=True)  # support is over
    contact_agreed_at = models.DateTimeField(null=True, blank=True)  # may be written to after that
    public_agreed_at = models.DateTimeField(null=True, blank=True)  # its card may be shown to everybody
    story = models.TextField(max_length=LONGEST_STORY, blank=True)  # what it became, in the group's words
    language = models.CharField(max_length=8, blank=True)  # of the story
    story_state = models.CharField(
        max_length=10, choices=StoryState.choices, default=StoryState.NONE, blank=True
    )  # only words that the region's delegate has read are shown
    story_sent_at = models.DateTimeField(null=True, blank=True)
    story_decided_at = models.DateTimeField(null=True, blank=True)
    story_reason = models.TextField(blank=True)  # why they were sent back or taken off, read by the group
    revision = models.PositiveIntegerField(default=1)  # a stale form is told so
    changed_by = _person()
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(alumni_since=None) | Q(alumni_since__gte=F("launched_on")),
                name="alumni_after_the_launch",
            ),
            models.CheckConstraint(
                condition=Q(public_agreed_at=None) | Q(alumni_since__isnull=False),
                name="only_alumni_are_shown",
            ),
            models.CheckConstraint(
                condition=Q(story_state=StoryState.NONE)
                | (Q(public_agreed_at__isnull=False) & ~Q(story="") & Q(story_sent_at__isnull=False)),
                name="only_words_agreed_to_are_moderated",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["story_state", "story_sent_at"], name="stories_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} since {self.launched_on}"

    @property
    def region_id(self) -> str:
        """The region whose delegates read its words."""
        return self.project.region_id


class PeriodResult(models.Model):
    """What a project says of one period: asked, perhaps recalled, perhaps answered. What is not known is null."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="results")
    ends_on = models.DateField()  # the period ends the day before
    months = models.PositiveSmallIntegerField()  # how long the period is
    asked_at = models.DateTimeField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True, blank=True)
    alive = models.CharField(max_length=10, choices=Answer.choices, default=Answer.UNKNOWN)
    members = models.PositiveIntegerField(null=True, blank=True)
    women = models.PositiveIntegerField(null=True, blank=True)
    youth = models.PositiveIntegerField(null=True, blank=True)
    jobs_permanent = models.PositiveIntegerField(null=True, blank=True)
    jobs_seasonal = models.PositiveIntegerField(null=True, blank=True)
    turnover_mad = models.PositiveBigIntegerField(null=True, blank=True)  # of the period
    income_per_member_mad = models.PositiveBigIntegerField(null=True, blank=True)  # of the period
    cause = models.CharField(max_length=12, choices=Cause.choices, blank=True)  # why it differs from the plan
    cause_words = models.TextField(max_length=LONGEST_CAUSE, blank=True)
    cause_language = models.CharField(max_length=8, blank=True)
    revision = models.PositiveIntegerField(default=1)  # a stale form is told so
    answered_by = _person()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["ends_on"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project", "ends_on"], name="one_result_of_a_period"),
            models.CheckConstraint(condition=Q(alive__in=Answer.values), name="result_alive_answer"),
            models.CheckConstraint(condition=Q(reminders__lte=MOST_REMINDERS), name="two_reminders_at_most"),
            models.CheckConstraint(
                condition=(Q(members=None) | Q(women=None) | Q(women__lte=F("members")))
                & (Q(members=None) | Q(youth=None) | Q(youth__lte=F("members"))),
                name="no_more_women_or_youth_than_members",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["answered_at", "asked_at"], name="result_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} until {self.ends_on}"


class PublishedQuarter(models.Model):
    """What everybody reads of what was answered before the first day of a quarter: counted once, then left alone.

    A later answer, a correction or a project erased changes nothing before the next quarter: nobody can find one
    project by looking at the page twice. Demonstration projects are counted apart, in a quarter that says so.
    """

    until = models.DateField()
    is_demo = models.BooleanField(default=False)
    published_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["until", "is_demo"], name="one_publication_of_a_quarter"),
        ]

    def __str__(self) -> str:
        return f"before {self.until}"


class PublishedRow(models.Model):
    """The figures of a territory, of a sector in the country or in a region, small ones already taken out.

    `place` is a code of the gazetteer, `sector` a code or empty for all; figures: measure → value, low, high, projects,
    hidden.
    """

    quarter = models.ForeignKey(PublishedQuarter, on_delete=models.CASCADE, related_name="rows")
    place = models.CharField(max_length=16)
    level = models.CharField(max_length=8)
    sector = models.CharField(max_length=20, blank=True)
    answered = models.PositiveIntegerField(null=True, blank=True)  # None: hidden
    figures = models.JSONField()

    class Meta:
        ordering: ClassVar[list[str]] = ["place", "sector"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["quarter", "place", "sector"], name="one_row_of_a_quarter"),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.sector}"
