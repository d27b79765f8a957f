"""Achievements and their versions, awards, the keys that sign them, the lists that say what was revoked."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from bpc.portal.badges.states import Kind

LONGEST_NAME = 160
LONGEST_TEXT = 2000
PLACES = 131_072  # of a status list: the fewest that Bitstring Status List allows, so that no one stands out


class Achievement(models.Model):
    """Something one may achieve, known by its code (`course:price-and-margin`); other rooms define them."""

    code = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="achievement_kind_is_known")
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def slug(self) -> str:
        """The code without its kind."""
        return self.code.partition(":")[2]


class AchievementVersion(models.Model):
    """What it is called and asks, in one version. Once awarded, its words stand."""

    achievement = models.ForeignKey(Achievement, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    name_fr = models.CharField(max_length=LONGEST_NAME)
    name_ar = models.CharField(max_length=LONGEST_NAME)
    criteria_fr = models.TextField(max_length=LONGEST_TEXT)
    criteria_ar = models.TextField(max_length=LONGEST_TEXT)

    class Meta:
        ordering: ClassVar[list[str]] = ["achievement", "number"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["achievement", "number"], name="one_version_of_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.achievement_id} version {self.number}"

    def told(self, column: str, language: str) -> str:
        """The name or the criteria in a language, in French where there is none."""
        return str(getattr(self, f"{column}_{language}", "") or getattr(self, f"{column}_fr"))


class SigningKey(models.Model):
    """An Ed25519 key. Its public half is published as long as it is trusted; its private half only while it signs."""

    kid = models.CharField(max_length=43, unique=True)  # the thumbprint of its public half (RFC 7638)
    public = models.CharField(max_length=43)  # `x` of its JWK
    sealed = models.TextField(blank=True)  # the private half, sealed; empty once it signs no more
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(
        null=True, blank=True
    )  # it fell into other hands: trust nothing it signed
    reason = models.TextField(max_length=LONGEST_TEXT, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-is_active", "-created_at", "-pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["is_active"], condition=Q(is_active=True), name="one_active_key"),
            models.CheckConstraint(
                condition=Q(is_active=False) | (~Q(sealed="") & Q(retired_at=None, revoked_at=None)),
                name="active_key_signs",
            ),
            models.CheckConstraint(
                condition=Q(is_active=True) | (Q(sealed="") & Q(retired_at__isnull=False)),
                name="retired_key_signs_no_more",
            ),
        ]

    def __str__(self) -> str:
        return self.kid


class StatusList(models.Model):
    """One bit for each of `PLACES` awards, set when it is revoked: kept as it is published, never rebuilt from rows."""

    bits = models.BinaryField()
    used = models.PositiveIntegerField(default=0)
    # the places are given in an order that tells nothing of the order of the awards: start + used × step
    start = models.PositiveIntegerField()
    step = models.PositiveIntegerField()
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(used__lte=PLACES), name="status_list_has_room")
        ]

    def __str__(self) -> str:
        return f"list {self.pk}"


class Award(models.Model):
    """That a person achieved something. Never deleted: revoked, or renewed by a newer version."""

    code = models.CharField(max_length=8, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    achievement = models.ForeignKey(Achievement, on_delete=models.PROTECT, related_name="awards")
    version = models.ForeignKey(AchievementVersion, on_delete=models.PROTECT, related_name="awards")
    evidence_fr = models.TextField(max_length=LONGEST_TEXT, blank=True)
    evidence_ar = models.TextField(max_length=LONGEST_TEXT, blank=True)
    achieved_at = models.DateTimeField()
    shows_name = models.BooleanField(default=False)  # to whoever has the code
    status_list = models.ForeignKey(StatusList, on_delete=models.PROTECT, related_name="awards")
    place = models.PositiveIntegerField()
    # the signed credential (VC-JWT); empty: not signed yet, or the person has left
    token = models.TextField(blank=True)
    key = models.ForeignKey(
        SigningKey, null=True, blank=True, on_delete=models.PROTECT, related_name="awards"
    )
    signed_at = models.DateTimeField(null=True, blank=True)
    renewed_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(max_length=LONGEST_TEXT, blank=True)  # read by whoever checks the code
    reason_language = models.CharField(max_length=8, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-achieved_at", "-pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["user", "achievement"],
                condition=Q(renewed_at=None, revoked_at=None),
                name="one_living_award",
            ),
            models.UniqueConstraint(fields=["status_list", "place"], name="one_award_at_a_place"),
            models.CheckConstraint(
                condition=Q(revoked_at=None, reason="") | (Q(revoked_at__isnull=False) & ~Q(reason="")),
                name="award_revoked_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(token="", key=None) | (~Q(token="") & Q(key__isnull=False)),
                name="award_signed_by_a_key",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["user", "-achieved_at"], name="award_of_person")
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_living(self) -> bool:
        """Neither revoked nor renewed."""
        return self.revoked_at is None and self.renewed_at is None

    def evidence(self, language: str) -> str:
        """How it was earned, in a language."""
        return str(getattr(self, f"evidence_{language}", "") or self.evidence_fr)
