"""Projects of a group: what they are, who founds, who may read or write, which advisor was let in."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from bpc.portal.ideas.models import Idea
from bpc.portal.people.models import Organisation
from bpc.portal.projects.mandates.models import Mandate
from bpc.portal.projects.states import Answer, Function, MemberRole, Origin, Stage
from bpc.portal.reference.models import Sector, Territory

__all__ = ["AdvisorAccess", "Mandate", "Project", "ProjectInvitation", "ProjectMember", "ProjectPerson"]


class Project(models.Model):
    """A group's project; `province` and `region` repeat the commune's, so that lists filter on one column."""

    # same code with a check digit as an idea's, drawn apart
    reference = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=120)
    summary = models.TextField(max_length=2000, blank=True)
    language = models.CharField(max_length=8)  # of the name and the summary
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.IDEA)
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="+")
    commune = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    province = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    # an idea may become several projects: another village, another half of it
    idea = models.ForeignKey(Idea, null=True, blank=True, on_delete=models.SET_NULL, related_name="projects")
    show_on_idea = models.BooleanField(default=False)  # the idea's page may say that it became a project
    # Models of projects are kept in another room: the slug and the version adopted, no foreign key.
    model_slug = models.SlugField(max_length=64, blank=True)
    model_version = models.PositiveIntegerField(null=True, blank=True)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # the same form sent twice makes one project
    submission_key = models.UUIDField(default=uuid.uuid4, unique=True)
    revision = models.PositiveIntegerField(default=1)  # a stale form is told so
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    # of the group itself, in any room: see `signs`
    last_sign_at = models.DateTimeField(default=timezone.now)
    archived_at = models.DateTimeField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=~Q(name=""), name="project_has_a_name"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="project_stage_is_known"),
            models.CheckConstraint(
                condition=Q(model_version=None) | ~Q(model_slug=""), name="project_version_of_a_model"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["region", "stage"], name="project_region_stage"),
            models.Index(fields=["model_slug", "model_version"], name="project_model"),
            models.Index(fields=["last_sign_at"], name="project_sign", condition=Q(archived_at=None)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def origin(self) -> Origin:
        """What the project started from; an idea first, whatever model was adopted since."""
        if self.idea_id is not None:
            return Origin.IDEA
        return Origin.MODEL if self.model_slug else Origin.BLANK


class ProjectMember(models.Model):
    """A person who joined the project's group on the site. A project always keeps one owner (see `sharing`)."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="project_memberships"
    )
    role = models.CharField(max_length=10, choices=MemberRole.choices)
    joined_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project", "user"], name="one_project_membership"),
            models.CheckConstraint(condition=Q(role__in=MemberRole.values), name="project_role_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} of {self.project_id}"


class ProjectInvitation(models.Model):
    """The group asks somebody, known by an address or number only, to join; deleted once answered.

    It names no account, so that inviting tells nobody who has one.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=10, choices=MemberRole.choices)
    # NULL, so that each contact is invited once and the absent one never clashes
    email = models.EmailField(null=True, blank=True)  # noqa: DJ001
    phone = models.CharField(max_length=20, null=True, blank=True)  # noqa: DJ001
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["created_at", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["project", "email"], name="one_project_invitation_by_email"),
            models.UniqueConstraint(fields=["project", "phone"], name="one_project_invitation_by_phone"),
            models.CheckConstraint(
                condition=Q(email__isnull=False, phone=None) | Q(email=None, phone__isnull=False),
                name="project_invitation_by_one_contact",
            ),
            models.CheckConstraint(condition=Q(role__in=MemberRole.values), name="project_invited_role"),
        ]

    def __str__(self) -> str:
        return self.email or self.phone or ""


class ProjectPerson(models.Model):
    """One of the people who will found the cooperative, as the group writes it. No id number, no birth date."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="people")
    name = models.CharField(max_length=80)
    function = models.CharField(max_length=20, choices=Function.choices, default=Function.MEMBER)
    woman = models.CharField(max_length=10, choices=Answer.choices, default=Answer.UNKNOWN)
    young = models.CharField(max_length=10, choices=Answer.choices, default=Answer.UNKNOWN)  # under 35
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=~Q(name=""), name="project_person_has_a_name"),
            models.CheckConstraint(
                condition=Q(woman__in=Answer.values, young__in=Answer.values), name="project_person_answers"
            ),
            models.CheckConstraint(condition=Q(function__in=Function.values), name="project_person_function"),
        ]

    def __str__(self) -> str:
        return self.name


class AdvisorAccess(models.Model):
    """An owner lets an advisor of the region read the project. Ended, never deleted."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="advisor_accesses")
    advisor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="advised_projects"
    )
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    granted_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["granted_at", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["project", "advisor"], condition=Q(ended_at=None), name="one_running_advisor_access"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=models.F("granted_at")),
                name="advisor_access_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.advisor_id} advises {self.project_id}"
