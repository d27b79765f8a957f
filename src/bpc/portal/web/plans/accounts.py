"""The accounts of a plan for a page: each year in a dozen lines, and cash month by month."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from bpc.core.plan.arrays import Floats
from bpc.core.plan.simulation import Simulation
from bpc.core.plan.statements import cash_flow, income_statement
from bpc.portal.foundation.writing import written_number
from bpc.portal.plans.line_words import CASH, INCOME
from bpc.portal.plans.problem_words import month_written, year_written

#: Of the income statement, what a group follows: sums and their main parts.
_YEARLY = (
    "sales", "operating_grants", "purchases_members", "price_complement", "purchases_suppliers", "external",
    "piece_members", "piece_others", "wages", "employer_charges", "ebitda", "depreciation", "grant_release",
    "interest", "tax", "net_result",
)  # fmt: skip
_STRONG = frozenset({"sales", "ebitda", "net_result", "operations", "change", "closing_cash"})


@dataclass(frozen=True)
class AccountRow:
    """A line over the columns: amounts as written."""

    name: str
    cells: tuple[str, ...]
    strong: bool


@dataclass(frozen=True)
class Accounts:
    """A table of amounts in dirhams."""

    columns: tuple[str, ...]
    rows: tuple[AccountRow, ...]

    @property
    def cards(self) -> list[tuple[str, list[tuple[str, str, bool]]]]:
        """Column by column: what a phone shows."""
        return [
            (column, [(row.name, row.cells[number], row.strong) for row in self.rows])
            for number, column in enumerate(self.columns)
        ]


def yearly_accounts(run: Simulation) -> Accounts:
    """Earned and spent by accounting year, then cash at its end; lines that never happen are left out."""
    timeline = run.frame.timeline
    statement = income_statement(run)
    rows = [
        _row(str(INCOME[code]), timeline.by_year(statement[code])[:, 0], code in _STRONG)
        for code in _YEARLY
        if np.abs(statement[code]).max() >= 0.5 or code in _STRONG
    ]
    closing = cash_flow(run)["closing_cash"]
    rows.append(_row(_("Argent en caisse à la fin"), timeline.at_year_ends(closing)[:, 0], strong=True))
    columns = tuple(
        year_written(run.plan, year.label) + ("" if year.closes else " *") for year in timeline.fiscal_years
    )
    return Accounts(columns, tuple(rows))


def cash_months(run: Simulation) -> list[tuple[str, Accounts]]:
    """Receipts and payments of each month, a table for each project year."""
    flows = cash_flow(run)
    shown = [code for code in flows if np.abs(flows[code]).max() >= 0.5 or code in _STRONG]
    tables = []
    for year in range(run.plan.years):
        span = range(12 * year, 12 * year + 12)
        columns = tuple(month_written(run.plan, month) for month in span)
        rows = tuple(
            _row(str(CASH[code]), flows[code][span.start : span.stop, 0], code in _STRONG) for code in shown
        )
        tables.append((_("Année %(number)s") % {"number": year + 1}, Accounts(columns, rows)))
    return tables


def _row(name: str, amounts: Floats | Sequence[float], strong: bool) -> AccountRow:
    return AccountRow(name, tuple(written_number(float(amount)) for amount in amounts), strong)
