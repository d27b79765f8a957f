"""The census as one memory-mapped array: a column per indicator, year, area and sex; a row per territory."""

import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bpc.datasets.paths import DATA
from bpc.datasets.tables import read_header_and_cells, read_rows

Area = Literal["total", "urban", "rural"]
Sex = Literal["all", "male", "female"]
Floats = NDArray[np.float64]

AREAS: tuple[Area, ...] = ("total", "urban", "rural")
SEXES: tuple[Sex, ...] = ("all", "male", "female")
#: Tables of `data/census`, in the order they are compiled.
TABLES = (
    "people_2024", "households_2024", "establishments_2024", "derived_2024",
    "people_2014", "households_2014", "derived_2014",
)  # fmt: skip
#: Changes when the layout of the compiled files changes, so that an old cache is not read.
LAYOUT = b"2"


@dataclass(frozen=True, slots=True)
class Topic:
    """A group of indicators, with a note on the quality of its figures (may be empty)."""

    id: str
    order: int
    name_fr: str
    name_ar: str
    note_fr: str
    note_ar: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """One entry of the dictionary.

    `years` latest first; `breakdowns` are (year, area, sex) triples that hold at least one figure;
    `denominator` is the id of the indicator a share applies to, or empty; `map` tells the ones to offer
    first on the map.
    """

    id: str
    order: int
    topic: str
    label_fr: str
    label_ar: str
    unit: str
    direction: Literal["higher", "lower", "neutral"]
    years: tuple[int, ...]
    comparable: bool
    comparison_fr: str
    comparison_ar: str
    sexes: tuple[Sex, ...]
    areas: tuple[Area, ...]
    breakdowns: tuple[tuple[int, Area, Sex], ...]
    sources: tuple[str, ...]
    confidence: Literal["official", "deduced"]
    map: bool
    denominator: str
    method_fr: str
    method_ar: str


def read_topics(data: Path = DATA) -> tuple[Topic, ...]:
    """Topics in the order they are shown."""
    rows = read_rows(data / "census" / "topics.csv")
    topics = (Topic(**{**row, "order": int(row["order"])}) for row in rows)  # type: ignore[arg-type]
    return tuple(sorted(topics, key=lambda topic: topic.order))


def read_indicators(data: Path = DATA) -> tuple[Indicator, ...]:
    """The dictionary, in its order. Raises ValueError or KeyError when a row is not as it should be."""
    found = []
    for row in read_rows(data / "census" / "indicators.csv"):
        cells: dict[str, object] = dict(row)
        cells["order"] = int(row["order"])
        cells["years"] = tuple(int(year) for year in row["years"].split())
        cells["comparable"] = row["comparable"] == "yes"
        cells["map"] = row["map"] == "yes"
        for name in ("sexes", "areas", "sources"):
            cells[name] = tuple(row[name].split())
        triples = (item.split(".") for item in row["breakdowns"].split())
        cells["breakdowns"] = tuple((int(year), area, sex) for year, area, sex in triples)
        found.append(Indicator(**cells))  # type: ignore[arg-type]  # the lines above gave each field its type
    return tuple(found)


class Census:
    """Figures of the census by territory and indicator; NaN (or None) where nothing was published.

    Open it once per process with `Census.open`; reading is safe from several threads.
    """

    def __init__(self, figures: Floats, index: dict[str, list[str]], data: Path) -> None:
        """Use `open`. `figures` is columns x territories; `index` names both and the deduced cells."""
        self._figures = figures
        self._columns = {name: position for position, name in enumerate(index["columns"])}
        self._deduced = frozenset(index["deduced"])
        self.territories: tuple[str, ...] = tuple(index["territories"])
        self.position: dict[str, int] = {code: place for place, code in enumerate(self.territories)}
        self.indicators: dict[str, Indicator] = {entry.id: entry for entry in read_indicators(data)}
        self.topics: tuple[Topic, ...] = read_topics(data)
        self.fingerprint: str = index["fingerprint"][0]

    @classmethod
    def open(cls, cache_dir: Path, data: Path = DATA) -> "Census":
        """Opens the compiled census, compiling it into `cache_dir` first when missing or stale.

        Two processes may do it at once: each writes its own file and renames it over.
        """
        fingerprint = _fingerprint(data)
        path = cache_dir / f"census-{fingerprint}.npy"
        index_path = path.with_suffix(".json")
        if not (path.exists() and index_path.exists()):
            _compile(data, fingerprint, path, index_path)
        index: dict[str, list[str]] = json.loads(index_path.read_text("utf-8"))
        # a plain view of the mapped file: numpy's memmap class costs ten times as much at each reading
        return cls(np.load(path, mmap_mode="r").view(np.ndarray), index, data)

    def column(self, indicator: str, year: int, area: Area = "total", sex: Sex = "all") -> Floats:
        """Figures of every territory, in the order of `territories`, NaN where unknown (read-only).

        Raises KeyError for an indicator that is not in the dictionary; a breakdown that was not published
        is all NaN.
        """
        if indicator not in self.indicators:
            raise KeyError(indicator)
        position = self._columns.get(f"{indicator}.{year}.{area}.{sex}")
        if position is None:
            return np.full(len(self.territories), np.nan)
        column: Floats = self._figures[position]
        return column

    def value(
        self, code: str, indicator: str, year: int | None = None, area: Area = "total", sex: Sex = "all"
    ) -> float | None:
        """One figure, None when unknown; without `year`, that of the latest year of the indicator.

        Raises KeyError for an unknown territory or indicator.
        """
        chosen = self.indicators[indicator].years[0] if year is None else year
        figure = float(self.column(indicator, chosen, area, sex)[self.position[code]])
        return None if np.isnan(figure) else figure

    def years(self, indicator: str) -> tuple[int, ...]:
        """Years the indicator is known for, latest first. Raises KeyError for an unknown indicator."""
        return self.indicators[indicator].years

    def breakdowns(self, indicator: str, year: int) -> tuple[tuple[Area, Sex], ...]:
        """(area, sex) pairs that hold at least one figure that year."""
        return tuple((area, sex) for at, area, sex in self.indicators[indicator].breakdowns if at == year)

    def is_deduced(self, code: str, indicator: str, year: int) -> bool:
        """Whether the figure was computed here (a derived indicator, or a city's sum of arrondissements)."""
        return (
            self.indicators[indicator].confidence == "deduced"
            or f"{indicator}.{year}.{code}" in self._deduced
        )


def _fingerprint(data: Path) -> str:
    """Hash of the tables' bytes and of the order of the territories."""
    digest = hashlib.blake2b(LAYOUT, digest_size=8)
    for name in TABLES:
        digest.update((data / "census" / f"{name}.csv.gz").read_bytes())
    digest.update((data / "territories" / "territories.csv").read_bytes())
    return digest.hexdigest()


def _compile(data: Path, fingerprint: str, path: Path, index_path: Path) -> None:
    """Reads the tables into the array; columns without any figure are left out."""
    codes = [row["code"] for row in read_rows(data / "territories" / "territories.csv")]
    position = {code: place for place, code in enumerate(codes)}
    columns: dict[str, Floats] = {}
    deduced: list[str] = []
    for name in TABLES:
        header, rows = read_header_and_cells(data / "census" / f"{name}.csv.gz")
        columns.update(_columns(name, header, rows, position))
        if not name.startswith("derived"):
            deduced += _deduced_cells(name, header, rows)
    index = {
        "columns": list(columns),
        "territories": codes,
        "deduced": sorted(set(deduced)),
        "fingerprint": [fingerprint],
    }
    _replace(index_path, json.dumps(index, separators=(",", ":")).encode("utf-8"))
    _replace(path, np.stack(list(columns.values())))


def _columns(
    name: str, header: list[str], rows: list[list[str]], position: dict[str, int]
) -> dict[str, Floats]:
    """`indicator.year.area.sex` → figures by territory, of one table."""
    year = name.rsplit("_", 1)[1]
    groups: dict[tuple[str, str], list[list[str]]] = {}
    for row in rows:
        groups.setdefault((row[1], row[2]), []).append(row)
    found = {}
    for (area, sex), members in groups.items():
        cells = list(zip(*members, strict=True))
        where = [position[code] for code in cells[0]]
        for indicator, column in zip(header[4:], cells[4:], strict=True):
            if any(column):
                figures = [float(cell) if cell else np.nan for cell in column]
                whole = np.full(len(position), np.nan)
                whole[where] = figures
                found[f"{indicator}.{year}.{area}.{sex}"] = whole
    return found


def _deduced_cells(name: str, header: list[str], rows: list[list[str]]) -> list[str]:
    """`indicator.year.code` of the figures that are sums made here."""
    year = name.rsplit("_", 1)[1]
    return [
        f"{indicator}.{year}.{row[0]}"
        for row in rows
        if row[3] == "deduced"
        for indicator, cell in zip(header[4:], row[4:], strict=True)
        if cell
    ]


def _replace(path: Path, content: bytes | Floats) -> None:
    """Writes beside and renames, so that a reader never sees half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    with os.fdopen(handle, "wb") as file:
        if isinstance(content, bytes):
            file.write(content)
        else:
            np.save(file, content)
    os.replace(temporary, path)
