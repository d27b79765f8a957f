"""What a plan says once calculated, for the rooms that only need a few of its figures: held until the plan changes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bpc.core.plan.indicators.appraisal import Appraisal
from bpc.core.plan.indicators.full_year import FullYear, full_year, heaviest_payment
from bpc.core.plan.problems import Problem
from bpc.core.plan.schema import Plan as Assumptions
from bpc.portal.plans.reckoning import reckon_stored

_START = 12  # months in which members and lenders make the project begin


@dataclass(frozen=True, slots=True)
class PlanTold:
    """`figures`: MAD by the name of a fact of exercises, without its room; what the plan does not say is left out."""

    assumptions: Assumptions
    problems: tuple[Problem, ...]
    year: FullYear | None
    figures: Mapping[str, float]

    @property
    def main_product(self) -> str:
        """The name of what sells most; empty without sales."""
        main = self.year.main if self.year is not None else None
        found = next((one for one in self.assumptions.products if main and one.id == main.product), None)
        return (found.name or found.id) if found is not None else ""


def plan_told(document: Mapping[str, Any]) -> PlanTold | None:
    """What a stored document comes to; None when today's engine no longer reads it."""
    return _told(json.dumps(document, sort_keys=True))


@lru_cache(maxsize=128)
def _told(document: str) -> PlanTold | None:
    reckoning = reckon_stored(json.loads(document))
    if reckoning is None:
        return None
    year = full_year(reckoning.appraisal.run)
    figures = {
        name: value for name, value in _figures(reckoning.appraisal, year).items() if value is not None
    }
    return PlanTold(reckoning.appraisal.run.plan, reckoning.problems, year, figures)


def _figures(appraisal: Appraisal, year: FullYear | None) -> dict[str, float | None]:
    return _of_start(appraisal) | (_of_year(year) if year is not None else {})


def _of_start(appraisal: Appraisal) -> dict[str, float | None]:
    """What it costs to begin and who pays for it. No loan and no grant is known, and 0; nothing bought is not."""
    run, figures = appraisal.run, appraisal.figures
    spends = bool(run.plan.products or run.plan.fixed_costs or run.plan.staff or run.plan.assets)
    lent = sum(
        draw.amount for loan in run.plan.loans if loan.lender == "bank" and not loan.existing for draw in loan.draws
    )  # fmt: skip
    return {
        "investment": figures["investment"].value or None,
        "financing_need": (figures["peak_need"].value or None) if spends else None,
        "own_money": float(run.capital.paid_in[:_START, 0].sum()) or None,
        "loan_amount": lent if spends else None,
        "loan_payment_month": heaviest_payment(run),
        "grants": sum(one.amount for one in run.plan.grants) if spends else None,
        "lowest_cash": figures["min_cash"].value if spends else None,
    }


def _of_year(year: FullYear) -> dict[str, float | None]:
    sells = year.main is not None
    return {
        "unit_price": year.main.price if year.main else None,
        "unit_variable_cost": year.main.variable_cost if year.main else None,
        "units_year": year.main.units if year.main else None,
        "sales_year": year.sales if sells else None,
        "variable_costs_year": year.variable if sells else None,
        "fixed_costs_year": year.fixed or None,
        "wages_year": year.wages if year.fixed else None,
        "break_even_sales": year.break_even if sells else None,
        "surplus_year": year.surplus if sells else None,
        "member_income_month": year.member_income / 12 if sells else None,
    }
