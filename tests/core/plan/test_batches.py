"""A batch of scenarios gives each of them what it gets alone, whatever is moved and however."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpc.core.plan.arrays import DECIDED_ONCE, Coefficient, Factors, Floats
from bpc.core.plan.document import parse_plan
from bpc.core.plan.indicators.debt_cover import dscr
from bpc.core.plan.indicators.value import npv
from bpc.core.plan.schema import Plan
from bpc.core.plan.simulation import Simulation, simulate
from bpc.core.plan.statements import balance_sheet, cash_flow, income_statement, indirect_cash_flow
from tests.core.plan.law import LAW
from tests.core.plan.random_plans import often, plans, seeded_plan

#: Each family of factors, and the items of a plan it may be for one of.
FAMILIES = {
    "price": "products",
    "volume": "products",
    "input_price": "inputs",
    "fixed_costs": "fixed_costs",
    "wages": "staff",
    "piece_work": "piece_work",
    "assets": "assets",
    "grants": "grants",
    "member_price": "",
}
SCENARIOS = 3
FORMS = [
    (family, kind)
    for family in FAMILIES
    for kind in ("number", "scenario", "month")
    if kind != "month" or family not in DECIDED_ONCE
]


def _lines(run: Simulation) -> dict[str, Floats]:
    lines = {"npv": npv(run)[None], "dscr": np.nan_to_num(dscr(run), nan=-1.0), "stock": run.stock}
    return {
        **lines,
        **income_statement(run),
        **indirect_cash_flow(run),
        **cash_flow(run),
        **balance_sheet(run),
    }


def _alone(value: Coefficient, scenario: int) -> Coefficient:
    """The factor of one scenario: a number stays one, a row gives its place, a table its column."""
    if not isinstance(value, np.ndarray):
        return value
    return float(value[scenario]) if value.ndim == 1 else value[:, [scenario]]


def _assert_batch_is_each_alone(plan: Plan, values: dict[str, Any]) -> None:
    batch = _lines(simulate(plan, LAW, Factors(values)))
    for scenario in range(SCENARIOS):
        alone = _lines(
            simulate(plan, LAW, Factors({name: _alone(value, scenario) for name, value in values.items()}))
        )
        for name, amounts in alone.items():
            found = np.broadcast_to(batch[name], (len(amounts), max(SCENARIOS, batch[name].shape[1])))[
                :, [scenario]
            ]
            room = 1e-4 + 1e-9 * np.abs(amounts).max()
            assert np.abs(found - amounts).max() <= room, (name, scenario)


def _factor(kind: str, months: int, seed: int) -> Coefficient:
    random = np.random.default_rng(seed)
    shape = {"number": (), "scenario": (SCENARIOS,), "month": (months, SCENARIOS)}[kind]
    drawn = random.uniform(0.5, 1.6, shape)
    return float(drawn) if kind == "number" else drawn


@pytest.mark.parametrize(("family", "kind"), FORMS)
def test_each_family_of_factors_in_a_batch_and_alone(family: str, kind: str) -> None:
    for seed in range(12):
        plan = seeded_plan(seed)
        values = {family: _factor(kind, plan.months, seed)}
        items = getattr(plan, FAMILIES[family]) if FAMILIES[family] else ()
        if items:
            values[f"{family}.{items[-1].id}"] = _factor(kind, plan.months, seed + 1000)
        _assert_batch_is_each_alone(plan, values)


@often
@given(plans(), st.data())
def test_all_factors_at_once_in_a_batch_and_alone(plan: Plan, data: st.DataObject) -> None:
    values = {
        family: _factor(kind, plan.months, seed)
        for seed, (family, kind) in enumerate(FORMS)
        if data.draw(st.booleans(), label=f"{family} by {kind}")
    }
    _assert_batch_is_each_alone(plan, values)


def test_factors_of_one_change_nothing() -> None:
    """Multiplying by one, in each form, is the plan as written."""
    for seed in range(30):
        plan = seeded_plan(seed)
        written = _lines(simulate(plan, LAW))
        for kind, ones in {"number": 1.0, "scenario": np.ones(3), "month": np.ones((plan.months, 3))}.items():
            families = [family for family, form in FORMS if form == kind]
            moved = _lines(simulate(plan, LAW, Factors(dict.fromkeys(families, ones))))
            for name, amounts in written.items():
                assert np.abs(moved[name] - amounts).max() <= 1e-5, name


def test_every_family_moves_something() -> None:
    """A factor that moved nothing would pass all the rest."""
    still = set(FAMILIES)
    for seed in range(40):
        plan = seeded_plan(seed)
        written = _lines(simulate(plan, LAW))["closing_cash"]
        for family in sorted(still):
            moved = _lines(simulate(plan, LAW, Factors({family: 1.3})))["closing_cash"]
            if np.abs(moved - written).max() > 1.0:
                still.remove(family)
    assert still == set()


@pytest.mark.parametrize("family", DECIDED_ONCE)
def test_what_is_decided_once_cannot_change_from_month_to_month(family: str) -> None:
    """More would wear out, or be released, than was ever paid."""
    monthly = np.ones((120, SCENARIOS))
    items = {
        "assets": [{"id": "press", "amount": 1000, "life_years": 5.0}],
        "grants": [{"id": "indh", "amount": 500}],
    }
    plan = parse_plan({"start": "2027-01", "members": {"count": 7}, **items})
    for name in (family, f"{family}.{getattr(plan, family)[0].id}"):
        with pytest.raises(ValueError, match="month to month"):
            simulate(plan, LAW, Factors({name: monthly}))
