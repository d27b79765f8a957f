"""What a commune already tells of a project: where it lies, village or town, sea, earthquake."""

from functools import lru_cache
from typing import Any

from django.conf import settings

from bpc.datasets.coasts import read_coasts
from bpc.portal.foundation.page_cache import generations
from bpc.portal.reference.models import Territory
from bpc.portal.reference.places import places_by_code

#: Provinces that our sources name as struck in September 2023: Al Haouz and Chichaoua (equipment given after it, 2025),
#: Taroudannt (cash given after it, 2024). Medium confidence: others were struck too, so that elsewhere is unknown.
STRUCK_IN_2023 = frozenset({"07.041", "07.161", "09.541"})


def facts_of_commune(code: str) -> dict[str, Any]:
    """Facts of core.matching that the commune gives; empty for a code that is not one.

    Rural or urban as the census of 2024 has it; on the coast where its outline touches the sea. Mountain and oasis are
    in none of our data: unknown, and asked.
    """
    return dict(_facts_of_commune(code, generations("reference")))


@lru_cache(maxsize=2048)
def _facts_of_commune(code: str, generation: str) -> tuple[tuple[str, Any], ...]:
    place = places_by_code().get(code)
    if place is None or place.level != Territory.Level.COMMUNE:
        return ()
    province = ".".join(code.split(".")[:2])
    found: dict[str, Any] = {
        "commune": code,
        "province": province,
        "region": code.split(".")[0],
        "rural": place.kind == "rural",
        "coastal": code in _coasts(),
    }
    if province in STRUCK_IN_2023:
        found["earthquake_zone"] = True
    return tuple(found.items())


@lru_cache(maxsize=1)
def _coasts() -> frozenset[str]:
    return frozenset(read_coasts(settings.DATA))
