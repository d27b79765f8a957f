"""Reads public_holidays.csv: the days on which Moroccan administrations are closed."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bpc.datasets.paths import DATA
from bpc.datasets.tables import read_rows

ESTIMATE = "estimate"
_LEAP = 2000  # a year in which every day of the calendar exists


@dataclass(frozen=True, slots=True)
class PublicHoliday:
    """A closed day: the same day each year from `from_year`, or one day of one year.

    `is_estimate`: computed before the moon was seen; the announced day may be the one after or before.
    """

    code: str
    month: int
    day: int
    year: int | None
    from_year: int
    name_fr: str
    name_ar: str
    is_estimate: bool
    source_url: str

    @property
    def is_yearly(self) -> bool:
        """Whether it comes back on the same day of each year."""
        return self.year is None

    def falls_on(self, day: date) -> bool:
        """Whether this day is closed for it.

        >>> unity = PublicHoliday("unity", 10, 31, None, 2026, "Fête de l’Unité", "عيد الوحدة", False, "")
        >>> unity.falls_on(date(2026, 10, 31)), unity.falls_on(date(2025, 10, 31))
        (True, False)
        """
        if (day.month, day.day) != (self.month, self.day):
            return False
        return day.year == self.year if self.year is not None else day.year >= self.from_year


def read_public_holidays(data: Path = DATA) -> tuple[PublicHoliday, ...]:
    """Every closed day that is known. Raises ValueError for a day that does not exist, FileNotFoundError."""
    return tuple(_holiday(row) for row in read_rows(data / "public_holidays.csv"))


def _holiday(row: dict[str, str]) -> PublicHoliday:
    is_yearly = len(row["day"]) == len("MM-DD")
    day = date.fromisoformat(f"{_LEAP}-{row['day']}" if is_yearly else row["day"])
    return PublicHoliday(
        row["code"], day.month, day.day, None if is_yearly else day.year, int(row["from_year"] or 0),
        row["name_fr"], row["name_ar"], row["confidence"] == ESTIMATE, row["source_url"],
    )  # fmt: skip
