"""An edition of the ideathon: where, about what, when, judged by which criteria, under which rules."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language

from bpc.portal.contests.states import EditionState, NoticeKind
from bpc.portal.reference.models import Territory


def told(french: str, arabic: str) -> str:
    """What was written in both languages, in that of the page; the other one where it is empty."""
    return (arabic or french) if get_language() == "ar" else (french or arabic)


class Edition(models.Model):
    """One ideathon, of a region or (without region) of the nation. The running phase: `phases.phase_of`."""

    slug = models.SlugField(max_length=64, unique=True)
    state = models.CharField(max_length=10, choices=EditionState.choices, default=EditionState.DRAFT)
    name_fr = models.CharField(max_length=120)
    name_ar = models.CharField(max_length=120)
    theme_fr = models.CharField(max_length=300, blank=True)
    theme_ar = models.CharField(max_length=300, blank=True)
    about_fr = models.TextField(max_length=3000, blank=True)
    about_ar = models.TextField(max_length=3000, blank=True)
    region = models.ForeignKey(Territory, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # the meeting where it was announced, by its key: meetings are kept in another room
    gathering_key = models.CharField(max_length=30, blank=True)
    entries_from = models.DateTimeField()
    entries_until = models.DateTimeField()
    marking_from = models.DateTimeField()
    marking_until = models.DateTimeField()
    discussion_until = models.DateTimeField()
    results_on = models.DateField()
    vote_from = models.DateTimeField(null=True, blank=True)  # a public vote, when the edition has one
    vote_until = models.DateTimeField(null=True, blank=True)
    is_blind = models.BooleanField(default=True)  # names hidden from jurors until they marked
    readings_per_entry = models.PositiveSmallIntegerField(default=3)
    laureates = models.PositiveSmallIntegerField(default=3)
    # who may enter: closed vocabulary of `eligibility.py` ({"kinds": [...], "regions": [...], "members_min": 3, ...})
    who_may_enter = models.JSONField(default=dict)
    # the fields asked beside the title: [{"code", "label_fr", "label_ar", "help_fr", "help_ar", "max", "required"}]
    form = models.JSONField(default=list)
    # [{"rank", "name_fr", "name_ar", "text_fr", "text_ar"}]: no amount unless the rules give one
    prizes = models.JSONField(default=list)
    rules_fr = models.TextField(max_length=20000, blank=True)
    rules_ar = models.TextField(max_length=20000, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)  # a stale form is told so
    entry_count = models.PositiveIntegerField(default=0)  # handed in, kept in step by the moves
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["-entries_from", "-pk"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(
                    entries_from__lt=F("entries_until"), entries_until__lte=F("marking_from"),
                    marking_from__lt=F("marking_until"), marking_until__lte=F("discussion_until"),
                ),
                name="edition_phases_in_order",
            ),
            models.CheckConstraint(
                condition=Q(vote_from=None, vote_until=None) | Q(vote_from__lt=F("vote_until")),
                name="edition_vote_in_order",
            ),
            models.CheckConstraint(
                condition=Q(readings_per_entry__gte=1, laureates__gte=1), name="edition_reads_and_rewards"
            ),
        ]  # fmt: skip
        indexes: ClassVar[list[models.Index]] = [
            # holds all that orders a list, so that it never reads the texts of ten thousand rows
            models.Index(fields=["state", "-entries_from", "entries_until", "region"], name="edition_listed"),
        ]

    def __str__(self) -> str:
        return self.name_fr

    @property
    def name(self) -> str:
        """In the language of the page."""
        return told(self.name_fr, self.name_ar)

    @property
    def theme(self) -> str:
        """In the language of the page; empty when none was written."""
        return told(self.theme_fr, self.theme_ar)

    @property
    def about(self) -> str:
        """In the language of the page; empty when none was written."""
        return told(self.about_fr, self.about_ar)

    @property
    def rules(self) -> str:
        """The text of the rules in the language of the page."""
        return told(self.rules_fr, self.rules_ar)


class Criterion(models.Model):
    """What entries are judged by: its weight, and a sentence for each mark from 1 to 5."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="criteria")
    code = models.SlugField(max_length=30)
    position = models.PositiveSmallIntegerField()
    name_fr = models.CharField(max_length=80)
    name_ar = models.CharField(max_length=80)
    question_fr = models.CharField(max_length=300, blank=True)
    question_ar = models.CharField(max_length=300, blank=True)
    weight = models.PositiveSmallIntegerField()  # of any total: shares are weights over their sum
    # {"1": {"fr": "…", "ar": "…"}, … "5": …}: each mark has its sentence
    descriptors = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["edition", "code"], name="criterion_once"),
            models.CheckConstraint(condition=Q(weight__gte=1), name="criterion_weighs"),
        ]

    def __str__(self) -> str:
        return self.name_fr

    @property
    def name(self) -> str:
        """In the language of the page."""
        return told(self.name_fr, self.name_ar)

    @property
    def question(self) -> str:
        """In the language of the page; empty when none was written."""
        return told(self.question_fr, self.question_ar)

    @property
    def sentences(self) -> list[tuple[int, str]]:
        """Each mark with its sentence in the language of the page, 1 first."""
        said: dict[str, dict[str, str]] = self.descriptors
        return [
            (mark, told(said.get(str(mark), {}).get("fr", ""), said.get(str(mark), {}).get("ar", "")))
            for mark in range(1, 6)
        ]


class EditionRules(models.Model):
    """The rules as published: everything that binds the organisers, frozen, with its version and digest."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="rules_versions")
    version = models.PositiveIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-version"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["edition", "version"], name="edition_rules_once")
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} v{self.version}"


class EditionNotice(models.Model):
    """An extension, a cancellation, new rules: told to everybody with its reason and what changed."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=12, choices=NoticeKind.choices)
    reason = models.TextField(max_length=1000)
    language = models.CharField(max_length=8)
    changes = models.JSONField(default=dict)  # {"entries_until": ["2026-11-01T…", "2026-11-15T…"]}
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.edition_id}"
