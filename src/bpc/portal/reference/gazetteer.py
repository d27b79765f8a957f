"""Every territory with what never changes while the process runs: places, boxes, areas, children, neighbours.

Read from the files the rows of `Territory` are loaded from, so an answer made of it costs no query.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from django.conf import settings

from bpc.datasets.territories import Neighbour, Territory, read_neighbours, read_territories


@dataclass(frozen=True)
class Gazetteer:
    """Territories by code (country first, then each level by code), and how they hang together."""

    by_code: dict[str, Territory]
    children: dict[str, tuple[str, ...]]
    neighbours: dict[str, tuple[Neighbour, ...]]

    def within(self, code: str, other: str) -> bool:
        """Whether `other` is `code` or lies in it."""
        place: Territory | None = self.by_code.get(other)
        while place is not None:
            if place.code == code:
                return True
            place = self.by_code.get(place.parent)
        return False


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer of this process; the first caller reads the files (some tens of milliseconds)."""
    by_code = {place.code: place for place in read_territories(settings.DATA)}
    children: dict[str, list[str]] = defaultdict(list)
    for place in by_code.values():
        if place.parent:
            children[place.parent].append(place.code)
    neighbours: dict[str, list[Neighbour]] = defaultdict(list)
    for pair in read_neighbours(settings.DATA):
        neighbours[pair.code].append(pair)
    return Gazetteer(
        by_code,
        {code: tuple(found) for code, found in children.items()},
        {
            code: tuple(sorted(found, key=lambda pair: (-pair.shared_km, pair.neighbour)))
            for code, found in neighbours.items()
        },
    )
