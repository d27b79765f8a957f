"""Packages of partners, and what each person did in them."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from bpc.portal.packages.described import LONGEST_LAUNCH_DATA, LONGEST_QUERY, LONGEST_TITLE
from bpc.portal.packages.states import Kind, Language, PackageState, Success

LONGEST_ABOUT = 1200
LONGEST_LINE = 160
LONGEST_PLACE = 1000  # characters by which a lesson finds where it was: SCORM 2004
LONGEST_SUSPENDED = 64_000  # characters a lesson keeps for itself: SCORM 2004, 4th edition


class Package(models.Model):
    """A lesson made elsewhere, as a trainer put it here. Its file never changes: a corrected one is another package."""

    reference = models.CharField(max_length=10, unique=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=PackageState.choices, default=PackageState.DRAFT)
    title_fr = models.CharField(max_length=LONGEST_TITLE, blank=True)
    title_ar = models.CharField(max_length=LONGEST_TITLE, blank=True)
    about_fr = models.TextField(max_length=LONGEST_ABOUT, blank=True)
    about_ar = models.TextField(max_length=LONGEST_ABOUT, blank=True)
    language = models.CharField(
        max_length=4, choices=Language.choices, default=Language.FRENCH
    )  # of the lesson
    licence = models.CharField(max_length=LONGEST_LINE, blank=True)  # by which we may show it, in words
    credit = models.CharField(max_length=LONGEST_LINE, blank=True)  # who made it

    # never served by path; a random name tells nothing to who reads the disk
    file = models.FileField(upload_to="packages/%Y/%m/", max_length=120)
    original_name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    unpacked = models.PositiveIntegerField()  # bytes
    file_count = models.PositiveSmallIntegerField()
    own_title = models.CharField(max_length=LONGEST_TITLE, blank=True)  # in its manifest
    launch = models.CharField(max_length=200, blank=True)
    launch_query = models.CharField(max_length=LONGEST_QUERY, blank=True)
    launch_data = models.CharField(max_length=LONGEST_LAUNCH_DATA, blank=True)
    mastery = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)  # passes, out of 100
    main_library = models.CharField(max_length=120, blank=True)
    report = models.JSONField(
        default=dict, blank=True
    )  # names of files left out, of files announced and missing

    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    uploaded_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["-uploaded_at", "-pk"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(state__in=PackageState.values), name="package_state_is_known"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="package_kind_is_known"),
            models.CheckConstraint(
                condition=Q(kind=Kind.H5P) | ~Q(launch=""), name="package_opens_somewhere"
            ),
            models.CheckConstraint(
                condition=Q(mastery=None) | Q(mastery__gte=0, mastery__lte=100),
                name="package_mastery_is_a_percentage",
            ),
            models.CheckConstraint(
                condition=Q(state=PackageState.DRAFT)
                | (~Q(title_fr="") & ~Q(title_ar="") & ~Q(licence="") & ~Q(credit="")),
                name="package_shown_says_what_and_whose",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "-published_at"], name="package_by_state")
        ]

    def __str__(self) -> str:
        return self.reference


class PackageRun(models.Model):
    """What one person did in one package, as its lesson told us: believed for their own record, judged before."""

    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="runs")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="package_runs")
    opening = models.PositiveIntegerField(
        default=0
    )  # how many times opened; only the last one writes where one is
    first_opened_at = models.DateTimeField(default=timezone.now)
    opened_at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(null=True, blank=True)
    # the lesson says it is done, and not that its test failed; never undone
    completed_at = models.DateTimeField(null=True, blank=True)
    success = models.CharField(max_length=6, choices=Success.choices, default=Success.UNKNOWN, blank=True)
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)  # the best, out of 100
    place = models.CharField(max_length=LONGEST_PLACE, blank=True)
    suspended = models.TextField(max_length=LONGEST_SUSPENDED, blank=True)
    seconds_before = models.PositiveIntegerField(default=0)  # of the former openings
    seconds_now = models.PositiveIntegerField(default=0)  # of this one

    class Meta:
        ordering: ClassVar[list[str]] = ["-opened_at", "-pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["package", "user"], name="one_run_of_a_package"),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__gte=0, score__lte=100), name="run_score_is_a_percentage"
            ),
            models.CheckConstraint(condition=Q(success__in=Success.values), name="run_success_is_known"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["user", "-opened_at"], name="package_run_of_user")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.package_id}"

    @property
    def seconds(self) -> int:
        """The time spent in it, openings added."""
        return self.seconds_before + self.seconds_now
