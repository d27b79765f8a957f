"""The register of cooperatives, its imports and what undoes them."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language

from bpc.portal.people.models import Organisation
from bpc.portal.reference.models import Sector, Territory
from bpc.portal.register.states import ImportState, Status


class RegisterImport(models.Model):
    """One file of the register: how its columns are read, what the dry run found, whether it was applied.

    `counts` holds the numbers of the last check or application; `mapping` the place of each field in the file.
    """

    file = models.FileField(upload_to="register/%Y/%m/")
    file_name = models.CharField(max_length=160)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    # how the bytes are read: kind, encoding, delimiter, sheet; header and first rows for the preview
    reading = models.JSONField(default=dict)
    mapping = models.JSONField(default=dict)
    is_whole = models.BooleanField(default=False)  # the file says it holds the whole register
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.DRAFT)
    done = models.PositiveIntegerField(default=0)  # rows read so far, for the progress shown
    counts = models.JSONField(default=dict)
    problem = models.CharField(max_length=60, blank=True)  # code of what stopped it
    report = models.FileField(upload_to="register/%Y/%m/", blank=True)  # refused rows and remarks
    basis = models.CharField(max_length=40, blank=True)  # generation of the register at the check
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    moved_at = models.DateTimeField(null=True, blank=True)  # when the work under way began
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)  # a stale form is told so

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "-applied_at"], name="register_import_state")
        ]

    def __str__(self) -> str:
        return self.file_name


class Cooperative(models.Model):
    """A cooperative as the register states it. `territory` is the finest place known, the country when none is.

    `commune`, `province`, `region` repeat it for filters. Unknown is null, never zero. `organisation` is the link
    to the people who use the service: no import ever touches it.
    """

    number = models.CharField(max_length=40, unique=True)
    name_fr = models.CharField(max_length=200, blank=True)
    name_ar = models.CharField(max_length=200, blank=True)
    sort_name = models.CharField(max_length=60)  # folded, compared byte by byte on every database
    sector = models.ForeignKey(Sector, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    activity = models.CharField(max_length=200, blank=True)  # as registered
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    commune = models.ForeignKey(Territory, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    province = models.ForeignKey(Territory, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(Territory, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    registered_on = models.DateField(null=True, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    members = models.PositiveIntegerField(null=True, blank=True)
    women = models.PositiveIntegerField(null=True, blank=True)
    youth = models.PositiveIntegerField(null=True, blank=True)
    is_women = models.BooleanField(null=True, blank=True)
    is_youth = models.BooleanField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.UNKNOWN)
    # absent from a newer whole file: kept, no longer counted nor listed
    is_listed = models.BooleanField(default=True)
    organisation = models.OneToOneField(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="registration"
    )
    first_import = models.ForeignKey(
        RegisterImport, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    last_import = models.ForeignKey(
        RegisterImport, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=~Q(name_fr="") | ~Q(name_ar=""), name="cooperative_has_a_name"),
            models.CheckConstraint(
                condition=Q(lon__isnull=True, lat__isnull=True) | Q(lon__isnull=False, lat__isnull=False),
                name="cooperative_whole_position",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["sort_name", "id"], name="cooperative_by_name"),
            models.Index(fields=["region", "sort_name", "id"], name="cooperative_region"),
            models.Index(fields=["province", "sort_name", "id"], name="cooperative_province"),
            models.Index(fields=["commune", "sort_name", "id"], name="cooperative_commune"),
            models.Index(fields=["sector", "sort_name", "id"], name="cooperative_sector"),
            models.Index(fields=["year", "sort_name", "id"], name="cooperative_year"),
            models.Index(fields=["first_import"], name="cooperative_first_import"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the page, or the only one the register gives."""
        return (self.name_ar or self.name_fr) if get_language() == "ar" else (self.name_fr or self.name_ar)


class ImportChange(models.Model):
    """A cooperative as it was before an import changed it; what undoing puts back."""

    register_import = models.ForeignKey(RegisterImport, on_delete=models.CASCADE, related_name="changes")
    cooperative = models.ForeignKey(Cooperative, on_delete=models.CASCADE, related_name="+")
    before = models.JSONField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["register_import", "cooperative"], name="changed_once_per_import")
        ]

    def __str__(self) -> str:
        return f"{self.register_import_id}: {self.cooperative_id}"


class CooperativeTally(models.Model):
    """Cooperatives present per territory and sector (blank: all). `…_known`: of how many that is known."""

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+")
    sector = models.ForeignKey(Sector, null=True, on_delete=models.CASCADE, related_name="+")
    count = models.PositiveIntegerField(default=0)
    women_count = models.PositiveIntegerField(default=0)
    women_known = models.PositiveIntegerField(default=0)
    youth_count = models.PositiveIntegerField(default=0)
    youth_known = models.PositiveIntegerField(default=0)
    members = models.PositiveIntegerField(default=0)
    members_known = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["territory", "sector"], name="one_register_tally"),
            models.UniqueConstraint(
                fields=["territory"], condition=Q(sector=None), name="one_overall_register_tally"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.territory_id} {self.sector_id or '*'}: {self.count}"


class CooperativeYearTally(models.Model):
    """Cooperatives present per territory (country or region) and year of registration."""

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField(null=True)
    count = models.PositiveIntegerField(default=0)
    women_count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["territory", "year"], name="one_register_year")
        ]

    def __str__(self) -> str:
        return f"{self.territory_id} {self.year}: {self.count}"


class CooperativeEntry(models.Model):
    """What the search knows of a cooperative: the lexemes of its names. The database keeps the index over them."""

    cooperative = models.OneToOneField(
        Cooperative, on_delete=models.CASCADE, primary_key=True, related_name="entry"
    )
    lexemes = models.TextField()

    def __str__(self) -> str:
        return self.lexemes[:40]
