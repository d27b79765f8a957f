"""Reads coasts.csv: the communes that touch the sea, computed from our own outlines."""

from pathlib import Path

from bpc.datasets.paths import DATA
from bpc.datasets.tables import read_rows


def read_coasts(data: Path = DATA) -> dict[str, float]:
    """The length of coast in km by code of commune; a commune that is not there has none."""
    return {row["commune"]: float(row["coast_km"]) for row in read_rows(data / "territories" / "coasts.csv")}
