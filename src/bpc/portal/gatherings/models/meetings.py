"""Regional meetings: those of the press, whose unknown dates stay unknown, and those announced here."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language

from bpc.portal.gatherings.states import DateStatus, GatheringState, Origin
from bpc.portal.reference.models import Territory
from bpc.portal.seats.models import SeatedEvent


class Gathering(SeatedEvent):
    """One meeting. `date_status` says how the date is known; `starts_at`, `ends_at` are of that same day."""

    key = models.CharField(max_length=30, unique=True)
    origin = models.CharField(max_length=6, choices=Origin.choices, default=Origin.FACTS)
    state = models.CharField(max_length=10, choices=GatheringState.choices, default=GatheringState.PLANNED)
    region = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    commune = models.ForeignKey(Territory, null=True, on_delete=models.PROTECT, related_name="gatherings")
    date = models.DateField(null=True, blank=True)
    date_status = models.CharField(max_length=20, choices=DateStatus.choices)
    starts_at = models.DateTimeField(null=True, blank=True)  # the hour is not always known
    ends_at = models.DateTimeField(null=True, blank=True)
    city_fr = models.CharField(max_length=80)
    city_ar = models.CharField(max_length=80)
    title_fr = models.CharField(max_length=160, blank=True)  # empty: the city says it
    title_ar = models.CharField(max_length=160, blank=True)
    theme_fr = models.CharField(max_length=300, blank=True)
    theme_ar = models.CharField(max_length=300, blank=True)
    contest_fr = models.CharField(max_length=160, blank=True)  # the contest of ideas held that day, in words
    contest_ar = models.CharField(max_length=160, blank=True)
    venue_fr = models.CharField(max_length=200, blank=True)
    venue_ar = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=200, blank=True)
    lon = models.FloatField(
        null=True, blank=True
    )  # of the venue, in degrees; empty: the commune alone says where
    lat = models.FloatField(null=True, blank=True)
    partners = models.JSONField(default=list, blank=True)  # [{"fr": "…", "ar": "…"}]
    spokesperson_fr = models.CharField(max_length=160, blank=True)  # a public office, never a name
    spokesperson_ar = models.CharField(max_length=160, blank=True)
    note_fr = models.CharField(max_length=400, blank=True)  # what the source leaves unsure
    note_ar = models.CharField(max_length=400, blank=True)
    source_url = models.URLField(max_length=1000, blank=True)
    cancel_reason = models.TextField(max_length=1000, blank=True)
    cancel_language = models.CharField(max_length=8, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    opened_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)  # a stale form is told so
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["date", "key"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(starts_at=None) | Q(ends_at=None) | Q(starts_at__lt=F("ends_at")),
                name="gathering_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(lon=None, lat=None) | Q(lon__isnull=False, lat__isnull=False),
                name="gathering_position_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(date=None, date_status="unknown")
                | (Q(date__isnull=False) & ~Q(date_status="unknown")),
                name="gathering_date_says_how_known",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(cancel_reason=""), name="cancelled_gathering_says_why"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["date", "key"], name="gathering_by_date"),
            models.Index(fields=["region", "date", "key"], name="gathering_of_region"),
        ]

    def __str__(self) -> str:
        return self.title_fr or self.city_fr

    def told(self, name: str) -> str:
        """The column `name` in the language of the page, else in French, else in Arabic."""
        own = str(getattr(self, f"{name}_{get_language()}", "") or "")
        return own or str(getattr(self, f"{name}_fr")) or str(getattr(self, f"{name}_ar"))

    @property
    def city(self) -> str:
        """The city in the language of the page."""
        return self.told("city")

    @property
    def title(self) -> str:
        """Its own title in the language of the page; empty when the city says it."""
        return self.told("title")

    @property
    def is_known(self) -> bool:
        """Whether the day is known."""
        return self.date is not None


class ProgrammeItem(models.Model):
    """One line of the programme: the hour, what happens, who leads it (an office or an organisation)."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="programme")
    position = models.PositiveSmallIntegerField()
    starts = models.TimeField(null=True, blank=True)
    ends = models.TimeField(null=True, blank=True)
    title_fr = models.CharField(max_length=160)
    title_ar = models.CharField(max_length=160, blank=True)
    by_fr = models.CharField(max_length=160, blank=True)
    by_ar = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["gathering", "position"], name="programme_line_once"),
            models.CheckConstraint(
                condition=Q(starts=None) | Q(ends=None) | Q(starts__lt=F("ends")),
                name="programme_line_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.title_fr
