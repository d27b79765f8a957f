"""Weighing an XLSX without opening it: a few kilobytes may unfold into more than the machine holds.

Three traps are known: parts that inflate enormously, one cell at the far corner of the sheet (a reader that makes a
rectangle of it takes billions of cells), and one long shared text quoted by every cell.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

MOST_INFLATED = 400_000_000  # bytes of all parts once unfolded; 300,000 rows of 15 columns take 250 MB
MOST_TEXT = 400_000_000  # characters of the cells that quote shared texts
MOST_CELLS = 12_000_000
_PIECE = 1 << 20
_OVERLAP = 256  # bytes kept from one piece to the next, so that no tag is cut unseen
_ROW = re.compile(rb'<row[^>]*?\sr="(\d{1,9})"')
_REFERENCE = re.compile(rb'<c[^>]*?\sr="([A-Z]{1,4})(\d{1,9})"')


class TooHeavyError(Exception):
    """The archive is no spreadsheet of a size we read; `code` says which trap it looks like."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def weigh(path: Path, *, most_rows: int, most_columns: int) -> None:
    """Raise TooHeavyError unless the file is an XLSX that can be read without harm."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if "[Content_Types].xml" not in names or not any(map(_is_sheet, names)):
                raise TooHeavyError("not_a_table")
            if sum(part.file_size for part in archive.infolist()) > MOST_INFLATED or len(names) > 2_000:
                raise TooHeavyError("zip_bomb")
            for name in filter(_is_sheet, names):
                _weigh_sheet(archive, name, most_rows, most_columns)
            _weigh_texts(archive, names)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError):
        raise TooHeavyError("not_a_table") from None


def _is_sheet(name: str) -> bool:
    return name.startswith("xl/worksheets/") and name.endswith(".xml")


def _pieces(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The part in overlapping pieces; stops a part that says it is smaller than it is."""
    kept, read = b"", 0
    with archive.open(name) as part:
        while piece := part.read(_PIECE):
            read += len(piece)
            if read > MOST_INFLATED:
                raise TooHeavyError("zip_bomb")
            yield kept + piece
            kept = piece[-_OVERLAP:]


def _weigh_sheet(archive: zipfile.ZipFile, name: str, most_rows: int, most_columns: int) -> None:
    height = width = 0
    for piece in _pieces(archive, name):
        rows = [int(number) for number in _ROW.findall(piece)]
        references = {(column, row) for column, row in _REFERENCE.findall(piece)}
        height = max(height, *rows, *(int(row) for _, row in references), 0)
        width = max(width, *(_column(letters) for letters in {column for column, _ in references}), 0)
        if height > most_rows:
            raise TooHeavyError("too_many_rows")
        if width > most_columns or height * width > MOST_CELLS:
            raise TooHeavyError("too_many_columns")


def _column(letters: bytes) -> int:
    """The number of a column, from 1.

    >>> _column(b"A"), _column(b"AB")
    (1, 28)
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _weigh_texts(archive: zipfile.ZipFile, names: list[str]) -> None:
    """Shared texts, quoted as often as cells can: the heaviest that may come out."""
    if "xl/sharedStrings.xml" not in names:
        return
    lengths = _text_lengths(archive)
    if max(lengths, default=0) < 1_000:
        return  # even quoted by every cell of a usual file
    quoted = 0
    for name in filter(_is_sheet, names):
        for piece in _pieces(archive, name):
            for index in re.findall(rb't="s"[^>]*><v>(\d{1,9})</v>', piece):
                quoted += lengths[int(index)] if int(index) < len(lengths) else 0
    if quoted > MOST_TEXT:
        raise TooHeavyError("zip_bomb")


def _text_lengths(archive: zipfile.ZipFile) -> list[int]:
    content = b"".join(_pieces_once(archive, "xl/sharedStrings.xml"))
    return [len(text) for text in content.split(b"</si>")[:-1]]


def _pieces_once(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    read = 0
    with archive.open(name) as part:
        while piece := part.read(_PIECE):
            read += len(piece)
            if read > MOST_INFLATED // 4:
                raise TooHeavyError("zip_bomb")
            yield piece
