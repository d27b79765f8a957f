"""The published figures as pages, files and programs read them: one query for the quarter, one for its rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from bpc.portal.results.counting import COUNTRY, Row, as_read
from bpc.portal.results.models import PublishedQuarter, PublishedRow


@dataclass(frozen=True, slots=True)
class PublicRow(Row):
    """A row with the last day of what it counts, and whether it counts demonstration projects only."""

    level: str
    last_day: date
    is_demo: bool


def current_quarter() -> PublishedQuarter | None:
    """What everybody reads now: the demonstration only while nothing real was published."""
    return PublishedQuarter.objects.order_by("is_demo", "-until").first()


def rows_of(
    quarter: PublishedQuarter | None, *, region: str = "", sector: str = ""
) -> tuple[PublicRow | None, list[PublicRow]]:
    """The row asked for, and those it is made of: regions and sectors; of a region, its provinces and sectors."""
    if quarter is None:
        return None, []
    place = region or COUNTRY
    found = [public_row(row, quarter) for row in quarter.rows.filter(_parts(region, sector))]
    own = next((row for row in found if (row.place, row.sector) == (place, sector)), None)
    return own, [row for row in found if row is not own]


def _parts(region: str, sector: str) -> Q:
    if region and sector:
        return Q(place=region, sector=sector)
    if sector:
        return Q(sector=sector, level__in=("country", "region"))
    if region:
        return Q(place=region) | Q(place__startswith=f"{region}.", level="province", sector="")
    return Q(place=COUNTRY) | Q(level="region", sector="")


def row_of(place: str) -> PublicRow | None:
    """The figures of one territory, one query; None where no project that started was asked yet."""
    row = (
        PublishedRow.objects.filter(place=place, sector="")
        .select_related("quarter")
        .order_by("quarter__is_demo", "-quarter__until")
        .first()
    )
    return public_row(row, row.quarter) if row is not None else None


def all_rows() -> Iterator[PublicRow]:
    """Every row of what everybody reads now."""
    quarter = current_quarter()
    if quarter is not None:
        for row in quarter.rows.iterator(chunk_size=500):
            yield public_row(row, quarter)


def narrowed(
    quarter: PublishedQuarter, *, place: str, level: str, sector: str | None
) -> QuerySet[PublishedRow]:
    """The rows of a territory and of those in it; `sector`: one, none (empty) or all of them (None)."""
    rows = quarter.rows.all()
    if place and place != COUNTRY:
        rows = rows.filter(Q(place=place) | Q(place__startswith=f"{place}."))
    if level:
        rows = rows.filter(level=level)
    return rows if sector is None else rows.filter(sector=sector)


def public_row(row: PublishedRow, quarter: PublishedQuarter) -> PublicRow:
    """A stored row as it is read."""
    return PublicRow(
        row.place, row.sector, row.answered, as_read(row.figures), row.level,
        quarter.until - timedelta(days=1), quarter.is_demo,
    )  # fmt: skip
