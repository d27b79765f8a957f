"""Reads meetings_2025.csv: the regional meetings of 2025, as the press reported them."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from bpc.datasets.paths import DATA
from bpc.datasets.tables import integer, read_rows


@dataclass(frozen=True, slots=True)
class PastMeeting:
    """One meeting; `day` is None when no source gives it, `day_status` tells how it is known."""

    order: int
    region: str
    commune: str
    city_fr: str
    city_ar: str
    day: date | None
    day_status: Literal["reported", "inferred", "unknown"]
    venue_fr: str
    participants: int | None
    ideas: int | None
    source_url: str


def read_meetings(data: Path = DATA) -> tuple[PastMeeting, ...]:
    """Meetings in the order of the tour."""
    return tuple(
        PastMeeting(
            order=int(row["order"]),
            region=row["region"],
            commune=row["commune"],
            city_fr=row["city_fr"],
            city_ar=row["city_ar"],
            day=date.fromisoformat(row["day"]) if row["day"] else None,
            day_status=row["day_status"],  # type: ignore[arg-type]  # checked by bpc.datasets.validate
            venue_fr=row["venue_fr"],
            participants=integer(row["participants"]),
            ideas=integer(row["ideas"]),
            source_url=row["source_url"],
        )
        for row in read_rows(data / "meetings_2025.csv")
    )
