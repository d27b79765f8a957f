"""The main results of a model, calculated once when its content is written and shown wherever it is listed."""

from collections.abc import Mapping
from typing import Any

from bpc.core.plan.document import ENGINE_VERSION
from bpc.core.plan.indicators.appraisal import Appraisal
from bpc.core.plan.problems import InvalidPlan
from bpc.datasets.model_plans import appraise_model
from bpc.datasets.plan_rules import plan_rules

#: Indicators of the engine kept as they are named there; None where the engine gives no value.
FIGURES = (
    "npv",
    "irr",
    "payback_years",
    "investment",
    "peak_need",
    "income_per_member",
    "jobs",
    "break_even_sales",
    "estimated_share",
)


def appraise_content(content: Mapping[str, Any]) -> Appraisal:
    """The plan that a content proposes, appraised in French with the law in force. Raises InvalidPlan."""
    return appraise_model(content, plan_rules())


def headline(content: Mapping[str, Any], appraisal: Appraisal) -> dict[str, Any]:
    """The indicators a card or a list shows, and the codes of what the engine found to say."""
    figures = appraisal.figures
    known = {name: figures[name].value for name in FIGURES if name in figures}
    return _headline(content, known, {problem.code for problem in appraisal.problems})


def calculate_headline(content: Mapping[str, Any]) -> dict[str, Any]:
    """The same from the content alone; every figure None where the engine refuses the plan, with its reasons."""
    try:
        return headline(content, appraise_content(content))
    except InvalidPlan as error:
        return _headline(content, {}, {problem.code for problem in error.problems})


def _headline(
    content: Mapping[str, Any], figures: Mapping[str, float | None], problems: set[str]
) -> dict[str, Any]:
    return {
        **{name: figures.get(name) for name in FIGURES},
        "members_min": content["members_min"],
        "members_typical": content["members_typical"],
        "problems": sorted(problems),
        "engine_version": ENGINE_VERSION,
    }
