"""The months of a plan: project years, calendar months, fiscal years."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bpc.core.kernel.months import Month
from bpc.core.plan.arrays import Floats
from bpc.core.plan.schema import Plan


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """Months first … end-1 of one accounting year; the last one may not be closed within the plan."""

    label: int
    first: int
    end: int
    closes: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """The T months of a plan."""

    months: int
    start: Month
    project_year: NDArray[np.int64]
    calendar_month: NDArray[np.int64]
    calendar_year: NDArray[np.int64]
    fiscal_years: tuple[FiscalYear, ...]

    def phased(self, multipliers: tuple[float, ...]) -> Floats:
        """A multiplier per project year laid on the months; the last one repeats. Shape (T,)."""
        steps = np.asarray(multipliers, dtype=np.float64)
        return np.asarray(steps[np.minimum(self.project_year, len(steps) - 1)])

    def grown(self, yearly: float) -> Floats:
        """(1 + g)^project year, shape (T,)."""
        return np.asarray((1.0 + yearly) ** self.project_year)

    def by_year(self, amounts: Floats) -> Floats:
        """Monthly amounts (T, S) summed by fiscal year: (Y, S). The sum of the years is the sum of the months."""
        return np.add.reduceat(amounts, [year.first for year in self.fiscal_years], axis=0)

    def at_year_ends(self, balances: Floats) -> Floats:
        """Balances (T, S) at the last month of each fiscal year: (Y, S)."""
        return np.asarray(balances[[year.end - 1 for year in self.fiscal_years]])


def timeline_of(plan: Plan) -> Timeline:
    """The months of a plan.

    >>> from bpc.core.plan.schema.operations import Members
    >>> line = timeline_of(Plan(start="2027-04", years=1, members=Members(count=5)))
    >>> [(year.label, year.first, year.end, year.closes) for year in line.fiscal_years]
    [(2027, 0, 9, True), (2028, 9, 12, False)]
    """
    months, start = plan.months, plan.first_month
    ordinals = start.ordinal + np.arange(months)
    return Timeline(
        months=months,
        start=start,
        project_year=np.arange(months) // 12,
        calendar_month=ordinals % 12,
        calendar_year=ordinals // 12,
        fiscal_years=_fiscal_years(start, months, plan.fiscal_year_end),
    )


def _fiscal_years(start: Month, months: int, last_month: int) -> tuple[FiscalYear, ...]:
    years: list[FiscalYear] = []
    first = 0
    while first < months:
        here = start.plus(first)
        length = (last_month - here.month) % 12 + 1
        end = min(first + length, months)
        closing = start.plus(first + length - 1)
        years.append(FiscalYear(closing.year, first, end, closes=first + length <= months))
        first = end
    return tuple(years)
