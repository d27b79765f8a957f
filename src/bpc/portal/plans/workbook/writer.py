"""The workbook as a file: each sheet written in reading order, in memory."""

import io

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from bpc.core.plan.schema import Plan
from bpc.core.plan.simulation import Simulation
from bpc.portal.plans.workbook.book import Book
from bpc.portal.plans.workbook.grid import Sheet
from bpc.portal.plans.workbook.layout import lay_out
from bpc.portal.plans.workbook.provenance import Provenance
from bpc.portal.plans.workbook.read_me import write_read_me
from bpc.portal.plans.workbook.styles import Styles
from bpc.portal.plans.workbook.summary_sheets import write_controls, write_indicators
from bpc.portal.plans.workbook.writing import Pen, write_assumptions, write_header, write_rows

MONTHS_WIDTH, LABEL_WIDTH = 11, 52


def build_workbook(plan: Plan, simulation: Simulation, *, title: str, provenance: Provenance) -> bytes:
    """The plan as a workbook whose every figure recalculates, in the active language.

    `simulation` must be that of `plan` as it is written. Each formula carries the value it has now, for viewers that
    do not calculate.
    """
    if simulation.plan != plan or simulation.factors.values:
        raise ValueError("the simulation is not that of the plan as written")
    return write_book(lay_out(simulation), title=title, provenance=provenance)


def write_book(book: Book, *, title: str, provenance: Provenance) -> bytes:
    """A laid out workbook as the bytes of its file."""
    buffer = io.BytesIO()
    right_to_left = get_language_bidi()
    # people's words stay words: "=1+1" typed as a name is never a formula, nor a link
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(buffer, options) as workbook:
        workbook.set_properties({"title": title, "comments": provenance.input_hash})
        workbook.set_calc_mode("auto")
        pen = Pen(workbook, Styles(workbook, right_to_left=right_to_left), right_to_left)
        write_read_me(pen, book, title, provenance)
        assumptions = pen.sheet(_("Hypothèses"), colour="#d99a1c")
        note = _(
            "Les cellules jaunes se modifient ; tout le classeur suit. En gris : calculé à partir d’elles."
        )
        pen.head(assumptions, _("Hypothèses"), note)
        write_assumptions(pen, assumptions, book, _("Hypothèses"))
        _write_rhythms(pen, book)
        _write_months(pen, book)
        _write_years(pen, book)
        write_indicators(pen, book, year_titles(book))
        _write_controls(pen, book)
    return buffer.getvalue()


def _write_rhythms(pen: Pen, book: Book) -> None:
    paper = pen.sheet(_("Rythmes"), colour="#d99a1c")
    pen.head(
        paper, _("Rythmes"), _("Ce qui change avec les années et les saisons ; en jaune, ce qui se modifie.")
    )
    paper.set_column(0, 0, LABEL_WIDTH)
    paper.set_column(1, 1, 17)
    paper.set_column(2, 13, 9)
    years = [_("An %(number)s") % {"number": number + 1} for number in range(book.plan.years)]
    write_header(pen, paper, book.yearly_shapes, years, 3)
    write_header(pen, paper, book.calendar_shapes, _month_names(), book.calendar_shapes.entries[0].line - 1)
    write_rows(pen, paper, book.yearly_shapes)
    write_rows(pen, paper, book.calendar_shapes)
    if book.moved_seasons.entries:
        write_header(pen, paper, book.moved_seasons, _month_names(), book.moved_seasons.entries[0].line - 1)
        paper.write_string(
            book.moved_seasons.entries[0].line - 1, 1, _("Décalage (jours)"), pen.styles.header()
        )
        write_rows(pen, paper, book.moved_seasons)


def _month_names() -> list[str]:
    return [
        _("janv."), _("févr."), _("mars"), _("avr."), _("mai"), _("juin"),
        _("juil."), _("août"), _("sept."), _("oct."), _("nov."), _("déc."),
    ]  # fmt: skip


def month_titles(book: Book) -> list[str]:
    """Each month of the plan: "avr. 2027", or its number alone when the plan is of no particular year."""
    timeline, names = book.frame.timeline, _month_names()
    if not book.plan.dated:
        return [_("mois %(number)s") % {"number": month + 1} for month in range(timeline.months)]
    pairs = zip(timeline.calendar_month, timeline.calendar_year, strict=True)
    return [f"{names[int(month)]} {int(year)}" for month, year in pairs]


def _lay_monthly_sheet(
    pen: Pen, book: Book, sheet: Sheet, note: str, colour: str, line: int = 3
) -> Worksheet:
    """A sheet with the months across, its header on the line given."""
    paper = pen.sheet(sheet.name, colour=colour)
    pen.head(paper, sheet.name, note)
    write_header(pen, paper, sheet, month_titles(book), line)
    for column, title in enumerate(
        (_("MAD, hors mention contraire"), _("Unité"), _("Total"), _("Ouverture"))
    ):
        paper.write_string(line, column, title, pen.styles.header())
    paper.set_column(0, 0, LABEL_WIDTH)
    paper.set_column(1, 1, 9)
    paper.set_column(2, 3, 13)
    paper.set_column(4, 3 + sheet.columns, MONTHS_WIDTH)
    paper.freeze_panes(4, 4)
    paper.repeat_columns(0, 0)
    paper.repeat_rows(3)
    paper.fit_to_pages(0, 0)
    paper.set_print_scale(60)
    return paper


def _write_months(pen: Pen, book: Book) -> None:
    note = _("Une colonne par mois ; la même formule d’un bout à l’autre de chaque ligne.")
    for sheet in (book.monthly, book.loans, book.investments):
        write_rows(pen, _lay_monthly_sheet(pen, book, sheet, note, "#0b6150"), sheet)


def _write_controls(pen: Pen, book: Book) -> None:
    line = book.controls.entries[0].line - 1
    note = _("Tout doit être juste ; un écart d’un centime ou plus apparaît en rouge.")
    paper = _lay_monthly_sheet(pen, book, book.controls, note, "#a61b1b", line)
    paper.freeze_panes(0, 1)
    write_controls(pen, book, paper)


def year_titles(book: Book) -> list[str]:
    """Each fiscal year by the calendar year it closes in."""
    return [str(year.label) for year in book.frame.timeline.fiscal_years]


def _write_years(pen: Pen, book: Book) -> None:
    notes = {
        book.closing: _("Clôture de chaque exercice : impôt, pertes reportées, partage du résultat."),
        book.annual: _(
            "Présentation indicative, d’après le modèle du code général de normalisation comptable."
        ),
    }
    for sheet, note in notes.items():
        paper = pen.sheet(sheet.name, colour="#2e4685")
        pen.head(paper, sheet.name, note)
        write_header(pen, paper, sheet, year_titles(book), 3)
        for column, title in enumerate((_("MAD, hors mention contraire"), _("Unité"), _("Ouverture"))):
            paper.write_string(3, column, title, pen.styles.header())
        paper.set_column(0, 0, LABEL_WIDTH + 6)
        paper.set_column(1, 1, 9)
        paper.set_column(2, 2 + sheet.columns, 14)
        paper.freeze_panes(4, 3)
        paper.repeat_rows(3)
        write_rows(pen, paper, sheet)
