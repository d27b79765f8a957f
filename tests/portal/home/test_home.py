"""The first page: the question, the regions, doors that stand, what is new, what the bank holds."""

import gzip
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve
from django.utils import translation

from bpc.portal.ideas.tallies import rebuild
from bpc.portal.reference.models import Territory
from tests.portal.world import make_idea


@pytest.mark.django_db
def test_asks_the_question_and_links_every_region(client: Client) -> None:
    page = unescape(client.get("/fr/").content.decode())
    assert "Que peut-on faire chez nous" in page
    assert "Dans quelle commune" in page
    assert 'action="/fr/recherche"' in page
    for region in Territory.objects.filter(level="region"):
        assert f'<a href="/fr/territoires/{region.pk}" aria-label="{region.name_fr}"><path' in page
        assert f'<li><a href="/fr/territoires/{region.pk}">{region.name_fr}</a></li>' in page


@pytest.mark.django_db
def test_every_link_of_the_page_leads_somewhere(client: Client) -> None:
    for language in ("fr", "ar"):
        page = client.get(f"/{language}/").content.decode()
        for address in re.findall(r'href="(/(?:fr|ar)/[^"?#]*)', page):
            with translation.override(address[1:3]):
                resolve(address)


@pytest.mark.django_db
def test_shows_the_last_three_ideas_and_counts_them(client: Client) -> None:
    for number in range(4):
        make_idea(title=f"Idée numéro {number}")
    make_idea(state="submitted", title="Pas encore lue")
    rebuild()
    page = client.get("/fr/").content.decode()
    assert [f"Idée numéro {number}" in page for number in range(4)] == [False, True, True, True]
    assert "Pas encore lue" not in page
    assert re.search(r"<dt>idées publiées</dt><dd>4</dd>", page)
    assert re.search(r"<dt>communes décrites</dt><dd>1\u202f503</dd>", page)


@pytest.mark.django_db
def test_says_that_the_tour_is_past_and_when_data_was_loaded(client: Client) -> None:
    page = client.get("/fr/").content.decode()
    assert "La tournée régionale de 2025 est passée" in page
    assert re.search(r"Données chargées le\s+<time", page)


@pytest.mark.django_db
def test_weighs_little_and_asks_little(client: Client, django_assert_num_queries: Any) -> None:
    response = client.get("/ar/")
    assert len(gzip.compress(response.content)) < 15_000
    with django_assert_num_queries(1):  # the generations; the page itself is kept
        client.get("/ar/")
    with django_assert_num_queries(11, exact=False) as caught:
        client.get("/ar/?fresh=1")
    assert len(caught.captured_queries) <= 11
