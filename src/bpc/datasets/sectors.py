"""Reads sectors.csv: the sectors of activity a project may belong to."""

from dataclasses import dataclass
from pathlib import Path

from bpc.datasets.paths import DATA
from bpc.datasets.tables import read_rows


@dataclass(frozen=True, slots=True)
class Sector:
    """A sector of activity; `icon` names its pictogram."""

    code: str
    name_fr: str
    name_ar: str
    icon: str
    description_fr: str
    description_ar: str


def read_sectors(data: Path = DATA) -> tuple[Sector, ...]:
    """Sectors in the order they are offered."""
    return tuple(Sector(**row) for row in read_rows(data / "sectors.csv"))
