"""Scenarios and named stresses side by side: figures, cash, and only the assumptions that differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bpc.core.kernel.figures import Figure
from bpc.core.plan.document import write_plan
from bpc.core.plan.indicators.appraisal import Appraisal, appraise_run
from bpc.core.plan.risk.stresses import CLIENT_MONTH, STRESSES
from bpc.core.plan.schema import Plan as Assumptions
from bpc.core.plan.simulation import Simulation, simulate
from bpc.datasets.plan_rules import plan_rules
from bpc.portal.plans.figure_words import written_figure
from bpc.portal.plans.models import Plan
from bpc.portal.plans.path_words import words_of
from bpc.portal.plans.queries import FigureRow, compare_scenarios
from bpc.portal.plans.reckoning import HEADLINE, reckon_stored
from bpc.portal.web.plans.expert_telling import value_words
from bpc.portal.web.plans.scenarios_chart import LETTERS, sample
from bpc.portal.web.plans.stress_words import REASONS, TITLES, stress_sentence

MOST_COMPARED = 4


@dataclass(frozen=True)
class Column:
    """One of what is compared."""

    letter: str
    name: str
    language: str  # of the name; empty when the site gives it
    figures: Mapping[str, Figure]
    cash: tuple[float, ...]
    plan: Plan | None = None
    sentence: str = ""

    @property
    def sample(self) -> Any:
        """Its line in the chart."""
        return sample(LETTERS.index(self.letter))


def columns_of(plans: Sequence[Plan], codes: Sequence[str]) -> list[Column]:
    """The scenarios, then the stresses of the first of them; what today's engine cannot read is left out."""
    columns: list[Column] = []
    first: Appraisal | None = None
    for plan in plans[:MOST_COMPARED]:
        reckoning = reckon_stored(plan.document)
        if reckoning is None:
            continue
        found = reckoning.appraisal
        first = first or found
        letter = LETTERS[len(columns)]
        columns.append(Column(letter, plan.name, plan.language, found.figures, cash_of(found.run), plan))
    for code in codes:
        if first is not None and len(columns) < MOST_COMPARED:
            column = _struck(code, first.run.plan, LETTERS[len(columns)])
            if column is not None:
                columns.append(column)
    return columns


def cash_of(run: Simulation) -> tuple[float, ...]:
    """Cash at the end of each month, what the overdraft lent taken off, MAD."""
    return tuple(float(value) for value in (run.closing.cash - run.closing.overdraft)[:, 0])


def _struck(code: str, plan: Assumptions, letter: str) -> Column | None:
    shock = STRESSES[code](plan)
    if shock.reason is not None:
        return None
    run = simulate(shock.plan, plan_rules(), shock.factors)
    sentence = stress_sentence(code, shock.figures, plan)
    return Column(letter, str(TITLES[code]), "", appraise_run(run).figures, cash_of(run), None, sentence)


def figure_rows(columns: Sequence[Column]) -> list[dict[str, Any]]:
    """A row for each figure: its value in each column or why it has none, and which does best."""
    rows = []
    for name in HEADLINE:
        found = [column.figures.get(name) for column in columns]
        if not any(found):
            continue
        best = FigureRow(name, tuple(one.value if one else None for one in found), HEADLINE[name]).best
        cells = [
            {
                "text": written_figure(name, one) if one else "–",
                "best": number == best,
                "letter": columns[number].letter,
            }
            for number, one in enumerate(found)
        ]
        rows.append({"name": name, "cells": cells})
    return rows


def difference_rows(columns: Sequence[Column]) -> list[dict[str, Any]]:
    """The assumptions that differ between the scenarios of the columns, in words."""
    held = [(column.letter, column.plan) for column in columns if column.plan is not None]
    if len(held) < 2:
        return []
    rows = []
    for row in compare_scenarios([plan for _letter, plan in held]).assumptions:
        pairs = list(zip(row.values, held, strict=True))
        named = next((plan for value, (_letter, plan) in pairs if value is not None), held[0][1])
        cells = [
            {"text": value_words(row.path, value, plan.document), "letter": letter}
            for value, (letter, plan) in pairs
        ]
        rows.append({"what": words_of(row.path, named.document), "cells": cells})
    return rows


def stress_choices(plan: Plan | None) -> list[dict[str, Any]]:
    """Each named stress: what it does to this plan, whether it can be kept as a scenario of its own."""
    reckoning = reckon_stored(plan.document) if plan is not None else None
    if reckoning is None:
        return []
    rows = []
    for code, strike in STRESSES.items():
        shock = strike(reckoning.assumptions)
        rows.append({
            "code": code,
            "title": TITLES[code],
            "sentence": stress_sentence(code, shock.figures, reckoning.assumptions) if shock.reason is None else "",
            "reason": REASONS[shock.reason] if shock.reason is not None else "",
            "kept": stressed_document(code, reckoning.assumptions) is not None,
        })  # fmt: skip
    return rows


def stressed_document(code: str, plan: Assumptions) -> dict[str, Any] | None:
    """The plan as the stress leaves it, where assumptions can say it; None where only a calculation can."""
    shock = STRESSES[code](plan) if code in STRESSES else None
    if shock is None or shock.reason is not None or code == "drought":
        return None
    if code == "client_lost":
        return write_plan(
            _less_sold(plan, str(shock.figures["product"]), 1.0 + float(shock.figures["volume"]))
        )
    return write_plan(shock.plan)


def _less_sold(plan: Assumptions, product: str, left: float) -> Assumptions:
    """From the second year on, so much of that product is made: its yearly ramp says it."""
    years = CLIENT_MONTH // 12
    products = []
    for one in plan.products:
        ramp = list(one.ramp or plan.ramp_up)
        ramp += [ramp[-1]] * max(0, years + 1 - len(ramp))
        less = tuple(step * left if year >= years else step for year, step in enumerate(ramp))
        products.append(one.model_copy(update={"ramp": less}) if one.id == product else one)
    return plan.model_copy(update={"products": tuple(products)})
