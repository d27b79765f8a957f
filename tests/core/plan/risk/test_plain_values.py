"""Every result goes into JSON as it is: plain values, None for what is undefined, never NaN or infinity."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import pytest

from bpc.core.plan.risk.draws import YearlyShock
from bpc.core.plan.risk.monte_carlo import run_monte_carlo
from bpc.core.plan.risk.stresses import run_stresses
from bpc.core.plan.risk.switching import switching_values
from bpc.core.plan.risk.tornado import tornado
from bpc.core.plan.schema.funding import Draw, Loan
from bpc.core.plan.simulation import simulate
from bpc.core.plan.solvers.goals import break_even_volume, grant_needed, member_price, sale_price
from bpc.core.plan.solvers.loan_interval import loan_interval
from bpc.core.plan.solvers.peak import peak_need
from tests.core.plan.law import LAW
from tests.core.plan.risk.ranged_plans import full_plan, ranged_plan

PLANS = [*(ranged_plan(seed) for seed in (0, 3, 5, 22, 41)), full_plan()]
TERMS = Loan(id="new", draws=(Draw(month=0, amount=1.0),), annual_rate=0.06, months=10)


def _results(plan: Any) -> Iterable[Any]:
    yield peak_need(simulate(plan, LAW))
    yield loan_interval(plan, LAW, TERMS)
    for target in ("npv", "cash", "dscr", "members"):
        yield member_price(plan, LAW, target)
        yield break_even_volume(plan, LAW, target)
        yield sale_price(plan, LAW, target)
        yield grant_needed(plan, LAW, target)
    yield tornado(plan, LAW)
    yield from switching_values(plan, LAW)
    yield from run_stresses(plan, LAW)
    yield run_monte_carlo(plan, LAW, draws=50, shocks=(YearlyShock("volume", 0.1),))


@pytest.mark.parametrize("number", range(len(PLANS)))
def test_every_result_is_plain(number: int) -> None:
    for result in _results(PLANS[number]):
        written = asdict(result)
        read = json.loads(json.dumps(written, allow_nan=False))
        assert _lists(written) == read, type(result).__name__


def _lists(value: Any) -> Any:
    """The same with lists for tuples, as JSON has them."""
    if isinstance(value, dict):
        return {name: _lists(each) for name, each in value.items()}
    return [_lists(each) for each in value] if isinstance(value, list | tuple) else value
