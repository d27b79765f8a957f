"""How amounts are printed in a document: in dirhams, or in thousands when they are too long for a column."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext

from bpc.core.plan.arrays import Floats
from bpc.core.plan.simulation import Simulation
from bpc.core.plan.statements import balance_sheet
from bpc.portal.foundation.wording import enumerated
from bpc.portal.foundation.writing import written_number, written_percent
from bpc.portal.plans.problem_words import year_written

#: From this amount on, a column is too narrow for dirhams.
LONG = 1e9


@dataclass(frozen=True, slots=True)
class Amounts:
    """One unit for all the tables of a document."""

    scale: float

    @property
    def unit(self) -> str:
        """What stands above the tables."""
        return gettext("en MAD") if self.scale == 1 else gettext("en milliers de MAD")

    def beside(self, words: str) -> str:
        """A title followed by the unit."""
        return enumerated([words, self.unit])

    def written(self, value: float) -> str:
        """An amount of a table, rounded half up, without its unit."""
        return written_number(float(value) / self.scale)

    def each(self, values: Iterable[float]) -> list[str]:
        """A line of amounts."""
        return [self.written(float(value)) for value in values]


def amounts_for(run: Simulation) -> Amounts:
    """The unit that keeps the largest amount of a plan within its column."""
    largest = float(np.abs(balance_sheet(run)["assets"]).max())
    turnover = float(run.operations.sales.sum())
    return Amounts(1.0 if max(largest, turnover) < LONG else 1000.0)


@dataclass(frozen=True, slots=True)
class Years:
    """The fiscal years of a run: flows summed, balances at their ends, both of its first scenario, (Y,)."""

    run: Simulation

    def flow(self, monthly: Floats) -> Floats:
        """Monthly amounts summed by fiscal year."""
        return np.asarray(self.run.frame.timeline.by_year(monthly)[:, 0])

    def end(self, balances: Floats) -> Floats:
        """Balances at each fiscal year's end."""
        return np.asarray(self.run.frame.timeline.at_year_ends(balances)[:, 0])

    @property
    def labels(self) -> list[str]:
        """Column headings; a year the plan does not finish bears a star."""
        plan = self.run.plan
        return [
            year_written(plan, year.label) + ("" if year.closes else " *")
            for year in self.run.frame.timeline.fiscal_years
        ]

    @property
    def unfinished_note(self) -> str:
        """What the star means, empty without one."""
        if all(year.closes for year in self.run.frame.timeline.fiscal_years):
            return ""
        return gettext("* Exercice que la durée du plan ne termine pas.")


def share_written(value: float | None, decimals: int = 0) -> str:
    """A fraction as a percentage, « – » where there is none."""
    return "–" if value is None or not np.isfinite(value) else written_percent(100 * value, decimals)


def ratio_written(value: float | None) -> str:
    """A ratio with two decimals, « – » where there is none."""
    return "–" if value is None or not np.isfinite(value) else written_number(value, 2)
