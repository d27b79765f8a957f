"""One row of a file → what it says of one cooperative, or why it is refused, with every remark on the way."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bpc.core.text.folding import fold
from bpc.portal.register import cells
from bpc.portal.register.cells import CellError
from bpc.portal.register.place_names import COUNTRY, Found, resolve
from bpc.portal.register.search import sort_name
from bpc.portal.register.sector_words import sector_of
from bpc.portal.register.sheets import Cell, as_text
from bpc.portal.register.states import Status

WOMEN = ("femin", "femme", "women", "نسوي", "نساء", "نسايي")
YOUTH = ("jeune", "youth", "شباب", "شبان")
DISSOLVED = ("dissou", "dissol", "liquid", "radi", "محلول", "حل", "مصف", "مشطب")
ACTIVE = ("activ", "active", "fonction", "exist", "نشيط", "مزاول", "قايم")
_BOX = {"lon": (-17.6, -0.9), "lat": (20.6, 36.1)}  # of the territory our boundaries draw


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to tell of a cell: the field, a code of `reason_words`, and what was found there."""

    field: str
    code: str
    found: str = ""


@dataclass(slots=True)
class Row:
    """What one line says. `values` holds only the fields that the line gives; `refusal` says why it is none."""

    line: int
    number: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    refusal: Remark | None = None


class RowReader:
    """Reads rows under one mapping (field → index of its column)."""

    def __init__(self, mapping: dict[str, int], today: date) -> None:
        self._mapping, self._today = mapping, today
        self._has_place = any(name in mapping for name in ("region", "province", "commune"))

    def read(self, line: int, row_cells: list[Cell]) -> Row:
        """The row; never raises for what a cell holds."""
        row = Row(line)
        given = {
            name: row_cells[index]
            for name, index in self._mapping.items()
            if index < len(row_cells) and row_cells[index] != "" and row_cells[index] is not None
        }
        if not self._read_identity(row, given):
            return row
        self._read_place(row, given)
        self._read_sector(row, given)
        self._read_numbers(row, given)
        self._read_kinds(row, given)
        return row

    def _read_identity(self, row: Row, given: dict[str, Cell]) -> bool:
        try:
            row.number = cells.read_number(given.get("number", "")) or ""
        except CellError as error:
            return _refuse(row, "number", error.code, given["number"])
        if not row.number:
            return _refuse(row, "number", "no_number")
        names = {}
        for name in ("name_fr", "name_ar"):
            try:
                names[name] = cells.read_name(given.get(name, ""))
            except CellError as error:
                return _refuse(row, name, error.code, given[name])
        names = _in_its_script(names)
        if not any(names.values()):
            return _refuse(row, "name_fr", "no_name")
        row.values.update({name: text for name, text in names.items() if text})
        row.values["sort_name"] = sort_name(names["name_fr"], names["name_ar"])
        return True

    def _read_place(self, row: Row, given: dict[str, Cell]) -> None:
        names = [
            as_text(given[level]) if level in given else "" for level in ("region", "province", "commune")
        ]
        if any(names):
            found = resolve(*names)
            if found.remark:
                row.remarks.append(
                    Remark(found.remark.split("_")[0], found.remark, " · ".join(filter(None, names)))
                )
        else:
            found = Found(COUNTRY)
            if self._has_place:
                row.remarks.append(Remark("commune", "no_place"))
        if found.code != COUNTRY:
            row.values |= place_values(found.code)
        position = [self._read(row, given, name, _coordinate(name)) for name in ("lon", "lat")]
        if None not in position:
            row.values["lon"], row.values["lat"] = position

    def _read_sector(self, row: Row, given: dict[str, Cell]) -> None:
        activity = as_text(given.get("activity", ""))
        sector = as_text(given.get("sector", ""))
        told = activity or sector
        if not told:
            return
        row.values["activity"] = told[:200]
        if len(told) > 200:
            row.remarks.append(Remark("activity", "activity_cut"))
        row.values["sector_id"] = sector_of(activity, sector)
        if row.values["sector_id"] is None:
            row.remarks.append(Remark("sector", "sector_unknown", told[:80]))

    def _read_numbers(self, row: Row, given: dict[str, Cell]) -> None:
        day_and_year = self._read(
            row, given, "registered_on", lambda cell: cells.read_date(cell, self._today)
        )
        if day_and_year and day_and_year[1]:
            row.values["registered_on"], row.values["year"] = day_and_year
        for name in ("members", "women", "youth"):
            number = self._read(row, given, name, cells.read_count)
            if number is not None:
                row.values[name] = number
        members = row.values.get("members")
        for name in ("women", "youth"):
            if members is not None and row.values.get(name, 0) > members:
                row.remarks.append(Remark(name, "more_than_members", str(row.values.pop(name))))

    def _read_kinds(self, row: Row, given: dict[str, Cell]) -> None:
        for name, part, beginnings in (("is_women", "women", WOMEN), ("is_youth", "youth", YOUTH)):
            said = cells.read_choice(as_text(given[name]), beginnings) if name in given else None
            members, count = row.values.get("members"), row.values.get(part)
            if said is None and members and count is not None:
                said = count == members  # only women, only young people: deduced from the two numbers
            if said is not None:
                row.values[name] = said
        if "status" in given:
            row.values["status"] = _status(as_text(given["status"]))
            if row.values["status"] == Status.UNKNOWN:
                row.remarks.append(Remark("status", "status_unknown", as_text(given["status"])[:80]))

    def _read(self, row: Row, given: dict[str, Cell], name: str, reader: Callable[[Cell], Any]) -> Any:
        """The value of an optional field; an unreadable cell is a remark, and the row goes on without it."""
        if name not in given:
            return None
        try:
            return reader(given[name])
        except CellError as error:
            row.remarks.append(Remark(name, error.code, as_text(given[name])[:80]))
            return None


def place_values(code: str) -> dict[str, str | None]:
    """The columns that say a place, from the code of the finest one known."""
    return {
        "territory_id": code,
        "region_id": None if code == COUNTRY else code[:2],
        "province_id": code[:6] if len(code) >= 6 else None,
        "commune_id": code if len(code) > 6 else None,
    }


def _refuse(row: Row, name: str, code: str, found: Cell = "") -> bool:
    row.refusal = Remark(name, code, as_text(found)[:80])
    return False


def _in_its_script(names: dict[str, str]) -> dict[str, str]:
    """A name written in the other column's script goes to that column when it is free there."""
    french, arabic = names["name_fr"], names["name_ar"]
    if french and not arabic and _is_arabic(french):
        return {"name_fr": "", "name_ar": french}
    if arabic and not french and not _is_arabic(arabic):
        return {"name_fr": arabic, "name_ar": ""}
    return names


def _is_arabic(text: str) -> bool:
    return any("\u0620" <= letter <= "\u06d3" for letter in text)


def _coordinate(name: str) -> Callable[[Cell], float | None]:
    return lambda cell: cells.read_coordinate(cell, *_BOX[name])


def _status(text: str) -> Status:
    folded = fold(text)
    words = [word.removeprefix("ال") for word in folded.split()]
    if any(word.startswith(DISSOLVED) for word in words):
        return Status.DISSOLVED
    if "inactiv" in folded or "غير" in folded:
        return Status.UNKNOWN
    return Status.ACTIVE if any(word.startswith(ACTIVE) for word in words) else Status.UNKNOWN
