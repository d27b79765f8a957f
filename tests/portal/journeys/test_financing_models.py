"""Financing plans of the models: feasible or explained, and the engine finds the solver's cash to the centime."""

import numpy as np
import pytest

from bench.financing_cases import EVERYTHING, Case, cases
from bench.financing_rival import stack
from bpc.core.plan.document import parse_plan
from bpc.portal.journeys.financing_need import run_plan
from bpc.portal.journeys.propose_financing import Financed, Study, Wishes

SURE = Wishes(to_confirm=False)
#: One of each kind of answer; `python -m bench.financing` asks all 34.
SAMPLE = ("poterie", "boutique-terroir", "creche-prescolaire", "gite-rural", "engraissement-ovin", "habitat")
REFUSED = "moulin-huile-olive"


@pytest.fixture(scope="module")
def studies() -> dict[str, Study]:
    wanted = {*SAMPLE, REFUSED}
    return {case.slug: case.study(SURE) for case in cases() if case.slug in wanted}


@pytest.mark.parametrize("slug", SAMPLE)
def test_solver_and_engine_agree_to_the_centime_in_every_month(slug: str, studies: dict[str, Study]):
    study = studies[slug]
    assert study.infeasible is None
    assert study.proposals
    for one in study.proposals:
        run = run_plan(parse_plan(one.document))
        gap = np.abs(run.closing.cash[:, 0] - one.proposal.cash)
        assert gap.max() <= 0.01, f"{slug} {one.proposal.goal}: month {int(gap.argmax())}"
        assert run.closing.cash.min() >= study.need.floor - 0.01
        assert np.abs(run.closing.overdraft[:, 0] - one.proposal.line).max() <= 0.01
        assert one.settled
        _check_money(one)


def _check_money(one: Financed) -> None:
    """What is written is what is proposed; whole hundreds; no source that must be confirmed."""
    plan = parse_plan(one.document)
    written = sum(grant.amount for grant in plan.grants) + sum(
        d.amount for loan in plan.loans for d in loan.draws
    )
    line = one.proposal.amounts.get("campaign-line", 0.0)
    assert written + line == pytest.approx(sum(one.proposal.amounts.values()))
    assert (plan.overdraft.limit if plan.overdraft else 0.0) == pytest.approx(line)
    shares = sum(s.members * s.shares_each for s in plan.shares.subscriptions) * plan.shares.nominal
    assert shares == pytest.approx(one.proposal.own_cash)
    assert all(round(amount % 100.0, 2) in {0.0, 100.0} for amount in one.proposal.amounts.values())
    assert one.uncertain == ()


@pytest.mark.parametrize("slug", SAMPLE)
def test_proposals_differ_and_each_goal_has_its_best(slug: str, studies: dict[str, Study]):
    found = [one.proposal for one in studies[slug].proposals]
    goals = {goal for one in found for goal in (one.goal, *one.also)}
    assert {"cost", "time", "own_cash"} <= goals
    plans = {(frozenset(one.amounts), one.own_cash, one.months_to_money) for one in found}
    assert len(plans) == len(found)


@pytest.mark.parametrize("slug", ["poterie", "creche-prescolaire", "engraissement-ovin"])
def test_stacking_sources_is_never_cheaper(slug: str, studies: dict[str, Study]):
    first = studies[slug].proposals[0]
    rival = stack(first.need, tuple(one.offer for one in first.offers.values()))
    assert not rival.holds or rival.cost >= first.proposal.cost - 100.0


def test_a_refusal_says_why_and_what_would_open(studies: dict[str, Study]):
    study = studies[REFUSED]
    assert study.proposals == ()
    assert study.infeasible is not None
    names = {reason.name for reason in study.infeasible.reasons}
    assert {"cash", "own_cash", "ceiling"} <= names
    assert study.infeasible.own_cash is not None
    assert study.infeasible.own_cash > 500_000.0
    assert study.infeasible.grant is not None


def test_sources_to_be_confirmed_only_serve_proposals_apart():
    case = _case("cantine-scolaire")
    study = case.study(EVERYTHING)
    assert study.proposals == ()
    assert study.infeasible is not None
    assert study.optimistic
    assert all(one.uncertain for one in study.optimistic)
    assert all(one.gap <= 0.01 and one.min_cash >= -0.01 for one in study.optimistic)


def test_what_is_struck_out_is_not_used_and_what_is_forced_is():
    case = _case("poterie")
    plain = case.study(SURE)
    named = {name for one in plain.proposals for name in one.proposal.amounts}
    struck = case.study(Wishes(to_confirm=False, struck=frozenset({"intelaka-al-moustatmir-al-qarawi"})))
    assert "intelaka-al-moustatmir-al-qarawi" in named
    assert all("intelaka-al-moustatmir-al-qarawi" not in one.proposal.amounts for one in struck.proposals)
    forced = case.study(Wishes(to_confirm=False, forced=frozenset({"bank-loan"})))
    assert forced.proposals
    assert all("bank-loan" in one.proposal.amounts for one in forced.proposals)


def test_more_own_cash_never_costs_more():
    case = _case("boutique-terroir")
    costs = [
        case.study(Wishes(own_cash=own, to_confirm=False)).proposals[0].proposal.cost
        for own in (4e4, 8e4, 2e5)
    ]
    assert costs == sorted(costs, reverse=True)


def _case(slug: str) -> Case:
    return next(case for case in cases() if case.slug == slug)
