"""The applications of a group: what was typed, ticked, and what happened."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from bpc.portal.applications.states import RUNNING, Piece, Refusal, State, Step
from bpc.portal.projects.models import Project
from bpc.portal.vault.models import VaultDocument


class Application(models.Model):
    """A group asks a source of the directory. What happened is in its events; these columns repeat what they say."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="applications")
    # the directory is another room: the slug, and the name it had when the file was opened
    source_slug = models.SlugField(max_length=60)
    source_name_fr = models.CharField(max_length=200)
    source_name_ar = models.CharField(max_length=200)
    source_kind = models.CharField(max_length=20)
    # MAD; null: what is asked is not an amount, or not settled yet
    amount_asked = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.PREPARING)
    language = models.CharField(max_length=8)  # the pieces are first offered in it
    sent_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)  # what was asked more is to be given by then
    decided_on = models.DateField(null=True, blank=True)
    amount_granted = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    amount_paid = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    refusal = models.CharField(max_length=20, choices=Refusal.choices, blank=True)
    reminded_for = models.DateField(null=True, blank=True)  # the date the group was reminded of
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    opened_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-changed_at", "-pk"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="application_state_is_known"),
            models.CheckConstraint(
                condition=Q(amount_asked=None) | Q(amount_asked__gt=0), name="application_asks_something"
            ),
            models.CheckConstraint(condition=Q(amount_paid__gte=0), name="application_paid_is_no_debt"),
            models.UniqueConstraint(
                fields=["project", "source_slug"],
                condition=Q(state__in=[str(state) for state in RUNNING]),
                name="one_running_application_to_a_source",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["source_slug", "state"], name="application_of_source"),
            models.Index(fields=["due_on"], condition=Q(state=State.MORE_ASKED), name="application_due"),
        ]

    def __str__(self) -> str:
        return f"{self.source_slug} {self.state}"


class ApplicationEvent(models.Model):
    """One thing that happened. Never changed: taken back it is dated as such, corrected it points to its correction."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="events")
    step = models.CharField(max_length=10, choices=Step.choices)
    on = models.DateField()
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    refusal = models.CharField(max_length=20, choices=Refusal.choices, blank=True)
    text = models.TextField(max_length=2000, blank=True)
    language = models.CharField(max_length=8, blank=True)  # of the text
    proof = models.ForeignKey(
        VaultDocument, null=True, blank=True, on_delete=models.SET_NULL, related_name="proves"
    )
    before = models.CharField(max_length=12, choices=State.choices)  # the state it started from
    position = models.PositiveSmallIntegerField()  # a correction stands where what it corrects stood
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    # what it says now; the first writing is kept
    corrected_by = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="corrects"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["application", "position"],
                condition=Q(undone_at=None, corrected_by=None),
                name="one_standing_event_at_a_place",
            ),
            models.CheckConstraint(condition=Q(step__in=Step.values), name="application_step_is_known"),
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gt=0), name="application_event_amount"
            ),
            models.CheckConstraint(
                condition=~Q(step=Step.REFUSE) | ~Q(refusal=""), name="application_refused_for_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(step=Step.PAY) | Q(amount__isnull=False),
                name="application_payment_has_an_amount",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.step} {self.on}"


class PieceDraft(models.Model):
    """What the group typed in place of a text the site proposes; without a row the proposed text stands."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="drafts")
    piece = models.CharField(max_length=10, choices=Piece.choices)
    language = models.CharField(max_length=8)
    text = models.TextField(max_length=8000)
    proposed = models.TextField(max_length=8000)  # what was proposed then: figures may have changed since
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["application", "piece", "language"], name="one_draft_of_a_piece_in_a_language"
            ),
            models.CheckConstraint(condition=Q(piece__in=Piece.values), name="piece_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.piece} {self.language}"


class ApplicationTick(models.Model):
    """Something of the list before sending that a person of the group says is done."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="ticks")
    key = models.CharField(max_length=60)
    ticked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    ticked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["application", "key"], name="one_tick_of_a_line")
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.key}"
