"""Reads territories.csv: country, 12 regions, 75 provinces and préfectures, 1,503 communes."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bpc.datasets.paths import DATA
from bpc.datasets.tables import integer, read_rows

Level = Literal["country", "region", "province", "commune"]
LEVELS: tuple[Level, ...] = ("country", "region", "province", "commune")


@dataclass(frozen=True, slots=True)
class Territory:
    """One territory of Morocco, by its HCP code (`MA` for the country).

    Positions are in degrees (WGS84), areas in km² computed from HCP's outlines of 2014; a figure the census
    did not publish is None.
    """

    code: str
    level: Level
    type: Literal["", "urban", "rural", "province", "prefecture"]
    name_fr: str
    name_ar: str
    parent: str
    cercle_code: str
    cercle_fr: str
    cercle_ar: str
    population_2014: int | None
    population_2024: int | None
    households_2014: int | None
    households_2024: int | None
    lon: float
    lat: float
    centroid_lon: float
    centroid_lat: float
    west: float
    south: float
    east: float
    north: float
    area_km2: float

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east, north."""
        return self.west, self.south, self.east, self.north


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Two territories of one level that share a boundary; each pair is listed in both directions."""

    level: Level
    code: str
    neighbour: str
    shared_km: float


_WHOLE = ("population_2014", "population_2024", "households_2014", "households_2024")
_TEXT = ("code", "level", "type", "name_fr", "name_ar", "parent", "cercle_code", "cercle_fr", "cercle_ar")


def read_territories(data: Path = DATA) -> tuple[Territory, ...]:
    """All 1,591 territories, from the country down, each level by code.

    Raises FileNotFoundError without the file, ValueError or KeyError when a row is not as it should be.
    """
    found = []
    for row in read_rows(data / "territories" / "territories.csv"):
        cells: dict[str, object] = {}
        for name, cell in row.items():
            if name in _TEXT:
                cells[name] = cell
            else:
                cells[name] = integer(cell) if name in _WHOLE else float(cell)
        found.append(Territory(**cells))  # type: ignore[arg-type]  # the loop above gave each field its type
    return tuple(found)


def read_neighbours(data: Path = DATA) -> tuple[Neighbour, ...]:
    """Pairs of neighbours at the three levels, with the length in km of the boundary they share."""
    rows = read_rows(data / "territories" / "neighbours.csv")
    return tuple(
        Neighbour(row["level"], row["code"], row["neighbour"], float(row["shared_km"]))  # type: ignore[arg-type]
        for row in rows
    )
