"""A study as files: on paper for the bank and the assembly, and the cash of each month for a spreadsheet."""

import csv
import io
from collections.abc import Sequence
from typing import Literal

import xlsxwriter
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bpc.portal.financing.models import FinancingPlan
from bpc.portal.financing.proposal_words import GOALS, month_words
from bpc.portal.financing.studies import Study, UnreadableStudy, read_study
from bpc.portal.foundation.wording import labelled
from bpc.portal.web.financing.study_cards import LETTERS
from bpc.portal.web.financing.study_print import Paper, financing_paper
from bpc.portal.web.financing.study_sources import known_sources
from bpc.portal.web.financing.study_views import study_or_404
from bpc.portal.web.plans.exports import XLSX, file_name


def _study(row: FinancingPlan) -> Study:
    try:
        study = read_study(row.study)
    except UnreadableStudy:
        raise Http404("unreadable") from None
    if not study.proposals:
        raise Http404("nothing was found")
    return study


@never_cache
@require_safe
def financing_pdf(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Two pages or so, in the language of the address: the proposal accepted, else all of them."""
    row = study_or_404(request, reference, number)
    try:
        study = read_study(row.study)
    except UnreadableStudy:
        return redirect("web:financing_study", row.project.reference, row.number)
    if not study.proposals:
        return redirect("web:financing_study", row.project.reference, row.number)
    place = row.project.commune
    language: Literal["fr", "ar"] = "ar" if get_language() == "ar" else "fr"
    paper = Paper(
        title=row.project.name,
        place=getattr(place, f"name_{language}") or place.name_fr,
        scenario=row.plan_name,
        number=row.number,
        made_on=timezone.localdate(row.made_at),
        language=language,
        address=request.build_absolute_uri(
            reverse("web:financing_study", args=[row.project.reference, row.number])
        ),
        chosen=row.chosen,
        input_hash=row.input_hash,
    )
    return _file(financing_paper(study, known_sources(), paper), "application/pdf", row, "pdf")


@never_cache
@require_safe
def financing_csv(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Cash at each month's end, without the sources and with each proposal."""
    row = study_or_404(request, reference, number)
    study = _study(row)
    written = io.StringIO()
    written.write("\ufeff")  # or spreadsheets take Arabic for something else
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(_head(study))
    table.writerows(_rows(study))
    return _file(written.getvalue().encode(), "text/csv; charset=utf-8", row, "csv")


@never_cache
@require_safe
def financing_xlsx(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """The same as a workbook, amounts as numbers."""
    row = study_or_404(request, reference, number)
    study = _study(row)
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(_("Caisse"))
        if get_language() == "ar":
            sheet.right_to_left()
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        amount = book.add_format({"num_format": "# ##0.00"})
        sheet.write_row(0, 0, _head(study), bold)
        for number_of_row, cells in enumerate(_rows(study), start=1):
            sheet.write_string(number_of_row, 0, str(cells[0]))
            for column, cell in enumerate(cells[1:], start=1):
                if cell is not None:
                    sheet.write_number(number_of_row, column, float(cell), amount)
        sheet.set_column(0, 0, 18)
        sheet.set_column(1, len(study.proposals) + 3, 20)
        sheet.freeze_panes(1, 1)
    return _file(written.getvalue(), XLSX, row, "xlsx")


def _head(study: Study) -> list[str]:
    proposals = [
        labelled(f"{LETTERS[rank]} ({GOALS[proposal.goal]})", _("en caisse, MAD"))
        for rank, proposal in enumerate(study.proposals)
    ]
    return [
        _("Fin du mois"),
        _("À payer en investissements, MAD"),
        _("En caisse sans financement, MAD"),
        *proposals,
        _("Minimum en caisse, MAD"),
    ]


def _rows(study: Study) -> list[Sequence[str | float | None]]:
    """A row a month of the plan; a proposal that begins later has no cash before it does."""
    need = study.need
    return [
        (
            month_words(need.first, month),
            round(need.outlays[month], 2),
            round(need.base_cash[month], 2),
            *(
                round(proposal.cash[month - proposal.postponed], 2) if month >= proposal.postponed else None
                for proposal in study.proposals
            ),
            round(need.floor, 2),
        )
        for month in range(len(need.base_cash))
    ]


def _file(content: bytes, kind: str, row: FinancingPlan, ending: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    stem = file_name("financement", row.project.reference, row.plan_name, timezone.localdate(row.made_at))
    answer["Content-Disposition"] = f'attachment; filename="{stem}-{get_language()}.{ending}"'
    return answer
