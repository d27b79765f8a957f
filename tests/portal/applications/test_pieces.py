"""The pieces the site writes: their figures against the plan, their words, both languages, PDF and text document."""

import io
import zipfile
from typing import Any

import pytest
from django.utils import translation
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from bpc.portal.applications.budget import Budget
from bpc.portal.applications.models import Application, PieceDraft
from bpc.portal.applications.pieces import piece_document
from bpc.portal.applications.states import Piece
from bpc.portal.applications.subject import Subject, subject_of
from bpc.portal.foundation.typesetting.piece_docx import piece_docx
from bpc.portal.foundation.typesetting.piece_parts import Heading, Paragraph, Table
from bpc.portal.foundation.typesetting.piece_pdf import piece_pdf
from bpc.portal.journeys.application_pieces import budget_of
from tests.portal.applications.application_world import TODAY, open_one
from tests.portal.plans.pdf_text import Paper
from tests.portal.plans.plan_world import make_plan
from tests.portal.projects.project_world import add_people, make_group

pytestmark = pytest.mark.django_db


def subject(**changes: Any) -> Subject:
    """A group of six with a plan: a press of 60,000, shares of 50,000, a loan of 30,000."""
    group = make_group()
    add_people(group.project, group.inside["owner"], 6)
    make_plan(group, **changes)
    made = open_one(group.project, group.inside["owner"])
    return subject_of(made, budget_of(group.project), TODAY)


def _budget(**changes: Any) -> Budget:
    budget = subject(**changes).budget
    assert budget is not None
    return budget


def test_the_budget_adds_up_to_who_pays() -> None:
    budget = _budget()
    assert [(item.name, item.amount, item.vat) for item in budget.items] == [("Presse", 60_000, None)]
    assert {(payer.kind, payer.amount) for payer in budget.payers} == {("members", 50_000), ("bank", 30_000)}
    assert (budget.start, budget.total, budget.gap, budget.own_share) == (20_000, 80_000, 0, 0.625)


def test_amounts_written_without_vat_are_shown_with_it() -> None:
    press = {"id": "press", "name": "Presse", "amount": 60_000, "life_years": 10, "vat_rate": 0.2}
    budget = _budget(assets=[press], vat={"amounts_exclude_vat": True})
    assert [(item.amount, item.vat) for item in budget.items] == [(72_000, 12_000)]
    assert (budget.start, budget.total) == (8_000, 80_000)


def test_what_nobody_pays_is_named() -> None:
    press = {"id": "press", "name": "Presse", "amount": 100_000, "life_years": 10}
    land = {"id": "land", "name": "Terrain", "amount": 15_000, "life_years": None, "in_kind": True}
    budget = _budget(assets=[press, land])
    assert (budget.gap, budget.start, budget.total) == (20_000, 0, 115_000)
    assert budget.own == 65_000
    assert sum(payer.amount for payer in budget.payers) == budget.total


def test_a_project_without_a_plan_has_no_budget() -> None:
    group = make_group()
    assert budget_of(group.project) is None
    made = open_one(group.project, group.inside["owner"])
    told = piece_document(Piece.BUDGET, subject_of(made, None, TODAY), "fr")
    assert not [part for part in told.parts if isinstance(part, Table)]


def test_the_sheet_prints_the_summary_in_its_own_language() -> None:
    told = subject()
    document = piece_document(Piece.SHEET, told, "ar")
    assert Paragraph("Nous séchons ensemble.", "fr") in document.parts
    assert Paragraph("Nous séchons ensemble.") in piece_document(Piece.SHEET, told, "fr").parts
    paper = Paper(piece_pdf(document, TODAY))
    assert "Nous séchons ensemble." in paper.text()
    assert (paper.language, paper.languages) == ("ar-MA", {"ar-MA", "fr-MA"})
    book = Document(io.BytesIO(piece_docx(document)))
    own = next(one for one in book.paragraphs if one.text == "Nous séchons ensemble.")
    assert own._p.pPr.find(qn("w:bidi")) is None  # from left to right within an Arabic page
    assert all(run._r.rPr.find(qn("w:rtl")) is None for run in own.runs)


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_nothing_is_printed_in_place_of_words_that_the_group_has_not_written(language: str) -> None:
    group = make_group(summary="")
    made = open_one(group.project, group.inside["owner"])
    told = subject_of(made, None, TODAY)
    for piece in (Piece.SHEET, Piece.BUDGET):
        parts = piece_document(piece, told, language).parts
        assert not [part for part in parts if isinstance(part, Paragraph | Heading)], piece


def test_the_letter_says_who_asks_how_much_of_whom() -> None:
    told = subject()
    data = piece_pdf(piece_document(Piece.LETTER, told, "fr"), TODAY)
    paper = Paper(data)
    text = paper.text().replace("\u202f", " ")
    for words in ("un groupe de 6 personnes", "180 000 MAD", "80 000 MAD", "50 000 MAD", "Safran d’Igherm",
                  "CPDH Taroudant (INDH)"):  # fmt: skip
        assert words in text, words
    assert paper.says_it_is_accessible
    assert paper.language == "fr-MA"


def test_what_the_group_typed_stands_in_place_of_the_proposal() -> None:
    told = subject()
    draft = PieceDraft(piece="letter", language="fr", text="Bonjour,\n\n- #let x = 1\n- *deux*", proposed="")
    text = Paper(piece_pdf(piece_document(Piece.LETTER, told, "fr", draft), TODAY)).text()
    assert "#let x = 1" in text
    assert "*deux*" in text
    assert "180" not in text


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize("piece", list(Piece))
def test_every_piece_prints_in_both_languages_and_both_forms(piece: Piece, language: str) -> None:
    document = piece_document(piece, subject(), language)
    paper = Paper(piece_pdf(document, TODAY))
    assert paper.language == f"{language}-MA"
    assert paper.says_it_is_accessible
    assert "\ufffd" not in paper.text()
    book = Document(io.BytesIO(piece_docx(document)))
    assert book.core_properties.language == f"{language}-MA"
    words = [paragraph.text for paragraph in book.paragraphs]
    assert document.title in words


def test_arabic_documents_run_from_right_to_left() -> None:
    written = piece_docx(piece_document(Piece.BUDGET, subject(), "ar"))
    book = Document(io.BytesIO(written))
    assert all(paragraph._p.pPr.find(qn("w:bidi")) is not None for paragraph in book.paragraphs)
    assert [table._tbl.tblPr.find(qn("w:bidiVisual")) is not None for table in book.tables] == [True, True]
    runs = [run for row in book.tables[0].rows for cell in row.cells for run in cell.paragraphs[0].runs]
    arabic = [run for run in runs if any("\u0600" <= letter <= "\u06ff" for letter in run.text)]
    assert arabic
    assert all(run._r.rPr.find(qn("w:rtl")) is not None for run in arabic)
    latin = [run for run in runs if run.text.isascii() and run.text.isalpha()]
    assert all(run._r.rPr.find(qn("w:rtl")) is None for run in latin)
    tags = {run._r.rPr.find(qn("w:lang")).get(qn("w:bidi")) for run in runs}
    assert tags == {"ar-MA"}


#: The order in which the schema of text documents wants the marks we write (ECMA-376, CT_RPr, CT_PPr, CT_TblPr).
ORDER = {
    "rPr": ("rStyle", "rFonts", "b", "bCs", "color", "spacing", "kern", "sz", "szCs", "rtl", "cs", "lang"),
    "pPr": ("pStyle", "keepNext", "keepLines", "numPr", "pBdr", "tabs", "bidi", "spacing", "ind",
            "contextualSpacing", "jc", "outlineLvl", "rPr"),
    "tblPr": ("tblStyle", "bidiVisual", "tblW", "jc", "tblLook"),
}  # fmt: skip


@pytest.mark.parametrize("piece", [Piece.LETTER, Piece.BUDGET])
def test_marks_stand_in_the_order_word_processors_demand(piece: Piece) -> None:
    written = piece_docx(piece_document(piece, subject(), "ar"))
    with zipfile.ZipFile(io.BytesIO(written)) as parts:
        trees = [parse_xml(parts.read(name)) for name in ("word/document.xml", "word/styles.xml")]
    seen = 0
    for tree in trees:
        for holder, order in ORDER.items():
            for element in tree.iter(qn(f"w:{holder}")):
                marks = [child.tag.split("}")[1] for child in element]
                known = [mark for mark in marks if mark in order]
                assert known == sorted(known, key=order.index), (holder, marks)
                seen += len(known)
    assert seen > 100


def test_french_documents_hold_no_trace_of_the_other_direction() -> None:
    written = piece_docx(piece_document(Piece.BUDGET, subject(), "fr"))
    with zipfile.ZipFile(io.BytesIO(written)) as parts:
        body = parts.read("word/document.xml").decode()
    for mark in ("w:bidi/>", "w:rtl", "w:bidiVisual"):
        assert mark not in body
    assert "60\u202f000" in body


def test_pieces_are_in_their_own_language_whatever_the_page_s() -> None:
    told = subject()
    with translation.override("ar"):
        french = piece_document(Piece.STATEMENT, told, "fr")
    assert french.title == "Déclaration sur l’honneur"
    assert Application.objects.count() == 1
