"""The public list: words in either language, every side, every order, never a frame beside its call."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bpc.portal.funding.contents import put_document, search_columns
from bpc.portal.funding.lists import Sort, SourceFilters, cards, facets
from bpc.portal.funding.models import (
    FundingSource,
    SourceBeneficiary,
    SourceEntry,
    SourcePlace,
    SourceSector,
    SourceStage,
)
from bpc.portal.funding.queries import local_calls, schemes
from tests.portal.funding.funding_world import (
    CALL,
    ELSEWHERE,
    FRAME,
    HERE,
    TODAY,
    closing,
    make_document,
    put,
    put_frame_and_call,
)

pytestmark = pytest.mark.django_db


def _slugs(sort: Sort | None = None, **filters: Any) -> list[str]:
    return [card.slug for card in cards(SourceFilters(**filters), sort).cards]


def test_a_card_says_what_a_list_needs() -> None:
    put(
        make_document(
            "locale",
            places={"regions": ["09"], "provinces": ["09.541"]},
            sectors=["food"],
            amounts={"max_mad": 90000, "basis": "stated"},
            calendar={"permanent": True},
        )
    )
    (card,) = cards(SourceFilters()).cards
    assert (card.slug, card.name, card.kind, card.amount_max) == (
        "locale",
        "Aide d’essai locale",
        "grant",
        90000,
    )
    assert (card.regions, card.provinces, card.sectors) == (("09",), ("09.541",), ("food",))
    assert (card.closes_kind, card.closes_on, card.frame, card.local_calls) == ("permanent", None, None, 0)


@pytest.mark.parametrize("words", ["séchoirs", "SECHOIR", "مجفف شمسي", "المجفف"])
def test_words_are_found_in_either_language(words: str) -> None:
    put(
        make_document("une", name_fr="Prime au séchoir solaire", name_ar="منحة المجفف الشمسي"),
        make_document("deux"),
    )
    assert _slugs(text=words) == ["une"]


def test_the_title_counts_more_than_the_text_and_words_alone_mean_nothing() -> None:
    put(
        make_document("texte", description_fr="Elle finance aussi un séchoir."),
        make_document("titre", name_fr="Séchoir solaire"),
    )
    assert _slugs(text="séchoir") == ["titre", "texte"]
    page = cards(SourceFilters(text="de la"))
    assert (page.ignored_query, page.total) == (True, 2)


def test_a_place_keeps_what_covers_it_and_what_lies_in_it() -> None:
    put(
        make_document("nationale"),
        make_document("region", places={"regions": ["09"]}),
        make_document("province", places={"regions": ["09"], "provinces": ["09.541"]}),
        make_document("commune", places={"communes": [HERE]}),
        make_document("ailleurs", places={"regions": ["02"]}),
    )
    assert _slugs(Sort.NAME) == ["ailleurs", "commune", "nationale", "province", "region"]
    assert _slugs(Sort.NAME, region="09") == ["commune", "nationale", "province", "region"]
    assert _slugs(Sort.NAME, province="09.541") == ["commune", "nationale", "province", "region"]
    assert _slugs(Sort.NAME, province=HERE) == ["commune", "nationale", "province", "region"]
    assert _slugs(Sort.NAME, province="09.273") == ["nationale", "region"]
    assert _slugs(Sort.NAME, province=ELSEWHERE) == ["ailleurs", "nationale"]
    for place in ("09", "09.541", HERE, "09.273", ELSEWHERE):
        found = {card.slug for card in cards(SourceFilters(text="atelier", province=place)).cards}
        assert found == set(_slugs(province=place)), place


def test_each_side_narrows() -> None:
    put(
        make_document("pret", kind="loan", stages=["growth"], sectors=["food"]),
        make_document(
            "femmes",
            beneficiaries=["women_cooperative"],
            amounts={"max_mad": 50000, "basis": "stated"},
            status="recurring",
        ),
        make_document(
            "jeunes", preferences=[{"field": "youth_share", "op": "gte", "value": 0.3}], sectors=["crafts"]
        ),
        make_document("union", beneficiaries=["union"], calendar=closing("2099-01-31")),
    )
    assert _slugs(kind="loan") == ["pret"]
    assert _slugs(stage="growth") == ["pret"]
    assert _slugs(Sort.NAME, sector="food") == ["femmes", "pret", "union"]
    assert _slugs(women=True) == ["femmes"]
    assert _slugs(youth=True) == ["jeunes"]
    assert _slugs(amount_min=50000) == ["femmes"]
    assert _slugs(amount_min=50001) == []
    assert _slugs(status="recurring") == ["femmes"]
    assert _slugs(beneficiary="union") == ["union"]
    assert _slugs(Sort.NAME, beneficiary="women_cooperative") == ["femmes", "jeunes", "pret"]
    assert _slugs(Sort.NAME, beneficiary="existing_cooperative") == ["jeunes", "pret"]
    assert _slugs(closes_before=date(2099, 12, 31)) == ["union"]
    assert _slugs(closes_before=date(2099, 1, 30)) == []


def test_the_nearest_deadline_first_then_what_is_always_open_then_the_rest() -> None:
    put(
        make_document("fermee", status="closed"),
        make_document("inconnue"),
        make_document("permanente", calendar={"permanent": True}),
        make_document("prevue", status="recurring", calendar=closing("2024-08-30", every_months=12)),
        make_document("loin", calendar=closing("2098-01-01")),
        make_document("proche", calendar=closing("2097-01-01")),
    )
    assert _slugs() == ["proche", "loin", "prevue", "permanente", "inconnue", "fermee"]


def test_by_amount_what_is_unknown_comes_last() -> None:
    put(
        make_document("rien"),
        make_document("petit", amounts={"max_mad": 10000, "basis": "stated"}),
        make_document("grand", amounts={"max_mad": 900000, "basis": "stated"}),
        make_document("observe", amounts={"max_mad": 5000000, "basis": "observed_maximum"}),
    )
    assert _slugs(Sort.AMOUNT) == ["grand", "petit", "observe", "rien"]


def test_a_frame_stands_for_its_calls_except_where_one_covers_the_place() -> None:
    put_frame_and_call()
    expected: list[tuple[dict[str, Any], list[tuple[str, int]]]] = [
        ({}, [(FRAME, 1)]),
        ({"region": "09"}, [(FRAME, 1)]),
        ({"region": "02"}, [(FRAME, 0)]),
        ({"province": "09.541"}, [(CALL, 0)]),
        ({"province": HERE}, [(CALL, 0)]),
        ({"province": "09.273"}, [(FRAME, 0)]),
    ]
    for filters, told in expected:
        found = cards(SourceFilters(**filters)).cards
        assert [(card.slug, card.local_calls) for card in found] == told, filters
    assert _slugs(text="essai", province=HERE) == [CALL]
    assert {*_slugs(text="essai")} == {FRAME, CALL}, "who searches words wants the call too"
    assert [one.id for one in local_calls(FRAME)] == [CALL]


def test_a_closed_call_replaces_nothing_and_a_call_without_its_frame_shows_itself() -> None:
    put_frame_and_call(status="closed")
    assert _slugs(province=HERE) == [FRAME, CALL]
    assert cards(SourceFilters()).cards[0].local_calls == 0
    put_frame_and_call(kind="in-kind")
    assert _slugs(kind="in-kind") == [CALL]
    assert _slugs(kind="grant", province=HERE) == [], "the call replaces the frame here, whatever its kind"


def test_the_rules_of_a_call_are_completed_by_its_frame() -> None:
    test = {"field": "annual_turnover_mad", "op": "lte", "value": 10000000}
    put(make_document(FRAME, conditions=[test]), make_document(CALL, parent=FRAME))
    assert [condition.field for condition in schemes()[CALL].conditions] == ["annual_turnover_mad"]


def test_counts_lift_their_own_side_only() -> None:
    put(
        make_document("nationale", kind="loan"),
        make_document("region", places={"regions": ["09"]}, sectors=["food"]),
        make_document("ici", places={"regions": ["09"], "provinces": ["09.541"]}, stages=["idea"]),
    )
    counted = facets(SourceFilters(kind="grant"))
    assert counted["kind"] == {"loan": 1, "grant": 2}
    assert counted["status"] == {"open": 2}
    assert counted["region"] == {"all": 0, "09": 2}
    assert counted["sector"] == {"all": 1, "food": 2}
    assert counted["stage"] == {"creation": 1, "launch": 1, "idea": 1}
    assert facets(SourceFilters())["region"] == {"all": 1, "09": 3}


def test_pages_follow_each_other_without_a_gap() -> None:
    _write_many(60)
    seen = [card.slug for number in (1, 2, 3) for card in cards(SourceFilters(), page=number).cards]
    assert (len(seen), len({*seen})) == (60, 60)
    page = cards(SourceFilters(), page=99)
    assert (page.number, page.last, len(page.cards), page.total) == (3, 3, 12, 60)


@pytest.mark.parametrize(
    "filters",
    [
        SourceFilters(),
        SourceFilters(text="atelier"),
        SourceFilters(region="09", sector="food", stage="launch", beneficiary="new_cooperative"),
        SourceFilters(province=HERE, text="atelier", kind="grant"),
    ],
    ids=["all", "words", "sides", "both"],
)
def test_a_page_costs_as_much_among_three_thousand_sources_as_among_a_hundred(filters: SourceFilters) -> None:
    costs = []
    for number in (100, 3_000):
        _write_many(number)
        for sort in (Sort.DEADLINE, Sort.AMOUNT):
            with CaptureQueriesContext(connection) as captured:
                page = cards(filters, sort)
            assert len(page.cards) == 24
            assert page.capped == (number == 3_000)
            assert not any('"content"' in query["sql"] for query in captured), "no document in a list"
            costs.append(len(captured))
        with CaptureQueriesContext(connection) as captured:
            facets(filters)
        assert not any('"content"' in query["sql"] for query in captured)
    assert set(costs) == {9 if filters.text else 6}


def _write_many(number: int) -> None:
    """So many sources written at once, of which every other is of one region."""
    FundingSource.objects.all().delete()
    rows = []
    for place in ({}, {"regions": ["09"]}):
        document = make_document(places=place, calendar={"permanent": True})
        for at in range(number // 2):
            row = FundingSource(slug=f"s{len(place)}-{at}", origin="facts")
            put_document(row, document, TODAY)
            rows.append(row)
    rows = FundingSource.objects.bulk_create(rows, batch_size=500)
    SourceStage.objects.bulk_create([SourceStage(source=row, stage="launch") for row in rows])
    SourceBeneficiary.objects.bulk_create(
        [SourceBeneficiary(source=row, beneficiary="existing_cooperative") for row in rows]
    )
    SourceSector.objects.bulk_create([SourceSector(source=row, sector_id="food") for row in rows[:10]])
    SourcePlace.objects.bulk_create(
        [SourcePlace(source=row, territory_id="09", region_id="09") for row in rows if not row.is_national]
    )
    columns = search_columns(make_document(calendar={"permanent": True}))
    SourceEntry.objects.bulk_create([SourceEntry(source=row, **columns) for row in rows], batch_size=500)
