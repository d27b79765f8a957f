"""Checks territories.csv: codes, hierarchy, names, figures that add up, positions."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from bpc.datasets.tables import read_rows
from bpc.datasets.territories import Territory, read_territories
from bpc.datasets.validate.words import missing_names, repeated

COUNTS = {"country": 1, "region": 12, "province": 75, "commune": 1503}
CODE = {
    "country": re.compile(r"MA"),
    "region": re.compile(r"\d{2}"),
    "province": re.compile(r"\d{2}\.\d{3}"),
    "commune": re.compile(r"\d{2}\.\d{3}\.\d{2}\.\d{1,2}"),
}
TYPES = {
    "country": {""},
    "region": {""},
    "province": {"province", "prefecture"},
    "commune": {"urban", "rural"},
}
FIGURES = ("population_2014", "population_2024", "households_2014", "households_2024")
FILE = "territories.csv"


def check_territories(data: Path) -> Iterator[str]:
    """Every problem of the table of territories."""
    rows = read_rows(data / "territories" / FILE)
    for row in rows:
        yield from missing_names(f"{FILE} {row['code']}", row, "name")
    places = read_territories(data)
    yield from repeated(FILE, (place.code for place in places))
    counts = Counter(place.level for place in places)
    if counts != COUNTS:
        yield f"{FILE}: {dict(counts)} territories, expected {COUNTS}"
    for place in places:
        yield from _one(place)
    yield from _hierarchy(places)
    for figure in FIGURES:
        yield from _sums(places, figure)


def _one(place: Territory) -> Iterator[str]:
    where = f"{FILE} {place.code}"
    if not CODE[place.level].fullmatch(place.code):
        yield f"{where}: not the code of a {place.level}"
    if place.type not in TYPES[place.level]:
        yield f"{where}: type {place.type!r} of a {place.level}"
    if not (place.west <= place.lon <= place.east and place.south <= place.lat <= place.north):
        yield f"{where}: its point is outside its box"
    if not (-17.2 <= place.west < place.east <= -0.9 and 20.7 <= place.south < place.north <= 36.0):
        yield f"{where}: its box is not in Morocco"
    if place.area_km2 <= 0:
        yield f"{where}: area {place.area_km2}"
    if place.population_2024 is None or any((getattr(place, name) or 0) < 0 for name in FIGURES):
        yield f"{where}: population or households missing or negative"


def _hierarchy(places: Sequence[Territory]) -> Iterator[str]:
    above = {"region": "country", "province": "region", "commune": "province"}
    known = {place.code: place for place in places}
    for place in places:
        if place.level == "country":
            continue
        parent = known.get(place.parent)
        if parent is None or parent.level != above[place.level]:
            yield f"{FILE} {place.code}: parent {place.parent!r} is not a {above[place.level]}"
        elif parent.level != "country" and not place.code.startswith(f"{parent.code}."):
            yield f"{FILE} {place.code}: code does not begin with its parent's, {parent.code}"
        elif any((place.west < parent.west, place.south < parent.south, place.east > parent.east,
                  place.north > parent.north)):  # fmt: skip
            yield f"{FILE} {place.code}: box leaves its parent's"


def _sums(places: Sequence[Territory], figure: str) -> Iterator[str]:
    """Children add up to their parent; an unknown child counts for nothing, as in HCP's own totals."""
    totals: Counter[str] = Counter()
    for place in places:
        totals[place.parent] += getattr(place, figure) or 0
    for place in places:
        if place.level != "commune" and totals[place.code] != getattr(place, figure):
            total = totals[place.code]
            yield f"{FILE} {place.code}: {figure} {getattr(place, figure)}, children add up to {total}"
