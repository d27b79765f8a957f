"""Goals: putting the answer back into the plan reaches the target, and a little less does not."""

from typing import Any

import numpy as np
import pytest

from bpc.core.plan.arrays import Factors
from bpc.core.plan.document import parse_plan, write_plan
from bpc.core.plan.indicators.debt_cover import min_dscr
from bpc.core.plan.indicators.value import npv
from bpc.core.plan.schema import Plan
from bpc.core.plan.simulation import simulate
from bpc.core.plan.solvers.example import EXAMPLE
from bpc.core.plan.solvers.goals import break_even_volume, grant_needed, member_price, sale_price
from bpc.core.plan.solvers.targets import cash_margin, measure_of, members_npv
from tests.core.plan.law import LAW
from tests.core.plan.random_plans import seeded_plan

LOAN = {
    "id": "bank",
    "draws": [{"month": 0, "amount": 340_000}],
    "annual_rate": 0.06,
    "months": 48,
    "interest_vat": 0.0,
}


def _plan(**changes: Any) -> Plan:
    return parse_plan({**write_plan(EXAMPLE), **changes})


def _with(plan: Plan, part: str, **changes: Any) -> Plan:
    document = write_plan(plan)
    document[part] = [{**document[part][0], **changes}, *document[part][1:]]
    return parse_plan(document)


def test_member_price_for_a_net_present_value_of_zero() -> None:
    price = member_price(EXAMPLE, LAW).values["olives"]
    assert npv(simulate(_with(EXAMPLE, "inputs", unit_cost=price), LAW))[0] == pytest.approx(0.0, abs=1e-3)
    # Each dirham a kilo is 60 000 MAD a year: the value of 5 a litre × 1 000 litres a month over 60 months.
    stream = 5_000 * sum(1.1 ** (-t / 12) for t in range(60))
    assert price == pytest.approx(6 + npv(simulate(EXAMPLE, LAW))[0] / stream, rel=1e-9)


def test_member_price_for_the_floor_is_the_last_before_cash_breaks() -> None:
    plan = _plan(loans=[LOAN])
    price = member_price(plan, LAW, target="cash").values["olives"]
    assert cash_margin(simulate(_with(plan, "inputs", unit_cost=price), LAW))[0] == pytest.approx(0, abs=1e-3)
    assert cash_margin(simulate(_with(plan, "inputs", unit_cost=price + 0.01), LAW))[0] < -40


def test_a_member_price_written_as_zero_is_sought_in_dirhams() -> None:
    found = member_price(_with(EXAMPLE, "inputs", unit_cost=0.0), LAW)
    assert found.factor is None
    assert found.reason == "holds_everywhere", "up to 5 MAD every price leaves a value"
    dearer = _with(_with(EXAMPLE, "inputs", unit_cost=0.0), "products", price=30)
    price = member_price(dearer, LAW).values["olives"]
    assert npv(simulate(_with(dearer, "inputs", unit_cost=price), LAW))[0] == pytest.approx(0.0, abs=1e-3)


def test_break_even_volume() -> None:
    volume = break_even_volume(EXAMPLE, LAW).values["oil"]
    assert npv(simulate(_with(EXAMPLE, "products", capacity=volume), LAW))[0] == pytest.approx(0.0, abs=1e-3)
    one = break_even_volume(EXAMPLE, LAW, product="oil")
    assert one.values["oil"] == volume


def test_sale_price_for_the_cover_banks_ask() -> None:
    plan = _plan(loans=[LOAN])
    answer = sale_price(plan, LAW)
    assert (answer.target, answer.level) == ("dscr", 1.2)
    at = min_dscr(simulate(_with(plan, "products", price=answer.values["oil"]), LAW))[0]
    assert at == pytest.approx(1.2, abs=1e-9)
    below = min_dscr(simulate(_with(plan, "products", price=answer.values["oil"] - 0.01), LAW))[0]
    assert below < 1.2


def test_no_debt_no_cover_no_price() -> None:
    answer = sale_price(EXAMPLE, LAW)
    assert (answer.factor, answer.values, answer.reason) == (None, {}, "undefined")


def test_the_tax_cliff_is_a_jump_with_all_its_roots() -> None:
    """Above 10 million of turnover a processor pays tax: the value falls, and rises again above zero further on."""
    plan = _plan(tax={"activity": "processing"})
    plan = _with(_with(plan, "products", capacity=201_000), "assets", amount=28_400_000)
    answer = sale_price(plan, LAW, "npv")
    assert len(answer.roots) >= 1
    last = answer.values["oil"]
    assert npv(simulate(_with(plan, "products", price=last), LAW))[0] >= 0
    for root in answer.roots:
        around = [
            npv(simulate(_with(plan, "products", price=50 * (root + step)), LAW))[0] for step in (-1e-6, 1e-6)
        ]
        assert around[0] * around[1] < 0


def test_grant_for_cash_is_what_the_peak_lacks() -> None:
    answer = grant_needed(EXAMPLE, LAW)
    assert answer.values["grant"] == pytest.approx(340_000, abs=0.01)
    assert answer.cautions == ("above_cost",), "the press costs 300 000"
    funded = _plan(shares={"subscriptions": [{"month": 0, "members": 20, "shares_each": 100}]})
    less = grant_needed(funded, LAW)
    assert less.values["grant"] == pytest.approx(140_000, abs=0.01)
    assert less.cautions == ()


def test_no_grant_is_needed_where_cash_holds() -> None:
    rich = _plan(shares={"subscriptions": [{"month": 0, "members": 20, "shares_each": 500}]})
    answer = grant_needed(rich, LAW)
    assert (answer.factor, answer.values, answer.reason) == (0.0, {"grant": 0.0}, None)


def test_grant_for_the_members() -> None:
    """Half of the surplus goes back to members: a grant released to income pays for the shares they put in."""
    friendly = {
        **LOAN,
        "draws": [{"month": 0, "amount": 400_000}],
        "annual_rate": 0.0,
        "kind": "in_fine",
        "months": 480,
    }
    plan = _plan(
        shares={"subscriptions": [{"month": 0, "members": 20, "shares_each": 20}]},
        allocation={"patronage_share": 0.5},
        fixed_costs=[{"id": "running", "annual": 205_000}],
        loans=[friendly],
    )
    assert members_npv(simulate(plan, LAW))[0] == pytest.approx(-40_000, abs=8_000)
    grant = grant_needed(plan, LAW, target="members").values["grant"]
    assert 150_000 < grant < 300_000
    for more, reached in ((0.01, True), (-10.0, False)):
        document = {**write_plan(plan), "grants": [{"id": "g", "amount": grant + more}]}
        assert bool(members_npv(simulate(parse_plan(document), LAW))[0] >= 0) is reached


def test_a_grant_does_not_move_the_value_before_financing() -> None:
    assert grant_needed(EXAMPLE, LAW, target="npv").factor == 0.0
    poor = _with(EXAMPLE, "products", price=30)
    answer = grant_needed(poor, LAW, target="npv")
    assert (answer.factor, answer.reason, answer.holds_as_written) == (None, "no_effect", False)


def test_whether_the_target_holds_already_is_told() -> None:
    assert break_even_volume(EXAMPLE, LAW).holds_as_written is True
    assert member_price(EXAMPLE, LAW, target="cash").holds_as_written is False
    assert sale_price(EXAMPLE, LAW).holds_as_written is None


def test_random_plans_reach_what_their_answers_say() -> None:
    """The answer put back as a factor: the target is reached, and just so unless it leaps."""
    found = 0
    for seed in range(25):
        plan = seeded_plan(seed)
        for target in ("npv", "cash", "members"):
            for solve, family in ((break_even_volume, "volume"), (sale_price, "price")):
                answer = solve(plan, LAW, target=target)
                if answer.factor is None:
                    continue
                measure = measure_of(target)
                reached = measure(simulate(plan, LAW, Factors({family: answer.factor})))[0]
                room = 1e-5 * (1.0 + abs(measure(simulate(plan, LAW))[0]))
                assert reached >= -room, (seed, target, family)
                assert reached <= 100 * room or "jump" in answer.cautions, (seed, target, family)
                found += 1
    assert found > 40


@pytest.mark.parametrize("solve", [member_price, break_even_volume, sale_price])
def test_nothing_to_move(solve: Any) -> None:
    empty = parse_plan({"start": "2027-01", "members": {"count": 5}})
    assert solve(empty, LAW).reason == "nothing_to_move"


def test_answers_are_plain_values() -> None:
    answer = break_even_volume(EXAMPLE, LAW)
    assert isinstance(answer.factor, float)
    assert all(isinstance(value, float) and np.isfinite(value) for value in answer.values.values())
