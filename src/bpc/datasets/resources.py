"""Reads resources.csv: what a region or province produces, as published sources say."""

from dataclasses import dataclass
from pathlib import Path

from bpc.datasets.paths import DATA
from bpc.datasets.tables import read_rows


@dataclass(frozen=True, slots=True)
class Resource:
    """A product or asset of a territory.

    `territory` is the code of a region or province: nothing finer is claimed. `products` are codes of the closed list
    of products, in order of code, empty when none fits. `label` is the code of a quality sign (IGP, AOP, …) or
    empty; `season` (first and last month, `4-5`) and `evidence_fr` are empty when no source says; `confidence` is
    `sourced` when a published page says so, else `to_verify`.
    """

    id: str
    territory: str
    sector: str
    products: tuple[str, ...]
    name_fr: str
    name_ar: str
    label: str
    season: str
    evidence_fr: str
    source_url: str
    confidence: str

    @property
    def months(self) -> tuple[int, int] | None:
        """First and last month of the season (1–12), None when no source says."""
        first, dash, last = self.season.partition("-")
        return (int(first), int(last)) if dash else None


@dataclass(frozen=True, slots=True)
class QualitySign:
    """A sign of origin or quality, with its name in each language."""

    code: str
    name_fr: str
    name_ar: str


def read_quality_signs(data: Path = DATA) -> tuple[QualitySign, ...]:
    """The closed list that the labels of resources are taken from."""
    return tuple(QualitySign(**row) for row in read_rows(data / "quality_signs.csv"))


def read_resources(data: Path = DATA) -> tuple[Resource, ...]:
    """Resources by territory code, then by name."""
    return tuple(
        Resource(**{**row, "products": tuple(row["products"].split())})  # type: ignore[arg-type] # the rest is text
        for row in read_rows(data / "resources.csv")
    )
