"""Reads sources.csv: where every figure comes from, when it was read, on which terms."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bpc.datasets.paths import DATA
from bpc.datasets.tables import read_rows


@dataclass(frozen=True, slots=True)
class Source:
    """One source; `attribution` is the line to cite, `changes` what was changed to what was read."""

    id: str
    title_fr: str
    title_ar: str
    publisher_fr: str
    publisher_ar: str
    url: str
    read_on: date
    licence_fr: str
    licence_ar: str
    attribution_fr: str
    attribution_ar: str
    changes_fr: str
    changes_ar: str


def read_sources(data: Path = DATA) -> tuple[Source, ...]:
    """Sources in the order of the file. Raises ValueError or TypeError when a row is not as it should be."""
    rows = read_rows(data / "sources.csv")
    return tuple(
        Source(**{**row, "read_on": date.fromisoformat(row["read_on"])})  # type: ignore[arg-type]
        for row in rows
    )
