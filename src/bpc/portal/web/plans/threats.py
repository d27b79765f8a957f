"""What breaks a plan: the causes that move it most, how far each may go, and named blows; kept until it changes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from bpc.core.plan.document import parse_plan
from bpc.core.plan.indicators.appraisal import appraise
from bpc.core.plan.risk.stresses import Stress, run_stresses
from bpc.core.plan.risk.switching import switching_values
from bpc.core.plan.risk.tornado import tornado
from bpc.core.plan.rules import Rules
from bpc.core.plan.schema import Plan
from bpc.datasets.plan_rules import plan_rules
from bpc.portal.foundation.writing import written_amount, written_percent
from bpc.portal.plans.driver_words import driver_words
from bpc.portal.plans.prints.risk_study import stress_name
from bpc.portal.plans.problem_words import month_written
from bpc.portal.web.charts.sheet_charts import Chart
from bpc.portal.web.project_models.plan_charts import break_chart

#: The causes for which one asks how far they may go.
MOST_CAUSES = 5


@dataclass(frozen=True)
class Blow:
    """A named shock: what the lowest cash and the income become."""

    name: str
    cash: str
    income: str
    bad: bool


@dataclass(frozen=True)
class Threats:
    """The chart of causes, how far each may go before the project is worth nothing, and the blows."""

    chart: Chart | None
    limits: tuple[str, ...]
    blows: tuple[Blow, ...]


def study(document: Mapping[str, Any], language: str) -> Threats:
    """All of it, in the active language, which must be `language`."""
    return _study(json.dumps(document, sort_keys=True), language)


@lru_cache(maxsize=64)
def _study(document: str, language: str) -> Threats:
    plan, rules = parse_plan(json.loads(document)), plan_rules()
    appraisal = appraise(plan, rules)
    worth = plan.kind != "cost_recovery"
    chart = break_chart(appraisal) if worth else None
    return Threats(chart, _limits(plan, rules) if worth else (), _blows(plan, rules))


def _limits(plan: Plan, rules: Rules) -> tuple[str, ...]:
    shaken = tornado(plan, rules)
    names = tuple(bar.driver.name for bar in shaken.bars[:MOST_CAUSES])
    found = switching_values(plan, rules, names) if names else []
    return tuple(
        _limit(plan, one.name, one.value, losing=shaken.npv < 0) for one in found if one.value is not None
    )


def _limit(plan: Plan, name: str, change: float, *, losing: bool) -> str:
    words = {"what": driver_words(name, plan), "change": written_percent(100 * abs(change))}
    if losing:
        if change < 0:
            return (
                _("%(what)s : il faudrait que cela baisse de %(change)s pour que le projet ne perde rien.")
                % words
            )
        return (
            _("%(what)s : il faudrait que cela monte de %(change)s pour que le projet ne perde rien.") % words
        )
    if change < 0:
        return _("%(what)s : le projet ne vaut plus rien si cela baisse de %(change)s.") % words
    return _("%(what)s : le projet ne vaut plus rien si cela monte de %(change)s.") % words


def _blows(plan: Plan, rules: Rules) -> tuple[Blow, ...]:
    return tuple(_blow(plan, one) for one in run_stresses(plan, rules) if one.after is not None)


def _blow(plan: Plan, stress: Stress) -> Blow:
    assert stress.after is not None
    lowest = stress.after.cash_margin + plan.cash_floor
    cash = _("%(amount)s au plus bas, %(month)s") % {
        "amount": written_amount(lowest),
        "month": month_written(plan, stress.after.lowest_month - 1),
    }
    income = _("en moyenne %(after)s par membre et par an, au lieu de %(before)s") % {
        "after": written_amount(stress.after.income_per_member),
        "before": written_amount(stress.before.income_per_member),
    }
    return Blow(stress_name(plan, stress), cash, income, bad=stress.after.cash_margin < -0.5)
