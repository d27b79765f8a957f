"""Reads resources.csv: what a region or province produces, as published sources say."""

from dataclasses import dataclass
from pathlib import Path

from bpc.datasets.paths import DATA
from bpc.datasets.tables import read_rows


@dataclass(frozen=True, slots=True)
class Resource:
    """A product or asset of a territory.

    `territory` is the code of a region or province: nothing finer is claimed. `label` is the code of a
    quality sign (IGP, AOP, …) or empty; `season` and `evidence_fr` are empty when no source says; `confidence` is
    `sourced` when a published page says so, else `to_verify`.
    """

    id: str
    territory: str
    sector: str
    name_fr: str
    name_ar: str
    label: str
    season: str
    evidence_fr: str
    source_url: str
    confidence: str


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
    return tuple(Resource(**row) for row in read_rows(data / "resources.csv"))
