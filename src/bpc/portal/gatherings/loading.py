"""Fill the meetings from the tour of 2025 as the press reported it."""

from collections.abc import Callable
from pathlib import Path

from bpc.datasets.meetings import PastMeeting, read_meetings
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.gatherings.models import Gathering
from bpc.portal.gatherings.states import GatheringState, Origin
from bpc.portal.reference.loading import upsert

_COLUMNS = (
    "city_fr", "city_ar", "venue_fr", "venue_ar", "theme_fr", "theme_ar", "contest_fr", "contest_ar",
    "spokesperson_fr", "spokesperson_ar", "note_fr", "note_ar", "source_url",
)  # fmt: skip
_OF_PLACE = ("origin", "state", "region", "commune", "date", "date_status", "partners")


def load_meetings(data: Path) -> int:
    """Write the meetings; unknown dates and venues stay empty. Returns their number."""
    rows = [_row(meeting) for meeting in read_meetings(data)]
    upsert(Gathering, rows, "key", [*_COLUMNS, *_OF_PLACE])
    outdate("gatherings")
    return len(rows)


def _row(meeting: PastMeeting) -> Gathering:
    """A meeting whose day no source gives is not said to have been held."""
    return Gathering(
        key=f"2025-{meeting.order:02d}",
        origin=Origin.FACTS,
        state=GatheringState.HELD if meeting.day else GatheringState.PLANNED,
        region_id=meeting.region,
        commune_id=meeting.commune or None,
        date=meeting.day,
        date_status=meeting.day_status,
        partners=[{"fr": french, "ar": arabic} for french, arabic in meeting.partners],
        **{name: getattr(meeting, name) for name in _COLUMNS},
    )


LOADERS: dict[str, Callable[[Path], int]] = {"meetings_2025.csv": load_meetings}
