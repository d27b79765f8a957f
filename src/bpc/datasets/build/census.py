"""Census tables: one file per source, keyed by our codes, cells exactly as published, empty = unknown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bpc.datasets.build.derived import derive
from bpc.datasets.build.packages import fields, table
from bpc.datasets.tables import write_rows

AREAS = ("total", "urban", "rural")
SEXES = ("all", "male", "female")
KEY = ("code", "area", "sex")
LEVELS = ("country", "region", "province", "commune")

Key = tuple[str, str, str]
Cells = dict[str, str]


@dataclass(frozen=True)
class Source:
    """One table of the package: its name there, the key of its columns' description, and the year."""

    file: str
    table: str
    described: str
    part: str
    year: int


SOURCES = (
    Source("people_2024", "indicators/people", "indicators", "people", 2024),
    Source("households_2024", "indicators/households", "indicators", "households", 2024),
    Source("establishments_2024", "economy/establishments", "economy", "fields", 2024),
    Source("people_2014", "indicators2014/people", "indicators2014", "people", 2014),
    Source("households_2014", "indicators2014/households", "indicators2014", "households", 2014),
)
#: Units that are counts: only these may be added up over a city's arrondissements.
COUNTS = ("people", "households", "establishments", "souks", "jobs")


def indicator_ids(source: Source) -> dict[str, str]:
    """Column of the source → indicator id: the same id in both years only where HCP asked alike.

    A 2014 column that bears the name of a 2024 one without being comparable gets the suffix `_2014`.
    """
    described = fields(source.described)[source.part]
    if source.year == 2024:
        return {field["column"]: field["column"] for field in described}
    current = fields("indicators")
    asked = {field["path"]: field["column"] for part in ("people", "households") for field in current[part]}
    taken = set(asked.values())
    ids = {}
    for field in described:
        column = field["column"]
        alike = asked.get(field.get("comparableTo", ""))
        ids[column] = alike or (f"{column}_2014" if column in taken else column)
    return ids


def units(source: Source) -> dict[str, str]:
    """Indicator id → unit, as the source describes it."""
    ids = indicator_ids(source)
    return {ids[field["column"]]: field["unit"] for field in fields(source.described)[source.part]}


def build_census(folder: Path, codes: Sequence[str], areas_km2: Mapping[str, float]) -> None:
    """Writes the five tables of HCP and the two derived ones under `folder`."""
    published: dict[int, dict[Key, Cells]] = {2014: {}, 2024: {}}
    order = {code: position for position, code in enumerate(codes)}
    for source in SOURCES:
        rows = _rows(source, order)
        summed = _city_sums(source, rows)
        header = list(units(source))
        _write(folder / f"{source.file}.csv.gz", header, rows, summed, order)
        for key, cells in rows.items():
            published[source.year].setdefault(key, {}).update(cells)
    for year, rows in derive(published, areas_km2).items():
        header = sorted({name for cells in rows.values() for name in cells})
        _write(folder / f"derived_{year}.csv.gz", header, rows, set(rows), order)


def _rows(source: Source, order: Mapping[str, int]) -> dict[Key, Cells]:
    """Rows of our territories, columns renamed to indicator ids; rows without any figure are left out."""
    ids = indicator_ids(source)
    rows = {}
    for row in table(source.table):
        code = row["code"] or "MA"
        if row["level"] not in LEVELS or code not in order:
            continue
        cells = {ids[column]: row[column] for column in ids}
        if any(cells.values()):
            rows[code, row.get("area", "total"), row.get("sex", "all")] = cells
    return rows


def _city_sums(source: Source, rows: dict[Key, Cells]) -> set[Key]:
    """Completes the six cities with the exact sums of their arrondissements' counts; returns what it added.

    Rates are left unknown: an average of rounded rates is not what HCP would have published.
    """
    if source.file == "establishments_2024":
        sums = {row["code"] for row in table(source.table) if row["basis"] == "arrondissement_sum"}
        return {key for key in rows if key[0] in sums}
    parts: dict[Key, list[Cells]] = {}
    ids = indicator_ids(source)
    cities = {row["code"]: row["commune_code"] for row in table("attributes/arrondissements")}
    for row in table(source.table):
        key = (cities.get(row["code"], ""), row.get("area", "total"), row.get("sex", "all"))
        if row["level"] == "arrondissement" and key not in rows:
            parts.setdefault(key, []).append({ids[column]: row[column] for column in ids})
    counted = [name for name, unit in units(source).items() if unit in COUNTS]
    added = {key: _sum(cells, counted) for key, cells in parts.items()}
    added = {key: cells for key, cells in added.items() if any(cells.values())}
    rows.update(added)
    return set(added)


def _sum(parts: Sequence[Cells], counted: Iterable[str]) -> Cells:
    """Sum of each count, empty when one part is unknown; the other columns stay empty."""
    cells = dict.fromkeys(parts[0], "")
    for name in counted:
        if all(part[name] for part in parts):
            cells[name] = str(sum(int(part[name]) for part in parts))
    return cells


def _write(
    path: Path, header: Sequence[str], rows: Mapping[Key, Cells], deduced: set[Key], order: Mapping[str, int]
) -> None:
    ranked = sorted(rows, key=lambda key: (order[key[0]], AREAS.index(key[1]), SEXES.index(key[2])))
    write_rows(
        path,
        [*KEY, "basis", *header],
        (
            [*key, "deduced" if key in deduced else "official", *(rows[key].get(name, "") for name in header)]
            for key in ranked
        ),
    )
