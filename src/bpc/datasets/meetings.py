"""Reads meetings_2025.csv: the regional meetings of 2025, as the press reported them."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from bpc.datasets.paths import DATA
from bpc.datasets.tables import integer, read_rows

SEPARATOR = ";"


@dataclass(frozen=True, slots=True)
class PastMeeting:
    """One meeting; `day` is None when no source gives it, `day_status` tells how it is known.

    `partners`: pairs (French, Arabic). `spokesperson_*`: the office that spoke, never who held it. `note_*`: what the
    source leaves unsure, in the words of the project.
    """

    order: int
    region: str
    commune: str
    city_fr: str
    city_ar: str
    day: date | None
    day_status: Literal["reported", "inferred", "unknown"]
    venue_fr: str
    venue_ar: str
    theme_fr: str
    theme_ar: str
    contest_fr: str
    contest_ar: str
    partners: tuple[tuple[str, str], ...]
    spokesperson_fr: str
    spokesperson_ar: str
    participants: int | None
    ideas: int | None
    note_fr: str
    note_ar: str
    source_url: str


def read_meetings(data: Path = DATA) -> tuple[PastMeeting, ...]:
    """Meetings in the order of the tour. Raises ValueError when partners are not named in both languages."""
    return tuple(_meeting(row) for row in read_rows(data / "meetings_2025.csv"))


def _meeting(row: dict[str, str]) -> PastMeeting:
    return PastMeeting(
        order=int(row["order"]),
        region=row["region"],
        commune=row["commune"],
        city_fr=row["city_fr"],
        city_ar=row["city_ar"],
        day=date.fromisoformat(row["day"]) if row["day"] else None,
        day_status=row["day_status"],  # type: ignore[arg-type]  # checked by bpc.datasets.validate
        venue_fr=row["venue_fr"],
        venue_ar=row["venue_ar"],
        theme_fr=row["theme_fr"],
        theme_ar=row["theme_ar"],
        contest_fr=row["contest_fr"],
        contest_ar=row["contest_ar"],
        partners=tuple(zip(_list(row["partners_fr"]), _list(row["partners_ar"]), strict=True)),
        spokesperson_fr=row["spokesperson_fr"],
        spokesperson_ar=row["spokesperson_ar"],
        participants=integer(row["participants"]),
        ideas=integer(row["ideas"]),
        note_fr=row["note_fr"],
        note_ar=row["note_ar"],
        source_url=row["source_url"],
    )


def _list(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(SEPARATOR) if part.strip()]
