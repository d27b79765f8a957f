"""The resources shown to everybody as a table to download, written again when one changes."""

import csv
import io
from functools import lru_cache

from bpc.portal.foundation.page_cache import generations
from bpc.portal.foundation.public_bytes import PublicBytes
from bpc.portal.ideas.open_files import safe_cell
from bpc.portal.reference.gazetteer import gazetteer
from bpc.portal.resources.queries import GENERATION, ResourceFact, all_active

NAME = "resources.csv"
COLUMNS = (
    "reference", "territory", "level", "place_fr", "place_ar", "sector", "products", "name_fr", "name_ar", "label",
    "season_start", "season_end", "evidence_fr", "evidence_ar", "source_url", "source_note", "observed_on",
    "confidence", "origin",
)  # fmt: skip
_WRITTEN = ("name_fr", "name_ar", "evidence_fr", "evidence_ar", "source_url", "source_note")
_LEVELS = {2: "region", 6: "province"}


def resources_file(content_type: str, seconds: int) -> PublicBytes:
    """The table as it is sent; `territory` and `level` say of which place each line speaks, and of no other."""
    return _file(generations(GENERATION, "reference"), content_type, seconds)


@lru_cache(maxsize=1)
def _file(generation: str, content_type: str, seconds: int) -> PublicBytes:
    buffer = io.StringIO()
    buffer.write("\ufeff")  # or spreadsheets take Arabic for something else
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for fact in all_active():
        writer.writerow(_row(fact))
    return PublicBytes.of(
        buffer.getvalue().encode("utf-8"),
        content_type,
        seconds,
        headers=(
            ("Content-Disposition", f'attachment; filename="{NAME}"'),
            ("Access-Control-Allow-Origin", "*"),
        ),
    )


def _row(fact: ResourceFact) -> dict[str, object]:
    place = gazetteer().by_code[fact.territory]
    return {
        **{name: getattr(fact, name) for name in COLUMNS if hasattr(fact, name)},
        **{name: safe_cell(getattr(fact, name)) for name in _WRITTEN},
        "products": " ".join(fact.products),
        "level": _LEVELS.get(len(fact.territory), "commune"),
        "place_fr": place.name_fr,
        "place_ar": place.name_ar,
    }
