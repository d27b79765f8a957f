"""Reference rows loaded from `data/`: places and sectors. Edited in the files, never in the site."""

from typing import ClassVar

from django.db import models
from django.utils.translation import get_language


class Named(models.Model):
    """A row with one official name per language, one column each; more languages mean more columns."""

    name_fr = models.CharField(max_length=120)
    name_ar = models.CharField(max_length=120)

    class Meta:
        abstract = True

    @property
    def name(self) -> str:
        """The name in the language of the page, French where that language has no column."""
        return str(getattr(self, f"name_{get_language()}", "") or self.name_fr)

    @property
    def other_name(self) -> str:
        """The name in the other official script, shown beside the first."""
        return self.name_fr if get_language() == "ar" else self.name_ar


class Territory(Named):
    """The country, a region, a province or prefecture, or a commune; the key is HCP's code (`MA` for the country)."""

    class Level(models.TextChoices):
        COUNTRY = "country"
        REGION = "region"
        PROVINCE = "province"
        COMMUNE = "commune"

    code = models.CharField(max_length=12, primary_key=True)
    level = models.CharField(max_length=8, choices=Level.choices)
    kind = models.CharField(max_length=12, blank=True)  # urban, rural, prefecture, province
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    population_2014 = models.IntegerField(null=True)
    population_2024 = models.IntegerField(null=True)
    households_2014 = models.IntegerField(null=True)
    households_2024 = models.IntegerField(null=True)
    lon = models.FloatField()
    lat = models.FloatField()
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()

    class Meta:
        ordering: ClassVar[list[str]] = ["code"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["level", "code"], name="territory_by_level")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def region_code(self) -> str:
        """The code of the region this place is in (or is); empty for the country."""
        return "" if self.level == self.Level.COUNTRY else self.code[:2]

    @property
    def province_code(self) -> str:
        """The code of the province this place is in (or is); empty above provinces."""
        return self.code[:6] if len(self.code) >= 6 else ""


class Sector(Named):
    """A sector of cooperative activity."""

    code = models.CharField(max_length=20, primary_key=True)
    icon = models.CharField(max_length=30)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class LoadedFile(models.Model):
    """Which version of a file of `data/` the rows come from; unchanged files are not loaded again."""

    name = models.CharField(max_length=80, primary_key=True)
    sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
