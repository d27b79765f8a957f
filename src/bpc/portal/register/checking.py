"""The dry run: reads a file to its end, tells what it would change, changes nothing of the register."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bpc.portal.foundation.page_cache import generations
from bpc.portal.register.models import Cooperative, RegisterImport
from bpc.portal.register.plans import Planner, Slice
from bpc.portal.register.queries import GENERATION
from bpc.portal.register.reports import ReportWriter
from bpc.portal.register.rows import Row, RowReader
from bpc.portal.register.sheets import Reading, UnreadableError, rows

ESSENTIAL = ("number",)
NAMES = ("name_fr", "name_ar")


def read_import(register_import: RegisterImport, today: date) -> Iterator[Row]:
    """Every row of the file under the mapping chosen. Raises UnreadableError."""
    mapping = {name: index for name, index in register_import.mapping.items() if isinstance(index, int)}
    if not is_mapped(mapping):
        raise UnreadableError("no_columns")
    if not register_import.file:
        raise UnreadableError("file_gone")
    reader = RowReader(mapping, today)
    path, reading = Path(register_import.file.path), Reading.of(register_import.reading)
    try:
        for line, cells in rows(path, reading):
            yield reader.read(line, cells)
    except FileNotFoundError:
        raise UnreadableError("file_gone") from None


def is_mapped(mapping: dict[str, Any]) -> bool:
    """Whether the columns without which no row can be taken are known."""
    return all(name in mapping for name in ESSENTIAL) and any(name in mapping for name in NAMES)


def check_rows(register_import: RegisterImport, today: date) -> None:
    """Walk the file, keep counts, report and basis on `register_import` (saved by the caller).

    Progress is written as it goes. Raises UnreadableError; then nothing is kept.
    """
    basis = generations(GENERATION)
    planner, totals, report = Planner(), Totals(), ReportWriter()
    try:
        for part in planner.slices(read_import(register_import, today)):
            totals.add(part)
            report.add(part.notes)
            RegisterImport.objects.filter(pk=register_import.pk).update(done=totals.counts["read"])
    except BaseException:
        report.drop()
        raise
    if not totals.counts["read"]:
        report.drop()
        raise UnreadableError("no_rows")
    report.keep(register_import)
    register_import.done = totals.counts["read"]
    register_import.counts = totals.as_json() | {"absent": len(absent_keys(planner))}
    register_import.basis = basis


def absent_keys(planner: Planner) -> list[int]:
    """Keys of the listed cooperatives that the file does not name; those of the demonstration are never counted."""
    listed = Cooperative.objects.filter(is_listed=True, is_demo=False).order_by("pk")
    return [
        key for key, number in listed.values_list("pk", "number").iterator() if number not in planner.seen
    ]


class Totals:
    """The sums of all slices."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.remarks: Counter[str] = Counter()
        self.fields: Counter[str] = Counter()

    def add(self, part: Slice) -> None:
        """Count one slice in."""
        self.counts.update(
            read=part.read,
            new=len(part.new),
            changed=len(part.changed),
            unchanged=part.unchanged,
            refused=part.refused,
            duplicates=part.duplicates,
            possible=part.possible,
        )
        self.remarks.update(part.remarks)
        self.fields.update(part.fields)

    def as_json(self) -> dict[str, Any]:
        """For the row of the import."""
        return {**self.counts, "remarks": dict(self.remarks), "fields": dict(self.fields)}
