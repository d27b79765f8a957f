"""A document calculated: the plan, its indicators, what lists show of it; and what moved between two of them."""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bpc.core.plan.document import ENGINE_VERSION, input_hash, parse_plan, write_plan
from bpc.core.plan.indicators.appraisal import Appraisal, appraise, appraise_run
from bpc.core.plan.problems import InvalidPlan, Problem
from bpc.core.plan.schema import Plan as Assumptions
from bpc.core.plan.simulation import simulate
from bpc.core.plan.solvers.residual import resolve_residual
from bpc.datasets.plan_rules import plan_rules
from bpc.portal.plans.paths import Document, check_value, with_changes

MOST_BYTES = 200_000  # of a document

#: What lists keep of a plan, the most important first; the sign says whether more is better, worse or neither.
HEADLINE: Mapping[str, int] = {
    "income_per_member": 1,
    "min_cash": 1,
    "npv": 1,
    "dscr_min_repaying": 1,
    "irr": 1,
    "break_even_month": -1,
    "break_even_sales": -1,
    "payback_years": -1,
    "peak_need": -1,
    "max_overdraft": -1,
    "jobs": 1,
    "investment": 0,
    "cost_per_job": -1,
    "third_party_ratio": -1,
    "estimated_share": -1,
    "upkeep_gap": -1,
    "upkeep_cost_per_beneficiary": -1,
}
#: Crossing one of these changes what the figure says.
_LANDMARKS: Mapping[str, tuple[float, ...]] = {
    "min_cash": (0.0,),
    "npv": (0.0,),
    "dscr_min_repaying": (1.0, 1.2),
}
#: A smaller change than this does not show once written.
_SHOWN_FROM = {"MAD": 0.5, "MAD a year": 0.5, "ratio": 0.005, "rate": 0.0005, "years": 0.05, "month": 0.5,
               "full-time posts": 0.05}  # fmt: skip


@dataclass(frozen=True)
class Reckoning:
    """A document that parses, with what it gives."""

    assumptions: Assumptions  # as written
    appraisal: Appraisal  # of the prices found, where the plan leaves some to the project
    unmet: tuple[Problem, ...] = ()  # prices that no calculation finds

    @cached_property
    def document(self) -> Document:
        """As it is stored: what is left to its default is not written."""
        return write_plan(self.assumptions)

    @cached_property
    def whole(self) -> Document:
        """Every assumption, defaults included: what pages show and what is compared."""
        return dict(self.assumptions.model_dump(mode="json"))

    @property
    def input_hash(self) -> str:
        """Same hash, same results with the same engine."""
        return input_hash(self.assumptions)

    @property
    def headline(self) -> dict[str, float | None]:
        """The figures lists show; None when undefined."""
        figures = self.appraisal.figures
        return {name: _finite(figures[name].value) for name in HEADLINE if name in figures}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What the calculation found."""
        return (*self.unmet, *self.appraisal.problems)

    def columns(self) -> dict[str, Any]:
        """What a row of plan keeps of it."""
        return {
            "document": self.document,
            "headline": self.headline,
            "engine_version": ENGINE_VERSION,
            "input_hash": self.input_hash,
            "errors": sum(problem.severity == "error" for problem in self.problems),
            "warnings": sum(problem.severity == "warning" for problem in self.problems),
        }


def reckon(document: Mapping[str, Any]) -> Reckoning:
    """Parse and calculate a document, whoever wrote it. Raises InvalidPlan."""
    if not isinstance(document, Mapping):
        raise InvalidPlan([Problem("E_not_json")])
    check_value(document, "")
    if len(json.dumps(document, ensure_ascii=False).encode()) > MOST_BYTES:
        raise InvalidPlan([Problem("E_too_large", "", {"kilobytes": MOST_BYTES // 1000})])
    assumptions, rules = parse_plan(document), plan_rules()
    try:
        priced = resolve_residual(assumptions, rules)
    except InvalidPlan as refusal:
        # calculated with the prices as written, and said so: the rest of the plan stays open to changes
        as_written = appraise_run(simulate(assumptions, rules))
        return Reckoning(assumptions, as_written, tuple(refusal.problems))
    return Reckoning(assumptions, appraise(priced, rules))


def reckon_stored(document: Mapping[str, Any]) -> Reckoning | None:
    """The same for what was stored; None when today's engine no longer reads it."""
    try:
        return reckon(document)
    except InvalidPlan:
        return None


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure that changed; None where it is undefined. `better` is None when more is neither good nor bad."""

    name: str
    unit: str
    before: float | None
    after: float | None
    better: bool | None
    crossed: bool  # a landmark: zero, a debt just paid, a figure that begins or ceases to exist


def what_moved(before: Reckoning | None, after: Reckoning) -> tuple[Moved, ...]:
    """The figures of the headline that changed visibly, those that crossed a landmark first, then by importance."""
    old = before.headline if before is not None else {}
    figures = after.appraisal.figures
    rows = [
        _moved(name, figures[name].unit, old.get(name), value)
        for name, value in after.headline.items()
        if _shows(figures[name].unit, old.get(name), value)
    ]
    return tuple(sorted(rows, key=lambda row: not row.crossed))


def _shows(unit: str, before: float | None, after: float | None) -> bool:
    if before is None or after is None:
        return before is not after
    return abs(after - before) >= _SHOWN_FROM.get(unit, 0.005)


def _moved(name: str, unit: str, before: float | None, after: float | None) -> Moved:
    if before is None or after is None:
        return Moved(name, unit, before, after, None, True)
    crossed = any((before < mark) != (after < mark) for mark in _LANDMARKS.get(name, ()))
    sign = HEADLINE[name]
    return Moved(name, unit, before, after, None if sign == 0 else (after > before) == (sign > 0), crossed)


def new_problems(before: Iterable[Problem], after: Iterable[Problem]) -> tuple[Problem, ...]:
    """The errors and warnings that were not there before, about the same thing."""
    known = {(problem.code, problem.path) for problem in before}
    return tuple(problem for problem in after if (problem.code, problem.path) not in known)


@dataclass(frozen=True, slots=True)
class Trial:
    """What changes would give, were they saved."""

    reckoning: Reckoning
    moved: tuple[Moved, ...]
    appeared: tuple[Problem, ...]
    settled: tuple[Problem, ...]


def try_changes(document: Mapping[str, Any], changes: Mapping[str, Any]) -> Trial:
    """The same answer as a save, and nothing saved: for those who read only. Raises InvalidPlan."""
    before, after = reckon_stored(document), reckon(with_changes(document, changes))
    found = before.problems if before is not None else ()
    return Trial(
        after,
        what_moved(before, after),
        new_problems(found, after.problems),
        new_problems(after.problems, found),
    )
