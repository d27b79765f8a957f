"""Themes of a region or a meeting: drawn from its ideas, public once a person checked them."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from bpc.portal.gatherings.models.meetings import Gathering
from bpc.portal.ideas.models import Idea
from bpc.portal.reference.models import Territory


class ThemeState(models.TextChoices):
    """proposed by the machine → accepted or refused by a person; accepted may still be refused."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class Theme(models.Model):
    """Ideas that speak of the same thing, with the words that say it: [[French, Arabic], …]."""

    region = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    gathering = models.ForeignKey(
        Gathering, null=True, blank=True, on_delete=models.CASCADE, related_name="themes"
    )  # empty: of the whole region
    name_fr = models.CharField(max_length=80)
    name_ar = models.CharField(max_length=80)
    words = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=ThemeState.choices, default=ThemeState.PROPOSED)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    checked_at = models.DateTimeField(null=True, blank=True)
    drawn_at = models.DateTimeField(default=timezone.now)
    ideas = models.ManyToManyField(Idea, through="ThemeIdea", related_name="themes")

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(state="proposed") | Q(checked_at__isnull=False), name="checked_theme_is_dated"
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["region", "state"], name="theme_of_region")
        ]

    def __str__(self) -> str:
        return self.name_fr


class ThemeIdea(models.Model):
    """An idea of a theme; `is_dropped` when a person took it out."""

    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="members")
    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="+")
    is_dropped = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["theme", "idea"], name="theme_idea_once")
        ]

    def __str__(self) -> str:
        return f"{self.theme_id}: {self.idea_id}"
