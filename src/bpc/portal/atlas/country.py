"""The tree of the country, held in the process: which places lie in which, and what they are called."""

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from bpc.portal.foundation.page_cache import generations
from bpc.portal.reference.models import Territory
from bpc.portal.reference.places import Place, all_places

LEVELS: tuple[str, ...] = tuple(Territory.Level.values)
NATION = "MA"
#: The level a place is divided into first.
BELOW = {"country": "region", "region": "province", "province": "commune"}


@dataclass(frozen=True)
class Country:
    """Every place by code, and the codes of each level in code order."""

    places: dict[str, Place]
    by_level: dict[str, tuple[str, ...]]

    def inside(self, code: str, level: str) -> tuple[str, ...]:
        """Codes of `level` that lie in the place `code` (all of them for the country), in code order.

        Codes of provinces and communes begin with those of the places that hold them, so no walk is needed.
        """
        codes = self.by_level[level]
        if code == NATION:
            return codes
        # side by side, from « 09. » to the sign that follows the dot
        return codes[bisect_left(codes, f"{code}.") : bisect_left(codes, f"{code}/")]

    def path_to(self, code: str) -> list[Place]:
        """The places that hold `code`, from the country down, itself last."""
        path: list[Place] = []
        place = self.places.get(code)
        while place is not None:
            path.insert(0, place)
            place = self.places.get(place.parent)
        return path


def divisions_of(level: str) -> tuple[str, ...]:
    """Levels that a place of `level` can be divided into, the next one first.

    >>> divisions_of("region")
    ('province', 'commune')
    """
    return LEVELS[LEVELS.index(level) + 1 :]


@lru_cache(maxsize=2)
def _country(generation: str) -> Country:
    places = {place.code: place for place in sorted(all_places(), key=lambda place: place.code)}
    by_level = {
        level: tuple(code for code, place in places.items() if place.level == level) for level in LEVELS
    }
    return Country(places, by_level)


def country() -> Country:
    """The country as loaded now; one query to know whether it changed."""
    return _country(generations("reference"))


def name_in(place: Place, language: str) -> str:
    """The place's name in the language of the page, French where that language has no column."""
    return str(getattr(place, f"name_{language}", "") or place.name_fr)


def other_name_in(place: Place, language: str) -> str:
    """The name in the other official script."""
    return place.name_fr if language == "ar" else place.name_ar
