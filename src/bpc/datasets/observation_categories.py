"""Read data/observation_categories.csv: what a need or an opportunity can be about.

A proposal drawn up for this site, not a nomenclature of ODCO.
"""

from dataclasses import dataclass
from pathlib import Path

from bpc.datasets.paths import DATA
from bpc.datasets.tables import read_rows


@dataclass(frozen=True, slots=True)
class ObservationCategory:
    """One subject; `kind` is `need` or `opportunity`, `icon` names its pictogram."""

    code: str
    kind: str
    name_fr: str
    name_ar: str
    examples_fr: str
    examples_ar: str
    icon: str


def read_observation_categories(data: Path = DATA) -> tuple[ObservationCategory, ...]:
    """Categories in the order they are offered, needs first."""
    return tuple(ObservationCategory(**row) for row in read_rows(data / "observation_categories.csv"))
