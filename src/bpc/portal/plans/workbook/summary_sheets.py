"""Indicators and checks, written: the figures first, then what they rest on by year and by month."""

from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from bpc.portal.plans.workbook.book import Book
from bpc.portal.plans.workbook.formulas import Place
from bpc.portal.plans.workbook.grid import Row, Sheet
from bpc.portal.plans.workbook.styles import GOOD
from bpc.portal.plans.workbook.writing import Pen, plain, write_header, write_rows

#: Below this, a difference is only the rounding of binary numbers.
CENTIME = 0.01


def write_indicators(pen: Pen, book: Book, years: list[str]) -> None:
    """Each indicator, its value on the day of the export beside it, then the tables by year."""
    paper = pen.sheet(book.indicators.name, colour="#a2471f")
    note = _("La colonne « À l’export » ne bouge pas : elle montre ce que vos changements ont fait.")
    pen.head(paper, book.indicators.name, note)
    titles = (_("Indicateur"), _("Valeur"), _("Unité"), _("À l’export"), _("Différence"))
    for column, title in enumerate(titles):
        paper.write_string(3, column, title, pen.styles.header())
    _write_list(pen, paper, book.indicators)
    for row in book.indicators.rows:
        _write_kept(pen, paper, row)
    for sheet, heads in (
        (book.indicators_by_year, years),
        (book.flow_by_year, [_("An %(number)s") % {"number": n + 1} for n in range(book.plan.years)]),
    ):
        write_header(pen, paper, sheet, heads, sheet.entries[0].line - 1)
        write_rows(pen, paper, sheet)
    paper.set_column(0, 0, 58)
    paper.set_column(1, 14, 15)
    paper.freeze_panes(4, 1)


def _write_list(pen: Pen, paper: Worksheet, sheet: Sheet) -> None:
    for entry in sheet.entries:
        if not isinstance(entry, Row):
            for column in range(1, 5):
                paper.write_blank(entry.line, column, None, pen.styles.heading(1))
            paper.write_string(entry.line, 0, entry.label, pen.styles.heading(1))
            continue
        assert entry.formula is not None
        paper.write_string(entry.line, 0, entry.label, pen.styles.label())
        style = pen.styles.number(entry.style)
        text = entry.formula.text(Place(sheet, 1))
        paper.write_formula(entry.line, 1, f"={text}", style, plain(entry.at(1)))


def _write_kept(pen: Pen, paper: Worksheet, row: Row) -> None:
    """The unit, the value of the day of the export as a plain number, and the difference with the live one."""
    value, line, style = plain(row.at(1)), row.line + 1, pen.styles.number(row.style)
    paper.write_string(row.line, 2, row.unit, pen.styles.unit())
    if isinstance(value, str):
        paper.write_string(row.line, 3, value, style)
        return
    paper.write_number(row.line, 3, value, style)
    paper.write_formula(row.line, 4, f'=IF(ISNUMBER(B{line}),B{line}-D{line},"")', style, 0.0)


def write_controls(pen: Pen, book: Book, paper: Worksheet) -> None:
    """The verdicts over the differences of each month."""
    sheet = book.checks
    _write_list(pen, paper, sheet)
    good = pen.styles.make(bg_color=GOOD, font_color="#084a3d", bold=True, align="center")
    bad = pen.styles.make(bg_color="#f6dcdc", font_color="#a61b1b", bold=True, align="center")
    words = _("Juste"), _("À vérifier")
    for row in sheet.rows:
        line = row.line + 1
        verdict = words[abs(float(row.at(1))) >= CENTIME]
        text = f'=IF(ABS(B{line})<{CENTIME},"{words[0]}","{words[1]}")'
        paper.write_formula(row.line, 2, text, good, verdict)
        wrong = {"type": "cell", "criteria": "==", "value": f'"{words[1]}"', "format": bad}
        paper.conditional_format(row.line, 2, row.line, 2, wrong)
    for row in book.controls.rows:
        if row.style == "cents":
            last = 3 + book.controls.columns
            limit = {
                "type": "cell",
                "criteria": "not between",
                "minimum": -CENTIME,
                "maximum": CENTIME,
                "format": bad,
            }
            paper.conditional_format(row.line, 4, row.line, last, limit)
    write_rows(pen, paper, book.controls)
