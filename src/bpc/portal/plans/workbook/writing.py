"""Rows, headings and assumptions written into a sheet: formulas with their value beside, people's words as text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from bpc.portal.plans.workbook.book import Book
from bpc.portal.plans.workbook.formulas import Place
from bpc.portal.plans.workbook.grid import Assumption, Row, Sheet
from bpc.portal.plans.workbook.styles import Paper, Styles

#: Arabic letters are taller than the row a spreadsheet gives by default.
ARABIC_ROW = 21


@dataclass(slots=True)
class Pen:
    """The file under way."""

    workbook: Workbook
    styles: Styles
    right_to_left: bool

    def sheet(self, name: str, *, colour: str, landscape: bool = True) -> Worksheet:
        """A new sheet in the direction of the language."""
        paper = self.workbook.add_worksheet(name, worksheet_class=Paper)
        if self.right_to_left:
            paper.right_to_left()
            paper.set_default_row(ARABIC_ROW)
        paper.set_tab_color(colour)
        paper.hide_gridlines(2)
        paper.set_paper(9)
        paper.fit_to_pages(1, 0)
        if landscape:
            paper.set_landscape()
        return paper

    def head(self, paper: Worksheet, title: str, note: str) -> None:
        """The title of a sheet and one line on how to read it."""
        paper.set_row(0, 26)
        paper.write_string(0, 0, title, self.styles.title())
        paper.write_string(1, 0, note, self.styles.subtitle())


def write_header(pen: Pen, paper: Worksheet, sheet: Sheet, titles: Sequence[str], line: int) -> None:
    """The names of the columns over a table."""
    style = pen.styles.header()
    for column in range(sheet.first):
        paper.write_blank(line, column, None, style)
    for column, title in enumerate(titles):
        paper.write_string(line, sheet.first + column, title, style)


def plain(value: Any) -> Any:
    """A value as the file keeps it."""
    if isinstance(value, bool | np.bool_):
        return bool(value)
    return value if isinstance(value, str) else float(value)


def write_rows(pen: Pen, paper: Worksheet, sheet: Sheet) -> None:
    """All headings and rows of a sheet."""
    for entry in sheet.entries:
        if isinstance(entry, Row):
            _write_row(pen, paper, entry)
        else:
            style = pen.styles.heading(entry.level)
            paper.write_string(entry.line, 0, entry.label, style)
            if entry.level == 1:
                for column in range(1, sheet.first + sheet.columns):
                    paper.write_blank(entry.line, column, None, style)


def _write_row(pen: Pen, paper: Worksheet, row: Row) -> None:
    sheet, styles = row.sheet, pen.styles
    paper.write_string(row.line, 0, row.label, styles.label(bold=row.bold))
    style = styles.number(row.style, bold=row.bold)
    if sheet.first > 2:
        paper.write_string(row.line, 1, row.unit or _unit(row), styles.unit())
    if sheet.first == 4 and row.sums and row.style in ("amount", "quantity"):
        first, last = sheet.letter(1), sheet.letter(sheet.columns)
        line = row.line + 1
        whole = float(np.sum(row.values()))
        paper.write_formula(row.line, 2, f"=SUM({first}{line}:{last}{line})", style, whole)
    if row.opening is not None:
        _write_opening(pen, paper, row)
    if row.given is not None:
        shown = styles.entry(row.style) if row.entered else style
        paper.write_row(row.line, sheet.first, row.given, shown)
        return
    for column, text in enumerate(row.texts()):
        value = plain(row.at(column + 1))
        paper.write_formula(row.line, sheet.first + column, f"={text}", style, value)


def _unit(row: Row) -> str:
    return _("MAD") if row.style == "amount" else ""


def _write_opening(pen: Pen, paper: Worksheet, row: Row) -> None:
    place = row.sheet.first - 1
    assert row.opening is not None
    if row.opening_entered:
        paper.write_number(row.line, place, float(row.at(0)), pen.styles.entry("count"))
        return
    text = row.opening.text(Place(row.sheet, 0))
    style = pen.styles.number(row.style, bold=row.bold)
    paper.write_formula(row.line, place, f"={text}", style, plain(row.at(0)))


def write_assumptions(pen: Pen, paper: Worksheet, book: Book, name: str) -> None:
    """Every assumption: label, cell, unit, range, what it rests on; each cell named as formulas call it."""
    line = 3
    titles = [
        _("Hypothèse"), _("Valeur"), _("Unité"), _("Bas"), _("Haut"), _("Fiabilité"), _("Sources"), _("Nom"),
    ]  # fmt: skip
    for column, title in enumerate(titles):
        paper.write_string(line, column, title, pen.styles.header())
    paper.freeze_panes(line + 1, 2)
    line += 1
    stub = Sheet(name)
    for section in book.sections:
        if not section.cells:
            continue
        for column in range(len(titles)):
            paper.write_blank(line, column, None, pen.styles.heading(1))
        paper.write_string(line, 0, section.title, pen.styles.heading(1))
        line += 1
        for cell in section.cells:
            cell.line = line
            _write_assumption(pen, paper, cell, stub)
            line += 1
    for width, column in zip((52, 16, 16, 12, 12, 12, 22, 28), range(8), strict=True):
        paper.set_column(column, column, width)


def _write_assumption(pen: Pen, paper: Worksheet, cell: Assumption, stub: Sheet) -> None:
    styles, line = pen.styles, cell.line
    pen.workbook.define_name(cell.name, f"={stub.quoted}!$B${line + 1}")
    paper.write_string(line, 0, cell.label, styles.label())
    paper.write_string(line, 2, cell.unit, styles.unit())
    paper.write_string(line, 7, cell.name, styles.make(font_color="#55605e", font_size=8))
    if cell.derived is not None:
        text = cell.derived.text(Place(stub, 1))
        value = plain(cell.value(Place(stub, 1)))
        paper.write_formula(line, 1, f"={text}", styles.computed(cell.style), value)
        return
    paper.write_number(line, 1, float(cell.number), styles.entry(cell.style))
    if cell.low is not None and cell.high is not None and cell.low < cell.high:
        paper.write_number(line, 3, cell.low, styles.number(cell.style))
        paper.write_number(line, 4, cell.high, styles.number(cell.style))
    paper.write_string(line, 5, _confidence(cell.confidence), styles.unit())
    paper.write_string(line, 6, cell.sources, styles.unit())
    limits = cell.limits or ((0, 3) if cell.style == "rate" else None)
    if limits is not None:
        check = {"validate": "decimal", "criteria": "between", "minimum": limits[0], "maximum": limits[1]}
        message = _("Entrez un nombre entre %(least)s et %(most)s.") % {"least": limits[0], "most": limits[1]}
        paper.data_validation(line, 1, line, 1, {**check, "error_message": message})


def _confidence(code: str) -> str:
    words = {"S": _("sourcé"), "D": _("déduit"), "K": _("à vérifier"), "E": _("estimation")}
    return words.get(code, "")
