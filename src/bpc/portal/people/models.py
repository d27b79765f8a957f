"""Accounts, their roles and organisations, what they consented to, what they were told."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property

from bpc.portal.people.roles import STAFF_ROLES, OrganisationKind, Role
from bpc.portal.reference.models import Territory


class UserManager(BaseUserManager["User"]):
    """Creates accounts known by an e-mail address or a phone number."""

    def create_user(
        self,
        *,
        email: str | None = None,
        phone: str | None = None,
        password: str | None = None,
        **fields: Any,
    ) -> "User":
        """A new account. Raises ValueError when neither address nor number is given."""
        if not email and not phone:
            raise ValueError("an account needs an e-mail address or a phone number")
        user = self.model(
            email=self.normalize_email(email).lower() if email else None, phone=phone or None, **fields
        )
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Used by Django's own authentication: the e-mail address."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. No national id number is ever collected."""

    email = models.EmailField(unique=True, null=True, blank=True)
    phone = models.CharField(max_length=20, unique=True, null=True, blank=True)  # E.164
    phone_verified = models.BooleanField(default=False)
    display_name = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=8, default="fr")
    commune = models.ForeignKey(Territory, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=timezone.now)

    # not kept: the mandate this request acts under, and for whom the act being done is (see the room of mandates)
    acting_under: int | None = None
    acts_for: int | None = None

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(email__isnull=False) | Q(phone__isnull=False) | Q(is_active=False),
                name="user_has_an_address",
            )
        ]

    def __str__(self) -> str:
        return self.display_name or f"#{self.pk}"

    @cached_property
    def grants(self) -> list["RoleGrant"]:
        """The roles held today, read once per request."""
        return list(self.role_grants.filter(ended_at=None))

    def holds(self, role: str) -> bool:
        """Whether the person holds `role` anywhere."""
        return any(grant.role == role for grant in self.grants)

    def regions_as(self, role: str) -> set[str]:
        """Codes of the regions in which the person holds `role`."""
        return {grant.region_id for grant in self.grants if grant.role == role and grant.region_id}

    @property
    def is_staff_member(self) -> bool:
        """Whether any role held demands the second factor."""
        return any(grant.role in STAFF_ROLES for grant in self.grants)


class RoleGrant(models.Model):
    """A role given to a person by somebody, for a region where the role has one. Ended, never deleted."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    region = models.ForeignKey(Territory, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    granted_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    granted_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["user", "role", "region"],
                condition=Q(ended_at=None),
                name="one_running_regional_grant",
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(ended_at=None, region=None),
                name="one_running_national_grant",
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.DELEGATE) | Q(region__isnull=False), name="delegate_has_a_region"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.region_id or ''}".strip()


class Organisation(models.Model):
    """A cooperative, association, administration or funder with its members."""

    kind = models.CharField(max_length=20, choices=OrganisationKind.choices)
    name = models.CharField(max_length=160)
    language = models.CharField(max_length=8, default="fr")
    commune = models.ForeignKey(Territory, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    is_demo = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person in an organisation; managers invite and remove."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    is_manager = models.BooleanField(default=False)
    accepted_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["organisation", "user"], name="one_membership")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.organisation_id}"


class Invitation(models.Model):
    """An organisation asks somebody, known by an address or number only, to join; deleted once answered.

    It names no account, so that inviting tells nobody who has one.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    # NULL, so that each contact is invited once and the absent one never clashes
    email = models.EmailField(null=True, blank=True)  # noqa: DJ001
    phone = models.CharField(max_length=20, null=True, blank=True)  # noqa: DJ001
    invited_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["created_at", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["organisation", "email"], name="one_invitation_by_email"),
            models.UniqueConstraint(fields=["organisation", "phone"], name="one_invitation_by_phone"),
            models.CheckConstraint(
                condition=Q(email__isnull=False, phone=None) | Q(email=None, phone__isnull=False),
                name="invitation_by_one_contact",
            ),
        ]

    def __str__(self) -> str:
        return self.email or self.phone or ""


class Consent(models.Model):
    """What a person agreed to, in which version of the text, and when; withdrawn, never deleted."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=30)
    version = models.CharField(max_length=20)
    given_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["user", "purpose"], name="consent_by_user")
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.version}"


class Notification(models.Model):
    """Something a person is told. The text is made from `kind` and `data` when shown, in their language."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=40)
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["user", "read_at", "-created_at"], name="notification_inbox")
        ]

    def __str__(self) -> str:
        return self.kind
