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


def random_document(seed: int) -> dict[str, object]:
    """A plan drawn: taxed or not, refunds to members, contingencies, a floor, things bought in two campaigns."""
    draw = np.random.default_rng(seed)
    price = float(draw.uniform(45, 80))
    return {
        "start": "2027-01", "years": int(draw.integers(5, 9)), "dated": False,
        "members": {"count": int(draw.integers(8, 40))},
        "cash_floor": float(draw.integers(0, 3)) * 5_000.0, "contingency": float(draw.uniform(0, 0.08)),
        "tax": {"activity": ("collection", "processing")[seed % 2]},
        "allocation": {"patronage_share": float(draw.uniform(0, 0.8))},
        "working_capital": {"receivable_days": int(draw.integers(0, 60)), "stock_days": int(draw.integers(0, 45))},
        "products": [
            {"id": "oil", "capacity": 9_000, "price": price, "seasonality": draw.dirichlet(np.ones(12)).tolist()}
        ],
        "inputs": [{"id": "olives", "unit_cost": 4.0, "qty_per_unit": {"oil": 5}, "from_members": True}],
        "fixed_costs": [{"id": "running", "annual": float(draw.integers(40, 90)) * 1000.0}],
        "assets": [
            {"id": "press", "amount": float(draw.integers(150, 600)) * 1000.0, "life_years": 10},
            {
                "id": "tank", "amount": float(draw.integers(20, 90)) * 1000.0, "life_years": 8,
                "month": int(draw.integers(0, 14)),
            },
        ],
        "overdraft": {"limit": 60_000.0, "annual_rate": 0.06},
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(5))
def test_any_plan_drawn_agrees_with_the_engine(seed: int):
    base = _case("poterie")
    answers = {
        **base.answers,
        "own_cash_mad": 20_000 * (1 + seed % 5),
        "own_in_kind_mad": 15_000 * (seed % 3),
    }
    study = Case("drawn", random_document(seed), answers).study(SURE)
    assert study.proposals or (study.infeasible is not None and study.infeasible.reasons)
    for one in study.proposals:
        run = run_plan(parse_plan(one.document))
        assert np.abs(run.closing.cash[:, 0] - one.proposal.cash).max() <= 0.01
        assert run.closing.cash.min() >= study.need.floor - 0.01


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
