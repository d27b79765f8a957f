"""Reads delegations.csv: the delegations of the ODCO that a published source names, and where they are."""

from dataclasses import dataclass
from pathlib import Path

from bpc.datasets.paths import DATA
from bpc.datasets.tables import read_rows


@dataclass(frozen=True, slots=True)
class Delegation:
    """A delegation of the ODCO, by the commune it is in.

    `provinces` are the codes of the provinces its source says it serves, empty where no source says: then
    nothing more is known than the region it lies in.
    """

    commune: str
    provinces: tuple[str, ...]
    source_url: str

    def serves(self, code: str) -> bool:
        """Whether a source says it serves this place or, where none says, whether it lies in its region.

        >>> Delegation("04.281.01.01", ("04.281", "04.481"), "").serves("04.421.01.01")
        False
        >>> Delegation("09.001.01.01", (), "").serves("09.541.01.13")
        True
        """
        if self.provinces and len(code) > 2:
            return code[:6] in self.provinces
        return self.commune[:2] == code[:2]


def read_delegations(data: Path = DATA) -> tuple[Delegation, ...]:
    """Delegations by the code of their commune. Raises FileNotFoundError without the file."""
    return tuple(
        Delegation(row["commune"], tuple(row["provinces"].split()), row["source_url"])
        for row in read_rows(data / "delegations.csv")
    )
