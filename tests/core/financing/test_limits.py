"""The rules of funders, with the figures of the researched facts."""

import numpy as np
import pytest

from bpc.core.financing.need import Cap, Infeasible, Item, Need, Offer, own_share_at, unit_ceiling
from bpc.core.financing.proposals import propose
from tests.core.financing.cases import once, press, repaid

BANK = Offer("bank", "loan", 1e7, repaid(120), cost_per_dirham=0.2)


def cheapest(need: Need, *offers: Offer, caps: tuple[Cap, ...] = ()):
    """The first proposal."""
    found = propose(need, offers, caps)
    assert not isinstance(found, Infeasible), found
    return found[0]


def test_the_local_call_pays_more_than_the_national_frame_but_less_at_most():
    """INDH, a press of 250 000: 60 % is 150 000 with 40 % own; Taroudannt 90 %, capped at 200 000, with 10 % own."""
    need = press(250_000.0)
    national = Offer("indh", "in_kind", 300_000.0, once(0), share_max=0.6, own_min=0.4)
    local = Offer("taroudannt", "in_kind", 200_000.0, once(0), share_max=0.9, own_min=0.1)
    one = propose(need, (national,))[0]
    assert (dict(one.amounts), one.own_cash) == ({"indh": 150_000.0}, 100_000.0)
    two = propose(need, (local,))[0]
    assert (dict(two.amounts), two.own_cash) == ({"taroudannt": 200_000.0}, 50_000.0)
    both = propose(need, (national, local))[0]
    assert dict(both.amounts) == {"taroudannt": 200_000.0}, "one thing is paid by one funder"


@pytest.mark.parametrize(
    ("cost", "own", "grant"),
    [(100_000.0, 0.05, 95_000.0), (625_000.0, 0.20, 500_000.0), (1_000_000.0, 0.20, 500_000.0)],
)
def test_the_fisheries_ask_more_own_money_as_the_project_grows(cost: float, own: float, grant: float):
    share = own_share_at(cost, ((100_000.0, 0.05), (625_000.0, 0.20)))
    assert share == pytest.approx(own)
    sea = Offer(
        "peche", "grant", min(500_000.0, (1 - share) * cost), once(0), share_max=1 - share, own_min=share
    )
    found = cheapest(press(cost, own_cash_max=cost), sea)
    assert found.amounts["peche"] == pytest.approx(grant)
    assert found.own_cash == pytest.approx(cost - grant)


def test_a_loan_to_each_of_twenty_members_reaches_four_millions():
    assert unit_ceiling(200_000.0, 20) == 4_000_000.0
    need = press(4_100_000.0, 500_000.0, own_cash_max=100_000.0)
    farmers = Offer("tamwil", "member_loan", unit_ceiling(200_000.0, 20), repaid(120), cost_per_dirham=0.15)
    assert cheapest(need, farmers).amounts == {"tamwil": 4_000_000.0}
    alone = propose(need, (Offer("tamwil", "member_loan", 200_000.0, repaid(120)),))
    assert isinstance(alone, Infeasible)


def test_a_grant_refunded_after_works_needs_a_bridge_and_its_interest_is_counted():
    need = press(400_000.0, own_cash_max=120_000.0)
    refund = Offer("fda", "grant", 280_000.0, once(12), share_max=0.7, month=12, wait=14)
    assert isinstance(propose(need, (refund,)), Infeasible)
    bridge = Offer(
        "bridge-fda", "bridge", 280_000.0, once(0) - once(12) - 0.066 * np.minimum(once(12), 1.0),
        cost_per_dirham=0.066, bridges=("fda",),
    )  # fmt: skip
    found = cheapest(need, refund, bridge)
    assert found.bridge == pytest.approx(280_000.0)
    assert found.cost == pytest.approx(0.066 * 280_000.0)
    assert found.cash.min() >= -0.01
    no_grant = propose(need, (bridge,))
    assert isinstance(no_grant, Infeasible), "nobody bridges a grant that is not asked"


def test_things_brought_count_for_half_of_the_own_contribution_and_bring_no_cash():
    items = (Item("press", 400_000.0, 0), Item("land", 100_000.0, 0, owned=True))
    need = press(400_000.0, eligible_cost=500_000.0, own_in_kind_max=100_000.0, items=items)
    indh = Offer("indh", "grant", 300_000.0, once(0), share_max=0.6, own_min=0.4, in_kind_of_own_max=0.5)
    found = cheapest(need, indh)
    assert (found.amounts["indh"], found.own_cash, found.own_in_kind) == (300_000.0, 100_000.0, 100_000.0)
    # 40 % of 500 000 is 200 000: half of it at least in cash, even when more land is brought
    poor = press(
        400_000.0, eligible_cost=500_000.0, own_in_kind_max=100_000.0, items=items, own_cash_max=99_000.0
    )
    assert "indh" not in cheapest(poor, indh, BANK).amounts
    left = {one.id: one.reason for one in cheapest(poor, indh, BANK).left_out}
    assert left == {"indh": "own_contribution"}


def test_help_in_kind_never_pays_more_than_the_thing_it_buys():
    need = press(100_000.0, own_cash_max=0.0)
    buyer = Offer("fmvs", "in_kind", 364_000.0, once(0))
    found = cheapest(need, buyer)
    assert found.amounts == {"fmvs": 100_000.0}
    assert found.cash[0] == pytest.approx(0.0)


def test_premiums_of_the_charter_together_stay_under_thirty_percent():
    need = press(1_000_000.0, own_cash_max=900_000.0)
    charter = tuple(
        Offer(name, "grant", 200_000.0, once(0), share_max=0.2, exclusive=False)
        for name in ("jobs", "territory", "sector")
    )
    caps = (Cap("charte", tuple(one.id for one in charter), share_max=0.30),)
    free = cheapest(need, *charter)
    assert sum(free.amounts.values()) == pytest.approx(600_000.0)
    capped = cheapest(need, *charter, caps=caps)
    assert sum(capped.amounts.values()) == pytest.approx(300_000.0)


def test_start_tpe_only_comes_with_an_intelaka_loan_and_a_small_one():
    need = press(300_000.0, own_cash_max=50_000.0)
    start = Offer(
        "start-tpe",
        "loan",
        50_000.0,
        once(0),
        requires_any=("intelaka",),
        requires_max_mad=300_000.0,
        month=0,
    )
    intelaka = Offer("intelaka", "loan", 1_200_000.0, repaid(120), cost_per_dirham=0.1)
    found = cheapest(need, start, intelaka)
    assert found.amounts == {"start-tpe": 50_000.0, "intelaka": 200_000.0}
    alone = cheapest(need, start, BANK)
    assert dict(alone.amounts) == {"bank": 250_000.0}
    assert {one.id: one.reason for one in alone.left_out} == {"start-tpe": "requires"}
    big = cheapest(press(700_000.0, own_cash_max=50_000.0), start, intelaka)
    assert "start-tpe" not in big.amounts, "the loan it asks for would be above 300 000"


def test_one_source_excludes_another():
    need = press(200_000.0, own_cash_max=100_000.0)
    one = Offer("one", "grant", 60_000.0, once(0), exclusive=False, excludes=("two",))
    two = Offer("two", "grant", 90_000.0, once(0), exclusive=False)
    found = propose(need, (one, two, BANK))
    assert all(len({"one", "two"} & set(proposal.amounts)) < 2 for proposal in found)
    assert found[0].amounts["two"] == 90_000.0
    left = {left.id: (left.reason, left.other) for left in found[0].left_out}
    assert left["one"][0] == "no_gain"


def test_all_public_money_together_stays_under_the_share_a_source_sets():
    need = press(500_000.0)
    strict = Offer("strict", "grant", 200_000.0, once(0), public_share_max=0.5, exclusive=False)
    other = Offer("other", "grant", 200_000.0, once(0), exclusive=False)
    assert sum(propose(need, (strict, other))[0].amounts.values()) <= 400_000.0
    amounts = propose(press(500_000.0, own_cash_max=260_000.0), (strict, other), ())[0].amounts
    assert sum(amounts.values()) == pytest.approx(250_000.0)
