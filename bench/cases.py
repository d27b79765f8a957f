"""What is measured: one line per kind of page, how each request is made another, and the limits of the issue."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bpc.datasets.census import read_indicators
from bpc.datasets.territories import read_territories

DATA = Path(__file__).resolve().parents[1] / "data"
RENDERED = 12.0  # ms of processor time
KEPT = 2.0  # ms
HELLOS = 2.0
GROWTH = 1.3  # from the smallest number of ideas to the largest
COMMUNE = "09.541.01.13"
VALUES = "/api/v1/indicators/labour_unemployment_rate/values?level=commune&year=2024"


@dataclass(frozen=True)
class Case:
    """One kind of page.

    `addresses` is called once per measure and gives an address per request. `outdated`: an idea is published
    before each request, so that no kept page answers it. A limit of None: told, not judged.
    """

    name: str
    addresses: Callable[[], Iterator[str]]
    requests: int
    outdated: bool = False
    limit_ms: float | None = None
    limit_hellos: float | None = None

    @property
    def limit(self) -> str:
        """The limit in words."""
        if self.limit_ms is not None:
            return f"≤ {self.limit_ms:g} ms"
        return "" if self.limit_hellos is None else f"≤ {self.limit_hellos:g}×"


def _same(address: str) -> Callable[[], Iterator[str]]:
    return lambda: itertools.repeat(address)


class _Each:
    """Every place or indicator in turn, going on where the last measure stopped: a page is never asked twice
    before all the others, so a kept one never answers."""

    def __init__(self, addresses: list[str]) -> None:
        self._endless = itertools.cycle(addresses)

    def __call__(self) -> Iterator[str]:
        return self._endless


def _sheets(level: str) -> _Each:
    codes = [place.code for place in read_territories(DATA) if place.level == level]
    # far apart in the list, so that a round is not spent in one region
    mixed = [code for start in range(40) for code in codes[start::40]]
    return _Each([f"/fr/territoires/{code}" for code in mixed])


def _maps(level: str) -> _Each:
    return _Each([f"/fr/carte?niveau={level}&indicateur={entry.id}" for entry in read_indicators(DATA)])


def cases() -> tuple[Case, ...]:
    """All that is measured, in the order of the table."""
    arabic = "%D8%AA%D8%B9%D8%A7%D9%88%D9%86%D9%8A%D8%A7%D8%AA"  # "cooperatives"
    listed = (
        ("idea list", "/fr/idees"),
        ("idea list of a region", "/fr/idees?region=09"),
        ("idea list, page 2 by support", "/fr/idees?sort=soutenues&page=2"),
        ("search, a common word", "/fr/idees?q=coop%C3%A9ratives"),
        ("search, a rare word", "/fr/idees?q=lieu42"),
        ("search, a common Arabic word", f"/ar/idees?q={arabic}"),
    )
    return (
        *(Case(f"{name}, rendered", _same(at), 15, outdated=True, limit_ms=RENDERED) for name, at in listed),
        Case("idea list, kept", _same("/fr/idees"), 60, limit_ms=KEPT),
        Case("commune sheet, rendered", _sheets("commune"), 25, limit_ms=RENDERED),
        Case("province sheet, rendered", _sheets("province"), 15, outdated=True, limit_ms=RENDERED),
        Case("commune sheet, kept", _same(f"/fr/territoires/{COMMUNE}"), 60, limit_ms=KEPT),
        Case("map of provinces, rendered", _maps("provinces"), 15, limit_ms=RENDERED),
        Case("map of 1,503 communes, rendered", _maps("communes"), 6),
        Case("map of provinces, kept", _same("/fr/carte?niveau=provinces"), 60, limit_ms=KEPT),
        Case("indicator values", _same(VALUES), 150, limit_hellos=HELLOS),
    )
