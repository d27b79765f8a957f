"""Sources of the directory as a project may use them, with the figures of the researched facts."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from bench.financing_cases import TODAY, terms
from bpc.core.financing.need import Infeasible, Need, Offer
from bpc.core.financing.proposals import propose
from bpc.portal.journeys.financing_need import PlanNeed, need_of_document
from bpc.portal.journeys.financing_offers import (
    BANK,
    REFUND_DELAY,
    Offers,
    SourceOffer,
    months_between,
    offers_for,
)

COOPERATIVE = {
    "legal_form": "cooperative", "members": 20, "own_cash_mad": 300_000, "land_area_ha": 5,
}  # fmt: skip


def plan(cost: float, month: int = 0, **changes: object) -> dict[str, object]:
    """A machine of that cost, in a plan that begins in two years and earns enough."""
    return {
        "start": "2028-09", "years": 5, "members": {"count": 20}, "tax": {"activity": "collection"},
        "products": [{"id": "oil", "capacity": 10_000, "price": 60, "seasonality": [1 / 12] * 12}],
        "fixed_costs": [{"id": "running", "annual": 300_000}],
        "assets": [{"id": "press", "amount": cost, "life_years": 10, "month": month}],
        **changes,
    }  # fmt: skip


def asked(slugs: tuple[str, ...], cost: float, answers: dict[str, object] = COOPERATIVE, **changes: object):
    """The need, and the offers of some sources, all said eligible."""
    need = need_of_document(plan(cost, **changes), answers)  # type: ignore[arg-type]
    chosen = {slug: terms()[slug] for slug in slugs}
    lead = months_between(TODAY, date.fromisoformat(f"{need.base.start}-01"))
    made = offers_for(need, chosen, dict.fromkeys(chosen, "eligible"), answers, today=TODAY, lead=lead)
    return need, made


def by_id(made: Offers) -> dict[str, SourceOffer]:
    return {one.offer.id: one for one in made.offers}


def solved(need: PlanNeed, made: Offers, *, without: tuple[str, ...] = (), **changes: object):
    offers = tuple(one.offer for one in made.offers if one.offer.id not in without)
    return propose(replace(need.need, **changes), offers)  # type: ignore[arg-type]


def test_indh_in_taroudannt_against_the_national_frame():
    need, made = asked(("indh-p3-ess",), 250_000.0)
    frame = by_id(made)["indh-p3-ess"].offer
    assert (frame.share_max, frame.own_min, frame.in_kind_of_own_max, frame.max_mad) == (
        0.6,
        0.4,
        0.5,
        150_000.0,
    )
    assert frame.kind == "in_kind"
    need, made = asked(("indh-taroudant-2026",), 250_000.0)
    local = by_id(made)["indh-taroudant-2026"].offer
    assert (local.share_max, local.own_min, local.max_mad) == (0.9, 0.1, 200_000.0)
    found = solved(need, made, without=(BANK,))
    assert not isinstance(found, Infeasible)
    # 250 000 less a first month that earns 25 000; 10 % own in whole shares of 2 000
    assert found[0].amounts == {"indh-taroudant-2026": 199_000.0}
    assert found[0].own_cash == 26_000.0


@pytest.mark.parametrize(
    ("cost", "own", "most"), [(100_000, 0.05, 95_000), (625_000, 0.20, 500_000), (1_000_000, 0.20, 500_000)]
)
def test_the_fisheries_call_slides(cost: float, own: float, most: float):
    _, made = asked(("peche-cooperatives",), cost)
    offer = by_id(made)["peche-cooperatives"].offer
    assert offer.own_min == pytest.approx(own)
    assert min(offer.max_mad, offer.share_max * cost) == pytest.approx(most)


def test_the_farmers_loan_counts_each_of_twenty_members():
    _, made = asked(("tamwil-el-fellah",), 5_000_000.0)
    one = by_id(made)["tamwil-el-fellah"]
    assert one.offer.max_mad == 4_000_000.0
    _, fewer = asked(("tamwil-el-fellah",), 5_000_000.0, {**COOPERATIVE, "members": 7})
    assert by_id(fewer)["tamwil-el-fellah"].offer.max_mad == 1_400_000.0


def test_a_refunded_subsidy_comes_after_works_with_a_bridge_that_bears_interest():
    need, made = asked(("fda-materiel-agricole",), 400_000.0)
    offers = by_id(made)
    grant, bridge = offers["fda-materiel-agricole"].offer, offers["bridge-fda-materiel-agricole"]
    assert grant.month == REFUND_DELAY
    assert not grant.cash_per_dirham[:REFUND_DELAY].any()
    assert bridge.offer.bridges == (grant.id,)
    assert bridge.loan is not None
    assert (bridge.loan.kind, bridge.loan.months) == ("in_fine", REFUND_DELAY)
    # 6 % a year for six months, value added tax of 10 % on it
    assert bridge.offer.cost_per_dirham == pytest.approx(0.06 / 12 * REFUND_DELAY * 1.1, rel=1e-6)
    alone = solved(need, made, without=(BANK, bridge.offer.id), own_cash_max=150_000.0)
    assert isinstance(alone, Infeasible)
    found = solved(need, made, without=(BANK,), own_cash_max=150_000.0)
    assert not isinstance(found, Infeasible)
    assert found[0].bridge > 0
    assert found[0].cost == pytest.approx(found[0].bridge * bridge.offer.cost_per_dirham, rel=1e-6)


def test_start_tpe_waits_for_intelaka():
    slugs = ("start-tpe", "intelaka-damane-intelak", "intelaka-al-moustatmir-al-qarawi")
    need, made = asked(slugs, 300_000.0)
    offer = by_id(made)["start-tpe"].offer
    assert set(offer.requires_any) == set(slugs[1:])
    assert offer.requires_max_mad == 300_000.0
    found = solved(need, made, own_cash_max=50_000.0)
    assert not isinstance(found, Infeasible)
    for proposal in found:
        assert "start-tpe" not in proposal.amounts or set(slugs[1:]) & set(proposal.amounts)
        assert not set(slugs[1:]) <= set(proposal.amounts), "one Intelaka loan, not two"
    _, made = asked(("start-tpe",), 300_000.0)
    alone = solved(need, made, own_cash_max=100_000.0)
    assert not isinstance(alone, Infeasible)
    assert {one.id: one.reason for one in alone[0].left_out}["start-tpe"] == "requires"
    _, held = asked(("start-tpe",), 300_000.0, {**COOPERATIVE, "held": ["intelaka-damane-intelak"]})
    assert by_id(held)["start-tpe"].offer.requires_any == ()


def test_help_in_kind_comes_before_the_thing_is_bought_or_not_at_all():
    _, made = asked(("indh-taroudant-2026",), 250_000.0)
    on_time = by_id(made)["indh-taroudant-2026"].offer
    assert on_time.month == 0
    assert on_time.cash_per_dirham[0] == 1.0
    _, made = asked(("indh-taroudant-2026",), 250_000.0, start="2027-01")
    need = need_of_document(plan(250_000.0, start="2027-01"), COOPERATIVE)
    chosen = {"indh-taroudant-2026": terms()["indh-taroudant-2026"]}
    late = offers_for(need, chosen, {"indh-taroudant-2026": "eligible"}, COOPERATIVE, today=TODAY, lead=2)
    assert by_id(late)["indh-taroudant-2026"].offer.max_mad == 0.0
    found = solved(need, late)
    assert not isinstance(found, Infeasible)
    assert {one.id: one.reason for one in found[0].left_out}["indh-taroudant-2026"] == "too_late"


def test_only_what_the_group_may_have_and_can_count_on_is_offered():
    need = need_of_document(plan(250_000.0), COOPERATIVE)
    slugs = (
        "indh-taroudant-2026",
        "prix-lalla-al-moutaaouina",
        "exoneration-is",
        "japon-apl",
        "tahfiz-niswa",
    )
    chosen = {slug: terms()[slug] for slug in slugs}
    verdicts = dict.fromkeys(chosen, "eligible")
    made = offers_for(need, chosen, verdicts, COOPERATIVE, today=TODAY, lead=13)  # type: ignore[arg-type]
    assert {"prix-lalla-al-moutaaouina", "exoneration-is"} <= set(made.unplanned)
    assert "tahfiz-niswa" in made.unpriced
    assert by_id(made)["japon-apl"].offer.uncertain, "its most is only what was seen once"
    assert not by_id(made)["indh-taroudant-2026"].offer.uncertain
    for verdict in ("excluded", "to_complete"):
        none = offers_for(need, chosen, dict.fromkeys(chosen, verdict), COOPERATIVE, today=TODAY, lead=13)  # type: ignore[arg-type]
        assert [one.slug for one in none.offers if one.slug] == []


def test_the_need_leaves_out_what_gives_way_and_keeps_what_was_obtained():
    document = plan(
        300_000.0,
        grants=[{"id": "grant", "amount": 100_000.0}, {"id": "won", "amount": 40_000.0}],
        loans=[
            {"id": "loan", "draws": [{"month": 0, "amount": 90_000.0}], "annual_rate": 0.05, "months": 48},
            {"id": "fin_old", "draws": [{"month": 0, "amount": 10_000.0}], "annual_rate": 0.05, "months": 48},
        ],
        shares={"nominal": 100.0, "subscriptions": [{"month": 0, "members": 20, "shares_each": 35.0}]},
        overdraft={"limit": 20_000.0, "annual_rate": 0.06},
    )
    need = need_of_document(document, {})
    assert [grant.id for grant in need.base.grants] == ["won"]
    assert need.base.loans == ()
    assert need.need.base_cash[0] == pytest.approx(40_000.0 - 300_000.0 + 50_000.0 - 25_000.0)
    assert need.need.own_cash_max == 70_000.0, (
        "what the plan says the members bring, when nobody said otherwise"
    )
    assert not need.own_cash_said
    assert need.need.own_cash_step == 2_000.0
    assert need.line == (20_000.0, 0.06)
    assert need_of_document(document, {"own_cash_mad": 15_000}).need.own_cash_max == 15_000.0
    land = need_of_document(document, {"own_in_kind_mad": 50_000})
    assert (land.need.eligible_cost, land.need.own_in_kind_max) == (350_000.0, 50_000.0)


def test_a_loan_of_the_directory_is_the_engine_s_month_by_month():
    need, made = asked(("intelaka-al-moustatmir-al-qarawi",), 300_000.0)
    one = by_id(made)["intelaka-al-moustatmir-al-qarawi"]
    assert one.loan is not None
    assert one.loan.annual_rate == pytest.approx(0.0175)
    assert "months" in one.assumed
    assert isinstance(need.need, Need)
    assert isinstance(one.offer, Offer)
    paid = np.diff(one.offer.cash_per_dirham)
    assert (paid[: one.loan.months] < 0).all()
