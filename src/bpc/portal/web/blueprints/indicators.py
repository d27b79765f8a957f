"""The main results of a version, beside those of another: what a change of the model does."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from bpc.core.plan.indicators.appraisal import Appraisal
from bpc.portal.foundation.writing import written_amount, written_number, written_percent
from bpc.portal.plans.figure_words import NAMES
from bpc.portal.plans.problem_words import written_problem

_SHARES = frozenset({"irr", "estimated_share"})
SHOWN = (
    "income_per_member", "npv", "irr", "payback_years", "investment", "peak_need", "break_even_sales", "jobs",
    "estimated_share",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One indicator before and after; `moved` when they differ as written."""

    label: Any
    before: str
    after: str

    @property
    def moved(self) -> bool:
        """Whether the change can be seen."""
        return self.before != self.after


def compared(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> list[Line]:
    """Each indicator, with what it was; « – » when there was nothing before."""
    return [
        Line(
            NAMES[name], _written(name, before.get(name)) if before else "–", _written(name, after.get(name))
        )
        for name in SHOWN
    ]


def _written(name: str, value: Any) -> str:
    if name in _SHARES:
        return written_percent(None if value is None else 100 * value, 1)
    if name == "payback_years" and value is None:
        return gettext("pas pendant le plan")
    if name == "payback_years":
        return gettext("%(number)s ans") % {"number": written_number(value, 1)}
    if name == "jobs":
        return written_number(value, 1)
    return written_amount(value)


def findings(appraisal: Appraisal) -> list[tuple[str, str]]:
    """What the engine says of the plan: severity, and the sentence."""
    plan = appraisal.run.plan
    return [(problem.severity, written_problem(problem, plan)) for problem in appraisal.problems]
