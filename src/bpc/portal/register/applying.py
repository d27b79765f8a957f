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
from bpc.portal.register.models import Cooperative, RegisterImport
from bpc.portal.register.plans import FIELDS, Change, Planner, Values
from bpc.portal.register.queries import GENERATION
from bpc.portal.register.search import lexemes_of
from bpc.portal.register.sheets import UnreadableError
from bpc.portal.register.statements import (
    insert_changes,
    insert_cooperatives,
    insert_entries,
    update_cooperatives,
    update_entries,
)
from bpc.portal.register.tallies import rebuild

BATCH = 1_000
_INDEXED = {"name_fr", "name_ar", "sector_id", "commune_id", "province_id", "region_id"}
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
    insert_cooperatives(new, register_import.pk)
    keys = dict(Cooperative.objects.filter(first_import=register_import).values_list("number", "pk"))
    insert_entries((keys[number], lexemes(values)) for number, values in new)


def _change(changed: list[Change], register_import: RegisterImport) -> None:
    insert_changes(
        register_import.pk,
        ((change.key, kept_values(change.before, change.last_import)) for change in changed),
    )
    update_cooperatives((change.number, change.after, register_import.pk) for change in changed)
    update_entries((change.key, lexemes(change.after)) for change in changed if _moves_entry(change))


def _moves_entry(change: Change) -> bool:
    pairs = zip(FIELDS, change.before, change.after, strict=True)
    return any(old != new for name, old, new in pairs if name in _INDEXED)


def _unlist(keys: list[int], register_import: RegisterImport) -> None:
    """Cooperatives that a whole file does not name any more: kept, no longer listed."""
    for batch in batches(keys, BATCH):
        rows = Cooperative.objects.filter(pk__in=batch).values_list("pk", "last_import_id", *FIELDS)
        insert_changes(register_import.pk, ((key, kept_values(values, last)) for key, last, *values in rows))
        Cooperative.objects.filter(pk__in=batch).update(is_listed=False, last_import=register_import)


def lexemes(values: Values) -> str:
    """What the search keeps of a row."""
    row = dict(zip(FIELDS, values, strict=True))
    places = (row["region_id"], row["province_id"], row["commune_id"])
    return lexemes_of((row["name_fr"], row["name_ar"]), places, row["sector_id"])


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


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items, `size` at a time."""
    source = iter(items)
    while batch := list(islice(source, size)):
        yield batch
