"""Public needs and opportunities as files to download: a table and points of each kind."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from bpc.portal.foundation.open_files import OpenFile, points, table
from bpc.portal.foundation.page_cache import generations
from bpc.portal.observations.open_data import ObservationFilter, WholeObservation, every_open_observation
from bpc.portal.observations.states import Kind
from bpc.portal.reference.gazetteer import gazetteer

COLUMNS = (
    "reference", "state", "title", "text", "language", "category", "other_categories", "sector", "audience",
    "territory", "territory_fr", "territory_ar", "commune", "province", "region", "speaker", "published_at",
    "answered_at", "closed_at", "closing", "confirmation_count", "lon", "lat", "position", "is_demo",
)  # fmt: skip
_MOMENTS = ("published_at", "answered_at", "closed_at")


def _row(told: WholeObservation) -> dict[str, Any]:
    place = gazetteer().by_code[told.territory]
    row: dict[str, Any] = {name: getattr(told, name, None) for name in COLUMNS}
    row |= {"territory_fr": place.name_fr, "territory_ar": place.name_ar}
    moments = {name: getattr(told, name) for name in _MOMENTS}
    row |= {name: at and at.isoformat(timespec="seconds") for name, at in moments.items()}
    row["other_categories"] = " ".join(told.other_categories)
    return row


def _rows(kind: Kind) -> Iterator[dict[str, Any]]:
    return (_row(told) for told in every_open_observation(kind))


def _table(kind: Kind) -> Iterator[str]:
    return table(COLUMNS, _rows(kind), ("title", "text"))


def _points(kind: Kind) -> Iterator[str]:
    return points("reference", _rows(kind), ("text",))


def _number(kind: Kind) -> int:
    return ObservationFilter(kind).count() or 0


def _state(kind: Kind) -> str:
    return f"{generations('observations', 'reference')}|{_number(kind)}"


_PLURALS = {Kind.NEED: "needs", Kind.OPPORTUNITY: "opportunities"}
FILES = {
    f"{name}.{suffix}": OpenFile(
        f"{name}.{suffix}", partial(_state, kind), partial(_number, kind), partial(pieces, kind)
    )
    for kind, name in _PLURALS.items()
    for suffix, pieces in (("csv", _table), ("geojson", _points))
}
