"""A local call: its own words first, its frame's where it says nothing, each with where it comes from."""

from bpc.portal.funding.terms import effective
from tests.portal.funding.funding_world import CALL, FRAME, make_document

WOMEN_OR_YOUTH = {"field": "women_or_youth_share", "op": "gt", "value": 0.3}
WOMEN = {"field": "women_share", "op": "gt", "value": 0.5}
FRAME_DOCUMENT = make_document(
    FRAME,
    amounts={"max_mad": 300000, "basis": "stated"},
    cost_share={"max_pct": 60},
    own_contribution={"min_pct": 40, "in_kind_max_pct": 50},
    conditions=[WOMEN_OR_YOUTH],
    documents=["statutes"],
    inferred=["own_contribution.in_kind_max_pct"],
    pages=[{"id": "cadre", "title_fr": "Le cadre", "url": "https://example.org/cadre", "read": "2026-11-01"}],
)


def test_the_call_wins_and_the_frame_fills() -> None:
    call = make_document(
        CALL,
        parent=FRAME,
        amounts={"max_mad": 200000, "basis": "stated"},
        cost_share={"max_pct": 90},
        own_contribution={"min_pct": 10},
        conditions=[WOMEN],
    )
    terms = effective(call, FRAME_DOCUMENT)
    assert terms.source.amounts.max_mad == 200000
    assert terms.source.cost_share.max_pct == 90
    assert [test.field for test in terms.source.conditions] == ["women_share"]
    assert (terms.source.own_contribution.min_pct, terms.source.own_contribution.in_kind_max_pct) == (10, 50)
    assert terms.source.documents == ("statutes",)
    assert terms.from_frame == {"own_contribution.in_kind_max_pct", "documents"}
    assert terms.source.inferred == ("own_contribution.in_kind_max_pct",), (
        "our reading of the frame stays ours"
    )


def test_each_value_is_told_from_its_own_page() -> None:
    call = make_document(CALL, parent=FRAME, own_contribution={"min_pct": 10})
    terms = effective(call, FRAME_DOCUMENT)
    own = terms.provenance("own_contribution.min_pct")
    assert own.page is not None
    assert (terms.side("own_contribution.min_pct"), own.page.id) == ("source", "p1")
    framed = terms.provenance("own_contribution.in_kind_max_pct")
    assert framed.page is not None
    assert (framed.page.id, framed.stated) == ("cadre", False)
    assert terms.side("amounts.max_mad") == "frame"


def test_what_was_given_on_average_in_the_place_stays_the_calls_own() -> None:
    seen = {"fr": "Moyenne de 145 projets", "ar": "متوسط 145 مشروعا"}
    call = make_document(CALL, parent=FRAME, amounts={"typical_mad": 186000, "typical": seen})
    terms = effective(call, FRAME_DOCUMENT)
    assert (terms.source.amounts.max_mad, terms.source.amounts.typical_mad) == (300000, 186000)
    assert (terms.side("amounts.max_mad"), terms.side("amounts.typical_mad")) == ("frame", "source")


def test_a_sliding_share_is_not_completed_by_a_flat_one() -> None:
    points = [{"cost_mad": 100000, "own_pct": 5}, {"cost_mad": 625000, "own_pct": 20}]
    terms = effective(make_document(CALL, cost_share={"by_cost": points}), FRAME_DOCUMENT)
    assert terms.source.cost_share.max_pct is None


def test_without_a_frame_a_source_holds_as_it_is() -> None:
    terms = effective(FRAME_DOCUMENT, None)
    assert (terms.source, terms.from_frame) == (FRAME_DOCUMENT, frozenset())
