"""Needs and opportunities told by people, what shows them, who confirms them, who answers."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language

from bpc.portal.ideas.models import GivenFile, Idea, ToldText
from bpc.portal.ideas.states import CommentState
from bpc.portal.observations.states import Closing, Kind, ObservationState
from bpc.portal.people.models import Organisation, User
from bpc.portal.reference.models import Named, Sector, Territory
from bpc.portal.resources.models import Resource


class Category(Named):
    """What a need or an opportunity is about; loaded from `data/`, never edited in the site."""

    code = models.CharField(max_length=3, primary_key=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    examples_fr = models.CharField(max_length=200)
    examples_ar = models.CharField(max_length=200)
    icon = models.CharField(max_length=30)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "code"]

    def __str__(self) -> str:
        return self.name

    @property
    def examples(self) -> str:
        """A few words that help to choose, in the language of the page."""
        return str(getattr(self, f"examples_{get_language()}", "") or self.examples_fr)


class Observation(ToldText):
    """A need or an opportunity. `territory` is a commune, or a province when it is said of the whole province;
    `commune`, `province` and `region` repeat it, so that lists filter on one column.
    """

    kind = models.CharField(max_length=12, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=ObservationState.choices, default=ObservationState.DRAFT)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    other_categories = models.JSONField(default=list, blank=True)  # codes of the same kind, two at most
    text = models.TextField(max_length=3000)
    sector = models.ForeignKey(Sector, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="observations")
    commune = models.ForeignKey(Territory, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    province = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    # opportunities: what the place already has, of it or of the province or region that holds it
    resource = models.ForeignKey(Resource, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    link = models.URLField(max_length=300, blank=True)  # evidence that is on another site
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="observations",
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closing = models.CharField(max_length=10, choices=Closing.choices, blank=True)
    confirmation_count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=~Q(state__in=["published", "answered", "closed"]) | Q(published_at__isnull=False),
                name="public_observation_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | ~Q(closing=""), name="closed_observation_says_why"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["kind", "state", "-published_at", "-id"], name="observation_recent"),
            models.Index(fields=["region", "kind", "state", "-published_at"], name="observation_region"),
            models.Index(fields=["province", "kind", "state", "-published_at"], name="observation_province"),
            models.Index(fields=["commune", "kind", "state", "-published_at"], name="observation_commune"),
            models.Index(fields=["author", "-created_at"], name="observation_author"),
        ]

    @property
    def is_of_whole_province(self) -> bool:
        """Said of the province, so never counted for one of its communes."""
        return self.commune_id is None


class Evidence(GivenFile):
    """A photo or a document that shows what an observation says."""

    observation = models.ForeignKey(Observation, on_delete=models.CASCADE, related_name="attachments")


class Confirmation(models.Model):
    """« Nous vivons cela aussi »: one person confirms one observation, once."""

    observation = models.ForeignKey(Observation, on_delete=models.CASCADE, related_name="confirmations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["observation", "user"], name="confirmation_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.observation_id}"


class Answer(models.Model):
    """What a delegation, or a member of an organisation in its name, answers; perhaps an idea or a model that fits."""

    observation = models.ForeignKey(Observation, on_delete=models.CASCADE, related_name="answers")
    text = models.TextField(max_length=3000)
    language = models.CharField(max_length=8)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    # in whose name; none for a delegation
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_official = models.BooleanField(default=False)  # by the delegation or the national administration
    idea = models.ForeignKey(Idea, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    model_slug = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=10, choices=CommentState.choices, default=CommentState.SHOWN)
    submission_key = models.UUIDField(default=uuid.uuid4, unique=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def author(self) -> User | None:
        """Who wrote it, by the name comments give them."""
        return self.by


class ObservationTally(models.Model):
    """Needs or opportunities heard per territory and category (blank: all), kept in step by the moves.

    `published`: still so today (public, not closed). `closed`: closed since. Said of a whole province: counted there
    and above only. Of several categories: counted in each, and once in the whole.
    """

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    category = models.ForeignKey(Category, null=True, on_delete=models.CASCADE, related_name="+")
    published = models.PositiveIntegerField(default=0)
    closed = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["territory", "kind", "category"], name="one_observation_tally"),
            models.UniqueConstraint(
                fields=["territory", "kind"],
                condition=Q(category=None),
                name="one_overall_observation_tally",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["kind", "category"], name="observation_tally_map")
        ]

    def __str__(self) -> str:
        return f"{self.territory_id} {self.kind} {self.category_id or '*'}: {self.published}"


class SearchEntry(models.Model):
    """What the search knows of a public observation; the index over `lexemes` is kept by the database itself."""

    observation = models.OneToOneField(Observation, on_delete=models.CASCADE, related_name="search_entry")
    title = models.TextField()
    body = models.TextField()
    lexemes = models.TextField()

    def __str__(self) -> str:
        return self.title
