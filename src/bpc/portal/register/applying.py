"""Writing what a file changes: all of it or nothing, in one transaction, in slices the database takes at once.

The file is read before the transaction begins, so that the other writers of the site wait for the writing only.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any, TypeVar

from bpc.portal.foundation.page_cache import generations, outdate
from bpc.portal.register.checking import Totals, absent_keys, read_import
from bpc.portal.register.models import Cooperative, CooperativeEntry, ImportChange, RegisterImport
from bpc.portal.register.plans import FIELDS, Change, Planner, Values
from bpc.portal.register.queries import GENERATION
from bpc.portal.register.search import entry_of
from bpc.portal.register.sheets import UnreadableError
from bpc.portal.register.tallies import rebuild

BATCH = 1_000
_INDEXED = {"name_fr", "name_ar", "sector_id", "commune_id", "province_id", "region_id"}
_WRITTEN = [name.removesuffix("_id") for name in (*FIELDS, "last_import_id")]
T = TypeVar("T")


@dataclass
class Planned:
    """Everything a file would write, worked out before the transaction."""

    new: list[tuple[str, Values]] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    planner: Planner = field(default_factory=Planner)
    totals: Totals = field(default_factory=Totals)


def plan_rows(register_import: RegisterImport, today: date) -> Planned:
    """Read the whole file again. Raises UnreadableError."""
    planned = Planned()
    for part in planned.planner.slices(read_import(register_import, today)):
        planned.totals.add(part)
        planned.new += part.new
        planned.changed += part.changed
        RegisterImport.objects.filter(pk=register_import.pk).update(done=planned.totals.counts["read"])
    return planned


def write_rows(register_import: RegisterImport, planned: Planned) -> None:
    """Write what was planned, remember what was before, count and index again. In the caller's transaction.

    Raises UnreadableError (`register_changed`) when the register is not any more the one that was checked.
    """
    outdate(GENERATION)  # first: takes the row, so that two writers of the register wait for each other
    if _generation_before(generations(GENERATION)) != register_import.basis:
        raise UnreadableError("register_changed")
    _create(planned.new, register_import)
    _change(planned.changed, register_import)
    gone = absent_keys(planned.planner)
    if register_import.is_whole:
        _unlist(gone, register_import)
    rebuild()
    register_import.counts = planned.totals.as_json() | {"absent": len(gone)}


def _generation_before(generation: str) -> str:
    """The generation that `outdate` has just left: the first one counts from 1, unknown is 0."""
    return str(int(generation) - 1)


def _create(new: list[tuple[str, Values]], register_import: RegisterImport) -> None:
    for batch in batches(new, BATCH):
        rows = [
            _row(number, values, first_import=register_import, last_import=register_import)
            for number, values in batch
        ]
        Cooperative.objects.bulk_create(rows)
        CooperativeEntry.objects.bulk_create(map(entry_of, rows))


def _change(changed: list[Change], register_import: RegisterImport) -> None:
    for batch in batches(changed, BATCH):
        ImportChange.objects.bulk_create(
            ImportChange(
                register_import=register_import,
                cooperative_id=change.key,
                before=kept_values(change.before, change.last_import),
            )
            for change in batch
        )
        write_values([(change.number, change.after, register_import.pk) for change in batch])
        write_entries(change.key for change in batch if _moves_entry(change))


def _moves_entry(change: Change) -> bool:
    pairs = zip(FIELDS, change.before, change.after, strict=True)
    return any(old != new for name, old, new in pairs if name in _INDEXED)


def _unlist(keys: list[int], register_import: RegisterImport) -> None:
    """Cooperatives that a whole file does not name any more: kept, no longer listed."""
    for batch in batches(keys, BATCH):
        rows = Cooperative.objects.filter(pk__in=batch).values_list("pk", "last_import_id", *FIELDS)
        ImportChange.objects.bulk_create(
            ImportChange(
                register_import=register_import, cooperative_id=key, before=kept_values(values, last)
            )
            for key, last, *values in rows
        )
        Cooperative.objects.filter(pk__in=batch).update(is_listed=False, last_import=register_import)


def write_values(rows: Sequence[tuple[str, Values, int | None]]) -> None:
    """Write (number, values, last import) over cooperatives that exist, in one statement."""
    Cooperative.objects.bulk_create(
        [_row(number, values, last_import_id=last) for number, values, last in rows],
        update_conflicts=True,
        unique_fields=["number"],
        update_fields=_WRITTEN,
    )


def write_entries(keys: Iterable[int]) -> None:
    """Bring the search's entries of these cooperatives to what their rows say."""
    for batch in batches(keys, BATCH):
        CooperativeEntry.objects.bulk_create(
            map(entry_of, Cooperative.objects.filter(pk__in=batch).order_by("pk")),
            update_conflicts=True,
            unique_fields=["cooperative"],
            update_fields=["lexemes"],
        )


def kept_values(values: Sequence[Any], last_import: int | None) -> list[Any]:
    """What undoing needs, as JSON."""
    return [*(value.isoformat() if isinstance(value, date) else value for value in values), last_import]


def restored_values(before: list[Any]) -> tuple[Values, int | None]:
    """The inverse of `kept_values`."""
    *values, last_import = before
    day = FIELDS.index("registered_on")
    if values[day] is not None:
        values[day] = date.fromisoformat(values[day])
    return tuple(values), last_import


def _row(number: str, values: Values, **more: Any) -> Cooperative:
    return Cooperative(number=number, **dict(zip(FIELDS, values, strict=True)), **more)


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items, `size` at a time."""
    source = iter(items)
    while batch := list(islice(source, size)):
        yield batch
