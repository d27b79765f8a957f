"""Reads products.csv: the closed list of products and assets that a resource of a territory may be."""

from dataclasses import dataclass
from pathlib import Path

from bpc.datasets.paths import DATA
from bpc.datasets.tables import read_rows


@dataclass(frozen=True, slots=True)
class Product:
    """A product or an asset; `sector` is the code of its usual sector, `icon` names its pictogram."""

    code: str
    name_fr: str
    name_ar: str
    sector: str
    icon: str


def read_products(data: Path = DATA) -> tuple[Product, ...]:
    """Products in the order they are offered. Raises FileNotFoundError without the file."""
    return tuple(Product(**row) for row in read_rows(data / "products.csv"))
