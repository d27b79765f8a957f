"""Fill the categories of needs and opportunities from `data/`."""

from collections.abc import Callable
from pathlib import Path

from bpc.datasets.observation_categories import read_observation_categories
from bpc.portal.observations.models import Category
from bpc.portal.reference.loading import upsert

_COLUMNS = ["kind", "name_fr", "name_ar", "examples_fr", "examples_ar", "icon"]


def load_categories(data: Path) -> int:
    """Write the categories in the order of the file. Returns their number."""
    rows = [
        Category(code=one.code, position=position, **{name: getattr(one, name) for name in _COLUMNS})
        for position, one in enumerate(read_observation_categories(data))
    ]
    upsert(Category, rows, "code", [*_COLUMNS, "position"])
    return len(rows)


LOADERS: dict[str, Callable[[Path], int]] = {"observation_categories.csv": load_categories}
