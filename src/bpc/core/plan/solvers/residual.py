"""Member prices left to the project: the highest the cooperative can pay while its target holds."""

from collections.abc import Callable

import numpy as np

from bpc.core.plan.arrays import Floats
from bpc.core.plan.problems import InvalidPlan, Problem
from bpc.core.plan.rules import Rules
from bpc.core.plan.schema import Plan
from bpc.core.plan.schema.operations import Input
from bpc.core.plan.simulation import Simulation
from bpc.core.plan.solvers.goals import Answer, member_price_lever, reach_measure, with_unit_costs
from bpc.core.plan.solvers.targets import measure_of


def residual_inputs(plan: Plan) -> list[Input]:
    """What members bring at a price the project decides."""
    return [item for item in plan.inputs if item.from_members and item.member_price.kind == "residual"]


def residual_price(plan: Plan, rules: Rules) -> Answer:
    """The highest prices for which every target of these inputs holds, all moved in the proportions they are written.

    Prices written as zero are searched between 0 and 5 MAD, others up to five times what is written.
    """
    items = residual_inputs(plan)
    priced, lever = member_price_lever(plan, items)
    targets: list[str] = sorted({item.member_price.target for item in items})
    return reach_measure(priced, rules, lever, "+".join(targets), _all_of(targets))


def resolve_residual(plan: Plan, rules: Rules) -> Plan:
    """The plan with its residual member prices found and fixed; the plan itself when it has none.

    Raises InvalidPlan (E_residual_price, with the reason) when no price fits: even free deliveries do not reach the
    target, or the price has no effect on it. Where any price up to five times the written one fits, that bound is
    not an answer either.

    >>> from bpc.core.plan.document import parse_plan, write_plan
    >>> from bpc.core.plan.solvers.example import EXAMPLE, EXAMPLE_RULES
    >>> document = write_plan(EXAMPLE)
    >>> document["inputs"][0]["member_price"] = {"kind": "residual", "target": "npv"}
    >>> found = resolve_residual(parse_plan(document), EXAMPLE_RULES).inputs[0]
    >>> round(found.unit_cost.mode, 4), found.member_price.kind
    (7.0616, 'fixed')
    """
    items = residual_inputs(plan)
    if not items:
        return plan
    answer = residual_price(plan, rules)
    if answer.factor is None:
        params = {"reason": answer.reason or ""}
        raise InvalidPlan(
            [Problem("E_residual_price", f"inputs.{item.id}.member_price", params) for item in items]
        )
    found = with_unit_costs(plan, answer.values)
    fixed = tuple(
        item.model_copy(update={"member_price": item.member_price.model_copy(update={"kind": "fixed"})})
        if item.id in answer.values
        else item
        for item in found.inputs
    )
    return found.model_copy(update={"inputs": fixed})


def _all_of(targets: list[str]) -> Callable[[Simulation], Floats]:
    """Zero or more when every target is reached."""
    measures = [measure_of(target) for target in targets]
    return lambda run: np.minimum.reduce([measure(run) for measure in measures])
