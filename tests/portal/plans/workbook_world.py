"""Workbooks built from documents, recalculated by LibreOffice, and compared with the engine."""

import io
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl

from bpc.core.kernel.months import Month
from bpc.core.plan.document import parse_plan
from bpc.core.plan.rules import Dated, Rules
from bpc.core.plan.simulation import Simulation, simulate
from bpc.core.plan.statements import balance_sheet, cash_flow, income_statement, indirect_cash_flow
from bpc.portal.plans.workbook.book import Book
from bpc.portal.plans.workbook.layout import lay_out
from bpc.portal.plans.workbook.provenance import Provenance
from tests.portal.plans.random_plans import RULES

PROVENANCE = Provenance(
    "1.0.0", "f" * 64, date(2026, 11, 22), place="Tafraout", organisation="Coopérative Tighanimine"
)
#: Recalculates a file of Excel's when it is opened, whatever values it holds.
RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
Cells = Mapping[str, list[tuple[Any, ...]]]


def book_of(document: dict[str, Any], rules: Rules = RULES) -> Book:
    """The workbook of a document, laid out."""
    return lay_out(simulate(parse_plan(document), rules))


def engine_lines(run: Simulation) -> Iterator[tuple[str, Any]]:
    """Every line of every statement of the engine, by the code the workbook has for it."""
    statements = {
        "income": income_statement(run),
        "cash": cash_flow(run),
        "indirect": indirect_cash_flow(run),
        "balance": balance_sheet(run),
    }
    for statement, lines in statements.items():
        for code, amounts in lines.items():
            yield f"{statement}.{code}", np.broadcast_to(amounts, (run.frame.months, 1))[:, 0]


def recalculate(files: Mapping[str, bytes], folder: Path) -> dict[str, Cells]:
    """What LibreOffice finds in each file when it forgets the values kept beside formulas; one start for all."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    assert program, "LibreOffice Calc is needed: apt-get install --no-install-recommends libreoffice-calc"
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(RECALCULATE, "utf-8")
    given, made = folder / "given", folder / "made"
    given.mkdir()
    for name, content in files.items():
        (given / f"{name}.xlsx").write_bytes(content)
    command = [
        program,
        f"-env:UserInstallation=file://{profile.parent}",
        "--headless",
        "--convert-to",
        "xlsx",
    ]
    command += ["--outdir", str(made), *(str(given / f"{name}.xlsx") for name in files)]
    subprocess.run(
        command, check=True, capture_output=True, timeout=400, env={**os.environ, "HOME": str(folder)}
    )
    return {name: read_cells((made / f"{name}.xlsx").read_bytes()) for name in files}


def read_cells(content: bytes) -> Cells:
    """The values of every sheet."""
    workbook = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in workbook}


def row_cells(cells: Cells, book: Book, code: str) -> Any:
    """The figures of a line of the laid out workbook, as they stand in a file."""
    row = book.lines[code]
    line = cells[row.sheet.name][row.line]
    return line[row.sheet.first : row.sheet.first + row.sheet.columns]


def change(content: bytes, book: Book, changes: Mapping[str, float]) -> bytes:
    """The file with other numbers in some assumptions, as a reader would type them."""
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    sheet = workbook["Hypothèses"]
    for key, number in changes.items():
        cell = sheet.cell(row=book[key].line + 1, column=2)
        assert workbook.defined_names[book[key].name].attr_text == f"'Hypothèses'!$B${cell.row}"
        cell.value = number
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def rules_that_change() -> Rules:
    """Legal figures of which each takes another value in January 2029."""

    def then(before: float, after: float) -> Dated:
        return Dated(((Month(2000, 1), before), (Month(2029, 1), after)))

    return replace(
        RULES,
        smig_hour=then(17.92, 19.5),
        smag_day=then(97.0, 110.0),
        social_ceiling=then(6000.0, 7000.0),
        employer_capped=then(0.0898, 0.08),
        tax_rate=then(0.2, 0.35),
        legal_reserve_rate=then(0.1, 0.2),
        exemption_turnover=then(2e6, 3e5),
        minimum_tax_rate=then(0.0025, 0.005),
        minimum_tax_floor=then(3000.0, 1000.0),
        minimum_tax_free_months=then(36.0, 20.0),
        loss_years=then(4.0, 2.0),
    )
