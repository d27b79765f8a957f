"""The steps of the map in the deposit form: each lists and draws exactly what lies in the place asked for."""

import re
from typing import Any

import pytest
from django.test import Client

from bpc.portal.reference.models import Territory
from tests.portal.web.ideas.sending import NEW, text_of
from tests.portal.world import HERE

pytestmark = pytest.mark.django_db
STEP = f"{NEW}/carte"


def step(client: Client, code: str = "", address: str = STEP) -> str:
    answer = client.get(address, {"dans": code} if code else {})
    assert answer.status_code == 200
    return text_of(answer)


def listed(page: str) -> list[str]:
    return re.findall(r'data-code="([\w.]+)"', page[page.index("picker-list") :])


def drawn(page: str) -> list[str]:
    return re.findall(r'<path[^>]* data-code="([\w.]+)"', page)


@pytest.mark.parametrize("code", ["", "MA", "07", "09.541", "04.421"])
def test_each_step_draws_and_lists_what_lies_inside(client: Client, code: str) -> None:
    page = step(client, code)
    inside = {row.pk for row in Territory.objects.filter(parent=code or "MA")}
    assert len(inside) > 1
    assert set(listed(page)) == set(drawn(page)) == inside
    assert len(listed(page)) == len(drawn(page)) == len(inside)


def test_from_the_country_to_a_commune_and_back_up(client: Client) -> None:
    country, region, province = step(client), step(client, "09"), step(client, "09.541")
    assert f'href="{STEP}?dans=09" data-code="09"' in country
    assert "picker-trail" not in country
    assert f'href="{STEP}?dans=MA" data-code="MA"' in region
    assert f'href="{STEP}?dans=09.541"' in region
    assert f'href="{STEP}?dans=09" data-code="09"' in province
    # a link that works without the script too: it opens the form with its commune
    assert f'href="{NEW}?commune={HERE}" data-code="{HERE}" data-commune="Taroudannt"' in province
    assert "data-commune" not in country + region


def test_a_commune_is_shown_chosen_in_its_province(client: Client) -> None:
    page = step(client, HERE)
    assert page.count('aria-current="true"') == 2  # the province in the trail, the commune in the list
    assert 'data-commune="Taroudannt" aria-current="true"' in page
    assert f'<path class="chosen" data-code="{HERE}"' in page
    assert set(listed(page)) == set(listed(step(client, "09.541")))


@pytest.mark.parametrize("code", ["99", "<script>", "09.541.01.13.99999", "' OR 1=1"])
def test_an_unknown_place_begins_again_with_the_country(client: Client, code: str) -> None:
    page = step(client, code)
    assert len(listed(page)) == 12
    assert "<script" not in page


def test_numbers_stand_beside_names_only_where_there_is_room(client: Client) -> None:
    page = step(client, "09")
    assert re.findall(r"<text [^>]*>(\d+)</text>", page) == ["1", "2", "3", "4", "5", "6"]
    assert "<text" not in step(client, "09.541")


def test_names_are_in_the_pages_language_and_alphabet(client: Client) -> None:
    names = re.findall(r"</span><span>([^<]+)</span></a>", step(client))
    assert names[0] == "Béni Mellal-Khénifra"
    assert names.index("Fès-Meknès") < names.index("Marrakech-Safi")
    arabic = step(client, "09", address="/ar/idees/proposer/carte")
    assert "سوس-ماسة" in arabic
    assert "<span>Taroudannt</span>" not in arabic


def test_the_form_offers_the_map_and_keeps_the_link(client: Client) -> None:
    page = text_of(client.get(NEW))
    assert f'data-url="{STEP}"' in page
    assert 'href="/fr/carte" data-map-link' in page
    form, dialog = page.index("</form>", page.index("data-idea-form")), page.index("<dialog")
    assert dialog > form  # what it holds is never sent


def test_the_page_costs_no_query_per_place(client: Client, django_assert_max_num_queries: Any) -> None:
    step(client, "09.541")
    with django_assert_max_num_queries(2):
        client.get(STEP, {"dans": "09.541", "again": "1"})
