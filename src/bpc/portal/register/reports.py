"""The report of an import: every refused row and every remark, kept as a file beside the import.

One line of JSON per note, gzipped: a file of 300,000 rows may be refused entirely.
"""

import csv
import gzip
import io
import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.utils.translation import gettext as _

from bpc.portal.ideas.open_files import safe_cell
from bpc.portal.register.models import RegisterImport
from bpc.portal.register.reason_words import field_words, kind_words, reason_words
from bpc.portal.register.rows import Remark

#: The order in which kinds are shown; what is refused comes first.
KINDS = ("refused", "duplicate", "possible", "remark")
Note = tuple[str, int, Remark]


class ReportWriter:
    """Notes come in slices; the file is kept when the walk is over."""

    def __init__(self) -> None:
        folder: Path = settings.VAR / "tmp"
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, suffix=".report")
        self._path = Path(name)
        self._raw = os.fdopen(handle, "wb")
        self._file = gzip.GzipFile(fileobj=self._raw, mode="wb", mtime=0, filename="", compresslevel=3)

    def add(self, notes: Iterable[Note]) -> None:
        """Write some notes."""
        lines = (
            json.dumps([kind, line, *_parts(remark)], ensure_ascii=False) for kind, line, remark in notes
        )
        text = "".join(f"{line}\n" for line in lines)
        self._file.write(text.encode("utf-8"))

    def keep(self, register_import: RegisterImport) -> None:
        """Attach the report in place of the former one. The caller saves the row."""
        self.close()
        if register_import.report:
            register_import.report.delete(save=False)
        with self._path.open("rb") as file:
            register_import.report.save("rapport.jsonl.gz", File(file), save=False)
        self._path.unlink(missing_ok=True)

    def close(self) -> None:
        """Finish the file."""
        self._file.close()
        self._raw.close()

    def drop(self) -> None:
        """Forget it."""
        self.close()
        self._path.unlink(missing_ok=True)


def _parts(remark: Remark) -> tuple[str, str, str]:
    return remark.field, remark.code, remark.found


def notes_of(register_import: RegisterImport) -> Iterator[Note]:
    """Every note of the report, in the order of the file's lines."""
    if not register_import.report:
        return
    with register_import.report.open("rb") as raw, gzip.open(raw, "rt", encoding="utf-8") as file:
        for text in file:
            kind, line, name, code, found = json.loads(text)
            yield kind, line, Remark(name, code, found)


def first_notes(register_import: RegisterImport, kind: str, number: int) -> list[Note]:
    """The first notes of a kind."""
    found: list[Note] = []
    for note in notes_of(register_import):
        if note[0] == kind:
            found.append(note)
            if len(found) == number:
                break
    return found


def report_csv(register_import: RegisterImport) -> Iterator[str]:
    """The report as a table in the language of the page, its cells safe for a spreadsheet."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    buffer.write("\ufeff")  # or spreadsheets take Arabic for something else
    writer.writerow([_("Ligne"), _("Suite donnée"), _("Colonne"), _("Raison"), _("Ce que la case contient")])
    for count, (kind, line, remark) in enumerate(notes_of(register_import)):
        words = (kind_words(kind), field_words(remark.field), reason_words(remark), remark.found)
        writer.writerow([line, *map(safe_cell, words)])
        if count % 500 == 499:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()
