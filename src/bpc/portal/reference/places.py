"""Find a place: by its name in either script, or by a position. Names are few enough to be held in the process."""

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from operator import attrgetter

from django.conf import settings

from bpc.core.territory.locate import Locator
from bpc.core.text.places import rank_places
from bpc.datasets.boundaries import read_full
from bpc.portal.foundation.page_cache import generations
from bpc.portal.reference.models import Sector, Territory

_LEVEL_ORDER = {level: position for position, level in enumerate(Territory.Level.values)}


@dataclass(frozen=True)
class Place:
    """A named place with where it lies, light enough to hold all 1,591."""

    code: str
    level: str
    kind: str  # urban or rural for a commune, prefecture or province
    parent: str
    name_fr: str
    name_ar: str
    parent_name_fr: str
    parent_name_ar: str
    population: int | None
    lon: float
    lat: float


@dataclass(frozen=True)
class Reference:
    """Places and sectors, to be read only. Places: wider levels first, then the more populous."""

    places: dict[str, Place]
    by_level: dict[str, tuple[Place, ...]]
    sectors: dict[str, Sector]

    def at(self, level: str) -> tuple[Place, ...]:
        """Every territory of a level; empty before the data are loaded."""
        return self.by_level.get(level, ())


@lru_cache(maxsize=1)
def _places(generation: str) -> tuple[Place, ...]:
    rows = Territory.objects.select_related("parent")
    found = [
        Place(
            code=row.code,
            level=row.level,
            kind=row.kind,
            parent=row.parent_id or "",
            name_fr=row.name_fr,
            name_ar=row.name_ar,
            parent_name_fr=row.parent.name_fr if row.parent else "",
            parent_name_ar=row.parent.name_ar if row.parent else "",
            population=row.population_2024,
            lon=row.lon,
            lat=row.lat,
        )
        for row in rows
    ]
    # the order that decides between equal matches: wider levels first, then the more populous
    return tuple(
        sorted(found, key=lambda place: (_LEVEL_ORDER[place.level], -(place.population or 0), place.code))
    )


def all_places() -> tuple[Place, ...]:
    """Every territory, wider levels first, then the more populous."""
    return _places(generations("reference"))


@lru_cache(maxsize=1)
def _reference(generation: str) -> Reference:
    places = _places(generation)
    return Reference(
        places={place.code: place for place in places},
        by_level={level: tuple(group) for level, group in groupby(places, key=attrgetter("level"))},
        sectors={sector.code: sector for sector in Sector.objects.all()},
    )


def reference() -> Reference:
    """All that `data/` names, held by the process; one cheap query asks whether it is still so."""
    return _reference(generations("reference"))


def places_by_code() -> dict[str, Place]:
    """Every territory by its code, in the order of `all_places`; to be read only."""
    return reference().places


def search_places(query: str, *, level: str | None = None, limit: int = 8) -> list[Place]:
    """Places whose name answers `query`, best first; the larger place first among equals.

    Accents, case, article, hyphens and Arabic spelling variants do not matter. Empty when nothing matches.
    """
    candidates = all_places() if level is None else reference().at(level)
    return rank_places(query, ((place, (place.name_fr, place.name_ar)) for place in candidates), limit)


@cache
def locator() -> Locator:
    """The point look-up of this process over full-resolution outlines; the first call loads them (about a second)."""
    return read_full(settings.DATA, settings.VAR / "cache")
