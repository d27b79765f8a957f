"""Sheets as rows of cells along an axis of months or years, and how formulas point at them."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from xlsxwriter.utility import xl_col_to_name

from bpc.portal.plans.workbook.formulas import Formula, Place, formula

#: Around the offset of a column still to be filled in; no text of ours or of anybody holds it.
MARK = "\x00"


@dataclass(frozen=True, slots=True)
class Relative:
    """So many columns away from wherever the formula will stand."""

    by: int = 0

    def __add__(self, by: int) -> "Relative":
        return Relative(self.by + by)


@dataclass(eq=False)
class Sheet:
    """A sheet whose columns are the same thing from top to bottom: months, fiscal years, calendar months.

    `first` is the spreadsheet column of the first of `columns`; the one before it holds what was there at the opening.
    """

    name: str
    columns: int = 1
    first: int = 4
    entries: list["Row | Heading"] = field(default_factory=list)
    #: Formulas are the same from column to column; not so where years add up their own months.
    uniform: bool = True
    #: The first line free under the header.
    next_line: int = 4

    @property
    def quoted(self) -> str:
        return "'" + self.name.replace("'", "''") + "'"

    def letter(self, column: "int | Relative") -> str:
        """The letters of a column of the axis; 0 is the opening one."""
        if isinstance(column, Relative):
            return f"{MARK}{column.by}{MARK}"
        return str(xl_col_to_name(self.first + column - 1))

    def heading(self, label: str, *, level: int = 1) -> None:
        """A title over the rows that follow."""
        self.next_line += 1 if level == 1 and self.entries else 0
        self.entries.append(Heading(label, self.next_line, level))
        self.next_line += 1

    def row(self, label: str, content: Any = None, **options: Any) -> "Row":
        """A new row under the last one."""
        row = Row(self, self.next_line, label, **options)
        row.formula = None if content is None else formula(content)
        self.entries.append(row)
        self.next_line += 1
        return row

    def move_down(self, lines: int) -> None:
        """Leave room above for another table of the same sheet; before anything is written."""
        for entry in self.entries:
            entry.line += lines

    @property
    def rows(self) -> list["Row"]:
        """The rows that hold figures."""
        return [entry for entry in self.entries if isinstance(entry, Row)]


@dataclass(slots=True)
class Heading:
    """A title in a sheet."""

    label: str
    line: int
    level: int


@dataclass(eq=False)
class Row(Formula):
    """One line of a sheet: the same formula in each column, or given numbers.

    `style` names a number format; `sums` whether the total column adds the months up.
    """

    sheet: Sheet
    line: int
    label: str
    unit: str = ""
    style: str = "amount"
    bold: bool = False
    sums: bool = True
    opening: Formula | None = None
    #: The opening cell may be changed by the reader.
    opening_entered: bool = False
    given: tuple[float, ...] | None = None
    #: Given numbers may be changed by the reader.
    entered: bool = False
    note: str = ""
    formula: Formula | None = field(default=None, init=False)
    _known: dict[int, Any] = field(default_factory=dict, init=False, repr=False)

    def text(self, at: Place) -> str:
        return self._prefix(at) + self.sheet.letter(at.column) + str(self.line + 1)

    def value(self, at: Place) -> Any:
        return self.at(at.column)

    def _prefix(self, at: Place) -> str:
        return "" if at.sheet is self.sheet else self.sheet.quoted + "!"

    def at(self, column: int) -> Any:
        """The value in a column."""
        if column not in self._known:
            self._known[column] = self._calculate(column)
        return self._known[column]

    def _calculate(self, column: int) -> Any:
        here = Place(self.sheet, column)
        if column == 0:
            return self.opening.value(here) if self.opening is not None else 0.0
        if self.given is not None:
            return self.given[column - 1]
        assert self.formula is not None, f"no formula: {self.label}"
        return self.formula.value(here)

    def values(self, first: int = 1, last: int | None = None) -> Any:
        """The values of columns first … last, as an array."""
        found = [self.at(column) for column in range(first, (last or self.sheet.columns) + 1)]
        worded = any(isinstance(value, str) for value in found)
        return np.array(found, dtype=object if worded else None)

    def back(self, by: int = 1) -> Formula:
        """The cell so many columns before."""
        return Shifted(self, -by)

    def ahead(self, by: int = 1) -> Formula:
        """The cell so many columns later."""
        return Shifted(self, by)

    @property
    def whole(self) -> Formula:
        """All cells along the axis, $E$5:$DT$5."""
        return Span(self, 1, self.sheet.columns)

    def texts(self) -> list[str]:
        """The formula of each column, in order: written once, then moved along the axis."""
        assert self.formula is not None
        columns = range(1, self.sheet.columns + 1)
        if not self.sheet.uniform:
            return [self.formula.text(Place(self.sheet, column)) for column in columns]
        pieces = self.formula.text(Place(self.sheet, Relative())).split(MARK)
        fixed, offsets = pieces[::2], [int(piece) for piece in pieces[1::2]]
        texts = []
        for column in columns:
            letters = [self.sheet.letter(column + by) for by in offsets]
            texts.append("".join(part for pair in zip(fixed, [*letters, ""], strict=True) for part in pair))
        return texts

    @property
    def with_opening(self) -> Formula:
        """All cells along the axis and the opening one before them."""
        return Span(self, 0, self.sheet.columns)

    @property
    def so_far(self) -> Formula:
        """All cells from the first to this one, $E5:H5."""
        return SoFar(self)


@dataclass(frozen=True, slots=True)
class Shifted(Formula):
    """A row, some columns away."""

    row: Row
    by: int

    def text(self, at: Place) -> str:
        return self.row.text(Place(at.sheet, at.column + self.by))

    def value(self, at: Place) -> Any:
        return self.row.at(at.column + self.by)


@dataclass(frozen=True, slots=True)
class Opening(Formula):
    """The cell before the axis, its column pinned."""

    row: Row

    def text(self, at: Place) -> str:
        prefix = "" if at.sheet is self.row.sheet else self.row.sheet.quoted + "!"
        return f"{prefix}${self.row.sheet.letter(0)}{self.row.line + 1}"

    def value(self, at: Place) -> Any:
        return self.row.at(0)


@dataclass(frozen=True, slots=True)
class Span(Formula):
    """Cells first … last of a row, pinned."""

    row: Row
    first: int
    last: int

    def text(self, at: Place) -> str:
        sheet, line = self.row.sheet, self.row.line + 1
        start, end = sheet.letter(self.first), sheet.letter(self.last)
        prefix = "" if at.sheet is sheet else sheet.quoted + "!"
        return f"{prefix}${start}${line}:${end}${line}"

    def value(self, at: Place) -> Any:
        return self.row.values(self.first, self.last)


@dataclass(frozen=True, slots=True)
class SoFar(Formula):
    """Cells of a row from the first to the column of the formula."""

    row: Row

    def text(self, at: Place) -> str:
        sheet, line = self.row.sheet, self.row.line + 1
        prefix = "" if at.sheet is sheet else sheet.quoted + "!"
        return f"{prefix}${sheet.letter(1)}{line}:{sheet.letter(at.column)}{line}"

    def value(self, at: Place) -> Any:
        return self.row.values(1, at.column)


@dataclass(frozen=True, slots=True)
class Block(Formula):
    """Rows one under the other as one rectangle: what a shifted season is looked up in."""

    rows: tuple[Row, ...]

    def text(self, at: Place) -> str:
        sheet, top, bottom = self.rows[0].sheet, self.rows[0].line + 1, self.rows[-1].line + 1
        prefix = "" if at.sheet is sheet else sheet.quoted + "!"
        return f"{prefix}${sheet.letter(1)}${top}:${sheet.letter(sheet.columns)}${bottom}"

    def value(self, at: Place) -> Any:
        return np.array([row.values() for row in self.rows])


class Pick(Formula):
    """INDEX(cells, place) or INDEX(rectangle, line, place), counted from 1."""

    __slots__ = ("cells", "places")

    def __init__(self, cells: Formula, *places: Any) -> None:
        self.cells, self.places = cells, [formula(place) for place in places]

    def text(self, at: Place) -> str:
        return f"INDEX({self.cells.text(at)},{','.join(place.text(at) for place in self.places)})"

    def value(self, at: Place) -> Any:
        places = [int(place.value(at)) for place in self.places]
        if isinstance(self.cells, Span):
            return self.cells.row.at(self.cells.first + places[0] - 1)
        return self.cells.value(at)[tuple(place - 1 for place in places)]


@dataclass(eq=False)
class Assumption(Formula):
    """One cell of the assumptions, called by its name in every formula."""

    name: str
    label: str
    number: Any
    unit: str = ""
    style: str = "amount"
    low: float | None = None
    high: float | None = None
    confidence: str = ""
    sources: str = ""
    #: The least and the most a reader may enter.
    limits: tuple[float, float] | None = None
    #: A cell that is calculated from others (a cost with its contingency).
    derived: Formula | None = None
    line: int = 0

    def text(self, at: Place) -> str:
        return self.name

    def value(self, at: Place) -> Any:
        if self.derived is None:
            return self.number
        if self.number is None:
            self.number = self.derived.value(at)
        return self.number
