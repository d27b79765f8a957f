"""Invariant 10: the sum of members' refunds is the refund, to the centime."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpc.core.kernel.money import share_exactly
from bpc.core.plan.document import parse_plan, write_plan
from bpc.core.plan.indicators.appraisal import appraise
from bpc.core.plan.indicators.refunds import member_refunds
from bpc.datasets.plan_rules import plan_rules
from tests.core.plan.model_plans import model_plan

WEIGHTS = st.lists(st.floats(0, 1e6), min_size=1, max_size=60).filter(any)


@given(st.decimals(0, 10**7, places=2), WEIGHTS)
def test_refunds_sum_to_the_refund_and_follow_what_each_did(amount: Decimal, worked: list[float]) -> None:
    parts = share_exactly(amount, worked)
    assert sum(parts) == amount
    total = sum(Decimal(repr(one)) for one in worked)
    for part, one in zip(parts, worked, strict=True):
        assert abs(part - amount * Decimal(repr(one)) / total) < Decimal("0.01")


def test_each_member_of_a_plan_is_refunded_for_what_they_brought() -> None:
    document = write_plan(model_plan("huile-argan", funded=True))
    document["members"] = {"count": 40, "transactions": [1.0] * 39 + [61.0]}
    appraisal = appraise(parse_plan(document), plan_rules())
    refunds = member_refunds(appraisal.run)
    assert len(refunds) == 9  # the meeting on the tenth year is held after the plan
    for closed in appraisal.run.closing.years[:9]:
        assert closed.shared is not None
        parts = refunds[closed.year.label]
        assert sum(parts) == Decimal(f"{float(closed.shared.patronage[0]):.2f}")
        assert float(parts[-1]) == pytest.approx(0.61 * float(closed.shared.patronage[0]), abs=0.01)
    assert appraisal.as_dict()["member_refunds"].keys() == {str(year) for year in refunds}


def test_without_transactions_nobody_is_named() -> None:
    assert member_refunds(appraise(model_plan("tapis"), plan_rules()).run) == {}
