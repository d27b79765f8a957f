"""Ideas, what people say of them, and who moderates what."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from bpc.portal.ideas.states import Audience, CommentState, Door, IdeaState, Speaker
from bpc.portal.people.models import Organisation
from bpc.portal.reference.models import Sector, Territory


class ToldText(models.Model):
    """What somebody told of a place, whatever it is: who speaks, how to answer them, and when."""

    # short code with a check digit, said on the phone
    reference = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=120)
    language = models.CharField(max_length=8)
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    audience = models.CharField(max_length=20, choices=Audience.choices, blank=True)
    speaker = models.CharField(max_length=20, choices=Speaker.choices)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Only for an author without an account; never shown on a public page.
    contact_name = models.CharField(max_length=80, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=20, blank=True)
    show_author = models.BooleanField(default=False)
    # the same form sent twice makes one row
    submission_key = models.UUIDField(default=uuid.uuid4, unique=True)
    version = models.PositiveIntegerField(default=1)  # a stale form is told so
    created_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


class Idea(ToldText):
    """An idea for a commune; `province` and `region` repeat the commune's, so that lists filter on one column."""

    state = models.CharField(max_length=10, choices=IdeaState.choices, default=IdeaState.DRAFT)
    need = models.TextField(max_length=3000)
    proposal = models.TextField(max_length=5000)
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="+")
    commune = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="ideas")
    province = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="ideas"
    )
    door = models.CharField(max_length=10, choices=Door.choices, default=Door.WEB)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    support_count = models.PositiveIntegerField(default=0)
    comment_count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=~Q(pk=F("merged_into")), name="idea_not_merged_into_itself"),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False),
                name="published_idea_is_dated",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "-published_at", "-id"], name="idea_recent"),
            models.Index(fields=["state", "-support_count", "-id"], name="idea_supported"),
            models.Index(fields=["region", "state", "-published_at", "-id"], name="idea_region"),
            models.Index(fields=["province", "state", "-published_at", "-id"], name="idea_province"),
            models.Index(fields=["commune", "state", "-published_at", "-id"], name="idea_commune"),
            models.Index(fields=["sector", "state", "-published_at", "-id"], name="idea_sector"),
            models.Index(fields=["author", "-created_at"], name="idea_author"),
            models.Index(
                "contact_phone", condition=Q(author=None) & ~Q(contact_phone=""), name="idea_contact_phone"
            ),
            models.Index(
                Lower("contact_email"),
                condition=Q(author=None) & ~Q(contact_email=""),
                name="idea_contact_email",
            ),
        ]


class GivenFile(models.Model):
    """A photo (re-encoded, without position data) or a document that somebody gave with what they say."""

    class Kind(models.TextChoices):
        PHOTO = "photo"
        DOCUMENT = "document"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    file = models.FileField(upload_to="ideas/%Y/%m/")
    # photos only, light enough for a slow line
    thumbnail = models.FileField(upload_to="ideas/%Y/%m/", blank=True)
    original_name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    alt = models.CharField(max_length=160, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering: ClassVar[list[str]] = ["position", "pk"]

    def __str__(self) -> str:
        return self.original_name


class Attachment(GivenFile):
    """A photo or a document given with an idea."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="attachments")


class Support(models.Model):
    """One person stands behind one idea, once."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="supports")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # the grouped idea that was supported first: told on the page, until the person keeps or takes back the support
    carried_from = models.ForeignKey(Idea, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["idea", "user"], name="support_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.idea_id}"


class Comment(models.Model):
    """What a signed-in person says of an idea."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.TextField(max_length=2000)
    language = models.CharField(max_length=8)
    state = models.CharField(max_length=10, choices=CommentState.choices, default=CommentState.SHOWN)
    submission_key = models.UUIDField(default=uuid.uuid4, unique=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["created_at", "pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["idea", "state", "created_at"], name="comment_thread")
        ]

    def __str__(self) -> str:
        return self.text[:40]


class Report(models.Model):
    """A person tells the moderators that an idea or a comment breaks the rules."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="reports")
    comment = models.ForeignKey(
        Comment, null=True, blank=True, on_delete=models.CASCADE, related_name="reports"
    )
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.TextField(max_length=1000)
    created_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    outcome = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["closed_at", "created_at"], name="report_open")
        ]

    def __str__(self) -> str:
        return self.reason[:40]


class IdeaTally(models.Model):
    """Published ideas per territory and sector (blank: all), kept in step by the moves: counts cost one row."""

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+")
    sector = models.ForeignKey(Sector, null=True, on_delete=models.CASCADE, related_name="+")
    published = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["territory", "sector"], name="one_tally"),
            models.UniqueConstraint(fields=["territory"], condition=Q(sector=None), name="one_overall_tally"),
        ]

    def __str__(self) -> str:
        return f"{self.territory_id} {self.sector_id or '*'}: {self.published}"


class SearchEntry(models.Model):
    """What the search knows of a published idea: stems to rank by, lexemes to find by.

    The key grows with each publication, so the newest matches are the highest keys on every database. The index
    over `lexemes` (FTS5 or GIN, see migration 0004) is kept by the database itself.
    """

    idea = models.OneToOneField(Idea, on_delete=models.CASCADE, related_name="search_entry")
    title = models.TextField()
    body = models.TextField()
    lexemes = models.TextField()

    def __str__(self) -> str:
        return self.title


class NearEntry(models.Model):
    """What tells whether an idea handed in says the same as another: stems, subjects and places to find it by.

    The index over `lexemes` (FTS5 or GIN, see migration 0006) is kept by the database itself.
    """

    idea = models.OneToOneField(Idea, on_delete=models.CASCADE, related_name="near_entry")
    title = models.TextField()
    body = models.TextField()
    place = models.CharField(max_length=12)  # code of the commune
    lexemes = models.TextField()

    def __str__(self) -> str:
        return self.title


class PendingFile(models.Model):
    """A file already accepted from a form that was sent back for another reason: nobody chooses it twice."""

    submission_key = models.UUIDField()
    kind = models.CharField(max_length=10, choices=Attachment.Kind.choices)
    file = models.FileField(upload_to="pending/")
    thumbnail = models.FileField(upload_to="pending/", blank=True)
    original_name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    alt = models.CharField(max_length=160, blank=True)
    digest = models.CharField(max_length=64)  # of the bytes sent: the same photo sent again is the same photo
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["submission_key", "digest"], name="pending_file_once")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["created_at"], name="pending_file_age")]

    def __str__(self) -> str:
        return self.original_name


class DepositTrace(models.Model):
    """That somebody without an account sent something, for the rate limit. Only a keyed digest, kept for a day."""

    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["digest", "at"], name="trace_by_digest"),
            models.Index(fields=["at"], name="trace_age"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
