"""The directory over the API: filters, pages, and one whole source with where each value comes from."""

import pytest

from bpc.portal.funding.queries import all_sources
from tests.portal.api.test_territories import read

pytestmark = pytest.mark.django_db


def test_all_but_the_calls_their_frame_stands_for() -> None:
    page = read("funding?size=500")
    calls = {slug for slug, one in all_sources().items() if one.parent and one.status != "closed"}
    assert page["count"] == len(page["results"]) == len(all_sources()) - len(calls)
    ids = {line["id"] for line in page["results"]}
    assert "indh-p3-ess" in ids
    assert not ids & calls


def test_an_amount_is_given_only_when_the_source_writes_it() -> None:
    lines = {line["id"]: line for line in read("funding?size=500")["results"]}
    for slug, line in lines.items():
        amounts = all_sources()[slug].amounts
        assert line["amount_max_mad"] == (amounts.max_mad if amounts.basis == "stated" else None)
    assert lines["peche-cooperatives"]["amount_max_mad"] == 500_000


def test_filters_and_pages() -> None:
    loans = read("funding?kind=loan&size=500")
    assert {line["kind"] for line in loans["results"]} == {"loan"}
    there = {line["id"] for line in read("funding?province=09.541&size=500")["results"]}
    assert "indh-taroudant-2026" in there
    assert "indh-p3-ess" not in there
    first, second = (read(f"funding?size=1&sort=name&page={number}")["results"][0] for number in (1, 2))
    assert first["id"] != second["id"]
    assert read("funding?page=1000")["results"] == []
    assert read("funding?kind=gift", 422)["errors"][0]["parameter"] == "kind"
    assert read("funding?region=02&province=09.541", 404)["code"] == "contradiction"


def test_one_whole_with_what_its_frame_gives() -> None:
    record = read("funding/indh-taroudant-2026")
    assert record["source"]["cost_share"]["max_pct"] == 90
    assert record["effective"]["own_contribution"]["in_kind_max_pct"] == 50
    assert record["source"]["own_contribution"]["in_kind_max_pct"] is None
    told = {one["path"]: one for one in record["provenance"]}
    assert told["cost_share.max_pct"]["side"] == "source"
    assert told["cost_share.max_pct"]["stated"] is True
    assert told["own_contribution.in_kind_max_pct"]["side"] == "frame"
    assert told["amounts.max_mad"]["url"].startswith("https://www.maroc.ma/")
    assert "indh-taroudant-2026" in read("funding/indh-p3-ess")["local_calls"]
    assert read("funding/nothing-here", 404)["code"] == "unknown_funding"
