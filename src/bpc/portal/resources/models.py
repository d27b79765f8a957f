"""What a territory produces or holds, one row per resource and place, with its evidence."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from bpc.portal.reference.models import Named, Sector, Territory
from bpc.portal.resources.states import Confidence, Origin, ResourceState


class Resource(Named):
    """A product or asset of a region, a province or a commune; what is said of a province is no commune's.

    `region`, `province` and `commune` repeat what `territory` is in, for filters; the last two are empty above
    provinces and communes. The season runs from `season_start` to `season_end` (months, 1–12), over the new year
    where it starts later than it ends; both empty when nobody knows. `by_hand`: a person wrote its present content, so
    that loading the file leaves it alone; what the file says since then waits in `proposal`.
    """

    reference = models.CharField(max_length=12, unique=True)
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="resources")
    region = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    province = models.ForeignKey(Territory, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    commune = models.ForeignKey(Territory, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="+")
    name_fr = models.CharField(max_length=160)
    name_ar = models.CharField(max_length=160)
    label = models.CharField(max_length=20, blank=True)
    season_start = models.PositiveSmallIntegerField(null=True, blank=True)
    season_end = models.PositiveSmallIntegerField(null=True, blank=True)
    evidence_fr = models.TextField(max_length=600, blank=True)
    evidence_ar = models.TextField(max_length=600, blank=True)
    source_url = models.URLField(max_length=1000, blank=True)
    source_note = models.CharField(max_length=300, blank=True)
    observed_on = models.DateField(null=True, blank=True)
    confidence = models.CharField(max_length=10, choices=Confidence.choices)
    origin = models.CharField(max_length=10, choices=Origin.choices)
    state = models.CharField(max_length=8, choices=ResourceState.choices, default=ResourceState.ACTIVE)
    version = models.PositiveIntegerField(default=1)
    by_hand = models.BooleanField(default=False)
    file_content = models.JSONField(default=dict, blank=True)  # what the file said when it was last heeded
    proposal = models.JSONField(null=True, blank=True)  # what it says now, where a person wrote the row
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["territory", "reference"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "territory", "reference"], name="resource_in_order"),
            models.Index(fields=["state", "region", "territory"], name="resource_by_region"),
            models.Index(fields=["state", "sector", "territory"], name="resource_by_sector"),
            models.Index(fields=["state", "label", "territory"], name="resource_by_label"),
        ]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(commune=None) | Q(province__isnull=False), name="resource_commune_in_a_province"
            ),
            models.CheckConstraint(
                # each place asked not to be null: a comparison with nothing would let the row pass
                condition=Q(commune__isnull=False, territory=F("commune"))
                | Q(commune=None, province__isnull=False, territory=F("province"))
                | Q(commune=None, province=None, territory=F("region")),
                name="resource_place_repeats_its_territory",
            ),
            models.CheckConstraint(
                condition=Q(season_start=None, season_end=None)
                | Q(
                    season_start__isnull=False,
                    season_end__isnull=False,
                    season_start__range=(1, 12),
                    season_end__range=(1, 12),
                ),
                name="resource_season_is_two_months",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ResourceState.values), name="resource_state_is_known"
            ),
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="resource_origin_is_known"),
            models.CheckConstraint(
                condition=Q(confidence__in=Confidence.values), name="resource_confidence_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(confidence=Confidence.SOURCED) | ~Q(source_url="") | ~Q(source_note=""),
                name="resource_sourced_has_a_source",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.name_fr}"


class ResourceProduct(models.Model):
    """One product of the closed list of `data/products.csv` that a resource is."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="product_rows")
    product = models.CharField(max_length=30)

    class Meta:
        ordering: ClassVar[list[str]] = ["product"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["resource", "product"], name="one_row_per_resource_product")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["product", "resource"], name="resource_by_product")
        ]

    def __str__(self) -> str:
        return self.product
