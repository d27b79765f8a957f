"""A person lets an advisor fill in a project for them: who, for whom, how it was given, until when."""

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from bpc.portal.projects.mandates.states import ANSWER_WITHIN, Ending, Given, MandateState


class Mandate(models.Model):
    """Given by `person` to `advisor` for one project. Ended, never deleted while both accounts stand.

    Its scope is one and written in the code (`projects.fill`): the plan, the creation file, the self-diagnosis, the
    answers on funding, the description of the project and its people.
    """

    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="mandates")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mandates_given"
    )
    advisor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mandates_held"
    )
    given = models.CharField(max_length=8, choices=Given.choices)
    language = models.CharField(max_length=8)  # in which the person is written to
    witness = models.CharField(max_length=80, blank=True)
    # the signed paper as photographed; never served by path
    paper = models.FileField(upload_to="mandates/%Y/%m/", max_length=120, blank=True)
    paper_name = models.CharField(max_length=120, blank=True)
    paper_type = models.CharField(max_length=60, blank=True)
    until_on = models.DateField()  # the last day it holds
    asked_at = models.DateTimeField(default=timezone.now)
    codes_sent = models.PositiveSmallIntegerField(default=0)
    code_sent_at = models.DateTimeField(null=True, blank=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    opened_access = models.BooleanField(
        default=False
    )  # it let the advisor read the project: its end ends that too
    reminded_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    ending = models.CharField(max_length=10, choices=Ending.choices, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-asked_at", "-pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["project", "person"],
                condition=Q(ended_at=None, confirmed_at__isnull=False),
                name="one_running_mandate",
            ),
            models.UniqueConstraint(
                fields=["project", "person", "advisor"],
                condition=Q(ended_at=None, confirmed_at=None),
                name="one_waiting_mandate",
            ),
            models.CheckConstraint(condition=~Q(person=F("advisor")), name="mandate_is_of_somebody_else"),
            models.CheckConstraint(condition=Q(given__in=Given.values), name="mandate_given_is_known"),
            models.CheckConstraint(
                condition=~Q(given=Given.WITNESS) | ~Q(witness=""), name="mandate_witness_named"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="") | Q(ended_at__isnull=False, ending__in=Ending.values),
                name="mandate_ends_for_a_reason",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["until_on"], condition=Q(ended_at=None), name="mandate_running_until")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.advisor_id} on {self.project_id}"

    def state_at(self, at: datetime) -> MandateState:
        """Where it stands, by its own dates."""
        if self.ended_at is not None:
            return MandateState.EXPIRED if self.ending == Ending.DATE else MandateState.ENDED
        if timezone.localdate(at) > self.until_on:
            return MandateState.EXPIRED
        if self.confirmed_at is None:
            return MandateState.EXPIRED if at > self.asked_at + ANSWER_WITHIN else MandateState.WAITING
        return MandateState.RUNNING
