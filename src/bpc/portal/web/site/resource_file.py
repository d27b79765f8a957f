"""The resources shown to everybody as files to download: of which place each line speaks, and of no other."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from bpc.portal.foundation.open_files import OpenFile, points, table
from bpc.portal.foundation.page_cache import generations
from bpc.portal.reference.gazetteer import gazetteer
from bpc.portal.resources.queries import GENERATION, all_active

COLUMNS = (
    "reference", "territory", "level", "place_fr", "place_ar", "sector", "products", "name_fr", "name_ar", "label",
    "season_start", "season_end", "evidence_fr", "evidence_ar", "source_url", "source_note", "observed_on",
    "confidence", "origin",
)  # fmt: skip
_WRITTEN = ("name_fr", "name_ar", "evidence_fr", "evidence_ar", "source_url", "source_note")


def _rows() -> Iterator[dict[str, Any]]:
    for fact in all_active():
        place = gazetteer().by_code[fact.territory]
        yield {
            **asdict(fact),
            "products": " ".join(fact.products),
            "observed_on": fact.observed_on and fact.observed_on.isoformat(),
            "level": place.level,
            "place_fr": place.name_fr,
            "place_ar": place.name_ar,
            "lon": place.lon,
            "lat": place.lat,
        }


def _state() -> str:
    return generations(GENERATION, "reference")


FILES = {
    "resources.csv": OpenFile(
        "resources.csv", _state, lambda: len(all_active()), lambda: table(COLUMNS, _rows(), _WRITTEN)
    ),
    "resources.geojson": OpenFile(
        "resources.geojson", _state, lambda: len(all_active()), lambda: points("reference", _rows())
    ),
}
