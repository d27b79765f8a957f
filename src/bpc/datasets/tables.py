"""Reads and writes the CSV files of `data/`, plain or gzipped, with bytes that depend on the content only."""

import csv
import gzip
import io
from collections.abc import Iterable, Sequence
from pathlib import Path


def read_rows(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file (`.csv` or `.csv.gz`, UTF-8, with a header), empty cell = empty text.

    Raises FileNotFoundError when the file is missing.
    """
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def read_header_and_cells(path: Path) -> tuple[list[str], list[list[str]]]:
    """Header and cells of a CSV file, without the cost of a dictionary per row."""
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    return rows[0], rows[1:]


def write_rows(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Writes a CSV file; `.gz` files carry no date, so the same rows always give the same bytes."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    write_bytes(path, buffer.getvalue().encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> None:
    """Writes bytes, gzipped without date when the name ends in `.gz`; makes the folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(content, 9, mtime=0) if path.suffix == ".gz" else content)


def number(text: str) -> float | None:
    """The number in a cell, None when the cell is empty.

    >>> number("3.5"), number("")
    (3.5, None)
    """
    return float(text) if text else None


def integer(text: str) -> int | None:
    """The whole number in a cell, None when the cell is empty.

    >>> integer("12"), integer("")
    (12, None)
    """
    return int(text) if text else None
