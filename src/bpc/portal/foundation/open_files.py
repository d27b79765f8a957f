"""Files to download of what changes: written once per state of their content, compressed, and kept on the disk.

Where rows are many, a new file is written at most every ten minutes, so that a busy day costs no more than that.
"""

import csv
import gzip
import hashlib
import io
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

MANY, PATIENCE = 5000, 600  # rows, seconds
#: A cell that begins so is a formula for a spreadsheet; the full-width signs too, which some of them fold.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class OpenFile:
    """A file by its name. `state`: text that changes with the content; `number`: how many rows; `pieces`: the text."""

    name: str
    state: Callable[[], str]
    number: Callable[[], int]
    pieces: Callable[[], Iterator[str]]

    def path(self) -> Path:
        """The gzipped file of the content as it is, written if it is not there yet."""
        folder = settings.VAR / "cache" / "open"
        content = f"{self.state()}|{settings.DATABASES['default']['NAME']}"
        stamp = hashlib.blake2b(content.encode(), digest_size=8).hexdigest()
        path: Path = folder / f"{self.name}.{stamp}.gz"
        if path.exists():
            return path
        former = sorted(folder.glob(f"{self.name}.*.gz"), key=lambda file: file.stat().st_mtime)
        if former and self.number() > MANY and time.time() - former[-1].stat().st_mtime < PATIENCE:
            return former[-1]
        _write(path, self.pieces())
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


def safe_cell(text: str) -> str:
    """What a person wrote, for a cell of a table: an apostrophe keeps a spreadsheet from computing it.

    >>> safe_cell("=1+1"), safe_cell(" @x"), safe_cell("Miel")
    ("'=1+1", "' @x", 'Miel')
    """
    return f"'{text}" if text.lstrip(" \u00a0\u202f").startswith(FORMULA_STARTS) else text


def table(
    columns: Sequence[str], rows: Iterable[dict[str, Any]], written: Sequence[str] = ()
) -> Iterator[str]:
    """A table as CSV, piece by piece. `written`: the columns that hold what people wrote. Unknown is an empty cell."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, columns, lineterminator="\r\n", extrasaction="ignore")
    buffer.write("\ufeff")  # or spreadsheets take Arabic for something else
    writer.writeheader()
    for row in rows:
        texts = {name: safe_cell(row[name]) for name in written if row[name]}
        truths = {name: "yes" if value else "no" for name, value in row.items() if isinstance(value, bool)}
        writer.writerow({**row, **texts, **truths})
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def points(name: str, rows: Iterable[dict[str, Any]], without: Sequence[str] = ()) -> Iterator[str]:
    """GeoJSON points, piece by piece: `lon` and `lat` of each row its position (none where null), `name` its key."""
    yield '{"type":"FeatureCollection","features":['
    for number, row in enumerate(rows):
        position = [row["lon"], row["lat"]]
        feature = {
            "type": "Feature",
            "id": row[name],
            "geometry": None if None in position else {"type": "Point", "coordinates": position},
            "properties": {key: value for key, value in row.items() if key not in {"lon", "lat", *without}},
        }
        separator = ",\n" if number else "\n"
        yield separator + json.dumps(feature, ensure_ascii=False, separators=(",", ":"))
    yield "\n]}\n"
