"""The workbook's formulas, calculated here, say what the engine says; what is written is safe and readable."""

import io
import zipfile
from typing import Any

import numpy as np
import openpyxl
import pytest
from django.utils import translation

from bpc.core.plan.document import parse_plan
from bpc.core.plan.indicators.appraisal import appraise_run
from bpc.core.plan.simulation import simulate
from bpc.portal.plans.workbook import build_workbook
from bpc.portal.plans.workbook.book import Book
from bpc.portal.plans.workbook.writer import write_book
from tests.portal.plans.full_plan import full_plan, plain_plan
from tests.portal.plans.random_plans import RULES, random_plan
from tests.portal.plans.workbook_world import (
    PROVENANCE,
    book_of,
    engine_lines,
    read_cells,
    row_cells,
    rules_that_change,
)

#: The engine's own indicators the workbook does not hold: they rest on lists of people, or repeat an assumption.
ELSEWHERE = {"discount_rate", "member_gini"}


def _assert_same(book: Book) -> None:
    for code, amounts in engine_lines(book.run):
        worst = float(np.abs(book.lines[code].values() - amounts).max())
        assert worst < 1e-5, f"{code}: {worst}"


def _assert_same_figures(book: Book) -> None:
    for code, figure in appraise_run(book.run).figures.items():
        row = book.lines.get(f"indicator.{code}")
        if figure.value is None:
            several = figure.reason == "several_rates"
            assert row is None or several or isinstance(row.at(1), str), code
        elif code not in ELSEWHERE and not (code == "jobs_piece_work" and not book.plan.piece_work):
            assert row is not None, code
            assert row.at(1) == pytest.approx(figure.value, rel=1e-7, abs=1e-5), code


@pytest.mark.parametrize("document", [plain_plan(), full_plan()], ids=["plain", "full"])
def test_formulas_say_what_the_engine_says(document: dict[str, Any]) -> None:
    book = book_of(document)
    _assert_same(book)
    _assert_same_figures(book)


@pytest.mark.parametrize("seed", range(41))
def test_formulas_follow_any_plan(seed: int) -> None:
    book = book_of(random_plan(seed))
    _assert_same(book)
    _assert_same_figures(book)


def test_legal_figures_that_change_during_the_plan_are_followed() -> None:
    book = book_of(full_plan(), rules_that_change())
    _assert_same(book)
    services = full_plan()
    services["tax"]["activity"] = "processing"
    _assert_same(book_of(services, rules_that_change()))


@pytest.mark.parametrize(
    "changes",
    [
        {
            "years": 1,
            "products": [],
            "inputs": [],
            "piece_work": [],
            "fixed_costs": [],
            "staff": [],
            "assets": [],
        },
        {"dated": False, "years": 3},
        {
            "kind": "cost_recovery",
            "beneficiaries": {"count": 80},
            "without_project": {"household_net": [900.0]},
        },
    ],
    ids=["empty", "of no year", "service"],
)
def test_formulas_follow_bare_plans(changes: dict[str, Any]) -> None:
    book = book_of({**plain_plan(), **changes})
    _assert_same(book)
    _assert_same_figures(book)
    assert write_book(book, title="Plan", provenance=PROVENANCE).startswith(b"PK")


def test_the_full_plan_exercises_what_it_says() -> None:
    run = book_of(full_plan()).run
    closing = run.closing
    put_off = np.cumsum(closing.patronage - closing.patronage_paid, axis=0)
    assert closing.years[0].result[0] < 0
    assert closing.tax.sum() > 0
    assert closing.patronage_paid.sum() > 0
    assert put_off.max() > 1
    assert 0 < closing.overdraft.max() < 150_000
    assert closing.bonus.sum() > 0
    assert run.vat.paid.sum() > 0
    assert run.grants.receivable.min() < 0 < run.grants.receivable.max()


def test_each_value_kept_beside_its_formula_is_the_engines() -> None:
    book = book_of(full_plan())
    cells = read_cells(write_book(book, title="Plan", provenance=PROVENANCE))
    for code, amounts in engine_lines(book.run):
        assert np.abs(np.array(row_cells(cells, book, code), dtype=float) - amounts).max() < 1e-5, code


def test_no_figure_that_depends_on_an_assumption_is_written_as_a_number() -> None:
    book = book_of(full_plan())
    workbook = openpyxl.load_workbook(io.BytesIO(write_book(book, title="Plan", provenance=PROVENANCE)))
    for code, _amounts in engine_lines(book.run):
        row = book.lines[code]
        sheet = workbook[row.sheet.name]
        texts = [sheet.cell(row.line + 1, row.sheet.first + 1 + column).value for column in range(72)]
        assert all(isinstance(text, str) and text.startswith("=") for text in texts), code
    everything = "".join(
        str(cell.value)
        for sheet in workbook
        for line in sheet.iter_rows()
        for cell in line
        if cell.data_type == "f"
    )
    for volatile in ("OFFSET(", "INDIRECT(", "NOW(", "TODAY(", "RAND("):
        assert volatile not in everything


def test_peoples_words_are_never_formulas() -> None:
    document = full_plan()
    document["staff"][0]["role"] = '=cmd|" /C calc"!A0'
    document["fixed_costs"][0]["name"] = "https://example.org/"
    run = simulate(parse_plan(document), RULES)
    content = build_workbook(run.plan, run, title="=2+3", provenance=PROVENANCE)
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    words = {"=1+1", "+b", "@c", "-lait", "=2+3", '=cmd|" /C calc"!A0', "https://example.org/"}
    found: set[str] = set()
    for sheet in workbook:
        for line in sheet.iter_rows():
            for cell in line:
                text = str(cell.value)
                if cell.data_type == "f":
                    assert not any(word in text for word in words - {"=1+1"}), text
                else:
                    found |= {word for word in words if word in text}
    assert found == words
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert not [name for name in parts.namelist() if "external" in name.lower() or name.endswith(".bin")]


def test_arabic_sheets_read_from_right_to_left() -> None:
    with translation.override("ar"):
        book = book_of(plain_plan())
        workbook = openpyxl.load_workbook(io.BytesIO(write_book(book, title="مخطط", provenance=PROVENANCE)))
        assert all(sheet.sheet_view.rightToLeft for sheet in workbook)
        _assert_same(book)
    with translation.override("fr"):
        content = write_book(book_of(plain_plan()), title="Plan", provenance=PROVENANCE)
    assert not any(sheet.sheet_view.rightToLeft for sheet in openpyxl.load_workbook(io.BytesIO(content)))


def test_a_run_of_another_plan_is_refused() -> None:
    run = simulate(parse_plan(plain_plan()), RULES)
    other = parse_plan({**plain_plan(), "discount_rate": 0.2})
    with pytest.raises(ValueError, match="not that of the plan"):
        build_workbook(other, run, title="Plan", provenance=PROVENANCE)


def test_where_it_comes_from_is_printed() -> None:
    cells = read_cells(write_book(book_of(full_plan()), title="Plan", provenance=PROVENANCE))
    found = [str(value) for line in cells["Lisez-moi"] for value in line if value is not None]
    # the catalogue, when it is compiled, puts the spaces of French typography
    first = [text.replace("\u202f", " ").replace("\xa0", " ") for text in found]
    assert {"f" * 64, "1.0.0", "Tafraout", "22/11/2026"} <= set(first)
    assert any(text.startswith("À valider localement : 2 hypothèses chiffrées sur 3") for text in first)
