"""Optimal, distinct, the same each time: held against a plain enumeration of all sets of sources."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import linprog

from bpc.core.financing.need import Infeasible, Need, Offer
from bpc.core.financing.program import Program
from bpc.core.financing.proposals import cash_of, propose
from tests.core.financing.cases import MONTHS, once, press, random_case, repaid


def enumerated(need: Need, offers: tuple[Offer, ...]) -> float | None:
    """The least cost over every set of sources, each a linear program written here anew (items apart: one grant
    pays one item, tried in every way)."""
    best = None
    grants = [offer for offer in offers if offer.kind == "grant"]
    for used in itertools.product((False, True), repeat=len(offers)):
        chosen = [offer for offer, taken in zip(offers, used, strict=True) if taken]
        names = {offer.id for offer in chosen}
        if any(names & set(offer.excludes) for offer in chosen):
            continue
        if any(not names & set(offer.bridges) for offer in chosen if offer.kind == "bridge"):
            continue
        for shares in itertools.product(range(len(grants) + 1), repeat=len(need.items)):
            cost = _least_cost(need, chosen, grants, shares)
            if cost is not None and (best is None or cost < best):
                best = cost
    return best


def _least_cost(
    need: Need, chosen: list[Offer], grants: list[Offer], shares: tuple[int, ...]
) -> float | None:
    count = len(chosen)
    rows = [[-float(o.cash_per_dirham[t]) for o in chosen] + [-1.0] for t in range(need.months)]
    limits = [float(need.base_cash[t]) for t in range(need.months)]
    bounds: list[tuple[float, float]] = []
    for offer in chosen:
        most = offer.max_mad
        if offer.kind == "grant":
            items = [i.cost for i, g in zip(need.items, shares, strict=True) if g == 1 + grants.index(offer)]
            most = min(most, (offer.share_max or 1.0) * sum(items), sum(items))
        if most < 1000.0:
            return None
        bounds.append((1000.0, most))
        if offer.own_min:
            rows.append([0.0] * count + [-1.0])
            limits.append(-offer.own_min * need.eligible_cost)
        if offer.kind == "bridge":
            rows.append(
                [1.0 if o is offer else -1.0 if o.id in offer.bridges else 0.0 for o in chosen] + [0.0]
            )
            limits.append(0.0)
    lent = [1.0 if o.kind == "loan" else 0.0 for o in chosen]
    rows.append([*lent, 0.0])
    limits.append(1.5 * need.peak + 1000.0)
    found = linprog(
        [o.cost_per_dirham for o in chosen] + [0.0], A_ub=rows, b_ub=limits,
        bounds=[*bounds, (0.0, need.own_cash_max)],
    )  # fmt: skip
    return float(found.fun) if found.status == 0 else None


@pytest.mark.parametrize("seed", range(6))
def test_no_set_of_sources_is_cheaper(seed: int):
    need, offers = random_case(seed)
    program = Program(need, offers)
    plain, solved = enumerated(need, offers), program.solve(program.cost())
    if plain is None:
        assert isinstance(propose(need, offers), Infeasible)
        return
    # own cash comes in whole shares: up to one step of own cash away
    assert solved is not None
    assert plain - 1.0 <= solved.objective <= plain + 0.2 * need.own_cash_step + 1e-4 * plain


@pytest.mark.parametrize("seed", range(12))
def test_what_is_proposed_holds_in_every_month(seed: int):
    need, offers = random_case(seed)
    found = propose(need, offers)
    if isinstance(found, Infeasible):
        return
    for proposal in found:
        assert proposal.cash.min() >= need.floor - 0.01
        assert proposal.own_cash <= need.own_cash_max
        used = [offer for offer in offers if offer.id in proposal.amounts]
        assert all(proposal.amounts[offer.id] <= offer.max_mad + 0.01 for offer in used)
        cash, _, _ = cash_of(need, used, proposal.amounts, proposal.own_cash)
        np.testing.assert_allclose(cash, proposal.cash, atol=0.01)


@pytest.mark.parametrize("seed", range(8))
def test_each_goal_is_the_best_of_the_proposals_and_they_differ(seed: int):
    need, offers = random_case(seed)
    found = propose(need, offers)
    if isinstance(found, Infeasible):
        return
    measures = {
        "cost": lambda p: p.cost,
        "time": lambda p: p.months_to_money,
        "own_cash": lambda p: p.own_cash,
    }
    for goal, measure in measures.items():
        own = next(one for one in found if goal in {one.goal, *one.also})
        assert measure(own) <= min(measure(one) for one in found) + max(200.0, 0.1 * measure(own))
    plans = {(frozenset(one.amounts), round(one.own_cash, -4)) for one in found}
    assert len(plans) == len(found)


def test_the_same_question_has_the_same_answer():
    need, offers = random_case(3)
    one, two = propose(need, offers), propose(need, offers)
    assert not isinstance(one, Infeasible)
    assert not isinstance(two, Infeasible)
    assert [dict(p.amounts) for p in one] == [dict(p.amounts) for p in two]


def test_ties_go_to_the_first_of_two_equal_sources():
    need = press(100_000.0, own_cash_max=0.0)
    twins = tuple(
        Offer(name, "loan", 200_000.0, repaid(60), cost_per_dirham=0.1) for name in ("first", "second")
    )
    assert dict(propose(need, twins)[0].amounts) == {"first": 100_000.0}


def test_a_campaign_credit_is_drawn_only_when_cash_lacks():
    season = press(0.0, 0.0, base_cash=-20_000.0 * (np.arange(MONTHS) % 12 < 4), own_cash_max=0.0, items=())
    line = Offer("line", "line", 50_000.0, np.zeros(MONTHS), monthly_rate=0.005, public=False)
    rich = propose(press(0.0, 0.0, base_cash=season.base_cash, own_cash_max=40_000.0, items=()), (line,))[0]
    assert rich.own_cash <= 21_000.0
    poor = propose(season, (replace(line, max_mad=20_000.0),))
    assert isinstance(poor, Infeasible), "the interest of the credit is left to pay"
    earning = season.base_cash + np.arange(MONTHS) * 50.0
    kept = propose(press(0.0, 0.0, base_cash=earning, own_cash_max=0.0, items=()), (line,))[0]
    assert kept.line.max() == pytest.approx(20_000.0, rel=0.02)
    assert kept.cost == pytest.approx(0.005 * float(kept.line[:-1].sum()), rel=1e-6)


def test_one_more_dirham_of_own_cash_saves_what_the_loan_costs():
    need = press(300_000.0, own_cash_max=100_000.0)
    bank = Offer("bank", "loan", 400_000.0, repaid(240), cost_per_dirham=0.21)
    found = propose(need, (bank,))[0]
    assert found.amounts == {"bank": 200_000.0}
    assert found.value_of_own_cash.marginal == pytest.approx(0.21, abs=1e-6)
    assert found.value_of_own_cash.checked == pytest.approx(0.21, abs=1e-6)
    assert found.binding[0].name == "cash"


def test_why_a_source_is_in_and_what_it_would_cost_without():
    need = press(300_000.0, own_cash_max=100_000.0)
    soft = Offer("soft", "loan", 120_000.0, repaid(240), cost_per_dirham=0.05)
    bank = Offer("bank", "loan", 400_000.0, repaid(240), cost_per_dirham=0.21)
    dear = Offer("dear", "loan", 400_000.0, repaid(240), cost_per_dirham=0.5)
    found = propose(need, (soft, bank, dear))[0]
    uses = {use.id: use for use in found.uses}
    assert uses["soft"].without == pytest.approx(120_000.0 * 0.16, rel=1e-3)
    assert uses["bank"].without == pytest.approx(80_000.0 * 0.29, rel=1e-3)
    # at least 1 000 MAD of it would replace as much of the bank's
    assert next(one for one in found.left_out if one.id == "dear").worse == pytest.approx(290.0, rel=0.01)


def test_nothing_is_asked_when_nothing_lacks():
    found = propose(
        press(0.0, 12_000.0, items=()), (Offer("bank", "loan", 1e5, repaid(24), cost_per_dirham=0.1),)
    )
    assert [(dict(one.amounts), one.own_cash, one.also) for one in found] == [({}, 0.0, ("time", "own_cash"))]
    assert once(0)[0] == 1.0
