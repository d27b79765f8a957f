"""LibreOffice, made to forget the values we keep, finds what the engine finds, changed assumptions included."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from django.utils import translation

from bpc.core.plan.indicators.appraisal import appraise_run
from bpc.datasets.model_plans import plan_document
from bpc.datasets.project_models import read_models
from bpc.portal.plans.workbook.book import Book
from bpc.portal.plans.workbook.writer import write_book
from tests.portal.plans.full_plan import full_plan, plain_plan
from tests.portal.plans.random_plans import random_plan
from tests.portal.plans.workbook_world import (
    PROVENANCE,
    RULES,
    Cells,
    book_of,
    change,
    engine_lines,
    recalculate,
    row_cells,
    rules_that_change,
)

#: In one process: each would recalculate every workbook for itself.
pytestmark = [pytest.mark.office, pytest.mark.xdist_group("workbooks")]
SEEDS = (2, 3, 7, 12, 23, 31)
#: A sample here; `make bench` compares all of them.
MODELS = ("huile-argan", "gite-rural", "pompage-solaire", "dattes", "services-numeriques")


@dataclass(frozen=True, slots=True)
class Change:
    """What a reader types, and the same change in the plan."""

    base: str
    cells: Mapping[str, float]
    document: dict[str, Any]


def _changes() -> dict[str, Change]:
    plain, full = plain_plan(), full_plan()
    dearer = copy.deepcopy(plain)
    dearer["products"][0]["price"] = 455.5
    dearer["working_capital"].update(receivable_days=75.0, stock_days=37.0, payable_days=-15.0)
    dearer["assets"][0]["life_years"] = 3.0
    dearer["discount_rate"] = 0.07
    later = copy.deepcopy(full)
    later["products"][0]["price"].update(mode=158.0)
    later["loans"][0]["annual_rate"] = 0.081
    later["loans"][0]["months"] = 41
    later["loans"][0]["grace_months"] = 9
    later["loans"][1]["draws"][0]["month"] = 2
    later["assets"][1]["life_years"] = 2.0
    later["assets"][2]["month"] = 7
    later["phases"][0]["months"] = 4
    later["grants"][0]["claim_month"] = 9
    later["grants"][1]["cash_month"] = 26
    later["allocation"]["agm_month"] = 6
    later["overdraft"]["annual_rate"] = 0.09
    later["inputs"][2]["payment_days"] = 52.0
    later["inputs"][2]["stock_days"] = 70.0
    later["products"][0]["receivable_days"] = -10.0
    later["opening"]["losses_for_tax"] = 90_000.0
    cells = {
        "prix.a": 158.0, "taux.annuite": 0.081, "mois_emprunt.annuite": 41, "differe.annuite": 9,
        "mois_deblocage.constant.1": 3, "duree.machine": 2.0, "mois.local": 8, "duree_phase.w": 4,
        "mois_acquis.avance": 10, "mois_verse.retard": 27, "mois_assemblee": 6, "taux_decouvert": 0.09,
        "delai_achat.emballage": 52, "stock.emballage": 70, "delai_clients.a": -10,
        "ouverture.pertes": 90_000,
    }  # fmt: skip
    typed = {
        "prix.huile": 455.5, "delai_clients": 75, "stock": 37, "delai_fournisseurs": -15,
        "duree.presse": 3, "taux_actualisation": 0.07,
    }  # fmt: skip
    return {"dearer": Change("plain", typed, dearer), "later": Change("full", cells, later)}


@dataclass(frozen=True, slots=True)
class Recalculated:
    """What came back, and the books whose engine run each file must equal."""

    cells: Mapping[str, Cells]
    laid_out: Mapping[str, Book]
    expected: Mapping[str, Book]


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory: pytest.TempPathFactory) -> Recalculated:
    """Every workbook of this file in one start of LibreOffice."""
    documents = {"plain": plain_plan(), "full": full_plan()}
    documents |= {f"random{seed}": random_plan(seed) for seed in SEEDS}
    models = read_models()
    documents |= {slug: plan_document(models[slug].model_dump(mode="json"), RULES) for slug in MODELS}
    books, files = {}, {}
    for name, document in documents.items():
        books[name] = book_of(document)
        files[name] = write_book(books[name], title="Plan", provenance=PROVENANCE)
    books["dated"] = book_of(full_plan(), rules_that_change())
    files["dated"] = write_book(books["dated"], title="Plan", provenance=PROVENANCE)
    expected = dict(books)
    for name, changed in _changes().items():
        books[name] = books[changed.base]
        files[name] = change(files[changed.base], books[name], changed.cells)
        expected[name] = book_of(changed.document)
    with translation.override("ar"):
        books["arabic"] = expected["arabic"] = book_of(plain_plan())
        files["arabic"] = write_book(books["arabic"], title="مخطط", provenance=PROVENANCE)
    return Recalculated(recalculate(files, tmp_path_factory.mktemp("office")), books, expected)


NAMES = ["plain", "full", *(f"random{seed}" for seed in SEEDS), "dated", "dearer", "later", "arabic", *MODELS]


@pytest.mark.parametrize("name", NAMES)
def test_every_line_of_every_month_is_the_engines(recalculated: Recalculated, name: str) -> None:
    cells, book = recalculated.cells[name], recalculated.laid_out[name]
    for code, amounts in engine_lines(recalculated.expected[name].run):
        found = np.array(row_cells(cells, book, code), dtype=float)
        worst = float(np.abs(found - amounts).max())
        assert worst < 0.01, f"{code}: {worst}"


@pytest.mark.parametrize("name", NAMES)
def test_every_indicator_is_the_engines(recalculated: Recalculated, name: str) -> None:
    cells, book = recalculated.cells[name], recalculated.laid_out[name]
    compared = 0
    for code, figure in appraise_run(recalculated.expected[name].run).figures.items():
        if f"indicator.{code}" not in book.lines or figure.reason == "several_rates":
            continue
        found = row_cells(cells, book, f"indicator.{code}")[0]
        if figure.value is None:
            assert isinstance(found, str), f"{code}: {found}"
            continue
        assert not isinstance(found, str | None), f"{code}: {found}"
        assert found == pytest.approx(
            figure.value, rel=1e-7, abs=0.01 if figure.unit.startswith("MAD") else 1e-6
        ), code
        compared += 1
    assert compared > 15


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_an_error_and_the_checks_hold(recalculated: Recalculated, name: str) -> None:
    cells, book = recalculated.cells[name], recalculated.laid_out[name]
    errors = [
        (sheet, line_number, value)
        for sheet, lines in cells.items()
        for line_number, line in enumerate(lines)
        for value in line
        if isinstance(value, str) and value.startswith("#")
    ]
    assert not errors
    for code in book.lines:
        if code.startswith("check.") and code not in ("check.funding", "check.stock"):
            assert abs(row_cells(cells, book, code)[0]) < 0.01, code


def test_a_change_is_seen_beside_the_value_of_the_export(recalculated: Recalculated) -> None:
    book, cells = recalculated.laid_out["dearer"], recalculated.cells["dearer"]
    row = book.lines["indicator.npv"]
    _label, live, _unit, kept, gap = cells[row.sheet.name][row.line][:5]
    assert kept == pytest.approx(row.at(1))
    assert gap == pytest.approx(live - kept)
    assert abs(gap) > 1000


def test_every_formula_not_only_the_statements_recalculates_to_the_value_kept(
    recalculated: Recalculated,
) -> None:
    for name in ("plain", "full", "arabic"):
        book, cells = recalculated.laid_out[name], recalculated.cells[name]
        for sheet in (book.monthly, book.loans, book.investments, book.closing, book.annual, book.controls):
            for row in sheet.rows:
                found = cells[sheet.name][row.line][sheet.first : sheet.first + sheet.columns]
                assert np.allclose(np.array(found, dtype=float), row.values(), rtol=1e-9, atol=1e-4), (
                    row.label
                )
