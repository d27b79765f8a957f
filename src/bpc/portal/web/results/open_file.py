"""The published results as a file to download: a line for each territory or sector and figure, small ones empty."""

from collections.abc import Iterator
from typing import Any

from bpc.portal.foundation.open_files import OpenFile, table
from bpc.portal.foundation.page_cache import generations
from bpc.portal.reference.gazetteer import gazetteer
from bpc.portal.results.counting import MEASURES
from bpc.portal.results.models import PublishedRow
from bpc.portal.results.names import GENERATION
from bpc.portal.results.public_figures import all_rows

COLUMNS = (
    "last_day", "territory", "level", "place_fr", "place_ar", "sector", "projects_answered", "measure", "value",
    "low_90", "high_90", "projects", "hidden", "confidence", "demonstration",
)  # fmt: skip


def _rows() -> Iterator[dict[str, Any]]:
    for row in all_rows():
        place = gazetteer().by_code[row.place]
        for measure in MEASURES:
            figure = row.figures[measure]
            yield {
                "last_day": row.last_day.isoformat(),
                "territory": row.place,
                "level": row.level,
                "place_fr": place.name_fr,
                "place_ar": place.name_ar,
                "sector": row.sector,
                "projects_answered": row.answered,
                "measure": measure,
                "value": _whole(figure.value),
                "low_90": _whole(figure.low),
                "high_90": _whole(figure.high),
                "projects": figure.projects,
                "hidden": figure.hidden,
                "confidence": "estimate",
                "demonstration": row.is_demo,
            }


def _whole(value: float | None) -> float | int | None:
    """Counts without decimals."""
    return int(value) if value is not None and value == int(value) else value


FILES = {
    "results.csv": OpenFile(
        "results.csv",
        lambda: generations(GENERATION, "reference"),
        PublishedRow.objects.count,
        lambda: table(COLUMNS, _rows()),
    )
}
