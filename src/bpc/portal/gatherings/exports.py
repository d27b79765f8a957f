"""The registered of a meeting as a table, for its organisers only; no cell is computed by a spreadsheet."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.open_files import table
from bpc.portal.foundation.permissions import check
from bpc.portal.gatherings.models import Gathering
from bpc.portal.gatherings.queries import attendees

COLUMNS = (
    "code", "state", "name", "phone", "email", "language", "woman", "young", "speaks_as", "door", "registered_at",
    "seated_at", "came_at",
)  # fmt: skip
_WRITTEN = ("name", "phone", "email")  # by people: a number begins with "+", which spreadsheets compute


def attendee_file(*, gathering: Gathering, actor: Any, at: datetime) -> Iterator[str]:
    """The table piece by piece; taking it leaves an audit row, because it holds people's contacts."""
    check(actor, "gatherings.organise", gathering)
    record(actor=actor, verb="export registrations", obj=gathering, at=at)
    return table(COLUMNS, _rows(gathering), _WRITTEN)


def _rows(gathering: Gathering) -> Iterator[dict[str, Any]]:
    for row in attendees(gathering).iterator(chunk_size=500):
        yield {
            "code": row.code, "state": row.state, "name": row.name, "phone": row.phone, "email": row.email,
            "language": row.language, "woman": row.woman, "young": row.young, "speaks_as": row.actor_kind,
            "door": row.door, "registered_at": _moment(row.registered_at), "seated_at": _moment(row.seated_at),
            "came_at": _moment(row.attended_at),
        }  # fmt: skip


def _moment(value: datetime | None) -> str:
    return value.isoformat(timespec="seconds") if value is not None else ""
