"""Break-even of each fiscal year: the sales that pay for everything, and the month they are reached."""

from dataclasses import dataclass

import numpy as np

from bpc.core.plan.arrays import Floats
from bpc.core.plan.simulation import Simulation
from bpc.core.plan.statements import income_statement

#: What is missing by less than this is the machine's rounding.
HALF_A_CENTIME = 0.005


@dataclass(frozen=True, slots=True)
class BreakEven:
    """One fiscal year, MAD. `sales` and `cash_sales` are None when each sale costs more than it brings in.

    `month` counts from the beginning of the plan: the first month by whose end the year's margin pays the year's fixed
    costs; None when it does not happen in the year.
    """

    year: int
    turnover: float
    variable: float
    fixed: float
    sales: float | None
    cash_sales: float | None
    month: int | None

    @property
    def safety(self) -> float | None:
        """(turnover - break-even) / turnover: how far sales may fall; None when undefined."""
        return (
            None if self.sales is None or not self.turnover else (self.turnover - self.sales) / self.turnover
        )


def break_even_sales(fixed: float, variable: float, turnover: float) -> float | None:
    """fixed / (1 - variable / turnover); None when variable costs eat the whole turnover.

    >>> break_even_sales(fixed=60_000, variable=40_000, turnover=100_000)
    100000.0
    >>> break_even_sales(60_000, 110_000, 100_000) is None
    True
    """
    if turnover <= 0 or variable >= turnover:
        return None
    return fixed / (1.0 - variable / turnover)


def break_evens(run: Simulation) -> list[BreakEven]:
    """Each fiscal year of a single plan (its first scenario).

    Variable: what members and suppliers bring, piece-work, bad debts. Fixed: staff, running costs, depreciation net of
    the grants released, interest. The cash break-even leaves depreciation and releases out.
    """
    lines = {code: amounts[:, 0] for code, amounts in income_statement(run).items()}
    margin = lines["sales"] - _variable(lines)
    cash_fixed = (
        lines["external"]
        + lines["wages"]
        + lines["employer_charges"]
        + lines["interest"]
        - lines["operating_grants"]
    )
    fixed = cash_fixed + lines["depreciation"] - lines["grant_release"]
    result: list[BreakEven] = []
    for year in run.frame.timeline.fiscal_years:
        span = slice(year.first, year.end)
        turnover, variable = float(lines["sales"][span].sum()), float(_variable(lines)[span].sum())
        to_pay = float(fixed[span].sum())
        reached = np.flatnonzero(np.cumsum(margin[span]) >= to_pay - HALF_A_CENTIME)
        result.append(
            BreakEven(
                year=year.label,
                turnover=turnover,
                variable=variable,
                fixed=to_pay,
                sales=break_even_sales(to_pay, variable, turnover),
                cash_sales=break_even_sales(float(cash_fixed[span].sum()), variable, turnover),
                month=year.first + int(reached[0]) if len(reached) else None,
            )
        )
    return result


def _variable(lines: dict[str, Floats]) -> Floats:
    codes = (
        "purchases_members",
        "price_complement",
        "purchases_suppliers",
        "piece_members",
        "piece_others",
        "bad_debts",
    )
    return sum((lines[code] for code in codes), np.zeros_like(lines["sales"]))
