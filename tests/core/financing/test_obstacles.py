"""Why nothing holds: a set of which no reason can be spared, and what would open it."""

from dataclasses import replace

import numpy as np
import pytest

from bpc.core.financing.need import Infeasible, Offer, Reason
from bpc.core.financing.obstacles import find_obstacles
from bpc.core.financing.program import MEANING, Program
from bpc.core.financing.proposals import propose
from tests.core.financing.cases import once, press, random_case, repaid


def test_the_gap_is_told_with_what_would_fill_it():
    need = press(300_000.0, own_cash_max=80_000.0)
    found = propose(need, (Offer("grant", "grant", 100_000.0, once(0), share_max=0.6),))
    assert isinstance(found, Infeasible)
    assert found.reasons == (Reason("ceiling", "grant"), Reason("own_cash"), Reason("cash", year=1))
    assert (found.own_cash, found.grant) == (120_000.0, 120_000.0)
    richer = propose(replace(need, own_cash_max=200_000.0), (Offer("grant", "grant", 100_000.0, once(0)),))
    assert not isinstance(richer, Infeasible)


def test_a_plan_that_loses_money_says_in_which_year():
    losing = press(100_000.0, base_cash=-100_000.0 - 10_000.0 * np.arange(36), own_cash_max=200_000.0)
    found = propose(losing, (Offer("bank", "loan", 150_000.0, repaid(60), cost_per_dirham=0.1),))
    assert isinstance(found, Infeasible)
    assert {reason.year for reason in found.reasons if reason.name == "cash"} <= {1, 2, 3}
    assert found.grant is not None
    assert found.grant > 0


@pytest.mark.parametrize("seed", range(16))
def test_lifting_any_one_reason_opens_a_combination(seed: int):
    need, offers = random_case(seed)
    need = replace(need, own_cash_max=10_000.0, base_cash=need.base_cash - 450_000.0)
    program = Program(need, offers)
    nothing = np.zeros(program.at.count)
    if program.solve(nothing) is not None:
        pytest.skip("it holds")
    found = find_obstacles(program)
    others = frozenset(name for name in program.names if name != MEANING) - set(found.reasons)
    assert program.solve(nothing, lifted=others) is None, "the reasons alone leave nothing"
    for reason in found.reasons:
        assert program.solve(nothing, lifted=others | {reason}) is not None, reason
    if found.own_cash is not None:
        opened = replace(need, own_cash_max=need.own_cash_max + found.own_cash + need.own_cash_step)
        assert not isinstance(propose(opened, offers), Infeasible)


def test_a_need_that_holds_on_paper_is_not_explained_by_its_limits():
    """Asked when the engine alone refuses: no limit of the program is to blame."""
    need = press(300_000.0, own_cash_max=400_000.0)
    found = find_obstacles(Program(need, ()))
    assert found == Infeasible((Reason("cash"),), None, None)
