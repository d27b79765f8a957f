"""Reads resource_places.csv: the communes that a resource names, or that its source speaks of. Checked by hand.

A resource is told for a province or a region; its own name may say more: « Safran de Taliouine », « Poterie de
Tamegroute ». A name that is also that of the province (« Pomme de Midelt ») says nothing of the commune, except for
crafts and ports of the town.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bpc.datasets.paths import DATA
from bpc.datasets.tables import read_rows

Why = Literal["named_after", "located", "cited"]
WHYS: tuple[Why, ...] = ("named_after", "located", "cited")


@dataclass(frozen=True, slots=True)
class ResourcePlace:
    """One commune of one resource.

    `why`: `named_after`, its name names the commune; `located`, its name names a place of the commune (a village, a
    lagoon, a port); `cited`, its source, or that of `source_url`, speaks of the commune. Always deduced by us.
    """

    resource: str
    commune: str
    why: Why
    source_url: str
    confidence: str


def read_resource_places(data: Path = DATA) -> tuple[ResourcePlace, ...]:
    """Every pair, by resource then commune."""
    return tuple(ResourcePlace(**row) for row in read_rows(data / "resource_places.csv"))  # type: ignore[arg-type] # a test and `validate` check `why`
