"""Files made to harm: none is opened further than it must be, each is refused with a reason."""

import io
import zipfile
from pathlib import Path

import pytest

from bpc.portal.register.sheets import UnreadableError, inspect, preview, rows, titles
from tests.portal.register.register_files import AMAL, TITLES, as_csv, as_xlsx


def write(folder: Path, content: bytes) -> Path:
    path = folder / "registre"
    path.write_bytes(content)
    return path


def read(path: Path) -> list[tuple[int, list[str]]]:
    return list(rows(path, inspect(path)))


def refused(path: Path) -> str:
    with pytest.raises(UnreadableError) as caught:
        read(path)
    return caught.value.code


def workbook(**parts: bytes) -> bytes:
    """A workbook with some parts replaced."""
    raw = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(as_xlsx([AMAL]))) as source,
        zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(name, parts.get(Path(name).stem, source.read(name)))
    return raw.getvalue()


def test_nothing_and_what_is_no_table(tmp_path: Path) -> None:
    assert refused(write(tmp_path, b"")) == "empty_file"
    assert refused(write(tmp_path, b"%PDF-1.7 ...")) == "not_a_table"
    assert refused(write(tmp_path, b"PK\x03\x04 not really")) == "not_a_table"
    assert refused(write(tmp_path, b"\xd0\xcf\x11\xe0" + b"0" * 99)) == "not_a_table"


def test_an_archive_that_unfolds_beyond_measure(tmp_path: Path) -> None:
    sheet = b"<worksheet><sheetData>" + b" " * 450_000_000
    assert refused(write(tmp_path, workbook(sheet1=sheet))) == "zip_bomb"


def test_a_cell_at_the_far_corner(tmp_path: Path) -> None:
    corner = b'<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        + corner
        + b"</worksheet>"
    )
    assert refused(write(tmp_path, workbook(sheet1=sheet))) == "too_many_rows"
    wide = sheet.replace(b"1048576", b"2")
    assert refused(write(tmp_path, workbook(sheet1=wide))) == "too_many_columns"


def test_one_long_text_quoted_by_every_cell(tmp_path: Path) -> None:
    long = b"<sst><si><t>" + b"x" * 30_000 + b"</t></si></sst>"
    cell = b'<c r="A1" t="s"><v>0</v></c>'
    sheet = b"<worksheet><sheetData><row>" + cell * 20_000 + b"</row></sheetData></worksheet>"
    assert refused(write(tmp_path, workbook(sharedStrings=long, sheet1=sheet))) == "zip_bomb"


def test_too_many_rows_and_columns(tmp_path: Path) -> None:
    assert refused(write(tmp_path, b"numero;nom\n" + b"1;a\n" * 300_001)) == "too_many_rows"
    assert refused(write(tmp_path, b";".join(b"c%d" % n for n in range(101)) + b"\n" + b"1;" * 101)) == (
        "too_many_columns"
    )


def test_a_quote_never_closed(tmp_path: Path) -> None:
    assert refused(write(tmp_path, b'numero;nom\n1;"' + b"a\n" * 200_000)) == "broken_row"


def test_control_signs_and_huge_cells_become_plain_text(tmp_path: Path) -> None:
    path = write(tmp_path, "numero;nom\n1;Al\x00 \u202eAmal\x1b\n2;".encode() + b"y" * 100_000)
    reading = inspect(path)
    assert preview(path, reading)[0] == ["1", "Al Amal"]
    assert len(preview(path, reading)[1][1]) == 80


def test_titles_below_a_heading_are_found(tmp_path: Path) -> None:
    text = b"Registre des cooperatives\n\n" + as_csv([AMAL], encoding="utf-8")
    path = write(tmp_path, text)
    assert titles(path, inspect(path)) == list(TITLES)
    assert [line for line, _ in read(path)] == [4]
