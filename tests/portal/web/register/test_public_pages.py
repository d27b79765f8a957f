"""The register as everybody reads it: before any import, with one, and at 65,000 cooperatives."""

import html

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from bpc.portal.register.demo import create_demo_register
from bpc.portal.register.models import Cooperative
from tests.portal.register.register_world import count_and_index, fill_register, make_cooperative
from tests.portal.world import ELSEWHERE, HERE

pytestmark = pytest.mark.django_db


def read(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return html.unescape(response.content.decode()).replace("\u202f", " ").replace("\xa0", " ")


def test_without_a_register_nothing_is_said_to_be_zero(client: Client) -> None:
    page = read(client, "/fr/cooperatives")
    assert "Le registre des coopératives n’est pas encore sur ce site" in page
    assert "0 coopérative" not in page
    figures = read(client, "/fr/cooperatives/chiffres")
    assert "Aucun registre n’a encore été importé" in figures
    assert "65 315" in figures
    assert "novembre 2025" in figures
    assert "www.odco.gov.ma" in figures


def test_a_suspect_figure_is_nowhere_and_a_rounded_one_says_so(client: Client) -> None:
    page = read(client, "/fr/cooperatives/chiffres?region=10")
    assert "205 566" not in page
    assert "2 870" in page
    assert "plus de 6 000" in read(client, "/fr/cooperatives/chiffres?region=09")
    assert "déduit" in read(client, "/fr/cooperatives/chiffres?region=09")


def test_a_region_without_a_published_total_says_to_ask(client: Client) -> None:
    assert "NOT FOUND" not in read(client, "/fr/cooperatives/chiffres?region=12")


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_list_and_a_sheet(client: Client, language: str) -> None:
    make_cooperative(name_ar="تعاونية تيفاوين", number="12-2019", year=2019, is_women=True, members=12)
    count_and_index()
    page = read(client, f"/{language}/cooperatives?q=tifa")
    assert ("تعاونية تيفاوين" if language == "ar" else "Coopérative Tifaouine") in page
    sheet = read(client, f"/{language}/cooperatives/12-2019")
    assert "تعاونية تيفاوين" in sheet
    assert "Coopérative Tifaouine" in sheet
    assert client.get("/fr/cooperatives/12 2019").headers["Location"] == "/fr/cooperatives/12-2019"
    assert read(client, "/fr/cooperatives/99-2019", 404)


def test_unknown_is_written_so(client: Client) -> None:
    make_cooperative(HERE[:6], number="1", sector_id=None)
    count_and_index()
    sheet = read(client, "/fr/cooperatives/1")
    assert "La commune n’est pas connue." in sheet
    assert sheet.count("inconnu") >= 4
    assert "date inconnue" in sheet


def test_hostile_text_is_only_text(client: Client) -> None:
    make_cooperative(number="1", name_fr="<script>alert(1)</script>", activity="<b>x</b>")
    count_and_index()
    for address in ("/fr/cooperatives", "/fr/cooperatives/1"):
        assert "<script>alert" not in client.get(address).content.decode()


def test_what_is_gone_or_dissolved_has_a_sheet_but_is_not_listed(client: Client) -> None:
    make_cooperative(number="1", status="dissolved")
    make_cooperative(number="2", is_listed=False)
    make_cooperative(number="3", name_fr="Présente")
    count_and_index()
    page = read(client, "/fr/cooperatives")
    assert "Présente" in page
    assert "Tifaouine" not in page
    assert "Coopérative dissoute" in read(client, "/fr/cooperatives/1")
    assert "Elle n’est plus au registre" in read(client, "/fr/cooperatives/2")


def test_filters_are_in_the_address_and_can_be_taken_off(client: Client) -> None:
    make_cooperative(name_fr="Ici", is_women=True, year=2019)
    make_cooperative(ELSEWHERE, name_fr="Ailleurs")
    count_and_index()
    page = read(client, "/fr/cooperatives?region=09&femmes=on&annee=2019&secteur=food")
    assert "Ici" in page
    assert "Ailleurs" not in page
    assert "?femmes=on&annee=2019&secteur=food" in page
    assert "Ailleurs" in read(client, "/fr/cooperatives?region=99&annee=zut&apres=zut")


def test_the_statistics_of_the_register(client: Client) -> None:
    make_cooperative(is_women=True, members=12, year=2019)
    make_cooperative(sector_id=None, year=2020)
    count_and_index()
    page = read(client, "/fr/cooperatives/chiffres")
    assert "Transformation alimentaire" in page
    assert "connu pour 1 sur 2" in page
    assert "Souss-Massa" in page
    assert "Non classées : 1." in page
    assert "Taroudannt" in read(client, "/fr/cooperatives/chiffres?region=09")


def test_the_demonstration_says_it_is_invented(client: Client) -> None:
    create_demo_register(30)
    assert "coopérative fictive" in read(client, "/fr/cooperatives")
    number = Cooperative.objects.values_list("number", flat=True)[0]
    assert number.startswith("DEMO-")
    assert "Coopérative fictive" in read(client, f"/fr/cooperatives/{number}")


def test_a_province_asked_alone_is_found(client: Client) -> None:
    make_cooperative(name_fr="Ici")
    make_cooperative(ELSEWHERE, name_fr="Ailleurs")
    count_and_index()
    page = read(client, f"/fr/cooperatives?province={HERE[:6]}")
    assert "Ici" in page
    assert "Ailleurs" not in page


def test_65_000_cooperatives_cost_no_more_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    fill_register(65_000)
    client.get("/fr/")  # names and places are read once for the process
    for address in (
        "/fr/cooperatives",
        "/fr/cooperatives?q=amal",
        "/fr/cooperatives?region=09&secteur=crafts&femmes=on",
        "/fr/cooperatives?annee=2019&jeunes=on",
        "/fr/cooperatives?apres=DEMO-30000",
        "/fr/cooperatives/DEMO-30000",
        "/fr/cooperatives/chiffres",
        "/fr/cooperatives/chiffres?region=09",
    ):
        with django_assert_max_num_queries(12):
            response = client.get(address)
        assert response.status_code == 200
        assert len(response.content) < 200_000, address
