"""Fiscal years as columns: sums of their months, and balances at their last month."""

from dataclasses import dataclass
from typing import Any

from bpc.core.plan.timeline import FiscalYear
from bpc.portal.plans.workbook.formulas import Formula, Place
from bpc.portal.plans.workbook.grid import Row


@dataclass(frozen=True, slots=True)
class YearSum(Formula):
    """SUM of the months of the column's fiscal year."""

    row: Row
    years: tuple[FiscalYear, ...]

    def text(self, at: Place) -> str:
        year, sheet, line = self.years[at.column - 1], self.row.sheet, self.row.line + 1
        return f"SUM({sheet.quoted}!{sheet.letter(year.first + 1)}{line}:{sheet.letter(year.end)}{line})"

    def value(self, at: Place) -> Any:
        year = self.years[at.column - 1]
        return float(sum(self.row.at(month) for month in range(year.first + 1, year.end + 1)))


@dataclass(frozen=True, slots=True)
class YearEnd(Formula):
    """The last month of the column's fiscal year; `before` gives what was there when it began."""

    row: Row
    years: tuple[FiscalYear, ...]
    before: bool = False

    def _month(self, at: Place) -> int:
        year = self.years[at.column - 1]
        return int(year.first if self.before else year.end)

    def text(self, at: Place) -> str:
        return self.row.text(Place(at.sheet, self._month(at)))

    def value(self, at: Place) -> Any:
        return self.row.at(self._month(at))
