"""Reads what was published on cooperatives: figures with their year and source, and the words of their sectors."""

from dataclasses import dataclass
from pathlib import Path

from bpc.datasets.paths import DATA
from bpc.datasets.tables import integer, read_rows

CONFIDENCES = ("sourced", "deduced", "estimate", "to_verify", "target")
QUALIFIERS = ("", "more_than", "about")


@dataclass(frozen=True, slots=True)
class CooperativeFigure:
    """One published figure.

    `territory` is the code of the country, a region or a province; empty for the area of a delegation that is none of
    these, which `area_fr` and `area_ar` name. `qualifier`: the source says "more than" or rounds. `confidence`:
    `deduced` figures are computed by us from published ones, `to_verify` ones have a doubt told in `note`, `target`
    ones are objectives. `link_is_whole` is False when the address known to us was cut.
    """

    year: int
    month: int | None
    territory: str
    area_fr: str
    area_ar: str
    sector: str
    indicator: str
    value: float
    qualifier: str
    confidence: str
    source_url: str
    link_is_whole: bool
    note: str


@dataclass(frozen=True, slots=True)
class FigureName:
    """What an indicator or a sector of these figures is called. `unit`: count, percent or mad, for indicators.

    `sector` is the code of our own sector that a published one belongs to, empty when none does.
    """

    kind: str
    code: str
    name_fr: str
    name_ar: str
    unit: str
    sector: str


@dataclass(frozen=True, slots=True)
class SectorWords:
    """An expression found in registered activities, and the sector it tells."""

    words: str
    sector: str


def read_cooperative_figures(data: Path = DATA) -> tuple[CooperativeFigure, ...]:
    """Published figures, in the order of the file. Raises ValueError when a row is not as it should be."""
    return tuple(
        CooperativeFigure(
            **{
                **row,  # type: ignore[arg-type]
                "year": int(row["year"]),
                "month": integer(row["month"]),
                "value": float(row["value"]),
                "link_is_whole": row["link_is_whole"] == "yes",
            }
        )
        for row in read_rows(data / "cooperative_statistics.csv")
    )


def read_figure_names(data: Path = DATA) -> dict[tuple[str, str], FigureName]:
    """Names by (kind, code)."""
    rows = (FigureName(**row) for row in read_rows(data / "cooperative_statistic_names.csv"))
    return {(row.kind, row.code): row for row in rows}


def read_sector_words(data: Path = DATA) -> tuple[SectorWords, ...]:
    """Expressions of registered activities, in French and Arabic."""
    return tuple(SectorWords(**row) for row in read_rows(data / "register_sectors.csv"))
