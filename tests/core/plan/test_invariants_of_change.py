"""What a change of the assumptions may and may not change; numbers: the list of invariants in the specification."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpc.core.kernel.rates import discount_factors
from bpc.core.plan.document import input_hash, parse_plan, write_plan
from bpc.core.plan.indicators.debt_cover import dscr
from bpc.core.plan.indicators.increment import compare_runs
from bpc.core.plan.indicators.returns import irr_roots
from bpc.core.plan.indicators.value import npv, valued_flow
from bpc.core.plan.loans import amortise, borrow
from bpc.core.plan.risk.switching import switching_values
from bpc.core.plan.rules import Rules
from bpc.core.plan.schema import Plan
from bpc.core.plan.schema.funding import Loan
from bpc.core.plan.simulation import simulate
from bpc.core.plan.statements import balance_sheet, cash_flow, income_statement
from tests.core.plan.choosers import Drawn
from tests.core.plan.law import AMOUNTS, LAW, RATES
from tests.core.plan.random_plans import loan, often, plans

CENTIME = 0.01
#: Where a document holds amounts of money; a star stands for every item or name.
MONEY = (
    "products.*.price",
    "products.*.member_price",
    "inputs.*.unit_cost",
    "piece_work.*.rate_per_unit.*",
    "fixed_costs.*.annual",
    "staff.*.gross",
    "assets.*.amount",
    "grants.*.amount",
    "loans.*.fees",
    "loans.*.draws.*.amount",
    "shares.nominal",
    "shares.exits.*.amount",
    "overdraft.limit",
    "cash_floor",
    "opening.*",
    "opening.*.amount",
    "opening.assets.*.book_value",
)


def _lines(plan: Plan, rules: Rules = LAW) -> dict[str, Any]:
    run = simulate(plan, rules)
    return {**income_statement(run), **cash_flow(run), **balance_sheet(run)}


def _assert_same(one: dict[str, Any], other: dict[str, Any], within: float) -> None:
    gaps = {code: float(np.abs(one[code] - other[code]).max()) for code in one}
    assert {code: gap for code, gap in gaps.items() if not gap <= within} == {}


def _changed(plan: Plan, part: str, **changes: Any) -> Plan:
    """The plan with some fields of one of its parts replaced."""
    return plan.model_copy(update={part: getattr(plan, part).model_copy(update=changes)})


def _plain(plan: Plan) -> Plan:
    """The plan with no tax, no VAT, no overdraft, no refund: what must then go up and down in a straight line."""
    free = _changed(_changed(plan, "tax", enabled=False), "vat", regime="exempt_no_deduction")
    return _changed(free, "allocation", patronage_share=0.0).model_copy(update={"overdraft": None})


def _scale(part: Any, path: list[str], factor: float) -> None:
    """Multiply the numbers a path leads to."""
    keys = list(range(len(part))) if isinstance(part, list) else list(part) if isinstance(part, dict) else []
    for key in keys if path[0] == "*" else [key for key in keys if key == path[0]]:
        if len(path) > 1:
            _scale(part[key], path[1:], factor)
        elif isinstance(part[key], float):
            part[key] *= factor


@often
@given(plans())
def test_scaling_all_money_scales_every_line_and_no_ratio(plan: Plan) -> None:
    """12. A bank's rounding of instalments to the centime does not scale: its loans get that much room."""
    document, rates = plan.model_dump(mode="json"), dict(RATES)
    for path in MONEY:
        _scale(document, path.split("."), 4.0)
    for name in AMOUNTS:
        rates[name] *= 4.0
    bigger, rules = parse_plan(document), Rules.constant(**rates)
    room = 1e-6 + 0.1 * sum(each.months for each in plan.loans)
    _assert_same({code: 4.0 * line for code, line in _lines(plan).items()}, _lines(bigger, rules), room)
    small, big = simulate(plan, LAW), simulate(bigger, rules)
    assert np.abs(4.0 * npv(small) - npv(big)).max() <= room
    service = big.frame.timeline.by_year(big.debt.interest + big.debt.principal)
    heavy = service[:, 0] > 1000 * room
    assert np.allclose(dscr(small)[heavy], dscr(big)[heavy], rtol=2e-3, atol=2e-3)
    if not plan.loans:
        worth = {each.name: each.value for each in switching_values(plan, LAW)}
        again = {each.name: each.value for each in switching_values(bigger, rules)}
        assert again == pytest.approx(worth, abs=1e-9)
        assert irr_roots(valued_flow(small)[:, 0]) == irr_roots(valued_flow(big)[:, 0])


@often
@given(plans())
def test_twelve_months_later_all_is_worth_a_year_of_discount_less(plan: Plan) -> None:
    """13: NPV / (1 + r); and in constant prices the year a plan begins in changes nothing, feasts aside."""
    flow = valued_flow(simulate(plan, LAW))
    later = np.concatenate([np.zeros((12, 1)), flow])
    worth = discount_factors(0.08, len(flow)) @ flow
    assert discount_factors(0.08, len(later)) @ later == pytest.approx(worth / 1.08, abs=CENTIME)
    undated = plan.model_copy(update={"dated": False})
    next_year = undated.model_copy(update={"start": f"{int(plan.start[:4]) + 1}{plan.start[4:]}"})
    _assert_same(_lines(undated), _lines(next_year), 0.0)


@st.composite
def new_loans(draw: st.DrawFn) -> Loan:
    """A loan whose rate is all it costs."""
    document = loan(Drawn(draw), "new", opening=False)
    bare = {"rate_basis": "actuarial", "interest_vat": 0.0, "fees": 0.0, "annual_rate": 0.06}
    return Plan.model_validate(
        {"start": "2027-01", "members": {"count": 7}, "loans": ({**document, **bare},)}, strict=False
    ).loans[0]


@often
@given(plans(), new_loans())
def test_a_loan_at_the_discount_rate_is_worth_nothing_to_project_and_bank_together(
    plan: Plan, new: Loan
) -> None:
    """14: the flow before financing does not see it, and what the bank gives and gets back is worth zero."""
    bare = _plain(plan).model_copy(update={"loans": ()})
    bare = bare.model_copy(
        update={"inputs": tuple(item for item in bare.inputs if item.member_price.bonus_share == 0)}
    )
    alone, lent = simulate(bare, LAW), simulate(bare.model_copy(update={"loans": (new,)}), LAW)
    assert np.array_equal(alone.project_flow, lent.project_flow)
    rows = amortise(new)
    worth = sum(
        (drawn - interest - principal) * 1.06 ** (-t / 12) for t, drawn, interest, _, principal, _ in rows
    )
    assert abs(worth) <= 0.01 * len(rows)


@often
@given(plans(), st.integers(0, 2), st.sampled_from([1.01, 1.5, 3.0]))
def test_a_higher_price_never_lowers_the_value(plan: Plan, which: int, times: float) -> None:
    """15, without tax (crossing the exemption's threshold does lower it) and without a pro rata of deductible VAT
    (a dearer exempt product does lower it)."""
    free = _changed(plan, "tax", enabled=False)
    if plan.vat.regime == "taxable":
        free = _changed(free, "vat", regime="exempt_with_deduction")
    dearer = [
        product.model_copy(update={"price": _times(product.price, times)}) if number == which else product
        for number, product in enumerate(free.products)
    ]
    higher = free.model_copy(update={"products": tuple(dearer)})
    assert npv(simulate(higher, LAW))[0] >= npv(simulate(free, LAW))[0] - CENTIME


def _times(estimate: Any, factor: float) -> Any:
    return type(estimate).model_validate(estimate.mode * factor)


@often
@given(plans(), st.integers(1, 200))
def test_customers_who_pay_later_never_raise_the_lowest_cash(plan: Plan, days: int) -> None:
    """15, without VAT, and without refunds that a lack of cash would put off."""
    plain = _plain(plan)

    def lowest(more: int) -> float:
        products = [
            product.model_copy(update={"receivable_days": abs(product.receivable_days or 1.0) + more})
            for product in plain.products
        ]
        return float(simulate(plain.model_copy(update={"products": tuple(products)}), LAW).closing.cash.min())

    assert lowest(days) <= lowest(0) + CENTIME


@often
@given(plans(), st.integers(0, 3), st.sampled_from([1.01, 2.0]))
def test_a_dearer_investment_never_raises_the_value(plan: Plan, which: int, times: float) -> None:
    """15, without tax."""
    free = _changed(plan, "tax", enabled=False)
    dearer = [
        asset.model_copy(update={"amount": _times(asset.amount, times)}) if number == which else asset
        for number, asset in enumerate(free.assets)
    ]
    higher = free.model_copy(update={"assets": tuple(dearer)})
    assert npv(simulate(higher, LAW))[0] <= npv(simulate(free, LAW))[0] + CENTIME


@often
@given(plans())
def test_a_plan_compared_with_itself_adds_nothing(plan: Plan) -> None:
    """16."""
    assert not compare_runs(simulate(plan, LAW), simulate(plan, LAW)).any()


@often
@given(plans())
def test_a_plan_written_and_read_again_is_the_same(plan: Plan) -> None:
    """20: same assumptions, same hash, same results to the last bit."""
    again = parse_plan(write_plan(plan))
    assert again == plan
    assert input_hash(again) == input_hash(plan)
    _assert_same(_lines(again), _lines(plan), 0.0)


@often
@given(plans(), st.randoms(use_true_random=False))
def test_the_order_of_items_changes_nothing(plan: Plan, random: Any) -> None:
    """23, for all that is listed."""
    families = (
        "products",
        "inputs",
        "piece_work",
        "fixed_costs",
        "staff",
        "assets",
        "grants",
        "loans",
        "phases",
    )
    shuffled = {
        family: tuple(random.sample(items, len(items)))
        for family in families
        if (items := getattr(plan, family))
    }
    _assert_same(_lines(plan), _lines(plan.model_copy(update=shuffled)), 1e-4)


@often
@given(plans())
def test_two_halves_of_a_loan_are_the_loan(plan: Plan) -> None:
    """24, but for the centimes of each instalment and each month of interest."""
    halves = []
    for whole in plan.loans:
        draws = tuple(draw.model_copy(update={"amount": draw.amount / 2}) for draw in whole.draws)
        for name in ("first", "second"):
            changes = {"id": f"{whole.id}_{name}", "draws": draws, "fees": whole.fees / 2}
            halves.append(whole.model_copy(update=changes))
    one, two = borrow(plan.loans, plan.months), borrow(tuple(halves), plan.months)
    instalments = 0.03 * sum(whole.months for whole in plan.loans)
    for name in type(one).__dataclass_fields__:
        assert np.abs(getattr(one, name) - getattr(two, name)).max() <= instalments


@often
@given(plans())
def test_the_rate_of_return_makes_the_value_zero_and_is_alone_when_signs_change_once(plan: Plan) -> None:
    """11: within a millionth of the present value of what is paid out."""
    flow = valued_flow(simulate(plan, LAW))[:, 0]
    roots = irr_roots(flow)
    for root in roots:
        factors = (1.0 + root) ** (-np.arange(len(flow)) / 12)
        assert abs(factors @ flow) <= 1e-6 * (factors @ np.abs(flow))
    signs = [sign for sign in np.sign(flow) if sign]
    ends = [discount_factors(rate, len(flow)) @ flow for rate in (-0.99, 10.0)]
    if sum(one != other for one, other in pairwise(signs)) == 1:
        assert len(roots) == (1 if ends[0] * ends[1] < 0 else 0)
