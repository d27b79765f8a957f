"""Fill the meetings from the tour of 2025 as the press reported it."""

from collections.abc import Callable
from pathlib import Path

from bpc.datasets.meetings import read_meetings
from bpc.portal.gatherings.models import Gathering
from bpc.portal.reference.loading import upsert


def load_meetings(data: Path) -> int:
    """Write the meetings; unknown dates and venues stay empty. Returns their number."""
    rows = [
        Gathering(
            key=f"2025-{meeting.order:02d}",
            region_id=meeting.region,
            commune_id=meeting.commune or None,
            date=meeting.day,
            date_status=meeting.day_status,
            city_fr=meeting.city_fr,
            city_ar=meeting.city_ar,
            venue_fr=meeting.venue_fr,
            source_url=meeting.source_url,
        )
        for meeting in read_meetings(data)
    ]
    columns = ["region", "commune", "date", "date_status", "city_fr", "city_ar", "venue_fr", "source_url"]
    upsert(Gathering, rows, "key", columns)
    return len(rows)


LOADERS: dict[str, Callable[[Path], int]] = {"meetings_2025.csv": load_meetings}
