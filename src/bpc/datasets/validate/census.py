"""Checks the census: tables, dictionary, and sums of children where HCP's own add up."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from bpc.datasets.census import AREAS, SEXES, TABLES, read_indicators, read_topics
from bpc.datasets.tables import read_header_and_cells, read_rows
from bpc.datasets.validate.words import different, missing_names, repeated

KEY = ["code", "area", "sex", "basis"]
DIRECTIONS = ("higher", "lower", "neutral")
CONFIDENCES = ("official", "deduced")
UNITS = (
    "people", "households", "percent", "years", "births per woman", "people per household", "people per room",
    "km", "establishments", "souks", "jobs", "people per km²", "per 1,000 people",
)  # fmt: skip
#: Counts that HCP's tables add up exactly, by table: the sample-based ones do not.
ADDITIVE = {
    "people_2024": ("population_legal", "population_municipal"),
    "people_2014": ("population_legal", "population_municipal", "labour_active", "profession_employed"),
    "households_2024": ("households_count", "households_municipal_population"),
    "households_2014": ("households_count", "households_municipal_population"),
    "establishments_2024": ("establishments_total", "establishments_business", "establishments_jobs"),
}


def check_dictionary(data: Path) -> Iterator[str]:
    """Each indicator is complete in both languages and says exactly what the tables hold."""
    rows = read_rows(data / "census" / "indicators.csv")
    topics = {topic.id for topic in read_topics(data)}
    for row in read_rows(data / "census" / "topics.csv"):
        yield from missing_names(f"topics.csv {row['id']}", row, "name")
    sources = {row["id"] for row in read_rows(data / "sources.csv")}
    names = {row["id"] for row in rows}
    yield from repeated("indicators.csv", (row["id"] for row in rows))
    yield from repeated("indicators.csv label_fr", (row["label_fr"] for row in rows))
    yield from repeated("indicators.csv label_ar", (row["label_ar"] for row in rows))
    for row in rows:
        where = f"indicators.csv {row['id']}"
        yield from missing_names(where, row, "label", "method")
        for column, allowed in (("topic", topics), ("direction", DIRECTIONS), ("unit", UNITS),
                                ("confidence", CONFIDENCES), ("map", ("yes", "no")),
                                ("denominator", {"", *names})):  # fmt: skip
            if row[column] not in allowed:
                yield f"{where}: {column} {row[column]!r}"
        cited = set(row["sources"].split())
        if not cited or cited - sources:
            yield f"{where}: sources {row['sources']!r} not all in sources.csv"
        if (row["comparable"] == "yes") != (row["years"] == "2024 2014"):
            yield f"{where}: comparable {row['comparable']!r} with years {row['years']!r}"
    yield from _breakdowns(data)


def _breakdowns(data: Path) -> Iterator[str]:
    """Years, areas and sexes the dictionary announces are those that hold figures."""
    held: dict[str, set[tuple[int, str, str]]] = {}
    for name in TABLES:
        header, rows = read_header_and_cells(data / "census" / f"{name}.csv.gz")
        year = int(name.rsplit("_", 1)[1])
        filled: dict[tuple[str, str], set[int]] = {}
        for row in rows:
            filled.setdefault((row[1], row[2]), set()).update(i for i, cell in enumerate(row) if cell)
        for (area, sex), positions in filled.items():
            for position in positions - {0, 1, 2, 3}:
                held.setdefault(header[position], set()).add((year, area, sex))
    entries = {entry.id: entry for entry in read_indicators(data)}
    yield from different("indicators.csv", entries, held)
    for name, entry in entries.items():
        if set(entry.breakdowns) != held.get(name):
            yield f"indicators.csv {name}: breakdowns differ from the tables"
        if {year for year, _, _ in entry.breakdowns} != set(entry.years):
            yield f"indicators.csv {name}: years differ from its breakdowns"


def check_tables(data: Path) -> Iterator[str]:
    """Keys are known and unique, every cell is a number or empty, shares lie within 0 and 100."""
    units = {entry.id: entry.unit for entry in read_indicators(data)}
    codes = {row["code"] for row in read_rows(data / "territories" / "territories.csv")}
    for name in TABLES:
        header, rows = read_header_and_cells(data / "census" / f"{name}.csv.gz")
        if header[:4] != KEY:
            yield f"{name}: begins with {header[:4]}, expected {KEY}"
        yield from repeated(name, (tuple(row[:3]) for row in rows))
        for row in rows:
            if row[0] not in codes or row[1] not in AREAS or row[2] not in SEXES or row[3] not in CONFIDENCES:
                yield f"{name} {'.'.join(row[:3])}: unknown territory, area, sex or basis"
        for indicator, column in zip(header[4:], list(zip(*rows, strict=True))[4:], strict=True):
            lowest, highest = _limits(indicator, units.get(indicator, ""))
            if not _is_sound(column, lowest, highest):
                where = ((".".join(row[:3]), cell) for row, cell in zip(rows, column, strict=True))
                yield from _bad_cells(f"{name} {indicator}", where, lowest, highest)


def _limits(indicator: str, unit: str) -> tuple[float, float]:
    if indicator == "population_change":
        return -100, 1e9
    # shares added up from rounded ones may pass 100 by their roundings
    return (0, 100.51) if unit == "percent" else (0, 1e9)


def _is_sound(column: Sequence[str], lowest: float, highest: float) -> bool:
    """Whether a whole column is right, in one go: telling which cell is wrong takes far longer."""
    try:
        figures = np.array([float(cell) for cell in column if cell])
    except ValueError:
        return False
    return bool(np.all((figures >= lowest) & (figures <= highest)))


def _bad_cells(where: str, cells: Iterable[tuple[str, str]], lowest: float, highest: float) -> Iterator[str]:
    for key, cell in cells:
        try:
            inside = not cell or lowest <= float(cell) <= highest
        except ValueError:
            yield f"{where} {key}: {cell!r} is not a number"
        else:
            if not inside:
                yield f"{where} {key}: {cell} is out of range"


def check_sums(data: Path) -> Iterator[str]:
    """Counts of children add up to their parent's, at each level, for the whole population."""
    parents = {row["code"]: row["parent"] for row in read_rows(data / "territories" / "territories.csv")}
    for name, counted in ADDITIVE.items():
        header, rows = read_header_and_cells(data / "census" / f"{name}.csv.gz")
        for indicator in counted:
            position = header.index(indicator)
            values = {
                row[0]: int(row[position]) for row in rows if row[1:3] == ["total", "all"] and row[position]
            }
            totals: Counter[str] = Counter()
            for code, value in values.items():
                totals[parents.get(code, "?")] += value
            for code in sorted(totals.keys() - {""}):
                if values.get(code) != totals[code]:
                    yield f"{name} {code}: {indicator} {values.get(code)}, children add up to {totals[code]}"
