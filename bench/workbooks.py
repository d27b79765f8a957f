"""`python -m bench.workbooks`: the workbook of every model, recalculated by LibreOffice, against the engine."""

import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import django

django.setup()  # labels come from the catalogues; `make bench` names the settings

import numpy as np  # noqa: E402  (after the settings)

from bpc.core.plan.document import parse_plan  # noqa: E402
from bpc.core.plan.simulation import simulate  # noqa: E402
from bpc.datasets.model_plans import plan_document  # noqa: E402
from bpc.datasets.plan_rules import plan_rules  # noqa: E402
from bpc.datasets.project_models import read_models  # noqa: E402
from bpc.portal.plans.workbook.book import Book  # noqa: E402
from bpc.portal.plans.workbook.layout import lay_out  # noqa: E402
from bpc.portal.plans.workbook.writer import write_book  # noqa: E402
from tests.portal.plans.workbook_world import PROVENANCE, Cells, engine_lines, recalculate, row_cells  # noqa: E402

CLOSE = 0.01  # MAD: a centime
FAULTY = 1


@dataclass(frozen=True)
class Compared:
    """A model: how many amounts were compared, and the furthest two were apart, MAD."""

    slug: str
    amounts: int
    furthest: float


def compare(slug: str, book: Book, cells: Cells) -> Compared:
    """Every line of every statement, every month."""
    amounts, furthest = 0, 0.0
    for code, expected in engine_lines(book.run):
        found = np.array(row_cells(cells, book, code), dtype=float)
        amounts += found.size
        furthest = max(furthest, float(np.abs(found - expected).max()))
    return Compared(slug, amounts, furthest)


def measure() -> tuple[list[Compared], float]:
    """All models, and the seconds LibreOffice took."""
    rules = plan_rules()
    books = {
        slug: lay_out(simulate(parse_plan(plan_document(model.model_dump(mode="json"), rules)), rules))
        for slug, model in read_models().items()
    }
    files = {slug: write_book(book, title=slug, provenance=PROVENANCE) for slug, book in books.items()}
    with tempfile.TemporaryDirectory(prefix="bpc-bench-") as folder:
        begun = time.perf_counter()
        recalculated = recalculate(files, Path(folder))
        taken = time.perf_counter() - begun
    return [compare(slug, book, recalculated[slug]) for slug, book in books.items()], taken


def main() -> int:
    """Prints the table; 1 when a workbook is not the engine's to the centime."""
    found, taken = measure()
    print(f"Workbooks. {len(found)} models recalculated by LibreOffice in {taken:.0f} s, against the engine")
    for one in found:
        fault = "" if one.furthest < CLOSE else "  OVER"
        print(f"{one.slug:28} {one.amounts:>7,} amounts, at most {one.furthest:.1e} MAD apart{fault}")
    return FAULTY if any(one.furthest >= CLOSE for one in found) else 0


if __name__ == "__main__":
    sys.exit(main())
