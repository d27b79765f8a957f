"""The registered cooperatives as files to download. What the register does not say is an empty cell, never zero."""

from collections.abc import Iterator
from typing import Any

from bpc.portal.foundation.open_files import OpenFile, points, table
from bpc.portal.foundation.page_cache import generations
from bpc.portal.reference.gazetteer import gazetteer
from bpc.portal.register.queries import GENERATION, tally_of
from bpc.portal.register.tallies import COUNTRY, present

DECIMALS = 3  # of a position in degrees, about 100 m
_READ = (
    "number", "name_fr", "name_ar", "sector_id", "activity", "territory_id", "commune_id", "province_id", "region_id",
    "registered_on", "year", "members", "women", "youth", "is_women", "is_youth", "status", "lon", "lat", "is_demo",
)  # fmt: skip
COLUMNS = (
    *(name.removesuffix("_id") for name in _READ[:6]), "territory_fr", "territory_ar",
    *(name.removesuffix("_id") for name in _READ[6:-1]), "position", "is_demo",
)  # fmt: skip


def _rows() -> Iterator[dict[str, Any]]:
    found = present().order_by("sort_name", "pk").values(*_READ)
    return (_row(row) for row in found.iterator(chunk_size=2000))


def _row(read: dict[str, Any]) -> dict[str, Any]:
    """The position given, else that of the finest territory known; none for what is somewhere in the country."""
    row = {name.removesuffix("_id"): value for name, value in read.items()}
    place = gazetteer().by_code[row["territory"]]
    row |= {"territory_fr": place.name_fr, "territory_ar": place.name_ar, "position": "own"}
    if row["lon"] is None or row["lat"] is None:
        nowhere = place.level == "country"
        row |= {"lon": None, "lat": None} if nowhere else {"lon": place.lon, "lat": place.lat}
        row["position"] = "" if nowhere else place.level
    row |= {name: row[name] and round(row[name], DECIMALS) for name in ("lon", "lat")}
    row["registered_on"] = row["registered_on"] and row["registered_on"].isoformat()
    return {name: row[name] for name in COLUMNS}


def _number() -> int:
    tally = tally_of(COUNTRY)
    return tally.count if tally is not None else 0


def _state() -> str:
    return f"{generations(GENERATION, 'reference')}|{_number()}"


FILES = {
    "cooperatives.csv": OpenFile(
        "cooperatives.csv",
        _state,
        _number,
        lambda: table(COLUMNS, _rows(), ("name_fr", "name_ar", "activity")),
    ),
    "cooperatives.geojson": OpenFile(
        "cooperatives.geojson", _state, _number, lambda: points("number", _rows())
    ),
}
