"""The papers a group keeps in its vault, and the links by which it lets an outsider read one."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bpc.portal.projects.models import Project

OTHER_KIND = "other"  # a paper of no kind of the list, named by the group
RECEIPT_KIND = "receipt"  # the proof that something was sent, decided or paid
MOST_PAPERS = 200  # of a project, former ones included


class Audience(models.TextChoices):
    """Who reads a paper. The group is whoever may change the project: its readers never open the vault."""

    ADVISOR = "advisor", _("le groupe et le conseiller admis")
    GROUP = "group", _("le groupe")
    OWNERS = "owners", _("les responsables seulement")


class PaperQuerySet(models.QuerySet["VaultDocument"]):
    """Papers by how they stand."""

    def kept(self) -> "PaperQuerySet":
        """Not erased, former ones included."""
        return self.filter(deleted_at=None)

    def current(self) -> "PaperQuerySet":
        """Neither replaced nor erased."""
        return self.filter(replaced_by=None, deleted_at=None)

    def erased(self) -> "PaperQuerySet":
        """Erased, and may still be taken back."""
        return self.filter(replaced_by=None, deleted_at__isnull=False)


class VaultDocument(models.Model):
    """A paper of the group. Replaced, it stays as history behind the new one; erased, it goes with its history."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField(max_length=40)  # code of data/funding_documents.csv, or one of the two above
    label = models.CharField(max_length=80, blank=True)  # what the group calls it
    language = models.CharField(max_length=8, blank=True)  # of the label
    # never served by path; a random name tells nothing to who reads the disk
    file = models.FileField(upload_to="vault/%Y/%m/", max_length=120)
    original_name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    issued_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)  # the last day it holds
    reminded_for = models.DateField(null=True, blank=True)  # the expiry the group was reminded of
    replaced_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="former"
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    uploaded_at = models.DateTimeField(default=timezone.now)
    audience = models.CharField(max_length=8, choices=Audience.choices, default=Audience.ADVISOR)
    # erased with its history: files stay for the days it may be taken back
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = PaperQuerySet.as_manager()

    class Meta:
        db_table = "applications_vaultdocument"  # made in the room of applications, moved with its rows
        ordering: ClassVar[list[str]] = ["kind", "-uploaded_at", "-pk"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=~Q(kind=""), name="paper_has_a_kind"),
            models.CheckConstraint(
                condition=Q(issued_on=None) | Q(expires_on=None) | Q(expires_on__gte=models.F("issued_on")),
                name="paper_expires_after_it_was_issued",
            ),
            models.CheckConstraint(condition=~Q(kind=OTHER_KIND) | ~Q(label=""), name="other_paper_is_named"),
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="paper_audience_is_known"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["project", "kind"], name="paper_of_project"),
            models.Index(fields=["expires_on"], condition=Q(replaced_by=None), name="paper_expiry"),
        ]

    def __str__(self) -> str:
        return self.label or self.kind


class ShareLink(models.Model):
    """One paper lent to one outside reader for some days. Its secret is not kept: only what proves it."""

    paper = models.ForeignKey(VaultDocument, on_delete=models.CASCADE, related_name="links")
    reader = models.CharField(max_length=80)  # for whom, in the group's words
    secret_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-made_at", "-pk"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(expires_at__gt=models.F("made_at")), name="share_link_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.reader}"


class ShareDownload(models.Model):
    """One time the paper of a link was downloaded. Nothing is kept of who did it but the link itself."""

    link = models.ForeignKey(ShareLink, on_delete=models.CASCADE, related_name="downloads")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.link_id} {self.at}"
