"""Requests for help: the sheet (subject, clock, owner), who owned it when, what was written; what advisors can take."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from bpc.portal.counsel.states import (
    Closing,
    DeskKind,
    Ended,
    Part,
    RequestState,
    Subject,
    Unhelpful,
    Why,
)
from bpc.portal.projects.models import Project
from bpc.portal.reference.models import Sector, Territory

# A person at a desk, or the national desk which is nobody's in particular: one owner, never none.
_ONE_OWNER = Q(desk__in=["advisor", "region"], holder__isnull=False) | Q(desk="national", holder=None)


class HelpRequest(models.Model):
    """The sheet of a request. It holds no word of the question: staff may read it before the request reaches them.

    `desk` and `holder` repeat the running ownership, so that lists filter on one column.
    """

    # same code with a check digit as an idea's, drawn apart
    reference = models.CharField(max_length=12, unique=True)
    asker = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    project = models.ForeignKey(
        Project, null=True, blank=True, on_delete=models.SET_NULL, related_name="help_requests"
    )
    region = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    sector = models.ForeignKey(Sector, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=8)
    subject = models.CharField(max_length=10, choices=Subject.choices)
    # what it came from: a step of the project's path, a page of the site; codes, no foreign key
    source_step = models.CharField(max_length=60, blank=True)
    source_page = models.CharField(max_length=200, blank=True)
    priority = models.PositiveSmallIntegerField(default=0)  # laureates: 1; filled by journeys
    call_me = models.BooleanField(default=False)  # the owner may read the asker's telephone number
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.WAITING)
    desk = models.CharField(max_length=10, choices=DeskKind.choices)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reach = models.PositiveSmallIntegerField(default=0)  # the highest desk it came to: 0 advisor … 2 national
    turns = models.PositiveIntegerField(default=1)  # how many owners it had: a stale form is told so
    due_on = models.DateField(null=True, blank=True)  # last day of the present or last promise
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closing = models.CharField(max_length=10, choices=Closing.choices, blank=True)
    submission_key = models.UUIDField(default=uuid.uuid4, unique=True)  # the same form sent twice asks once
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["-asked_at", "-pk"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=_ONE_OWNER, name="request_has_one_owner"),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(due_on__isnull=False), name="waiting_request_has_a_clock"
            ),
            models.CheckConstraint(condition=Q(subject__in=Subject.values), name="request_subject_is_known"),
            models.CheckConstraint(condition=Q(state__in=RequestState.values), name="request_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state="closed") | ~Q(closing=""), name="closed_request_says_by_whom"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["holder", "state", "due_on"], name="request_holder"),
            models.Index(fields=["region", "state", "due_on"], name="request_region"),
            models.Index(fields=["state", "due_on"], name="request_clock"),
            models.Index(fields=["asker", "-asked_at"], name="request_asker"),
        ]

    def __str__(self) -> str:
        return self.reference


class Ownership(models.Model):
    """One interval of `ownership.History`. The chain is only ever lengthened, by `handing.pass_on`."""

    request = models.ForeignKey(HelpRequest, on_delete=models.CASCADE, related_name="owners")
    turn = models.PositiveIntegerField()  # 1 for the first owner
    desk = models.CharField(max_length=10, choices=DeskKind.choices)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=12, choices=Why.choices)
    reasons = models.JSONField(default=list)  # codes of `choosing`, when the site chose
    note = models.TextField(max_length=500, blank=True)  # of who handed it over; who asks reads it too
    language = models.CharField(max_length=8, blank=True)  # of the note
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["turn"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["request"], condition=Q(until=None), name="one_running_ownership"
            ),
            models.UniqueConstraint(fields=["request", "turn"], name="one_owner_a_turn"),
            models.CheckConstraint(
                condition=Q(until__isnull=False) | _ONE_OWNER, name="running_ownership_has_one_owner"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="ownership_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}.{self.turn} {self.desk} {self.holder_id or ''}".strip()


class RequestText(models.Model):
    """The question, an answer, a further question; an answer bears what who asked thought of it."""

    request = models.ForeignKey(HelpRequest, on_delete=models.CASCADE, related_name="texts")
    part = models.CharField(max_length=10, choices=Part.choices)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.TextField(max_length=3000)
    language = models.CharField(max_length=8)
    at = models.DateTimeField(default=timezone.now)
    submission_key = models.UUIDField(default=uuid.uuid4, unique=True)
    helpful = models.BooleanField(null=True, blank=True)  # None: not said
    unhelpful_because = models.CharField(max_length=10, choices=Unhelpful.choices, blank=True)
    judgement = models.TextField(max_length=1000, blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(helpful=None, judged_at=None) | Q(part="answer", judged_at__isnull=False),
                name="only_answers_are_judged",
            ),
            models.CheckConstraint(
                condition=~Q(helpful=False) | ~Q(unhelpful_because=""), name="unhelpful_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.part}"


class AdvisorSheet(models.Model):
    """What an advisor can take, planned with their delegation. An advisor without a sheet has the usual figures."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="advisor_sheet"
    )
    languages = models.JSONField(default=list)  # codes; empty: not said
    sectors = models.JSONField(default=list)  # codes; empty: not said
    projects_most = models.PositiveSmallIntegerField(default=20)
    requests_a_week = models.PositiveSmallIntegerField(default=10)
    revision = models.PositiveIntegerField(default=1)  # a stale form is told so
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.user_id}: {self.requests_a_week}"


class Absence(models.Model):
    """An advisor is away, both days included: given nothing new, and what waits for them goes to somebody present."""

    advisor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="advisor_absences"
    )
    from_on = models.DateField()
    until_on = models.DateField()
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    noted_at = models.DateTimeField(default=timezone.now)
    handed_over_at = models.DateTimeField(null=True, blank=True)  # what waited for them was handed over
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["from_on", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")), name="absence_ends_after_it_began"
            )
        ]

    def __str__(self) -> str:
        return f"{self.advisor_id} {self.from_on}–{self.until_on}"


class Assignment(models.Model):
    """The advisor whom the delegation chose for a project. Ended, never deleted: the chain is the history.

    It opens nothing: the group alone lets an advisor into its project (`projects.AdvisorAccess`).
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="assignments")
    advisor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="assigned_projects"
    )
    reasons = models.JSONField(default=list)  # codes of `placing`, as they were shown to who chose
    is_over = models.BooleanField(
        default=False
    )  # the advisor was full, or away: the note says why all the same
    note = models.TextField(
        max_length=500, blank=True
    )  # of who chose; the advisor and the delegation read it
    language = models.CharField(max_length=8, blank=True)  # of the note
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    assigned_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=10, choices=Ended.choices, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["assigned_at", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["project"], condition=Q(ended_at=None), name="one_running_assignment"
            ),
            models.CheckConstraint(condition=Q(is_over=False) | ~Q(note=""), name="assignment_over_says_why"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_why="") | Q(ended_at__gte=F("assigned_at")),
                name="assignment_ends_after_it_began",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["advisor"], condition=Q(ended_at=None), name="running_assignments"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} to {self.advisor_id}"


class Silence(models.Model):
    """A group gave no sign since a moment: who was told of it, and when. Once each; a new sign ends it."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="silences")
    since = models.DateTimeField()  # the last sign of life when it was found silent
    group_at = models.DateTimeField()
    advisor_at = models.DateTimeField(null=True, blank=True)
    region_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["since", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project", "since"], name="one_silence_a_sign"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} since {self.since:%Y-%m-%d}"
