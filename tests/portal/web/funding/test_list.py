"""The directory as people read it: every source, filters, three looks of a deadline, constant queries."""

import html
import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bpc.portal.funding.calendar import next_window
from bpc.portal.funding.models import FundingSource, SourceStage
from bpc.portal.funding.queries import all_sources
from bpc.portal.web.funding.money import short_amount, short_contribution
from bpc.portal.web.funding.when import deadline_of
from tests.portal.funding.funding_world import closing, make_document

pytestmark = pytest.mark.django_db
LIST = "/fr/financements"
TODAY = date(2026, 11, 22)


def page_of(client: Client, url: str, **headers: str) -> str:
    """The page as people read it, with ordinary spaces before its marks."""
    response = client.get(url, headers=headers)
    assert response.status_code == 200, url
    return html.unescape(response.content.decode()).replace("\xa0", " ")


def slugs_of(page: str) -> list[str]:
    """The sources of a list, in its order."""
    return re.findall(r'<h3><a href="/fr/financements/([a-z0-9-]+)"', page)


def many(number: int) -> None:
    """So many more sources, none of them like another."""
    model = FundingSource.objects.get(slug="peche-cooperatives")
    start = FundingSource.objects.count()
    names = [field.attname for field in FundingSource._meta.concrete_fields if field.attname != "id"]
    rows = []
    for position in range(number):
        one = FundingSource(**{name: getattr(model, name) for name in names})
        one.slug = f"essai-{start + position}"
        one.content = {**model.content, "id": one.slug}
        rows.append(one)
    FundingSource.objects.bulk_create(rows)
    SourceStage.objects.bulk_create(SourceStage(source=row, stage="launch") for row in rows)


def test_every_source_is_reached_page_after_page(client: Client) -> None:
    first = page_of(client, LIST)
    last = max(map(int, re.findall(r"\?page=(\d+)", first)))
    seen = [
        slug for number in range(1, last + 1) for slug in slugs_of(page_of(client, f"{LIST}?page={number}"))
    ]
    calls = {slug for slug, one in all_sources().items() if one.parent and one.status != "closed"}
    assert len(seen) == len(set(seen)) == len(all_sources()) - len(calls)
    assert len(all_sources()) == 107
    assert f"{len(seen)} financements" in first


@pytest.mark.parametrize("query", ["", "lieu=Taroudannt", "nature=loan&etape=launch", "q=INDH"])
def test_as_many_queries_for_thousands_of_sources(client: Client, query: str) -> None:
    counts = []
    for number in (10, 1000):
        many(number)
        all_sources()  # what the process reads once
        client.get(f"{LIST}?page=2")
        with CaptureQueriesContext(connection) as seen:
            client.get(f"{LIST}?{query}&sans={number}")
        counts.append(len(seen))
        assert not any('"content"' in row["sql"] for row in seen)
    assert counts[0] == counts[1] <= 36


def test_never_a_frame_and_its_local_call_together(client: Client) -> None:
    for place, shown, hidden in (
        ("", "indh-p3-ess", "indh-taroudant-2026"),
        ("lieu=Taroudannt", "indh-taroudant-2026", "indh-p3-ess"),
        ("lieu=Oujda", "indh-p3-ess", "indh-taroudant-2026"),
    ):
        pages = [page_of(client, f"{LIST}?{place}&page={number}") for number in range(1, 10)]
        listed = {slug for page in pages for slug in slugs_of(page)}
        assert shown in listed, place
        assert hidden not in listed, place


def test_a_place_typed_in_arabic_narrows_as_in_french(client: Client) -> None:
    french, arabic = (slugs_of(page_of(client, f"{LIST}?lieu={name}")) for name in ("Taroudannt", "تارودانت"))
    assert french == arabic
    assert french != slugs_of(page_of(client, LIST))


def test_a_place_nobody_knows_is_told_and_narrows_nothing(client: Client) -> None:
    page = page_of(client, f"{LIST}?lieu=Zzyzx")
    assert "Nous ne connaissons pas de lieu nommé « Zzyzx »" in page
    assert slugs_of(page) == slugs_of(page_of(client, LIST))


def test_filters_can_be_taken_off_and_say_what_they_would_leave(client: Client) -> None:
    page = page_of(client, f"{LIST}?nature=prize&femmes=on")
    assert 'href="?femmes=on"' in page
    assert 'href="?nature=prize"' in page
    offered = dict(re.findall(r'<option value="(prize|loan)"[^>]*>[^<(]*\((\d+)\)', page))
    assert int(offered["prize"]) == len(slugs_of(page))


def test_nothing_found_offers_a_way_on(client: Client) -> None:
    page = page_of(client, f"{LIST}?nature=equity&montant=1000000&jeunes=on&femmes=on")
    assert slugs_of(page) == []
    assert "Aucun financement du répertoire ne répond à ces choix." in page


def test_a_script_gets_the_results_alone(client: Client) -> None:
    part = page_of(client, f"{LIST}?nature=loan", **{"HX-Request": "true"})
    assert part.lstrip().startswith('<div class="stack" id="results">')
    assert "<h1>" not in part


@pytest.mark.parametrize(
    ("calendar", "state", "text"),
    [
        (closing("2026-12-10", "2026-11-01"), "closing", "se ferme dans 18 jours, le 10 décembre 2026"),
        (closing("2027-03-10", "2026-11-01"), "open", "jusqu’au 10 mars 2027"),
        (closing("2027-03-10", "2027-02-10"), "announced", "du 10 février 2027 au 10 mars 2027"),
        ({"permanent": True}, "permanent", "toute l’année"),
        ({}, "unknown", "dates non publiées"),
    ],
)
def test_the_look_of_a_deadline(calendar: dict[str, object], state: str, text: str) -> None:
    told = deadline_of(next_window(make_document(calendar=calendar), TODAY), TODAY)
    assert (told.state, told.text) == (state, text)


def test_a_forecast_is_never_told_as_a_date() -> None:
    source = make_document(status="recurring", calendar=closing("2026-03-10", "2026-02-10", every_months=12))
    told = deadline_of(next_window(source, TODAY), TODAY)
    assert (told.state, told.text) == ("forecast", "vers mars 2027, d’après les éditions passées")


def test_only_what_the_source_states_is_shown_as_a_ceiling() -> None:
    observed = make_document(amounts={"max_mad": 186000, "basis": "observed_average"})
    assert short_amount(observed) == ("montant non publié", "unpublished")
    stated = make_document(amounts={"max_mad": 200000, "basis": "stated"})
    assert short_amount(stated) == ("jusqu’à 200\u202f000 MAD", "stated")
    seen = make_document(
        amounts={"typical_mad": 36700, "typical": {"fr": "Marrakech, 2024.", "ar": "مراكش، 2024."}}
    )
    assert short_amount(seen) == ("environ 36\u202f700 MAD", "observed")
    assert short_contribution(all_sources()["peche-cooperatives"]) == "apport de 5 à 20\u202f% du coût"
