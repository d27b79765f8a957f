"""Fill the reference tables from `data/`, only where a file changed."""

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from bpc.datasets.sectors import read_sectors
from bpc.datasets.territories import read_territories
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.reference.models import LoadedFile, Sector, Territory

Say = Callable[[str], None]
M = TypeVar("M", bound=Model)

_TERRITORY_COLUMNS = [
    "level", "kind", "parent", "name_fr", "name_ar", "population_2014", "population_2024", "households_2014",
    "households_2024", "lon", "lat", "west", "south", "east", "north",
]  # fmt: skip


def load_territories(data: Path) -> int:
    """Write the country, regions, provinces and communes; parents come before children. Returns their number."""
    rows = [
        Territory(
            code=place.code,
            level=place.level,
            kind=place.type,
            parent_id=place.parent or None,
            name_fr=place.name_fr,
            name_ar=place.name_ar,
            population_2014=place.population_2014,
            population_2024=place.population_2024,
            households_2014=place.households_2014,
            households_2024=place.households_2024,
            lon=place.lon,
            lat=place.lat,
            west=place.west,
            south=place.south,
            east=place.east,
            north=place.north,
        )
        for place in read_territories(data)
    ]
    for level in Territory.Level.values:
        upsert(Territory, (row for row in rows if row.level == level), "code", _TERRITORY_COLUMNS)
    return len(rows)


def load_sectors(data: Path) -> int:
    """Write the sectors of activity in the order of the file."""
    rows = [
        Sector(
            code=sector.code,
            name_fr=sector.name_fr,
            name_ar=sector.name_ar,
            icon=sector.icon,
            position=position,
        )
        for position, sector in enumerate(read_sectors(data))
    ]
    upsert(Sector, rows, "code", ["name_fr", "name_ar", "icon", "position"])
    return len(rows)


def upsert(model: type[M], rows: Iterable[M], key: str, columns: list[str]) -> None:
    """Insert the rows, or bring the `columns` of those whose `key` is known up to date."""
    model._default_manager.bulk_create(
        list(rows), update_conflicts=True, unique_fields=[key], update_fields=columns, batch_size=500
    )


#: file → loader, in the order that foreign keys need
LOADERS: dict[str, Callable[[Path], int]] = {
    "territories/territories.csv": load_territories,
    "sectors.csv": load_sectors,
}


def load_file(name: str, loader: Callable[[Path], int], say: Say, *, force: bool = False) -> bool:
    """Load one file unless the same bytes were loaded before. Returns whether it was loaded."""
    digest = hashlib.sha256((settings.DATA / name).read_bytes()).hexdigest()
    if not force and LoadedFile.objects.filter(name=name, sha256=digest).exists():
        return False
    with transaction.atomic():
        count = loader(settings.DATA)
        LoadedFile.objects.update_or_create(
            name=name, defaults={"sha256": digest, "loaded_at": timezone.now()}
        )
        outdate("reference")
    say(f"  {name}: {count}")
    return True


def load_files(loaders: dict[str, Callable[[Path], int]], say: Say, *, force: bool = False) -> None:
    """Load every file of `loaders` that changed, in their order."""
    for name, loader in loaders.items():
        load_file(name, loader, say, force=force)
