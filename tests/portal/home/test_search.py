"""Searching a place in either script and any spelling, and ideas beside it."""

from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import translation

from bpc.portal.ideas.publication import appear
from bpc.portal.web.home.results import Results, find
from tests.portal.observations.observation_world import make_observation
from tests.portal.register.register_world import count_and_index, make_cooperative
from tests.portal.world import make_idea

STRANGER = AnonymousUser()


@pytest.fixture(autouse=True)
def _in_french() -> Iterator[None]:
    with translation.override("fr"):
        yield


def first(results: Results) -> str:
    """The code of the first place found."""
    place = results.best or results.places[0]
    return place.place.code


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("taroudannt", "09.541"),
        ("Oued Ed-Dahab", "12.391"),
        ("laayoune", "11.321"),
        ("الرباط", "04.421"),
        ("الدار البيضاء", "06.141"),
        ("الدارالبيضاء", "06.141"),
        ("دار بيضاء", "06.141"),
        ("اكادير", "09.001.01.01"),
        ("أكاديــر", "09.001.01.01"),
        ("مراكُش", "07.351"),
        ("BENI MELLAL", "05.091"),
        ("béni-mellal", "05.091"),
    ],
)
def test_spelling_does_not_matter(typed: str, code: str) -> None:
    assert first(find(STRANGER, typed)).startswith(code[:6])


@pytest.mark.django_db
def test_the_exact_name_is_the_best_match_and_others_follow() -> None:
    results = find(STRANGER, "khenifra")
    assert results.best is not None
    assert results.best.name == "Khénifra"
    assert all(place.place.code != results.best.place.code for place in results.places)
    village = next(place for place in results.places if place.is_commune)
    assert village.inside == "Khénifra · Béni Mellal-Khénifra"


@pytest.mark.django_db
def test_a_beginning_common_to_many_has_no_best_match() -> None:
    results = find(STRANGER, "sidi")
    assert results.best is None
    assert len(results.places) == 12


@pytest.mark.django_db
def test_a_slip_of_the_finger_still_finds() -> None:
    assert first(find(STRANGER, "khenfira")).startswith("05.301")


@pytest.mark.django_db
def test_states_without_an_answer(client: Client) -> None:
    page = unescape(client.get("/fr/recherche").content.decode())
    assert "Écrivez un nom de lieu" in page
    for short in ("a", "ا", "é ", "-", "''"):
        assert find(STRANGER, short).too_short, short
    assert "au moins deux lettres" in client.get("/fr/recherche?q=x").content.decode()
    nothing = find(STRANGER, "zzqxw")
    assert nothing.nothing
    assert "Rien ne répond à" in client.get("/fr/recherche?q=zzqxw").content.decode()


@pytest.mark.django_db
def test_hostile_and_long_queries_are_only_words(client: Client) -> None:
    for typed in (
        '"',
        "' OR 1=1 --",
        "<script>alert(1)</script>",
        "a" * 5000,
        "%00",
        "ا" * 3000,
        "* AND NEAR(",
    ):
        response = client.get("/fr/recherche", {"q": typed})
        assert response.status_code == 200
        assert "<script>alert" not in response.content.decode()


@pytest.mark.django_db
def test_published_ideas_answer_too(client: Client) -> None:
    shown = make_idea(title="Coopérative de safran bio")
    appear(shown)
    hidden = make_idea(title="Safran en attente", state="submitted")
    page = client.get("/fr/recherche?q=coopératives safran").content.decode()
    assert shown.title in page
    assert hidden.title not in page


@pytest.mark.django_db
def test_queries_are_few(client: Client, django_assert_num_queries: Any) -> None:
    client.get("/fr/recherche?q=taza")
    with django_assert_num_queries(15, exact=False) as caught:
        client.get("/fr/recherche?q=fes")
    assert len(caught.captured_queries) <= 14


@pytest.mark.django_db
def test_arabic_page_shows_the_place_in_arabic(client: Client) -> None:
    page = client.get("/ar/recherche?q=taza").content.decode()
    assert "تازة" in page


@pytest.mark.django_db
def test_needs_opportunities_and_cooperatives_answer_too(client: Client) -> None:
    need = make_observation(title="Le séchoir à figues manque")
    chance = make_observation(kind="opportunity", category_id="O04", title="Des figues sans séchoir")
    hidden = make_observation(state="submitted", title="Un séchoir à figues attendu")
    make_cooperative(number="T-900", name_fr="Séchoir de Tifaouine", name_ar="مجفف تيفاوين")
    count_and_index()
    results = find(STRANGER, "séchoir")
    assert [one.pk for one in results.needs] == [need.pk]
    assert [one.pk for one in results.opportunities] == [chance.pk]
    assert [one.number for one in results.cooperatives] == ["T-900"]
    assert [one.number for one in find(STRANGER, "تيفاوين").cooperatives] == ["T-900"]
    page = client.get("/fr/recherche", {"q": "séchoir"}).content.decode()
    for address in (
        f"/fr/besoins/{need.reference}",
        f"/fr/opportunites/{chance.reference}",
        "/fr/cooperatives/T-900",
    ):
        assert f'href="{address}"' in page
    assert hidden.title not in unescape(page)
