"""Reading a file of the register, CSV or XLSX, hostile until read: what it is, and its rows as cells.

A CSV is read in the encoding and with the separator it seems to have, which the person can correct. An XLSX is first
weighed without being opened: a small archive may unfold into more than the machine holds.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from python_calamine import CalamineError, CalamineWorkbook

from bpc.portal.register.archives import TooHeavyError, weigh

MOST_BYTES = 30_000_000
MOST_ROWS = 300_000
MOST_COLUMNS = 100
MOST_CELL = 5_000  # characters of a cell that are read; the longest field keeps 200
PREVIEW_ROWS = 8
DELIMITERS = (";", ",", "\t", "|")
ENCODINGS = ("utf-8-sig", "utf-16", "cp1256", "cp1252")
_HEADER_WITHIN = 15  # rows: above them, files bear titles and dates
_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]+")
_UNPAIRED = re.compile(r"[\ud800-\udfff]")
_ARABIC_WORD = re.compile(r"[\u0621-\u064a]{3,}")

Cell = Any  # str, float, int, bool, date or datetime; "" for nothing


class UnreadableError(Exception):
    """The file cannot be read; `code` says why, in the words of `reason_words`."""

    def __init__(self, code: str, line: int = 0) -> None:
        super().__init__(code)
        self.code, self.line = code, line


@dataclass(frozen=True)
class Reading:
    """How the bytes become rows. `header`: index of the row of titles. CSV only: `encoding`, `delimiter`."""

    kind: str
    encoding: str = ""
    delimiter: str = ""
    header: int = 0

    @classmethod
    def of(cls, stored: dict[str, Any]) -> Self:
        """From what an import keeps."""
        return cls(**{name: stored[name] for name in ("kind", "encoding", "delimiter", "header")})

    def stored(self) -> dict[str, Any]:
        """What an import keeps."""
        return asdict(self)


def inspect(path: Path, *, encoding: str = "", delimiter: str = "") -> Reading:
    """What the file seems to be; `encoding` and `delimiter` where a person says better. Raises UnreadableError."""
    size = path.stat().st_size
    if size == 0:
        raise UnreadableError("empty_file")
    if size > MOST_BYTES:
        raise UnreadableError("file_too_large")
    with path.open("rb") as file:
        head = file.read(65_536)
    if head.startswith(b"PK\x03\x04"):
        reading = Reading("xlsx")
    elif head.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b")):
        raise UnreadableError("not_a_table")
    else:
        used = encoding if encoding in ENCODINGS else guess_encoding(path.read_bytes())
        text = head.decode(used, errors="replace")
        reading = Reading("csv", used, delimiter if delimiter in DELIMITERS else guess_delimiter(text))
    return Reading(**{**reading.stored(), "header": _header_row(path, reading)})


def guess_encoding(raw: bytes) -> str:
    """UTF-8 where the bytes are valid UTF-8, else a Windows code page: Arabic if it makes Arabic words.

    >>> guess_encoding("تعاونية الأمل".encode("cp1256")), guess_encoding("Coopérative".encode("cp1252"))
    ('cp1256', 'cp1252')
    """
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        # both pages agree on most French letters: only whole Arabic words tell them apart
        return "cp1256" if _ARABIC_WORD.search(raw.decode("cp1256", errors="replace")) else "cp1252"
    return "utf-8-sig"


def guess_delimiter(text: str) -> str:
    """The separator that cuts the first lines into the most columns, as evenly as possible.

    >>> guess_delimiter("numero;nom\\n1;Amal, Taza\\n2;Nour, Fès\\n")
    ';'
    """
    lines = text.splitlines()[:20]

    def evenness(delimiter: str) -> tuple[int, int]:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
        except csv.Error:
            return (0, 0)
        usual = max(set(widths), key=widths.count, default=1)
        return (widths.count(usual) if usual > 1 else 0, usual)

    return max(DELIMITERS, key=evenness)


def rows(path: Path, reading: Reading) -> Iterator[tuple[int, list[Cell]]]:
    """Every row after the titles that holds something, with its line in the file, from 1. Raises UnreadableError."""
    for line, cells in _all_rows(path, reading):
        if line > reading.header + 1 and any(cell != "" for cell in cells):
            if line - reading.header - 1 > MOST_ROWS:
                raise UnreadableError("too_many_rows", line)
            yield line, cells


def titles(path: Path, reading: Reading) -> list[str]:
    """The titles of the columns, as text."""
    for line, cells in _all_rows(path, reading):
        if line == reading.header + 1:
            return [as_text(cell) for cell in cells]
    return []


def preview(path: Path, reading: Reading) -> list[list[str]]:
    """The first rows, as text."""
    found: list[list[str]] = []
    for _line, cells in rows(path, reading):
        found.append([as_text(cell)[:80] for cell in cells])
        if len(found) == PREVIEW_ROWS:
            break
    return found


def as_text(cell: Cell) -> str:
    """A cell as plain text: no control or direction signs, single spaces, whole numbers without a decimal part.

    >>> as_text(12.0), as_text("  Al\\x00 Amal\\n")
    ('12', 'Al Amal')
    """
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell)[:MOST_CELL]
    if not text.isprintable():
        text = _UNPAIRED.sub("", _UNFIT.sub(" ", text))
    return " ".join(text.split())


def _all_rows(path: Path, reading: Reading) -> Iterator[tuple[int, list[Cell]]]:
    source = _csv_rows(path, reading) if reading.kind == "csv" else _xlsx_rows(path)
    for line, cells in source:
        if len(cells) > MOST_COLUMNS:
            if any(cell != "" for cell in cells[MOST_COLUMNS:]):
                raise UnreadableError("too_many_columns", line)
            cells = cells[:MOST_COLUMNS]
        yield line, cells


def _csv_rows(path: Path, reading: Reading) -> Iterator[tuple[int, list[Cell]]]:
    text = path.read_bytes().decode(reading.encoding, errors="replace").replace("\x00", "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=reading.delimiter)
    while True:
        line = reader.line_num + 1  # a cell may hold line breaks: the line a row begins at
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise UnreadableError("broken_row", line) from None
        yield line, [cell.strip() for cell in cells]


def _xlsx_rows(path: Path) -> Iterator[tuple[int, list[Cell]]]:
    try:
        weigh(path, most_rows=MOST_ROWS + _HEADER_WITHIN + 1, most_columns=MOST_COLUMNS)
        with CalamineWorkbook.from_path(str(path)) as book:
            sheet = book.get_sheet_by_index(0)
            first = sheet.start[0] if sheet.start else 0
            yield from enumerate(sheet.iter_rows(), start=first + 1)
    except TooHeavyError as error:
        raise UnreadableError(error.code) from None
    except (CalamineError, IndexError, KeyError):
        raise UnreadableError("not_a_table") from None


def _header_row(path: Path, reading: Reading) -> int:
    """The first of the rows at the top that has the most titles."""
    best, widest = 0, 0
    for line, cells in _all_rows(path, reading):
        named = sum(isinstance(cell, str) and any(map(str.isalpha, cell)) for cell in cells)
        if named > widest:
            best, widest = line - 1, named
        if line >= _HEADER_WITHIN:
            break
    return best
