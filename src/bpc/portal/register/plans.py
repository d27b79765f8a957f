"""What a file would change, worked out in slices: the same walk serves the dry run and the application.

Reads the rows that exist by number, slice by slice; nothing is written here.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from bpc.portal.register.models import Cooperative
from bpc.portal.register.rows import Remark, Row
from bpc.portal.register.states import Status

SLICE = 2_000
#: What an import writes, in the order kept by `ImportChange.before`. Never `organisation`.
FIELDS = (
    "name_fr", "name_ar", "sort_name", "sector_id", "activity", "territory_id", "commune_id", "province_id",
    "region_id", "lon", "lat", "registered_on", "year", "members", "women", "youth", "is_women", "is_youth",
    "status", "is_listed",
)  # fmt: skip
_NEW: dict[str, Any] = {
    **dict.fromkeys(FIELDS),
    "name_fr": "",
    "name_ar": "",
    "activity": "",
    "territory_id": "MA",
    "status": Status.UNKNOWN.value,
    "is_listed": True,
}
Values = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A cooperative that exists and would become `after`; both in the order of `FIELDS`."""

    key: int
    number: str
    before: Values
    after: Values
    last_import: int | None


@dataclass(slots=True)
class Slice:
    """What some rows of the file would do. `notes` are (kind, line, remark), for the report."""

    read: int = 0
    new: list[tuple[str, Values]] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    refused: int = 0
    duplicates: int = 0
    possible: int = 0
    notes: list[tuple[str, int, Remark]] = field(default_factory=list)
    remarks: Counter[str] = field(default_factory=Counter)
    fields: Counter[str] = field(default_factory=Counter)


class Planner:
    """Walks the rows of one file once. `seen` holds the numbers met, with their line."""

    def __init__(self) -> None:
        self.seen: dict[str, int] = {}
        self._homonyms: dict[tuple[str, str], tuple[int, str]] = {}

    def slices(self, rows: Iterable[Row]) -> Iterator[Slice]:
        """The whole file, some rows at a time."""
        source = iter(rows)
        while batch := list(islice(source, SLICE)):
            yield self._plan(batch)

    def _plan(self, batch: list[Row]) -> Slice:
        plan = Slice(read=len(batch))
        kept = [row for row in batch if self._is_kept(row, plan)]
        existing = _existing([row.number for row in kept])
        fresh: list[tuple[Row, Values]] = []
        for row in kept:
            for remark in row.remarks:
                plan.notes.append(("remark", row.line, remark))
                plan.remarks[remark.code] += 1
            known = existing.get(row.number)
            if known is None:
                values = _overlaid(_NEW, row.values)
                plan.new.append((row.number, values))
                fresh.append((row, values))
                continue
            key, last_import, before = known
            after = _overlaid(dict(zip(FIELDS, before, strict=True)), row.values)
            if after == before:
                plan.unchanged += 1
            else:
                plan.changed.append(Change(key, row.number, before, after, last_import))
                plan.fields.update(
                    name for name, old, new in zip(FIELDS, before, after, strict=True) if old != new
                )
        self._tell_homonyms(fresh, plan)
        return plan

    def _is_kept(self, row: Row, plan: Slice) -> bool:
        if row.refusal is not None:
            plan.refused += 1
            plan.remarks[row.refusal.code] += 1
            plan.notes.append(("refused", row.line, row.refusal))
            return False
        if row.number in self.seen:
            plan.duplicates += 1
            found = f"{row.number} · {self.seen[row.number]}"
            plan.notes.append(("duplicate", row.line, Remark("number", "number_twice", found)))
            return False
        self.seen[row.number] = row.line
        return True

    def _tell_homonyms(self, fresh: list[tuple[Row, Values]], plan: Slice) -> None:
        """New cooperatives that bear the name of another of the same place: told, never refused."""
        if not fresh:
            return
        stored = _homonyms_stored({row.values["sort_name"] for row, _ in fresh})
        for row, values in fresh:
            place = (values[FIELDS.index("sort_name")], values[FIELDS.index("territory_id")])
            other = stored.get(place)
            if place in self._homonyms:
                other = self._homonyms[place][1]
            if other is not None and other != row.number:
                plan.possible += 1
                plan.notes.append(("possible", row.line, Remark("name_fr", "same_name", other)))
            self._homonyms.setdefault(place, (row.line, row.number))


def _overlaid(former: dict[str, Any], said: dict[str, Any]) -> Values:
    """The former values with what the row says; a row that is in the file is in the register."""
    whole = former | said | {"is_listed": True}
    if "name_fr" in said or "name_ar" in said:
        whole["sort_name"] = (
            said["sort_name"] if not former["name_fr"] or "name_fr" in said else former["sort_name"]
        )
    if "year" not in said or said.get("registered_on") is not None:
        return tuple(whole[name] for name in FIELDS)
    # only a year is said: the day known before stays if it is of that year
    if former["registered_on"] is not None and former["year"] == said["year"]:
        whole["registered_on"] = former["registered_on"]
    return tuple(whole[name] for name in FIELDS)


def _existing(numbers: list[str]) -> dict[str, tuple[int, int | None, Values]]:
    rows = Cooperative.objects.filter(number__in=numbers).values_list(
        "number", "pk", "last_import_id", *FIELDS
    )
    return {row[0]: (row[1], row[2], tuple(row[3:])) for row in rows}


def _homonyms_stored(names: set[str]) -> dict[tuple[str, str], str]:
    rows = Cooperative.objects.filter(sort_name__in=names, is_demo=False).values_list(
        "sort_name", "territory_id", "number"
    )
    return {(name, place): number for name, place, number in rows.order_by("-pk")}
