"""The published ideas as files to download: a table and points, written once per state of the ideas.

Where ideas are many, a new file is written at most every ten minutes, so that a busy day costs no more than that.
"""

import csv
import gzip
import hashlib
import io
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Max

from bpc.portal.foundation.page_cache import generations
from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.open_data import WholeIdea, every_open_idea
from bpc.portal.ideas.states import IdeaState
from bpc.portal.ideas.tallies import published_count
from bpc.portal.reference.gazetteer import gazetteer

MANY, PATIENCE = 5000, 600  # ideas, seconds
#: A cell that begins so is a formula for a spreadsheet; the full-width signs too, which some of them fold.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
COLUMNS = (
    "reference", "title", "need", "proposal", "language", "sector", "commune", "commune_fr", "commune_ar", "province",
    "region", "speaker", "audience", "published_at", "support_count", "comment_count", "lon", "lat", "position",
    "is_demo",
)  # fmt: skip


def safe_cell(text: str) -> str:
    """What a person wrote, for a cell of a table: an apostrophe keeps a spreadsheet from computing it.

    >>> safe_cell("=1+1"), safe_cell(" @x"), safe_cell("Miel")
    ("'=1+1", "' @x", 'Miel')
    """
    return f"'{text}" if text.lstrip(" \u00a0\u202f").startswith(FORMULA_STARTS) else text


def _row(idea: WholeIdea) -> dict[str, Any]:
    place = gazetteer().by_code[idea.commune]
    row = {name: getattr(idea, name) for name in COLUMNS if not name.startswith("commune_")}
    row |= {"commune_fr": place.name_fr, "commune_ar": place.name_ar}
    row["published_at"] = idea.published_at.isoformat(timespec="seconds")
    return row


def _csv() -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\r\n")
    buffer.write("\ufeff")  # or spreadsheets take Arabic for something else
    writer.writeheader()
    for idea in every_open_idea():
        row = _row(idea)
        texts = {name: safe_cell(row[name]) for name in ("title", "need", "proposal")}
        writer.writerow({**row, **texts, "is_demo": "yes" if idea.is_demo else "no"})
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _geojson() -> Iterator[str]:
    yield '{"type":"FeatureCollection","features":['
    for number, idea in enumerate(every_open_idea()):
        row = _row(idea)
        point = {"type": "Point", "coordinates": [row.pop("lon"), row.pop("lat")]}
        row.pop("need"), row.pop("proposal")
        feature = {"type": "Feature", "id": idea.reference, "geometry": point, "properties": row}
        separator = ",\n" if number else "\n"
        yield separator + json.dumps(feature, ensure_ascii=False, separators=(",", ":"))
    yield "\n]}\n"


FILES: dict[str, Callable[[], Iterator[str]]] = {"ideas.csv": _csv, "ideas.geojson": _geojson}


def _stamp() -> tuple[str, int]:
    """What the files depend on, and how many ideas there are; flat in cost."""
    published = Idea.objects.filter(state=IdeaState.PUBLISHED)
    newest = published.aggregate(at=Max("published_at"))["at"]
    number = published_count()
    content = f"{generations('ideas')}|{number}|{newest}|{settings.DATABASES['default']['NAME']}"
    return hashlib.blake2b(content.encode(), digest_size=8).hexdigest(), number


def ideas_file(name: str) -> Path:
    """The gzipped file `name` (a key of `FILES`) of the ideas as they are, written if it is not there yet."""
    folder = settings.VAR / "cache" / "open"
    stamp, number = _stamp()
    path: Path = folder / f"{name}.{stamp}.gz"
    if path.exists():
        return path
    former = sorted(folder.glob(f"{name}.*.gz"), key=lambda file: file.stat().st_mtime)
    if number > MANY and former and time.time() - former[-1].stat().st_mtime < PATIENCE:
        return former[-1]
    _write(path, FILES[name]())
    for file in former[:-1]:  # the last one may still be being sent
        file.unlink(missing_ok=True)
    return path


def _write(path: Path, pieces: Iterator[str]) -> None:
    """Beside, then renamed, so that nobody reads half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(handle, "wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as file:
        for piece in pieces:
            file.write(piece.encode("utf-8"))
    os.replace(temporary, path)
