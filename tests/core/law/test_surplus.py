"""The surplus shared to the centime, and what the law forbids."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpc.core.law.creation_file import RefundBasis
from bpc.core.law.surplus import Accounts, Vote, VoteRefused, cover_loss, owed_to_reserve, share_surplus
from bpc.core.plan.allocation import Reserves, share_result
from bpc.core.plan.schema.framework import Allocation as PlanAllocation
from tests.core.law.good_records import LAW

ACCOUNTS = Accounts(surplus=Decimal("10000.00"), capital=Decimal(6000), legal_reserve=Decimal(5500))
VOTE = Vote(
    interest_rate=Fraction(3, 100),
    interest_in_statutes=True,
    paid_shares={"amina": Decimal(1000), "omar": Decimal(500)},
    refunds=Decimal(5000),
    operations={"amina": Decimal(7000), "brahim": Decimal(2000), "omar": Decimal(3000)},
    special_reserve=Decimal(2000),
    purpose=Decimal(1000),
)


def _codes(accounts: Accounts, vote: Vote) -> set[str]:
    with pytest.raises(VoteRefused) as refused:
        share_surplus(accounts, vote, LAW)
    return {one.code for one in refused.value.refusals}


def test_a_surplus_shared_by_hand() -> None:
    shared = share_surplus(ACCOUNTS, VOTE, LAW)
    assert shared.legal_reserve == Decimal("500.00")  # a tenth is 1,000, but 500 fill it to the capital
    assert shared.interest == {"amina": Decimal("30.00"), "omar": Decimal("15.00")}
    assert shared.refunds == {
        "amina": Decimal("2916.67"),
        "brahim": Decimal("833.33"),
        "omar": Decimal("1250.00"),
    }
    assert shared.carried_forward == Decimal("1455.00")
    assert shared.total == ACCOUNTS.surplus


def test_losses_brought_forward_come_first() -> None:
    accounts = Accounts(Decimal(1000), Decimal(6000), Decimal(0), losses_brought_forward=Decimal(400))
    shared = share_surplus(accounts, Vote(), LAW)
    assert (shared.losses_filled, shared.legal_reserve, shared.carried_forward) == (
        Decimal(400),
        Decimal("60.00"),
        Decimal("540.00"),
    )


def test_the_reserve_starts_again_when_it_has_gone_down() -> None:
    assert owed_to_reserve(replace(ACCOUNTS, legal_reserve=Decimal(6000)), LAW) == 0
    assert owed_to_reserve(replace(ACCOUNTS, legal_reserve=Decimal(5999)), LAW) == 1
    assert owed_to_reserve(replace(ACCOUNTS, legal_reserve=Decimal(1000)), LAW) == 1000


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"from_reserves": Decimal(1)}, "reserves_shared"),
        ({"refunds": Decimal("6455.01")}, "more_than_left"),
        ({"levies": Decimal(9999)}, "more_than_left"),
        ({"interest_in_statutes": False}, "interest_not_in_statutes"),
        ({"refund_basis": RefundBasis.SHARES}, "refund_by_shares"),
        ({"refund_basis": RefundBasis.EQUALLY}, "refund_by_shares"),
        ({"operations": {}}, "no_operations"),
        ({"refunds_put_off": True}, "no_date_of_refunds"),
    ],
)
def test_what_the_law_forbids(changes: dict[str, object], code: str) -> None:
    assert _codes(ACCOUNTS, replace(VOTE, **changes)) == {code}  # type: ignore[arg-type]  # one field at a time


def test_every_ground_is_told_at_once() -> None:
    vote = replace(VOTE, from_reserves=Decimal(50), interest_in_statutes=False, refunds_put_off=True)
    assert _codes(ACCOUNTS, vote) == {"reserves_shared", "interest_not_in_statutes", "no_date_of_refunds"}
    with pytest.raises(VoteRefused) as refused:
        share_surplus(ACCOUNTS, vote, LAW)
    assert {one.rule: one.article for one in refused.value.refusals} == {
        "reserves_indivisible": "2",
        "share_interest": "2, 31",
        "patronage_refund": "2, 69",
    }


def test_what_comes_from_others_is_not_returned_to_members() -> None:
    accounts = replace(ACCOUNTS, with_third_parties=Decimal("4455.01"))
    with pytest.raises(VoteRefused) as refused:
        share_surplus(accounts, VOTE, LAW)
    (only,) = refused.value.refusals
    assert (only.code, only.article, only.prudent) == ("third_party_surplus_shared", "71", True)
    within = replace(ACCOUNTS, with_third_parties=Decimal("4455.00"))
    assert share_surplus(within, VOTE, LAW).total == 10000


def test_refunds_put_off_have_a_date() -> None:
    vote = replace(VOTE, refunds_put_off=True, refund_due_on=date(2027, 6, 30))
    assert share_surplus(ACCOUNTS, vote, LAW).total == 10000


def test_no_surplus_no_interest() -> None:
    accounts = replace(ACCOUNTS, surplus=Decimal(0))
    vote = replace(VOTE, refunds=Decimal(0), special_reserve=Decimal(0), purpose=Decimal(0))
    assert _codes(accounts, vote) == {"more_than_left"}


def test_an_amount_below_zero_is_no_vote() -> None:
    for vote in (replace(VOTE, refunds=Decimal(-1)), replace(VOTE, operations={"amina": Decimal(-1)})):
        with pytest.raises(ValueError, match="below zero"):
            share_surplus(ACCOUNTS, vote, LAW)
    with pytest.raises(ValueError, match="below zero"):
        share_surplus(replace(ACCOUNTS, surplus=Decimal(-1)), Vote(), LAW)


@pytest.mark.parametrize(
    ("loss", "funds", "reserve", "expected"),
    [(100, 200, 500, (100, 0, 0)), (900, 200, 500, (200, 500, 200)), (600, 200, 500, (200, 400, 0))],
)
def test_a_loss_takes_funds_first(
    loss: int, funds: int, reserve: int, expected: tuple[int, int, int]
) -> None:
    cover = cover_loss(Decimal(loss), Decimal(funds), Decimal(reserve))
    assert (cover.from_funds, cover.from_legal_reserve, cover.left) == expected


def test_a_loss_is_not_negative() -> None:
    with pytest.raises(ValueError, match="below zero"):
        cover_loss(Decimal(-1), Decimal(0), Decimal(0))


MONEY = st.decimals(0, 10_000_000, places=2, allow_nan=False)


@given(MONEY, MONEY, MONEY, MONEY, st.lists(MONEY, min_size=1, max_size=30), st.fractions(0, 1))
def test_the_parts_are_the_surplus_to_the_centime(
    surplus: Decimal, capital: Decimal, reserve: Decimal, losses: Decimal, done: list[Decimal], part: Fraction
) -> None:
    accounts = Accounts(surplus, capital, reserve, losses)
    kept = share_surplus(accounts, Vote(), LAW)
    refunds = (kept.carried_forward * part.numerator / part.denominator).quantize(
        Decimal("0.01"), "ROUND_DOWN"
    )
    vote = Vote(
        refunds=refunds if any(done) else Decimal(0), operations={str(i): one for i, one in enumerate(done)}
    )
    shared = share_surplus(accounts, vote, LAW)
    assert shared.total == surplus
    assert sum(shared.refunds.values()) == vote.refunds
    assert all(
        amount >= 0 for amount in (*shared.refunds.values(), shared.legal_reserve, shared.carried_forward)
    )
    assert shared.legal_reserve <= max(capital - reserve, Decimal(0))
    more = [key for key in shared.refunds if vote.operations[key] == max(done)]
    assert not vote.refunds or shared.refunds[more[0]] == max(shared.refunds.values())


@given(MONEY, MONEY, MONEY, MONEY)
def test_the_plan_engine_feeds_the_reserve_alike(
    surplus: Decimal, capital: Decimal, reserve: Decimal, losses: Decimal
) -> None:
    """Two engines that may not import each other agree, to the rounding that only a receipt needs."""
    mine = owed_to_reserve(Accounts(surplus, capital, reserve, losses), LAW)
    legal, zero, before = np.array([float(reserve)]), np.zeros(1), np.array([float(losses)])
    reserves = Reserves(legal, zero.copy(), zero.copy(), zero.copy(), before)
    result, shares = np.array([float(surplus)]), np.array([float(capital)])
    theirs = share_result(PlanAllocation(), 0.10, result, shares, reserves)
    assert float(mine) == pytest.approx(theirs.legal.item(), abs=0.006)
