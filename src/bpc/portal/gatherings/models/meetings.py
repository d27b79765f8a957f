"""Regional meetings, as published; unknown dates stay unknown."""

from typing import ClassVar

from django.db import models

from bpc.portal.reference.models import Territory


class Gathering(models.Model):
    """One meeting of the tour. `date_status` says how the date is known."""

    key = models.CharField(max_length=30, unique=True)
    region = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    commune = models.ForeignKey(Territory, null=True, on_delete=models.PROTECT, related_name="gatherings")
    date = models.DateField(null=True, blank=True)
    date_status = models.CharField(max_length=20)
    city_fr = models.CharField(max_length=80)
    city_ar = models.CharField(max_length=80)
    venue_fr = models.CharField(max_length=200, blank=True)
    source_url = models.URLField(max_length=1000)

    class Meta:
        ordering: ClassVar[list[str]] = ["date", "key"]

    def __str__(self) -> str:
        return self.city_fr
